"""The tables of subscriptions."""

from tajuk.subscriptions.models.ledger import LedgerRow, MoneyLine, Reconciliation
from tajuk.subscriptions.models.offers import (
    Domain,
    Gift,
    Group,
    Network,
    Seat,
    Voucher,
    VoucherUse,
)
from tajuk.subscriptions.models.orders import (
    Checkout,
    Notice,
    Order,
    Payment,
    Receipt,
    ReceiptNumber,
    Refund,
    Transfer,
)
from tajuk.subscriptions.models.plans import Billing, Plan, Price
from tajuk.subscriptions.models.subscriptions import Letter, Subscription

__all__ = [
    "Billing", "Checkout", "Domain", "Gift", "Group", "LedgerRow", "Letter", "MoneyLine", "Network", "Notice",
    "Order", "Payment", "Plan", "Price", "Receipt", "ReceiptNumber", "Reconciliation", "Refund", "Seat",
    "Subscription", "Transfer", "Voucher", "VoucherUse",
]  # fmt: skip
