"""Rows of the ledger, one function for each thing that moves money. They run in the caller's transaction."""

from datetime import datetime

from tajuk.subscriptions.models import LedgerRow, Payment, Refund
from tajuk.subscriptions.types import Account, GatewayName


def book_honoured(payment: Payment, *, now: datetime) -> None:
    """Money came in and was earned: revenue, and the tax in it."""
    at = Account.of_gateway(GatewayName(payment.gateway))
    order = payment.order
    _rows(payment, now, (at, Account.REVENUE, order.net), (at, Account.TAX, order.tax))


def book_owed(payment: Payment, *, now: datetime) -> None:
    """Money came in that the house may not keep."""
    at = Account.of_gateway(GatewayName(payment.gateway))
    _rows(payment, now, (at, Account.OWED, payment.amount))


def book_unearned(payment: Payment, refund: Refund, *, now: datetime) -> None:
    """What was earned is owed to the reader again."""
    order = payment.order
    _rows(
        payment, now,
        (Account.REVENUE, Account.OWED, order.net), (Account.TAX, Account.OWED, order.tax), refund=refund,
    )  # fmt: skip


def book_given_back(payment: Payment, refund: Refund, *, now: datetime) -> None:
    """What was owed went back."""
    at = Account.of_gateway(GatewayName(payment.gateway))
    _rows(payment, now, (Account.OWED, at, payment.amount), refund=refund)


def _rows(
    payment: Payment, now: datetime, *moves: tuple[Account, Account, int], refund: Refund | None = None
) -> None:  # fmt: skip
    LedgerRow.objects.bulk_create(
        LedgerRow(
            at=now, debit=debit, credit=credit, currency=payment.currency, amount=amount, order_id=payment.order_id,
            payment=payment, refund=refund,
        )
        for debit, credit, amount in moves
        if amount
    )  # fmt: skip
