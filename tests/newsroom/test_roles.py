"""Who may do what, as pure rules."""

import pytest

from tajuk.newsroom.rules.roles import Role, Standing, StoryInQuestion, Verb, may, spread
from tajuk.terms.ids import SectionId, UserId

ECONOMY, MARKETS, SPORT = SectionId(1), SectionId(2), SectionId(3)
PARENTS = {ECONOMY: None, MARKETS: ECONOMY, SPORT: None}
RINA, EKO = UserId(7), UserId(8)
DRAFT = StoryInQuestion(ECONOMY, RINA, was_published=False)
SEEN = StoryInQuestion(ECONOMY, RINA, was_published=True)


def in_economy(role: Role, who: UserId = EKO) -> Standing:
    return Standing(user_id=who, sections={ECONOMY: role})


@pytest.mark.parametrize(
    ("role", "allowed"),
    [
        (Role.REPORTER, {Verb.ADD, Verb.VIEW, Verb.CHANGE, Verb.LOCK}),
        # An editor also deletes drafts nobody saw; what was published only a managing editor deletes.
        (
            Role.EDITOR,
            {
                Verb.ADD, Verb.VIEW, Verb.CHANGE, Verb.LOCK, Verb.UNLOCK, Verb.PUBLISH,
                Verb.CORRECT, Verb.DELETE,
            },
        ),
        (Role.MANAGING_EDITOR, set(Verb)),
    ],
)  # fmt: skip
def test_each_role_may_what_its_desk_does_and_nothing_more(role: Role, allowed: set[Verb]) -> None:
    assert {verb for verb in Verb if may(in_economy(role), verb, DRAFT)} == allowed


def test_nobody_acts_in_a_section_where_they_hold_no_role() -> None:
    sport_editor = Standing(user_id=EKO, sections={SPORT: Role.MANAGING_EDITOR})
    assert not any(may(sport_editor, verb, DRAFT) for verb in Verb)


def test_a_reporter_deletes_their_own_draft_but_neither_a_colleagues_nor_what_readers_saw() -> None:
    assert may(in_economy(Role.REPORTER, RINA), Verb.DELETE, DRAFT)
    assert not may(in_economy(Role.REPORTER, EKO), Verb.DELETE, DRAFT)
    assert not may(in_economy(Role.REPORTER, RINA), Verb.DELETE, SEEN)


def test_only_a_managing_editor_deletes_what_readers_saw() -> None:
    assert may(in_economy(Role.MANAGING_EDITOR), Verb.DELETE, SEEN)
    assert not may(in_economy(Role.EDITOR), Verb.DELETE, SEEN)


def test_a_role_reaches_the_sections_below_and_the_highest_counts() -> None:
    everywhere, held = spread(
        [(ECONOMY, Role.REPORTER), (MARKETS, Role.EDITOR), (ECONOMY, Role.REPORTER)], PARENTS
    )
    assert everywhere is None
    assert held == {ECONOMY: Role.REPORTER, MARKETS: Role.EDITOR}
    assert spread([(None, Role.EDITOR), (SPORT, Role.REPORTER)], PARENTS) == (
        Role.EDITOR,
        {SPORT: Role.REPORTER},
    )
