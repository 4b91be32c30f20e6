"""Some hundreds of invented readers with a history of money, written straight to the tables in bulk.

Deterministic: the same readers every time. How money moves is tested elsewhere; here only what the desk shows of it.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from tajuk.accounts.models import User
from tajuk.circulation.models import Grant, ReaderSession
from tajuk.subscriptions.actions.orders import place_order
from tajuk.subscriptions.actions.payments import record
from tajuk.subscriptions.gateways.port import Paid, Stage, Standing
from tajuk.subscriptions.models import (
    Checkout,
    LedgerRow,
    Order,
    Payment,
    Plan,
    Price,
    Receipt,
    Subscription,
)
from tajuk.terms.language import Language
from tajuk.terms.money import Currency

_FIRST = (
    "Ani", "Bayu", "Citra", "Damar", "Endah", "Fajar", "Galuh", "Hasan", "Intan", "Joko", "Kirana", "Laras", "Made",
    "Nurul", "Oki", "Putri", "Rahmat", "Sekar", "Tirta", "Umi", "Wulan", "Yoga",
)  # fmt: skip
_LAST = (
    "Lestari", "Prasetyo", "Wijayanti", "Nugraha", "Kusuma", "Halimah", "Siregar", "Tanjung", "Wibisono", "Anggraeni",
    "Mahendra", "Salim", "Purnama", "Rangkuti", "Sumantri",
)  # fmt: skip
_MONTH = timedelta(days=30)
_DEVICES = ("Firefox, Android", "Chrome, Windows", "Safari, iPhone")


@dataclass(frozen=True)
class Plans:
    """What they subscribe to."""

    monthly: Plan
    yearly: Plan
    abroad: Plan


def plans() -> Plans:
    """Three plans: by the month and by the year in rupiah, by the month in dollars."""
    monthly = Plan.objects.create(name="Harian Digital", name_second="Daily digital", ad_free=True)
    yearly = Plan.objects.create(
        name="Setahun Penuh", name_second="Whole year", epaper=True, period_unit="year"
    )
    abroad = Plan.objects.create(name="Perantau", name_second="Abroad")
    for plan, currency, amount in (
        (monthly, "IDR", 49_000),
        (yearly, "IDR", 490_000),
        (abroad, "USD", 499),
    ):
        Price.objects.create(plan=plan, currency=currency, amount=amount)
    return Plans(monthly, yearly, abroad)


def invented_readers(many: int, *, now: datetime, seed: int = 7) -> list[User]:
    """So many readers, of whom about half subscribe or did; with orders, payments, receipts and the ledger."""
    made = _Made(many, now=now, seed=seed)
    made.write()
    return made.readers


class _Made:
    """Everything, gathered and then written table by table."""

    def __init__(self, many: int, *, now: datetime, seed: int) -> None:
        self.now, self.dice, self.plans = now, random.Random(seed), plans()
        self.readers = list(self._people(many))
        self.subscriptions: list[Subscription] = []
        self.orders: list[Order] = []
        self.paid: list[Order] = []
        self.paid_at: dict[str, datetime] = {}

    def write(self) -> None:
        User.objects.bulk_create(self.readers, batch_size=2000)
        for reader in self.readers:
            if self.dice.random() < 0.5:
                self._subscribe(reader)
        Subscription.objects.bulk_create(self.subscriptions, batch_size=2000)
        Order.objects.bulk_create(self.orders, batch_size=2000)
        self._pay()
        self._sign_in_and_grant()

    def _people(self, many: int) -> Iterator[User]:
        for number in range(many):
            first, last = self.dice.choice(_FIRST), self.dice.choice(_LAST)
            joined = self.now - timedelta(days=self.dice.randrange(400), minutes=number % 1440)
            yield User(
                email=f"{first}.{last}.{number}@uji.example".lower(),
                name=f"{first} {last}" if number % 11 else "",
                password="!",
                joined_at=joined,
                is_active=number % 97 != 5,
            )

    def _subscribe(self, reader: User) -> None:
        plan = self.dice.choices(
            [self.plans.monthly, self.plans.yearly, self.plans.abroad], [6, 3, 1]
        )[0]
        length = timedelta(days=365) if plan is self.plans.yearly else _MONTH
        begun = max(reader.joined_at, self.now - timedelta(days=self.dice.randrange(1, 365)))
        lost = self.dice.random() < 0.35
        periods = self.dice.randint(1, 5) if lost else max(-(-(self.now - begun) // length), 1)
        until = begun + length * periods
        in_grace = not lost and self.dice.random() < 0.08
        if in_grace:
            until = self.now - timedelta(days=self.dice.randrange(1, 6))
            begun = min(begun, until - length)
        ended = until if lost and until < self.now else None
        held = Subscription(
            reader=reader, plan=plan, language="id", anchor_day=begun.day,
            currency="USD" if plan is self.plans.abroad else "IDR",
            started_at=begun, paid_until=until,
            access_until=until if lost else until + timedelta(days=7),
            gateway=self.dice.choice(["midtrans", "xendit", "bank"]),
            cancelled_at=until - timedelta(days=3) if lost and not ended else None,
            ended_at=ended, ended_because=self.dice.choice(["unpaid", "unpaid", "cancelled"]) if ended else "",
        )  # fmt: skip
        self.subscriptions.append(held)
        at, number = begun, 0
        while at < min(until, self.now):
            self._order(held, at, "renewal" if number else "first")
            at, number = at + length, number + 1
        if self.dice.random() < 0.2:
            self._order(held, begun - timedelta(hours=2), "first", state="expired")

    def _order(self, held: Subscription, at: datetime, purpose: str, state: str = "paid") -> None:
        total = {"Harian Digital": 49_000, "Setahun Penuh": 490_000}.get(held.plan.name, 499)
        net = round(total / 1.11)
        order = Order(
            reference=f"{len(self.orders):016X}", reader=held.reader, language="id", plan=held.plan,
            purpose=purpose, subscription=held if purpose == "renewal" else None,
            period_unit=held.plan.period_unit, period_count=1, currency=held.currency,
            net=net, tax=total - net, total=total, renewal_total=total, state=state,
            key=f"k{len(self.orders)}", placed_at=at, expires_at=at + timedelta(days=1),
            closed_at=at + timedelta(days=1) if state == "expired" else None,
        )  # fmt: skip
        self.orders.append(order)
        if state == "paid":
            self.paid.append(order)
            self.paid_at[order.reference] = at + timedelta(minutes=self.dice.randrange(1, 90))

    def _pay(self) -> None:
        checkouts = Checkout.objects.bulk_create(
            [
                Checkout(order=each, gateway="midtrans", reference=f"c{number}", pay_url="https://bayar.example/",
                         opened_at=each.placed_at)
                for number, each in enumerate(self.orders)
                if each.state == "paid" or number % 2
            ],
            batch_size=2000,
        )  # fmt: skip
        by_order = {each.order_id: each for each in checkouts}
        payments = Payment.objects.bulk_create(
            [
                Payment(checkout=by_order[order.pk], order=order, gateway="midtrans",
                        provider_id=f"mid-{number:07d}", method="qris", currency=order.currency,
                        amount=order.total, paid_at=self.paid_at[order.reference],
                        recorded_at=self.paid_at[order.reference], judgement="honoured")
                for number, order in enumerate(self.paid)
            ],
            batch_size=2000,
        )  # fmt: skip
        Receipt.objects.bulk_create(
            [
                Receipt(year=2026, number=number, payment=each, issued_at=each.paid_at, seller="Harian Uji",
                        plan=each.order.plan.name, period_from=each.paid_at)
                for number, each in enumerate(payments, start=1)
            ],
            batch_size=2000,
        )  # fmt: skip
        LedgerRow.objects.bulk_create(
            [
                LedgerRow(at=each.paid_at, debit="at_midtrans", credit=credit, currency=each.currency,
                          amount=amount, order=each.order, payment=each)
                for each in payments
                for credit, amount in (("revenue", each.order.net), ("tax", each.order.tax))
            ],
            batch_size=2000,
        )  # fmt: skip

    def _sign_in_and_grant(self) -> None:
        ReaderSession.objects.bulk_create(
            [
                ReaderSession(
                    reader=each, session=f"s{number:010d}", device=_DEVICES[number % 3],
                    signed_in_at=self.now - timedelta(hours=number % 500),
                    renew_until=self.now + timedelta(days=9),
                )
                for number, each in enumerate(self.readers)
                if number % 3
            ],
            batch_size=2000,
        )  # fmt: skip
        Grant.objects.bulk_create(
            [
                Grant(reader=each, entitlement="premium", starts_at=self.now - timedelta(days=9),
                      ends_at=self.now + timedelta(days=30) if number % 2 else None, reason="Pemenang sayembara")
                for number, each in enumerate(self.readers)
                if number % 23 == 4
            ],
            batch_size=2000,
        )  # fmt: skip


def paid_order(
    reader: User, plan: Plan, *, now: datetime, currency: Currency = Currency.IDR
) -> Order:
    """An order that was placed and paid as it is at a gateway: with its subscription, receipt and ledger."""
    order = place_order(
        reader, plan, currency=currency, key=f"{reader.pk}-{plan.pk}-{now.timestamp()}",
        language=Language.INDONESIAN, now=now,
    )  # fmt: skip
    checkout = Checkout.objects.create(
        order=order, gateway="midtrans", reference=f"c-{order.reference}", opened_at=now,
        pay_url="https://bayar.example/",
    )  # fmt: skip
    paid = Paid(f"mid-{order.reference}", order.amounts.total, now, method="qris")
    record(checkout, Standing(Stage.PAID, (paid,)), now=now)
    order.refresh_from_db()
    return order
