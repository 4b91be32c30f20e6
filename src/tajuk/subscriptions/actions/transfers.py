"""Bank transfers at the desk: one colleague enters what stands on the statement, another approves it."""

from datetime import date, datetime

from django.db import transaction

from tajuk.accounts.models import User
from tajuk.subscriptions.errors import SubscriptionsError, TwoPeopleError
from tajuk.subscriptions.house import billing
from tajuk.subscriptions.models import Checkout, Transfer
from tajuk.subscriptions.trace import trace
from tajuk.subscriptions.types import GatewayName, Happened


def enter_transfer(
    checkout: Checkout, *, amount: int, bank_reference: str, received_on: date, by: User, now: datetime
) -> Transfer:  # fmt: skip
    """Notes a transfer as it stands on the bank's statement. It counts once it is approved."""
    if checkout.gateway != GatewayName.BANK:
        raise SubscriptionsError("This order isn't paid by bank transfer.")
    with transaction.atomic():
        made = Transfer.objects.create(
            checkout=checkout, amount=amount, bank_reference=bank_reference, received_on=received_on, entered_by=by,
            entered_at=now,
        )  # fmt: skip
        trace(
            Happened.TRANSFER_ENTERED, now=now, order=checkout.order, gateway=GatewayName.BANK, by=by, amount=amount
        )  # fmt: skip
    return made


def approve_transfer(transfer: Transfer, *, by: User, now: datetime) -> None:
    """A second pair of eyes; the cashier takes it from there. Raises TwoPeopleError."""
    with transaction.atomic():
        found = (
            Transfer.objects.select_for_update(of=("self",))
            .select_related("checkout__order")
            .get(pk=transfer.pk)
        )
        if found.approved_at is not None:
            return
        if found.entered_by_id == by.pk and billing().two_people:
            raise TwoPeopleError
        found.approved_by, found.approved_at = by, now
        found.save(update_fields=["approved_by", "approved_at"])
        Checkout.objects.filter(pk=found.checkout_id).update(ask_at=now)
        trace(
            Happened.TRANSFER_APPROVED, now=now, order=found.checkout.order, gateway=GatewayName.BANK, by=by,
            amount=found.amount,
        )  # fmt: skip
