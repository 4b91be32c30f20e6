"""What other departments may ask circulation. Answers are frozen; costs are stated."""

from collections.abc import Collection, Iterable
from datetime import datetime

from django.conf import settings
from django.contrib.auth import get_user_model

from tajuk.circulation.models import FollowedTopic, Grant, ReaderSession
from tajuk.circulation.types import ReaderFacts
from tajuk.contracts.readers import Held, ReaderRow
from tajuk.newsroom import queries as newsroom
from tajuk.newsroom.types import TopicLine
from tajuk.paywall.passes import SESSION_LIFE
from tajuk.paywall.types import Entitlement
from tajuk.subscriptions import queries as subscriptions
from tajuk.terms.language import Language

__all__ = [
    "ReaderFacts",
    "active_reader_ids",
    "followed_ids",
    "is_signed_in",
    "reader_facts",
    "reader_row",
]

MOST_PICKED = 3


def reader_facts(reader_ids: Collection[int], *, now: datetime) -> dict[int, ReaderFacts]:
    """These readers as the newsstand may know them; one who isn't there any more is not active.

    Six queries, and two for each language of the paper.
    """
    wanted = set(reader_ids)
    users = {
        pk: (is_active, ended_at)
        for pk, is_active, ended_at in get_user_model()
        .objects.filter(pk__in=wanted)
        .values_list("pk", "is_active", "sign_ins_ended_at")
    }
    held = _held(wanted, now=now)
    ended = _ended_sessions(wanted, now=now)
    followed = _followed(wanted)
    answer: dict[int, ReaderFacts] = {}
    for each in wanted:
        is_active, ended_at = users.get(each, (False, None))
        answer[each] = ReaderFacts(
            reader_id=each,
            entitlements=held.get(each, ()),
            revoked_before=ended_at,
            revoked_sessions=ended.get(each, ()),
            followed=followed.get(each, ()),
            is_active=is_active,
        )
    return answer


def reader_row(reader_id: int, *, now: datetime) -> ReaderRow:
    """A reader as the rules of the pass see one, without recommendations. Five queries."""
    found = (
        get_user_model()
        .objects.filter(pk=reader_id)
        .values_list("is_active", "sign_ins_ended_at")
        .first()
    )
    is_active, ended_at = found or (False, None)
    return ReaderRow(
        entitlements=_held([reader_id], now=now).get(reader_id, ()),
        revoked_before=ended_at,
        revoked_sessions=_ended_sessions([reader_id], now=now).get(reader_id, ()),
        is_active=is_active,
    )


def active_reader_ids(*, now: datetime) -> tuple[int, ...]:
    """Readers of whom a pass may be about that can still be renewed. Two queries.

    Those who signed out are among them: a store made anew has to know that their passes have ended.
    """
    rows = ReaderSession.objects.filter(renew_until__gt=now).order_by("reader_id")
    ended = (
        get_user_model()
        .objects.filter(sign_ins_ended_at__gt=now - SESSION_LIFE)
        .order_by()
        .values_list("pk", flat=True)
    )
    ids = rows.values_list("reader_id", flat=True).distinct()
    return tuple(sorted({*ids, *ended}))


def is_signed_in(reader_id: int, session: str, *, now: datetime) -> bool:
    """Whether this sign-in of the reader's goes on. One query."""
    return ReaderSession.objects.filter(
        reader_id=reader_id, session=session, ended_at__isnull=True, renew_until__gt=now
    ).exists()


def followed_ids(reader_id: int) -> tuple[int, ...]:
    """The topics a reader follows. One query."""
    rows = FollowedTopic.objects.filter(reader_id=reader_id)
    return tuple(rows.values_list("topic_id", flat=True))


def _held(reader_ids: Iterable[int], *, now: datetime) -> dict[int, tuple[Held, ...]]:
    """Grants that hold or will, and what readers pay for or have by a seat. Three queries."""
    reader_ids = tuple(reader_ids)
    found = subscriptions.held(reader_ids, now=now)
    rows = Grant.objects.filter(reader_id__in=reader_ids).exclude(ends_at__lte=now)
    for reader_id, entitlement, starts_at, ends_at in rows.values_list(
        "reader_id", "entitlement", "starts_at", "ends_at"
    ):
        begun = None if starts_at <= now else starts_at
        held = Held(Entitlement(entitlement), ends_at, begun)
        found[reader_id] = (*found.get(reader_id, ()), held)
    return found


def _ended_sessions(reader_ids: Iterable[int], *, now: datetime) -> dict[int, tuple[str, ...]]:
    """One query."""
    rows = ReaderSession.objects.filter(
        reader_id__in=reader_ids, ended_at__isnull=False, renew_until__gt=now
    )
    found: dict[int, tuple[str, ...]] = {}
    for reader_id, session in rows.values_list("reader_id", "session"):
        found[reader_id] = (*found.get(reader_id, ()), session)
    return found


def _followed(
    reader_ids: Iterable[int],
) -> dict[int, tuple[tuple[Language, tuple[TopicLine, ...]], ...]]:
    """One query, and two for each language."""
    rows = FollowedTopic.objects.filter(reader_id__in=reader_ids)
    by_reader: dict[int, list[int]] = {}
    for reader_id, topic_id in rows.values_list("reader_id", "topic_id"):
        by_reader.setdefault(reader_id, []).append(topic_id)
    if not by_reader:
        return {}
    asked = {topic_id for topic_ids in by_reader.values() for topic_id in topic_ids}
    found: dict[int, tuple[tuple[Language, tuple[TopicLine, ...]], ...]] = {}
    for language in settings.PAPER.languages:
        lines = newsroom.topics(asked, language)
        newest = newsroom.newest_of_topics(asked, language, each=1)
        in_order = sorted(newest, key=lambda topic_id: newest[topic_id][0], reverse=True)
        for reader_id, topic_ids in by_reader.items():
            picked = tuple(lines[each] for each in in_order if each in topic_ids)[:MOST_PICKED]
            if picked:
                found[reader_id] = (*found.get(reader_id, ()), (language, picked))
    return found
