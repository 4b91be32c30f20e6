"""“Why can or can't this reader read this story?” is answered by the one decision, and by nothing else."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from tajuk.circulation.desk.explain import Asked, Card, Case, Change, Story, cases, pass_of
from tajuk.contracts.readers import Held, ReaderRow
from tajuk.paywall.meter import MeterCard, MeterPolicy
from tajuk.paywall.policy import SectionRule, WallPolicy, meter_before
from tajuk.paywall.rules import decide
from tajuk.paywall.types import Access, Entitlement, Open, ReaderPass, Visit, Walled, Why

NOON = datetime(2026, 3, 10, 5, 0, tzinfo=UTC)
POLICY = WallPolicy(MeterPolicy(3, timedelta(days=30), unregistered=1))
REGISTERED = ReaderPass(7, NOON + timedelta(minutes=5))
PREMIUM = frozenset({Entitlement.PREMIUM})
SUBSCRIBER = replace(REGISTERED, entitlements=PREMIUM)
STORY, SECTION = 41, 5


def asked(access: Access, own: ReaderPass | None = REGISTERED, *read: int, **more: object) -> Asked:
    card = MeterCard(NOON - timedelta(days=1), read) if read else None
    given = Asked(Story(STORY, SECTION, access), POLICY, own, card, NOON)
    return replace(given, **more)  # type: ignore[arg-type]


def signed_in(given: Asked) -> Case:
    (case,) = (each for each in cases(given) if each.is_signed_in)
    return case


@pytest.mark.parametrize("access", list(Access))
@pytest.mark.parametrize("own", [None, REGISTERED, SUBSCRIBER])
@pytest.mark.parametrize("read", [(), (1,), (1, 2, 3), (1, 2, STORY)])
@pytest.mark.parametrize("rule", [None, SectionRule(limit=2), SectionRule(is_free=True)])
def test_every_case_is_what_the_wall_decides(
    access: Access, own: ReaderPass | None, read: tuple[int, ...], rule: SectionRule | None
) -> None:
    policy = replace(POLICY, sections={SECTION: rule} if rule else {})
    given = asked(access, own, *read, policy=policy)
    found = cases(given)
    assert {each.is_signed_in for each in found} == ({True, False} if own else {False})
    spent = MeterCard(NOON, (91, 92, 93, 94))
    for each in found:
        card = {Card.OWN: given.own_card, Card.FRESH: None}.get(each.card or Card.SPENT, spent)
        meter = None
        if access is Access.METERED:
            meter = meter_before(
                policy, SECTION, STORY, card, now=NOON, is_registered=each.is_signed_in
            )
        reader_pass = own if each.is_signed_in else None
        decided = decide(access, reader_pass, meter, Visit(), now=NOON)
        assert each.is_open is isinstance(decided, Open)
        if each.card is not None:
            assert (each.decision, each.meter) == (decided, meter)


def test_a_subscriber_reads_a_premium_story_until_that_ends() -> None:
    own, stranger = cases(asked(Access.PREMIUM, SUBSCRIBER))
    assert (own.is_open, own.changes) == (True, (Change.SIGN_OUT, Change.SUBSCRIPTION_ENDS))
    assert stranger.decision == Walled(Why.SUBSCRIBE)
    assert stranger.changes == (Change.SIGN_IN, Change.GIFT_LINK)


def test_only_paying_or_a_gift_opens_a_premium_story_to_a_registered_reader() -> None:
    for case in cases(asked(Access.PREMIUM)):
        assert (case.is_open, case.changes) == (False, (Change.SUBSCRIBE, Change.GIFT_LINK))


def test_signing_in_is_enough_for_a_registered_story() -> None:
    own, stranger = cases(asked(Access.REGISTERED))
    assert (own.is_open, own.changes) == (True, (Change.SIGN_OUT,))
    assert stranger.decision == Walled(Why.SIGN_IN)
    assert stranger.changes[0] is Change.SIGN_IN


def test_a_registered_readers_meter_is_told_as_the_store_knows_it() -> None:
    some = signed_in(asked(Access.METERED, REGISTERED, 1, 2))
    assert (some.decision, some.meter and some.meter.left) == (Open(spends=True), 1)
    assert Change.METER_SPENT in some.changes
    spent = signed_in(asked(Access.METERED, REGISTERED, 1, 2, 3))
    assert spent.decision == Walled(Why.METER_SPENT)
    assert spent.changes == (Change.SUBSCRIBE, Change.NEW_WINDOW, Change.GIFT_LINK)
    again = signed_in(asked(Access.METERED, REGISTERED, 1, 2, STORY))
    assert again.decision == Open()


def test_a_strangers_meter_stands_in_the_browser_and_is_told_both_ways() -> None:
    fresh, spent = (each for each in cases(asked(Access.METERED)) if not each.is_signed_in)
    assert (fresh.card, fresh.decision) == (Card.FRESH, Open(spends=True))
    assert (spent.card, spent.is_open) == (Card.SPENT, False)
    assert Change.SIGN_IN in spent.changes, "their own card is fresh"


def test_a_section_that_is_free_asks_nobody_and_one_for_subscribers_asks_everybody() -> None:
    free = replace(POLICY, sections={SECTION: SectionRule(is_free=True)})
    assert all(each.is_open for each in cases(asked(Access.METERED, policy=free)))
    strict = replace(POLICY, sections={SECTION: SectionRule(limit=0)})
    own, stranger = cases(asked(Access.METERED, policy=strict))
    assert (own.is_open, own.changes) == (False, (Change.SUBSCRIBE, Change.GIFT_LINK))
    assert Change.NEW_WINDOW not in stranger.changes


def test_a_paper_without_a_meter_promises_none() -> None:
    for case in cases(asked(Access.METERED, policy=WallPolicy())):
        assert (case.is_open, case.meter) == (False, None)
        assert Change.NEW_WINDOW not in case.changes


def test_a_network_opens_the_wall_to_whoever_reads_from_it() -> None:
    for case in cases(asked(Access.PREMIUM, place=PREMIUM)):
        assert (case.is_open, case.changes) == (True, (Change.ELSEWHERE,))


def test_nothing_changes_a_free_story() -> None:
    assert [each.changes for each in cases(asked(Access.FREE, SUBSCRIBER))] == [(), ()]


def test_the_pass_holds_what_the_readers_row_holds_now() -> None:
    row = ReaderRow(
        entitlements=(
            Held(Entitlement.PREMIUM, ends_at=NOON + timedelta(days=1)),
            Held(Entitlement.EPAPER, starts_at=NOON + timedelta(days=1)),
        ),
        revoked_before=NOON + timedelta(milliseconds=1),  # all sign-ins were ended this very moment
    )
    found = pass_of(7, row, now=NOON)
    assert found is not None
    assert found.entitlements == {Entitlement.PREMIUM}


def test_a_closed_account_has_no_pass() -> None:
    assert pass_of(7, ReaderRow(is_active=False), now=NOON) is None
