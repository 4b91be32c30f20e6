"""Writes: rows, audit line and message in one transaction. Readers sign in and out, get and lose entitlements."""

from collections.abc import Collection, Iterable
from datetime import datetime
from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction
from wagtail.log_actions import log

from tajuk.accounts.models import User
from tajuk.circulation import queries
from tajuk.circulation.errors import GrantOverError, SignInEndedError
from tajuk.circulation.models import FollowedTopic, Grant, ReaderSession
from tajuk.circulation.rules import end_of_sign_ins
from tajuk.contracts.messages import ReaderChanged
from tajuk.contracts.readers import renewed
from tajuk.newsroom import queries as newsroom
from tajuk.outbox.actions import put
from tajuk.paywall.passes import SESSION_LIFE, milliseconds, moment_of, new_session, whole_second
from tajuk.paywall.types import Entitlement, ReaderPass
from tajuk.terms.language import Language

MOST_SIGN_INS = 100
"""So many sign-ins of one reader within `SESSION_LIFE`; one more ends all before it. It bounds the reader's row."""
MOST_TOPICS = 50


def sign_in(reader: User, *, now: datetime, device: str = "", desk_session: str = "") -> ReaderPass:
    """A new sign-in of a reader who has just proved who they are, and its first pass.

    Raises SignInEndedError if the password was changed, the account closed or all sign-ins ended since then.
    """
    with transaction.atomic():
        found = get_user_model().objects.select_for_update().get(pk=reader.pk)
        if not found.is_active or found.get_session_auth_hash() != reader.get_session_auth_hash():
            raise SignInEndedError
        sessions = ReaderSession.objects.filter(reader=found)
        sessions.filter(renew_until__lte=now).delete()
        if sessions.count() >= MOST_SIGN_INS:
            end_sign_ins(found, acting_user=found, now=now)
            reader.sign_ins_ended_at = found.sign_ins_ended_at
        # A sign-in in the millisecond of an end comes after it.
        moment = moment_of(milliseconds(now))
        if found.sign_ins_ended_at is not None:
            moment = max(moment, found.sign_ins_ended_at)
        made = ReaderSession.objects.create(
            reader=found,
            session=new_session(),
            device=device,
            desk_session=desk_session,
            signed_in_at=moment,
            renew_until=whole_second(now) + SESSION_LIFE,
        )
        put(ReaderChanged(found.pk))
        first = renewed(
            ReaderPass(
                found.pk, now, session=made.session, signed_in_at=moment, issued_at=now,
                renew_until=made.renew_until,
            ),
            queries.reader_row(found.pk, now=now),
            now=now,
        )  # fmt: skip
    assert first is not None, "a sign-in just made can be renewed"
    return first


def sign_out(session: str, *, now: datetime, here: str | None = "") -> None:
    """This sign-in ends; its passes are worth nothing as soon as the store knows. `here` is Django's session that goes on."""
    with transaction.atomic():
        found = ReaderSession.objects.filter(session=session, ended_at__isnull=True).first()
        if found is None:
            return
        found.ended_at = now
        found.save(update_fields=["ended_at"])
        put(ReaderChanged(found.reader_id))
    if found.desk_session != here:
        end_desk_sessions([found.desk_session])


def end_desk_sessions(keys: Iterable[str]) -> None:
    """Django's own sessions of sign-ins that have ended: account pages and the desk are closed to them."""
    sessions = import_module(settings.SESSION_ENGINE).SessionStore
    for key in filter(None, keys):
        sessions(key).delete()


def end_sign_ins(reader: User, *, acting_user: Any, now: datetime, reason: str = "") -> None:
    """Every sign-in of a reader ends, at the newsstand, on account pages and at the desk."""
    with transaction.atomic():
        reader.sign_ins_ended_at = end_of_sign_ins(now)
        get_user_model().objects.filter(pk=reader.pk).update(
            sign_ins_ended_at=reader.sign_ins_ended_at
        )
        # The moment says it all from now on; the rows would only lengthen what the newsstand reads.
        ReaderSession.objects.filter(reader=reader).delete()
        log(reader, "circulation.end_sign_ins", user=acting_user, data={"reason": reason})
        put(ReaderChanged(reader.pk))


def grant(
    reader: User, entitlement: Entitlement, *, starts_at: datetime, ends_at: datetime | None,
    reason: str, acting_user: Any,
) -> Grant:  # fmt: skip
    """Gives a reader an entitlement. Moments count to the second, as passes do."""
    with transaction.atomic():
        made = Grant.objects.create(
            reader=reader,
            entitlement=entitlement.value,
            starts_at=whole_second(starts_at),
            ends_at=whole_second(ends_at) if ends_at else None,
            reason=reason,
        )
        data = {"entitlement": entitlement.value, "reason": reason}
        log(reader, "circulation.grant", user=acting_user, data=data)
        put(ReaderChanged(reader.pk))
    return made


def end_grant(given: Grant, *, reason: str, acting_user: Any, now: datetime) -> None:
    """Takes an entitlement back now; one that hasn't begun is as if it had never been given.

    Raises GrantOverError if it has ended.
    """
    moment = whole_second(now)
    with transaction.atomic():
        found = (
            Grant.objects.select_for_update().select_related("reader").filter(pk=given.pk).first()
        )
        if found is None or (found.ends_at is not None and found.ends_at <= moment):
            raise GrantOverError
        if found.starts_at >= moment:
            found.delete()
        else:
            found.ends_at = moment
            found.save(update_fields=["ends_at"])
        data = {"entitlement": found.entitlement, "reason": reason}
        log(found.reader, "circulation.end_grant", user=acting_user, data=data)
        put(ReaderChanged(found.reader_id))


def follow(reader: User, topic_ids: Collection[int], *, language: Language) -> None:
    """From now on the reader follows these topics and no others, `MOST_TOPICS` at most; unknown ids are passed over."""
    with transaction.atomic():
        get_user_model().objects.select_for_update().get(pk=reader.pk)
        wanted = set(list(newsroom.topics(topic_ids, language))[:MOST_TOPICS])
        rows = FollowedTopic.objects.filter(reader=reader)
        known = set(rows.values_list("topic_id", flat=True))
        if wanted == known:
            return
        rows.exclude(topic_id__in=wanted).delete()
        FollowedTopic.objects.bulk_create(
            FollowedTopic(reader=reader, topic_id=each) for each in sorted(wanted - known)
        )
        put(ReaderChanged(reader.pk))
