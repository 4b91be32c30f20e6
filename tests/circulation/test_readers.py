"""What circulation tells of readers: rows for the newsstand, by actions and queries."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from wagtail.log_actions import registry
from wagtail.models import ModelLogEntry, ReferenceIndex

from tajuk.accounts.models import User
from tajuk.circulation import actions, queries
from tajuk.circulation.errors import GrantOverError, SignInEndedError
from tajuk.circulation.models import Grant, ReaderSession
from tajuk.contracts.readers import Held, is_revoked, renewed
from tajuk.paywall.passes import PASS_LIFE, SESSION_LIFE
from tajuk.paywall.types import Entitlement
from tajuk.press import keys
from tajuk.press.readers import press_readers
from tajuk.terms.clock import now as read_clock
from tajuk.terms.ids import TopicId
from tajuk.terms.language import Language
from tests.circulation.conftest import row_of, told
from tests.pressed_paper import PressedPaper
from tests.standing_matter import queries_of, story, topic

NOW = read_clock().replace(microsecond=0)
DAY = timedelta(days=1)
PREMIUM = Entitlement.PREMIUM


def given(
    reader: User, entitlement: Entitlement = PREMIUM, *, days: float | None = 9, since: float = 0
) -> Grant:
    """A grant from `since` days from now on, for so many days or open."""
    starts_at = NOW + since * DAY
    ends_at = None if days is None else starts_at + days * DAY
    return actions.grant(
        reader, entitlement, starts_at=starts_at, ends_at=ends_at, reason="Uji", acting_user=None
    )


def test_a_grant_is_in_the_next_pass_and_leaves_a_trace(reader: User, paper: PressedPaper) -> None:
    first = actions.sign_in(reader, now=NOW)
    made = given(reader)
    assert told() == [reader.pk, reader.pk]
    press_readers(paper.store, [reader.pk], now=NOW)
    row = paper.store.reader(reader.pk)
    assert row is not None
    assert row.entitlements == (Held(PREMIUM, made.ends_at),)
    fresh = renewed(first, row, now=NOW)
    assert fresh is not None
    assert fresh.entitlements == {PREMIUM}
    entry = ModelLogEntry.objects.get(action="circulation.grant", object_id=str(reader.pk))
    assert "Semua berita" in registry.get_formatter(entry).format_message(entry)


def test_a_grant_taken_back_is_out_of_the_next_pass(reader: User, paper: PressedPaper) -> None:
    first = actions.sign_in(reader, now=NOW)
    kept, taken, planned = (
        given(reader, Entitlement.EPAPER, days=None),
        given(reader, days=None),
        given(reader, since=3),
    )
    for each in (taken, planned):
        actions.end_grant(each, reason="Pengembalian dana", acting_user=None, now=NOW + DAY)
        with pytest.raises(GrantOverError, match="make a new one"):
            actions.end_grant(each, reason="Lagi", acting_user=None, now=NOW + DAY)
    press_readers(paper.store, [reader.pk], now=NOW + DAY)
    row = paper.store.reader(reader.pk)
    assert row is not None
    assert row.entitlements == (Held(Entitlement.EPAPER, None),)
    fresh = renewed(first, row, now=NOW + DAY)
    assert fresh is not None
    assert fresh.entitlements == {Entitlement.EPAPER}
    assert set(Grant.objects.values_list("pk", flat=True)) == {kept.pk, taken.pk}
    assert ModelLogEntry.objects.filter(action="circulation.end_grant").count() == 2


def test_a_grant_yet_to_begin_begins_by_itself(reader: User, paper: PressedPaper) -> None:
    first = actions.sign_in(reader, now=NOW)
    given(reader, since=1)
    row = row_of(paper, reader.pk)
    for moment, has_it in (
        (NOW + DAY - timedelta(seconds=1), False),
        (NOW + DAY, True),
        (NOW + 10 * DAY, False),
    ):
        fresh = renewed(first, row, now=moment)
        assert fresh is not None
        assert (PREMIUM in fresh.entitlements) is has_it


@pytest.mark.parametrize(
    "fields", [{"entitlement": "crossword"}, {"ends_at": NOW}, {"ends_at": NOW - DAY}]
)
def test_the_database_refuses_a_grant_that_makes_no_sense(
    reader: User, fields: dict[str, object]
) -> None:
    row = {"reader": reader, "entitlement": "premium", "starts_at": NOW, "reason": "Uji", **fields}
    with pytest.raises(IntegrityError), transaction.atomic():
        Grant.objects.create(**row)


def test_a_password_changed_while_somebody_signs_in_wins(reader: User, paper: PressedPaper) -> None:
    checked = User.objects.get(pk=reader.pk)  # its password was just found right
    reader.set_password("sandi-yang-baru")
    reader.save()
    with pytest.raises(SignInEndedError, match="sign in again"):
        actions.sign_in(checked, now=NOW)
    assert not ReaderSession.objects.exists()


@pytest.mark.parametrize("microseconds", [0, 1, 999, 1000, 123_456, 999_999])
def test_the_very_millisecond_is_right(
    reader: User, paper: PressedPaper, microseconds: int
) -> None:
    moment = NOW + timedelta(microseconds=microseconds)
    before = actions.sign_in(reader, now=moment)
    actions.end_sign_ins(reader, acting_user=reader, now=moment)
    after = actions.sign_in(reader, now=moment)
    row = queries.reader_row(reader.pk, now=moment)
    assert is_revoked(before, row)
    assert not is_revoked(after, row)


def test_a_first_pass_lasts_a_quarter_of_an_hour_and_a_sign_in_thirty_days(
    reader: User, paper: PressedPaper
) -> None:
    first = actions.sign_in(reader, now=NOW)
    assert (first.expires_at, first.renew_until) == (NOW + PASS_LIFE, NOW + SESSION_LIFE)
    assert queries.is_signed_in(
        reader.pk, first.session, now=NOW + SESSION_LIFE - timedelta(seconds=1)
    )
    assert not queries.is_signed_in(reader.pk, first.session, now=NOW + SESSION_LIFE)
    assert not queries.is_signed_in(reader.pk + 1, first.session, now=NOW)


def test_a_store_made_anew_knows_every_reader_whose_pass_may_be_about(
    reader: User, paper: PressedPaper
) -> None:
    gone, out = (User.objects.create_user(f"{each}@uji.example") for each in ("lama", "keluar"))
    User.objects.create_user("tak-pernah@uji.example")
    actions.sign_in(gone, now=NOW - SESSION_LIFE)
    ended = actions.sign_in(out, now=NOW - DAY)
    actions.sign_out(ended.session, now=NOW)
    actions.sign_in(reader, now=NOW)
    assert queries.active_reader_ids(now=NOW) == (reader.pk, out.pk)
    actions.end_sign_ins(reader, acting_user=None, now=NOW)
    assert queries.active_reader_ids(now=NOW) == (reader.pk, out.pk)
    press_readers(paper.store, queries.active_reader_ids(now=NOW), now=NOW)
    row = paper.store.reader(out.pk)
    assert row is not None
    assert is_revoked(ended, row)


def test_a_reader_is_recommended_the_topics_they_follow_in_each_language(
    reader: User, paper: PressedPaper
) -> None:
    for hours, slug in enumerate(("kopi", "feri", "garam", "beras")):
        story(f"Tentang {slug}", topics=[slug], hours_ago=hours + 1)
    story("About ferries", topics=["feri"], language="en", hours_ago=1)
    followed = [topic(slug).pk for slug in ("beras", "garam", "feri", "kopi", "sunyi")]
    actions.follow(reader, followed, language=Language.INDONESIAN)
    row = row_of(paper, reader.pk)
    kopi, feri, garam = (TopicId(topic(slug).pk) for slug in ("kopi", "feri", "garam"))
    names = [keys.picks_of_topic(Language.INDONESIAN, each) for each in (kopi, feri, garam)]
    assert row.picks_in("id") == tuple(names)
    assert row.picks_in("en") == (keys.picks_of_topic(Language.ENGLISH, feri),)


def test_the_desk_is_not_shown_who_follows_a_topic(reader: User, paper: PressedPaper) -> None:
    followed = topic("feri")
    actions.follow(reader, [followed.pk], language=Language.INDONESIAN)
    given(reader)
    actions.sign_in(reader, now=NOW)
    assert not ReferenceIndex.get_references_to(followed).exists()
    assert not ReferenceIndex.get_references_to(reader).exists()


def test_nobody_follows_more_topics_than_a_page_can_hold(reader: User, paper: PressedPaper) -> None:
    ids = [topic(f"topik-{each}").pk for each in range(actions.MOST_TOPICS + 5)]
    actions.follow(reader, ids, language=Language.INDONESIAN)
    assert len(queries.followed_ids(reader.pk)) == actions.MOST_TOPICS


def test_reading_many_readers_costs_as_much_as_reading_one(
    reader: User, paper: PressedPaper
) -> None:
    story(topics=["feri"])
    readers = [reader, *(User.objects.create_user(f"{each}@uji.example") for each in range(9))]
    for each in readers:
        given(each)
        actions.sign_out(actions.sign_in(each, now=NOW).session, now=NOW)
        actions.follow(each, [topic("feri").pk], language=Language.INDONESIAN)
    one = queries_of(lambda: queries.reader_facts([reader.pk], now=NOW))
    many = queries_of(lambda: queries.reader_facts([each.pk for each in readers], now=NOW))
    assert one == many == 6 + 2 * 2
    assert queries_of(lambda: queries.reader_row(reader.pk, now=NOW)) == 5
    assert queries_of(lambda: queries.active_reader_ids(now=NOW)) == 2


def test_an_older_run_does_not_bring_a_revoked_pass_back(reader: User, paper: PressedPaper) -> None:
    first = actions.sign_in(reader, now=NOW)
    early = paper.store.next_run()
    before = queries.reader_row(reader.pk, now=NOW)
    actions.end_sign_ins(reader, acting_user=None, now=NOW)
    press_readers(paper.store, [reader.pk], now=NOW)
    with paper.store.batch(early) as batch:
        batch.put_reader(reader.pk, before)
    row = paper.store.reader(reader.pk)
    assert row is not None
    assert is_revoked(first, row)
