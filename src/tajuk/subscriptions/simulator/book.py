"""The simulator's own book: what was opened, paid and given back, in the provider's own units."""

import random
import secrets
import time
from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True)
class Money:
    """One payment that was taken. `units` are the provider's smallest (Stripe's rupiah has a hundred)."""

    number: str
    units: int
    currency: str
    paid_at: float
    refunded: int = 0
    is_renewal: bool = False
    invoice: str = ""


@dataclass(slots=True)
class Charge:
    """Something that can be paid at one provider."""

    provider: str
    reference: str
    number: str
    """The provider's: a Snap token's transaction, an invoice, a session."""
    units: int
    currency: str
    created_at: float
    expires_at: float
    return_url: str
    description: str = ""
    email: str = ""
    state: str = "open"
    """open, pending, paid, expired, cancelled"""
    method: str = ""
    recurring: int = 0
    """What each further period costs; 0: none follows."""
    subscription: str = ""
    is_renewal_over: bool = False
    money: list[Money] = field(default_factory=list)
    more: dict[str, Any] = field(default_factory=dict)

    def is_open(self) -> bool:
        """Whether its time has not run out."""
        return self.state in {"open", "pending"} and time.time() < self.expires_at


class Book:
    """All of it, in memory; `told` is what tests and curious people read."""

    def __init__(self, seed: int) -> None:
        """The seed decides all chance there is."""
        self.chance = random.Random(seed)  # noqa: S311  play, and it has to be the same each time
        self.charges: dict[str, Charge] = {}
        self.answers: dict[str, Any] = {}
        """By idempotency key."""
        self.asked: dict[str, Any] = {}
        """What came with each idempotency key the first time."""

    def add(self, charge: Charge) -> Charge:
        """A new one."""
        self.charges[charge.number] = charge
        return charge

    def by_reference(self, provider: str, reference: str) -> Charge | None:
        """The newest with this reference."""
        found = [
            each
            for each in self.charges.values()
            if (each.provider, each.reference) == (provider, reference)
        ]
        return found[-1] if found else None

    def by_money(self, number: str) -> tuple[Charge, Money] | None:
        """Which charge a payment is of."""
        for charge in self.charges.values():
            for money in charge.money:
                if number in {money.number, money.invoice}:
                    return charge, money
        return None

    def by_subscription(self, number: str) -> Charge | None:
        """What began a subscription."""
        return next((each for each in self.charges.values() if each.subscription == number), None)

    def pay(self, charge: Charge, *, method: str, units: int | None = None) -> Money:
        """Takes the money, late too: QRIS is often paid after its code ran out."""
        charge.state, charge.method = "paid", method
        money = Money(
            new_number("pi_" if charge.provider == "stripe" else ""),
            charge.units if units is None else units, charge.currency, time.time(), invoice=new_number("in_"),
        )  # fmt: skip
        charge.money.append(money)
        return money

    def told(self) -> dict[str, Any]:
        """Every charge as JSON, and what the provider holds by provider and currency."""
        held: dict[str, dict[str, int]] = {}
        for charge in self.charges.values():
            for money in charge.money:
                sums = held.setdefault(charge.provider, {})
                sums[money.currency] = sums.get(money.currency, 0) + money.units - money.refunded
        return {
            "held": held,
            "charges": [
                {
                    "provider": each.provider, "reference": each.reference, "number": each.number, "state": each.state,
                    "units": each.units, "currency": each.currency, "subscription": each.subscription,
                    "is_renewal_over": each.is_renewal_over,
                    "money": [
                        {"number": it.number, "units": it.units, "refunded": it.refunded, "is_renewal": it.is_renewal}
                        for it in each.money
                    ],
                }
                for each in self.charges.values()
            ],
        }  # fmt: skip


def new_number(before: str = "") -> str:
    """A provider's number."""
    return before + secrets.token_hex(12)
