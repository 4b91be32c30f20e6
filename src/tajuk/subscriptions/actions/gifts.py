"""Taking a gift."""

from datetime import datetime

from django.db import transaction

from tajuk.accounts.models import User
from tajuk.contracts.messages import ReaderChanged
from tajuk.outbox.actions import put
from tajuk.paywall.passes import whole_second
from tajuk.subscriptions.actions.locks import lock_reader
from tajuk.subscriptions.actions.subscriptions import set_anchor
from tajuk.subscriptions.errors import GiftOverError
from tajuk.subscriptions.house import zone
from tajuk.subscriptions.models import Gift, Subscription
from tajuk.subscriptions.rules.periods import end_of
from tajuk.subscriptions.trace import READER, trace
from tajuk.subscriptions.types import Happened
from tajuk.terms.language import Language


def take_gift(code: str, reader: User, *, language: Language, now: datetime) -> Subscription:
    """The gift's period for whoever takes it first; a reader who has the plan has it for longer. Raises GiftOverError."""
    with transaction.atomic():
        lock_reader(reader.pk)
        free = Gift.objects.filter(
            code=code, taken_at__isnull=True, ended_at__isnull=True, expires_at__gt=now
        )
        # One statement reads and writes: of two readers in the same instant one has it.
        if "\0" in code or not free.update(taken_by=reader, taken_at=now):
            raise GiftOverError
        gift = Gift.objects.select_related("order__plan").get(code=code)
        order = gift.order
        begun = whole_second(now)
        held = (
            Subscription.objects.select_for_update()
            .filter(reader=reader, plan=order.plan, ended_at__isnull=True)
            .first()
        )
        if held is None:
            held = Subscription(
                reader=reader, plan=order.plan, language=language, currency=order.currency, started_at=begun,
                anchor_day=begun.astimezone(zone()).day, is_gift=True, paid_until=begun, access_until=begun,
            )  # fmt: skip
        grace = held.access_until - held.paid_until
        begun = max(held.paid_until, begun)
        set_anchor(held, begun)
        held.paid_until = end_of(begun, order.period, anchor_day=held.anchor_day, zone=zone())
        held.access_until = held.paid_until + grace
        held.save()
        trace(Happened.SUBSCRIPTION_STARTED, now=now, order=order, by=READER, gift=gift.pk)
        put(ReaderChanged(reader.pk))
    return held
