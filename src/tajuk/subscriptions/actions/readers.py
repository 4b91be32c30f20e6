"""A reader who leaves: their personal data goes, what the books need stays."""

from datetime import datetime

from django.db import transaction

from tajuk.paywall.passes import whole_second
from tajuk.subscriptions.actions.locks import lock_reader
from tajuk.subscriptions.models import Gift, Letter, Order, Seat, Subscription, VoucherUse
from tajuk.subscriptions.trace import trace
from tajuk.subscriptions.types import Happened, OrderState


def forget_reader(reader_id: int, now: datetime) -> None:
    """Ends what the reader has and takes name and address out of every row; amounts, receipts and the ledger stay.

    To be called before the account is deleted, in the same transaction. Tax law wants the books for ten years; none
    of what is kept says whose money it was. Notices stay as the provider sent them for the audit: only two kinds of
    them name somebody, and they are the provider's record of its own customer.
    """
    with transaction.atomic():
        lock_reader(reader_id)
        for held in Subscription.objects.select_for_update().filter(reader_id=reader_id):
            if held.ended_at is None:
                held.ended_at = max(whole_second(now), held.started_at)
                held.ended_because = Subscription.Ended.FORGOTTEN
                held.access_until = min(held.access_until, held.ended_at)
                if held.provider_subscription:
                    held.stop_renewing_at = now
            held.reader = None
            held.save()
        orders = Order.objects.filter(reader_id=reader_id)
        for order in orders.filter(state=OrderState.OPEN):
            from tajuk.subscriptions.actions.orders import cancel_order

            cancel_order(order, by=None, now=now)
        trace(Happened.READER_FORGOTTEN, now=now, orders=orders.count())
        Letter.objects.filter(order__in=orders).update(send_at=None)
        VoucherUse.objects.filter(reader_id=reader_id).update(reader=None)
        Gift.objects.filter(taken_by_id=reader_id).update(taken_by=None)
        Seat.objects.filter(reader_id=reader_id, left_at__isnull=True).update(left_at=now)
        Seat.objects.filter(reader_id=reader_id).update(email="", reader=None)
        orders.update(billed_name="", billed_email="", gift_email="", gift_note="", reader=None)
