"""Using a voucher, and giving it back."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F, Q

from tajuk.subscriptions.errors import VoucherRefusedError
from tajuk.subscriptions.models import Order, Plan, Voucher, VoucherUse

_LONGEST_CODE = 30


def found_voucher(code: str, plan: Plan, *, now: datetime) -> Voucher:
    """The voucher, if it is good for the plan now. Raises VoucherRefusedError."""
    spelled = code.strip().upper()
    good = Voucher.objects.filter(
        Q(plan__isnull=True) | Q(plan=plan),
        Q(ends_at__isnull=True) | Q(ends_at__gt=now),
        code=spelled[:_LONGEST_CODE],
        starts_at__lte=now,
        uses__lt=F("most_uses"),
    )
    voucher = good.first() if "\0" not in spelled else None
    if voucher is None:
        raise VoucherRefusedError(spelled[:_LONGEST_CODE])
    return voucher


def use_voucher(voucher: Voucher, order: Order, *, now: datetime) -> None:
    """One use of it less. Of two readers in the same instant one gets the last. Raises VoucherRefusedError."""
    # One statement reads and writes, so no other can come between, on either database.
    left = Voucher.objects.filter(pk=voucher.pk, uses__lt=F("most_uses"))
    if not left.update(uses=F("uses") + 1):
        raise VoucherRefusedError(voucher.code)
    try:
        with transaction.atomic():
            VoucherUse.objects.create(voucher=voucher, reader=order.reader, order=order, at=now)
    except IntegrityError as error:  # this reader used it before
        raise VoucherRefusedError(voucher.code) from error


def give_voucher_back(order: Order) -> None:
    """The order came to nothing: its voucher can be used again."""
    gone, _ = VoucherUse.objects.filter(order=order).delete()
    if gone and order.voucher_id:
        Voucher.objects.filter(pk=order.voucher_id, uses__gt=0).update(uses=F("uses") - 1)
