"""The words of subscriptions, and what the department answers with."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol

from tajuk.contracts.pages import Standing
from tajuk.terms.language import Language
from tajuk.terms.money import Currency, Money


class GatewayName(StrEnum):
    """By which way money comes in."""

    MIDTRANS = "midtrans"
    XENDIT = "xendit"
    STRIPE = "stripe"
    BANK = "bank"


class PeriodUnit(StrEnum):
    """What a period is counted in."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Period:
    """For how long a payment is good: three months, a year, ten days."""

    unit: PeriodUnit
    count: int


class Purpose(StrEnum):
    """What an order is for."""

    FIRST = "first"
    RENEWAL = "renewal"
    GIFT = "gift"


class OrderState(StrEnum):
    """How an order stands; see `rules.orders` for what may follow what."""

    OPEN = "open"
    PAID = "paid"
    EXPIRED = "expired"
    CANCELLED = "cancelled"
    REFUNDED = "refunded"


class Judgement(StrEnum):
    """What became of a payment that arrived. Everything but HONOURED is given back."""

    HONOURED = "honoured"
    OTHER_AMOUNT = "other_amount"
    OTHER_CURRENCY = "other_currency"
    PAID_TWICE = "paid_twice"
    TOO_LATE = "too_late"
    ORDER_CANCELLED = "order_cancelled"
    PLAN_GONE = "plan_gone"
    READER_GONE = "reader_gone"


class RefundState(StrEnum):
    """How a refund stands: asked for, to be made by a colleague's hand, or made."""

    ASKED = "asked"
    BY_HAND = "by_hand"
    DONE = "done"


class Account(StrEnum):
    """The accounts of the ledger."""

    MIDTRANS = "at_midtrans"
    XENDIT = "at_xendit"
    STRIPE = "at_stripe"
    BANK = "at_bank"
    REVENUE = "revenue"
    TAX = "tax"
    OWED = "owed_to_readers"

    @classmethod
    def of_gateway(cls, gateway: GatewayName) -> "Account":
        """Where money stands that came in by this way."""
        return cls(f"at_{gateway}")


class Happened(StrEnum):
    """What a money line says."""

    ORDER_PLACED = "order_placed"
    ORDER_EXPIRED = "order_expired"
    ORDER_CANCELLED = "order_cancelled"
    CHECKOUT_OPENED = "checkout_opened"
    CHECKOUT_FAILED = "checkout_failed"
    NOTICE_FORGED = "notice_forged"
    NOTICE_STALE = "notice_stale"
    NOTICE_OF_UNKNOWN = "notice_of_unknown"
    NOTICE_UNREADABLE = "notice_unreadable"
    PAYMENT_HONOURED = "payment_honoured"
    PAYMENT_OWED = "payment_owed"
    REFUND_ASKED = "refund_asked"
    REFUND_BY_HAND = "refund_by_hand"
    REFUND_DONE = "refund_done"
    SUBSCRIPTION_STARTED = "subscription_started"
    SUBSCRIPTION_EXTENDED = "subscription_extended"
    SUBSCRIPTION_CANCELLED = "subscription_cancelled"
    SUBSCRIPTION_ENDED = "subscription_ended"
    TRANSFER_ENTERED = "transfer_entered"
    TRANSFER_APPROVED = "transfer_approved"
    READER_FORGOTTEN = "reader_forgotten"


@dataclass(frozen=True, slots=True)
class Taxed:
    """An amount divided into what the paper keeps and what it owes the state."""

    net: Money
    tax: Money

    @property
    def total(self) -> Money:
        """What is paid."""
        return self.net + self.tax


@dataclass(frozen=True, slots=True)
class PlanOffer:
    """A plan as a reader is offered it; amounts include tax."""

    plan_id: int
    name: str
    description: str
    gives: tuple[str, ...]
    period: Period
    price: Taxed
    first: Taxed
    """What the first period costs: less than `price` with an introductory offer."""
    trial_days: int
    """Days without payment; 0 when there are none for this reader."""

    @property
    def is_cheaper_at_first(self) -> bool:
        """Whether there is an introductory offer."""
        return self.first.total != self.price.total


@dataclass(frozen=True, slots=True)
class Cheapest:
    """The least that opens every story, in words."""

    price: str
    period: str
    first: str = ""
    """What the first period costs, where that is less."""
    trial_days: int = 0


@dataclass(frozen=True, slots=True)
class SubscriptionLine:
    """A subscription as its reader sees it."""

    subscription_id: int
    plan: str
    since: datetime
    paid_until: datetime
    access_until: datetime
    is_trial: bool
    is_cancelled: bool
    renews_itself: bool
    gateway: str
    ended_at: datetime | None
    open_order: str = ""
    """The reference of the renewal that waits to be paid."""


@dataclass(frozen=True, slots=True)
class OrderLine:
    """An order as its reader sees it."""

    reference: str
    plan: str
    purpose: Purpose
    state: OrderState
    total: Money
    placed_at: datetime
    receipt: str = ""
    """The receipt's number, when there is one."""
    may_ask_refund: bool = False
    is_refund_pending: bool = False


@dataclass(frozen=True, slots=True)
class Balance:
    """An account of the ledger: what came, less what went."""

    account: Account
    currency: Currency
    amount: int


class Dressed(Protocol):
    """Puts a page of ours into the paper's dress. `site` hands in the press's, which we may not look down to."""

    def __call__(
        self, template: str, context: Mapping[str, Any], *,
        language: Language, within: str, title: str, standing: Standing, now: datetime,
    ) -> str: ...  # fmt: skip
