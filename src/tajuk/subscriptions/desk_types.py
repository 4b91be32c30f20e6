"""What subscriptions answers the circulation desk with. Money is in minor units of one currency."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from tajuk.paywall.types import Entitlement
from tajuk.subscriptions.types import Judgement, OrderState, Purpose, RefundState
from tajuk.terms.money import Currency, Money


class PayingState(StrEnum):
    """How a reader stands to the till."""

    SUBSCRIBES = "subscribes"
    IN_GRACE = "in_grace"
    ENDED = "ended"
    NEVER = "never"
    SEATED = "seated"
    """Reads by a seat in a group; may subscribe besides."""


class SubscriptionState(StrEnum):
    """How one subscription stands now."""

    TRIAL = "trial"
    GOES_ON = "goes_on"
    CANCELLED = "cancelled"
    """Read to the end of what is paid for."""
    IN_GRACE = "in_grace"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class SubscriptionOfReader:
    """A subscription as the desk sees it."""

    subscription_id: int
    plan: str
    gives: tuple[Entitlement, ...]
    state: SubscriptionState
    since: datetime
    paid_until: datetime
    access_until: datetime
    is_gift: bool
    gateway: str
    """As a colleague reads it; empty where nothing was ever paid."""
    ended_because: str
    """The same; empty while it goes on."""


@dataclass(frozen=True, slots=True)
class SeatOfReader:
    """A seat the reader has taken in a group, and for how long it gives something."""

    group: str
    plan: str
    gives: tuple[Entitlement, ...]
    taken_at: datetime
    left_at: datetime | None
    starts_at: datetime
    ends_at: datetime

    def holds(self, *, now: datetime) -> bool:
        """Whether it gives something now."""
        return self.left_at is None and self.starts_at <= now < self.ends_at


@dataclass(frozen=True, slots=True)
class PaymentOfReader:
    """Money that came in for an order, and what became of it."""

    money: Money
    at: datetime
    gateway: str
    judgement: Judgement
    judged: str
    """The judgement, as a colleague reads it."""
    receipt: str
    refund: RefundState | None
    refund_asked_at: datetime | None
    refund_reason: str
    refund_done_at: datetime | None


@dataclass(frozen=True, slots=True)
class OrderOfReader:
    """An order as the desk sees it."""

    reference: str
    plan: str
    purpose: Purpose
    state: OrderState
    total: Money
    placed_at: datetime
    closed_at: datetime | None
    """When it ran out or was cancelled."""
    payments: tuple[PaymentOfReader, ...]

    @property
    def honoured(self) -> PaymentOfReader | None:
        """What was paid for it and kept."""
        kept = (each for each in self.payments if each.judgement is Judgement.HONOURED)
        return next(kept, None)

    @property
    def may_be_refunded(self) -> bool:
        """Whether the house holds money for it that it can give back."""
        return self.state is OrderState.PAID and self.honoured is not None


@dataclass(frozen=True, slots=True)
class LetterToReader:
    """A mail about money that went out."""

    kind: str
    about: str
    """Its order's number, or its plan."""
    sent_at: datetime


@dataclass(frozen=True, slots=True)
class GiftOfReader:
    """A gift that the reader took."""

    plan: str
    taken_at: datetime


@dataclass(frozen=True, slots=True)
class FileOfReader:
    """Everything about one reader's money, each list the newest first and at most `MOST` long."""

    subscriptions: tuple[SubscriptionOfReader, ...] = ()
    seats: tuple[SeatOfReader, ...] = ()
    orders: tuple[OrderOfReader, ...] = ()
    letters: tuple[LetterToReader, ...] = ()
    gifts: tuple[GiftOfReader, ...] = ()


@dataclass(frozen=True, slots=True)
class DayOfPlan:
    """So many of something on a day of the paper's zone, of one plan."""

    day: date
    plan_id: int
    count: int


@dataclass(frozen=True, slots=True)
class DayOfRevenue:
    """What was earned on a day with one plan in one currency, without tax, less what was given back."""

    day: date
    plan_id: int
    currency: Currency
    amount: int


@dataclass(frozen=True, slots=True)
class OrdersOfPeriod:
    """First orders placed in a period: how many, of those how many went to a gateway, and how many were paid."""

    placed: int
    at_gateway: int
    paid: int


@dataclass(frozen=True, slots=True)
class FiguresOfPeriod:
    """What the dashboards are drawn from. Days without anything are left out."""

    plans: dict[int, str]
    active_before: dict[int, int]
    """Of each plan, the subscriptions that went on when the period began."""
    started: tuple[DayOfPlan, ...]
    ended: tuple[DayOfPlan, ...]
    revenue: tuple[DayOfRevenue, ...]
    renewals_paid: tuple[DayOfPlan, ...]
    renewals_failed: tuple[DayOfPlan, ...]
    """Subscriptions once paid for that ended because the renewal was not."""
    in_grace: int
    """Now, whatever the period."""
    orders: OrdersOfPeriod
