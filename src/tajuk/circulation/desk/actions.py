"""What colleagues do for readers at the desk: rows, audit line with its reason, and message in one transaction."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from wagtail.log_actions import log

from tajuk.accounts.models import User
from tajuk.circulation import actions
from tajuk.circulation.desk import words
from tajuk.circulation.desk.till import till
from tajuk.circulation.errors import GrantOverError
from tajuk.circulation.models import Grant
from tajuk.contracts.messages import ReaderChanged
from tajuk.outbox.actions import put
from tajuk.paywall.passes import whole_second
from tajuk.paywall.types import Entitlement
from tajuk.subscriptions.desk_types import OrderOfReader, SubscriptionOfReader


def grant_each(
    reader: User, entitlements: Iterable[Entitlement], *, starts_at: datetime, ends_at: datetime | None,
    reason: str, acting_user: Any,
) -> None:  # fmt: skip
    """Gives a reader all of these, or none."""
    with transaction.atomic():
        for each in entitlements:
            actions.grant(
                reader, each, starts_at=starts_at, ends_at=ends_at, reason=reason, acting_user=acting_user
            )  # fmt: skip


def extend_grant(
    given: Grant, *, ends_at: datetime | None, reason: str, acting_user: Any, now: datetime
) -> None:
    """A grant lasts until another moment; None is open.

    Raises GrantOverError if it has ended, or would end before it starts or now.
    """
    moment = whole_second(now)
    last = whole_second(ends_at) if ends_at else None
    with transaction.atomic():
        found = (
            Grant.objects.select_for_update(of=("self",))
            .select_related("reader")
            .filter(pk=given.pk)
            .first()
        )
        if found is None or (found.ends_at is not None and found.ends_at <= moment):
            raise GrantOverError
        if last is not None and last <= max(moment, found.starts_at):
            raise GrantOverError
        found.ends_at = last
        found.save(update_fields=["ends_at"])
        data = {
            "entitlement": found.entitlement,
            "until": last.isoformat() if last else "",
            "reason": reason,
        }
        log(found.reader, "circulation.extend_grant", user=acting_user, data=data)
        put(ReaderChanged(found.reader_id))


def refund(
    reader: User, order: OrderOfReader, *, reason: str, acting_user: Any, now: datetime
) -> None:
    """All that was paid for this order goes back. Raises TillRefusedError."""
    with transaction.atomic():
        till().refund(order.reference, reason=reason, by=acting_user, now=now)
        paid = order.honoured
        data = {
            "order": order.reference,
            "amount": paid.money.spelled(decimal_comma=True) if paid else "",
            "reason": reason,
        }
        log(reader, "circulation.refund", user=acting_user, data=data)


def cancel(
    reader: User, held: SubscriptionOfReader, *, reason: str, acting_user: Any, now: datetime
) -> None:
    """A subscription is not renewed any more. Raises TillRefusedError."""
    with transaction.atomic():
        till().cancel(held.subscription_id, by=acting_user, now=now)
        data = {"plan": held.plan, "until": words.day(held.paid_until), "reason": reason}
        log(reader, "circulation.cancel", user=acting_user, data=data)


def note_export(what: str, narrowed: str, *, acting_user: Any) -> None:
    """Leaves an audit line with the colleague who takes readers' data out of the house, before the first row goes."""
    data = {"what": what, "narrowed": narrowed}
    log(acting_user, "circulation.export", user=acting_user, data=data)
