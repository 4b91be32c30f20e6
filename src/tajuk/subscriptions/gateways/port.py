"""The port to payment providers: what the house asks of each, and what each can do.

An adapter speaks its provider's documented protocol and knows no tables (bank transfer, whose provider is our own
desk, reads one). It never decides: what it says of a payment is compared with the order by `rules.orders`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from tajuk.subscriptions.types import GatewayName, Period
from tajuk.terms.language import Language
from tajuk.terms.money import Currency, Money


class Renews(StrEnum):
    """How a next period is paid."""

    BY_ITSELF = "by_itself"
    """The gateway takes the money; the reader does nothing."""
    BY_INVOICE = "by_invoice"
    """The reader is reminded and pays a new order (QRIS and virtual accounts are pushed by the payer)."""


class Refunds(StrEnum):
    """How money goes back."""

    BY_GATEWAY = "by_gateway"
    BY_HAND = "by_hand"


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What a gateway can do; what it can't, the house does in another way."""

    currencies: frozenset[Currency]
    renews: Renews
    refunds: Refunds
    expires: bool
    """Whether a checkout can be closed there before it is paid."""
    tells: bool
    """Whether it sends notices; one that doesn't is asked."""
    has_portal: bool = False


@dataclass(frozen=True, slots=True)
class Request:
    """What is to be paid, as a gateway is told."""

    reference: str
    """Ours, unique with the gateway, 32 characters at most."""
    total: Money
    renewal: Money
    """What each further period costs; matters where the gateway renews by itself."""
    period: Period
    is_recurring: bool
    description: str
    email: str
    name: str
    language: Language
    opened_at: datetime
    expires_at: datetime
    return_url: str
    """Where the reader comes back to, paid or not: the page says the state, whatever the address says."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A checkout that can be paid."""

    provider_id: str
    pay_url: str
    """Where the reader pays; a path of our own for bank transfer."""


@dataclass(frozen=True, slots=True)
class Known:
    """A checkout as the house knows it."""

    reference: str
    provider_id: str
    provider_subscription: str = ""


@dataclass(frozen=True, slots=True)
class Paid:
    """Money the provider says it has."""

    provider_id: str
    money: Money
    paid_at: datetime
    method: str = ""
    refunded: int = 0
    """How much of it went back, in minor units."""
    is_renewal: bool = False
    """A further period that the gateway took by itself."""


class Stage(StrEnum):
    """How a checkout stands at its gateway."""

    UNKNOWN = "unknown"
    """The gateway has never heard of it: the reader hasn't chosen how to pay, or it was never opened."""
    PENDING = "pending"
    PAID = "paid"
    FAILED = "failed"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class Standing:
    """What the gateway says of a checkout when asked."""

    stage: Stage
    payments: tuple[Paid, ...] = ()
    provider_subscription: str = ""
    is_renewal_over: bool = False
    """The gateway will take no further period."""


@dataclass(frozen=True, slots=True)
class Noticed:
    """Which checkout a genuine notice is about: by our reference, or by the provider's numbers."""

    reference: str = ""
    provider_id: str = ""
    provider_subscription: str = ""

    def __post_init__(self) -> None:
        """Raises UnreadableError when it is no text that a database can look for."""
        text = f"{self.reference}{self.provider_id}{self.provider_subscription}"
        if "\0" in text or not text.isascii():
            raise UnreadableError


@dataclass(frozen=True, slots=True)
class Refunded:
    """A refund the gateway has taken in hand."""

    provider_id: str


@dataclass(frozen=True, slots=True)
class Incoming:
    """A notice as it came. Header names are in small letters."""

    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False)


class Gateway(Protocol):
    """One way money comes in."""

    name: GatewayName
    can: Capabilities

    def open(self, request: Request, *, before: Known | None) -> Opened:
        """Opens a checkout. `before` when it may have been opened already and the answer was lost.

        Raises GatewayError.
        """

    def standing(self, known: Known) -> Standing:
        """How it stands there now. Raises GatewayError."""

    def close(self, known: Known) -> None:
        """Closes it there, so that it can't be paid any more; nothing if it can't. Raises GatewayError."""

    def refund(self, known: Known, paid: Paid, *, key: str, reason: str) -> Refunded:
        """Gives all of a payment back. The same key twice is one refund. Raises GatewayError, RefusedError."""

    def stop_renewing(self, provider_subscription: str) -> None:
        """The gateway takes no further period; that which runs stays. Raises GatewayError."""

    def portal(self, provider_subscription: str, *, return_url: str) -> str:
        """Where the reader changes their card, or nothing. Raises GatewayError."""

    def noticed(self, incoming: Incoming, *, now: datetime) -> Noticed:
        """Which checkout a notice is about. Raises ForgedError, StaleError, UnreadableError."""


class GatewayError(Exception):
    """The gateway gave no answer, or one that makes no sense; to be tried again."""

    def __init__(self, gateway: GatewayName, what: str) -> None:
        super().__init__(f"{gateway}: {what}")
        self.gateway = gateway


class RefusedError(GatewayError):
    """The gateway says no, and will say so again."""


class ForgedError(Exception):
    """A notice that the provider didn't sign."""


class StaleError(Exception):
    """A notice that was signed too long ago: a replay, or a clock that is wrong."""


class UnreadableError(Exception):
    """A genuine notice that names no checkout."""
