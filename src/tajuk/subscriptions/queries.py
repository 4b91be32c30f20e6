"""What other departments may ask subscriptions. Answers are frozen; costs are stated."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Q, Sum

from tajuk.contracts.networks import NetworkRow
from tajuk.contracts.readers import Held
from tajuk.paywall.types import Entitlement
from tajuk.subscriptions.models import (
    Gift,
    LedgerRow,
    Network,
    Order,
    Payment,
    Plan,
    Seat,
    Subscription,
)
from tajuk.subscriptions.models.plans import ENTITLEMENTS
from tajuk.subscriptions.offers import in_words, plan_offers, spelled
from tajuk.subscriptions.types import Account, Balance, Cheapest
from tajuk.terms.language import Language
from tajuk.terms.money import Currency

__all__ = [
    "Balance",
    "Cheapest",
    "balances",
    "cheapest",
    "held",
    "is_anything_sold",
    "networks",
    "personal_data",
]

_GIVEN = [each.value for each in Entitlement]


def held(reader_ids: Collection[int], *, now: datetime) -> dict[int, tuple[Held, ...]]:
    """What readers are entitled to by what they pay, grace included, and by seats in groups. Two queries."""
    found: dict[int, tuple[Held, ...]] = {}
    paid = Subscription.objects.filter(
        reader_id__in=reader_ids, ended_at__isnull=True, access_until__gt=now
    )
    for reader_id, starts_at, ends_at, *given in paid.values_list(
        "reader_id", "started_at", "access_until", *(f"plan__{each}" for each in _GIVEN)
    ):
        found[reader_id] = (*found.get(reader_id, ()), *_held(given, starts_at, ends_at, now))
    seats = Seat.objects.filter(
        reader_id__in=reader_ids, left_at__isnull=True, taken_at__isnull=False, group__ends_at__gt=now
    )  # fmt: skip
    for reader_id, starts_at, ends_at, *given in seats.values_list(
        "reader_id",
        "group__starts_at",
        "group__ends_at",
        *(f"group__plan__{each}" for each in _GIVEN),
    ):
        found[reader_id] = (*found.get(reader_id, ()), *_held(given, starts_at, ends_at, now))
    return found


def networks(*, now: datetime) -> tuple[NetworkRow, ...]:
    """The networks that read without signing in, now or later: pressed into the store for the newsstand. One query."""
    rows = Network.objects.filter(group__ends_at__gt=now).order_by("id")
    return tuple(
        NetworkRow(
            network=network,
            entitlements=tuple(each for each, has in zip(Entitlement, given, strict=True) if has),
            starts_at=starts_at,
            ends_at=ends_at,
        )
        for network, starts_at, ends_at, *given in rows.values_list(
            "network",
            "group__starts_at",
            "group__ends_at",
            *(f"group__plan__{each}" for each in _GIVEN),
        )
    )


def is_anything_sold() -> bool:
    """Whether there is a plan to subscribe to. One query."""
    return bool(Plan.objects.filter(is_sold=True, prices__isnull=False).exists())


def cheapest(language: Language) -> Cheapest | None:
    """What the cheapest plan costs that opens every story, in the paper's own currency. Two queries."""
    every_story = str(ENTITLEMENTS[Entitlement.PREMIUM])
    found = [
        each
        for each in plan_offers(None, currency=settings.PAPER.currency, language=language)
        if every_story in each.gives
    ]
    if not found:
        return None
    plan = min(found, key=lambda each: each.price.total.amount)
    return Cheapest(
        spelled(plan.price.total, language),
        in_words(plan.period),
        spelled(plan.first.total, language) if plan.is_cheaper_at_first else "",
        plan.trial_days,
    )


def balances() -> tuple[Balance, ...]:
    """Every account of the ledger by currency: what came to it less what went from it. Two queries.

    Over all accounts of a currency the sum is nothing: each row has two sides.
    """
    sums: dict[tuple[str, str], int] = {}
    for side, sign in (("debit", 1), ("credit", -1)):
        for account, currency, amount in (
            LedgerRow.objects.order_by().values_list(side, "currency").annotate(of=Sum("amount"))
        ):
            sums[account, currency] = sums.get((account, currency), 0) + sign * amount
    return tuple(
        Balance(Account(account), Currency(currency), amount)
        for (account, currency), amount in sorted(sums.items())
    )


def personal_data(reader_id: int) -> dict[str, Any]:
    """All that is kept here of a reader, for them to take along; moments in ISO 8601. Five queries."""
    orders = Order.objects.filter(reader_id=reader_id).select_related("plan").order_by("id")
    held_ = Subscription.objects.filter(reader_id=reader_id).select_related("plan").order_by("id")
    payments = Payment.objects.filter(order__reader_id=reader_id).order_by("id")
    gifts = Gift.objects.filter(Q(taken_by_id=reader_id) | Q(order__reader_id=reader_id))
    seats = Seat.objects.filter(reader_id=reader_id).select_related("group").order_by("id")
    return {
        "orders": [
            {
                "order": each.reference, "plan": each.plan.name, "for": each.purpose, "state": each.state,
                "name": each.billed_name, "email": each.billed_email, "gift_to": each.gift_email,
                "gift_note": each.gift_note, "total": each.total, "tax": each.tax, "currency": each.currency,
                "placed_at": each.placed_at.isoformat(),
            }
            for each in orders
        ],
        "subscriptions": [
            {
                "plan": each.plan.name, "started_at": each.started_at.isoformat(),
                "paid_until": each.paid_until.isoformat(), "by": each.gateway,
                "cancelled_at": each.cancelled_at.isoformat() if each.cancelled_at else None,
                "ended_at": each.ended_at.isoformat() if each.ended_at else None,
            }
            for each in held_
        ],
        "payments": [
            {
                "by": each.gateway, "method": each.method, "amount": each.amount, "currency": each.currency,
                "paid_at": each.paid_at.isoformat(), "number": each.provider_id,
            }
            for each in payments
        ],
        "gifts": [
            {"made_at": each.made_at.isoformat(), "taken_at": each.taken_at.isoformat() if each.taken_at else None}
            for each in gifts
        ],
        "seats": [{"group": each.group.name, "email": each.email} for each in seats],
    }  # fmt: skip


def _held(given: list[bool], starts_at: datetime, ends_at: datetime, now: datetime) -> list[Held]:
    begun = None if starts_at <= now else starts_at
    return [Held(each, ends_at, begun) for each, has in zip(Entitlement, given, strict=True) if has]
