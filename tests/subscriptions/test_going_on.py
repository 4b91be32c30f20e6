"""Subscriptions go on, are cancelled, end; letters; what the books say; readers who leave."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from pytest_django.fixtures import Settings

from tajuk.accounts.models import User
from tajuk.circulation import queries as circulation
from tajuk.subscriptions import cashier, queries
from tajuk.subscriptions.actions.orders import expire_orders
from tajuk.subscriptions.actions.readers import forget_reader
from tajuk.subscriptions.actions.subscriptions import (
    ask_for_renewals,
    cancel_subscription,
    end_subscriptions,
    resume_subscription,
)
from tajuk.subscriptions.models import (
    Checkout,
    LedgerRow,
    Letter,
    Order,
    Payment,
    Plan,
    Receipt,
    Reconciliation,
    Refund,
    Subscription,
)
from tajuk.subscriptions.reconciliation import reconcile, reconcile_when_due
from tajuk.subscriptions.types import GatewayName
from tajuk.terms.clock import now as read_clock
from tests.standing_matter import queries_of
from tests.subscriptions.conftest import (
    Simulator,
    a_plan,
    ledger,
    looked_at,
    opened,
    ordered,
    paid,
    told_of,
)

DAY = timedelta(days=1)


def subscribed(
    simulator: Simulator, reader: User, plan: Plan, way: str = "midtrans"
) -> Subscription:
    paid(simulator, ordered(reader, plan), way)
    told_of()
    return Subscription.objects.get(reader=reader)


def day_of(moment: datetime) -> None:
    """What the clock brings at that moment."""
    for duty in (expire_orders, ask_for_renewals, end_subscriptions):
        duty(moment)
    cashier.work_once(moment)


def kinds() -> list[str]:
    return sorted(Letter.objects.filter(sent_at__isnull=False).values_list("kind", flat=True))


def test_who_pays_by_invoice_is_reminded_and_reads_on_through_the_grace(
    simulator: Simulator, reader: User, plan: Plan
) -> None:
    held = subscribed(simulator, reader, plan)
    end = held.paid_until
    day_of(end - 8 * DAY)
    assert not Order.objects.filter(purpose="renewal").exists()
    day_of(end - 7 * DAY)
    day_of(end - 7 * DAY)
    order = Order.objects.get(purpose="renewal")
    assert kinds() == ["paid", "renewal"]
    day_of(end - DAY)
    day_of(end)
    assert kinds() == ["grace", "paid", "renewal", "tomorrow"]
    assert any(order.reference in each.body for each in mail.outbox)
    at = end + DAY
    assert circulation.reader_row(reader.pk, now=at).entitlements != ()
    checkout = opened(order, now=at)
    simulator.pay(checkout)
    looked_at(checkout)
    held.refresh_from_db()
    assert held.paid_until > end + 27 * DAY, "the period follows the last"
    assert held.ended_at is None


def test_who_does_not_pay_ends_with_the_grace_and_is_told(
    simulator: Simulator, reader: User, plan: Plan
) -> None:
    held = subscribed(simulator, reader, plan)
    day_of(held.paid_until - DAY)
    day_of(held.access_until - timedelta(seconds=1))
    assert Subscription.objects.get().ended_at is None
    told_of()
    day_of(held.access_until)
    held.refresh_from_db()
    assert (held.ended_at, held.ended_because) == (held.access_until, "unpaid")
    assert told_of() == [reader.pk]
    cashier.work_once(held.access_until + DAY)
    assert "ended" in kinds()
    assert Order.objects.get(purpose="renewal").state == "expired"


def test_a_renewal_paid_after_the_end_begins_anew(
    simulator: Simulator, reader: User, plan: Plan
) -> None:
    held = subscribed(simulator, reader, plan)
    day_of(held.paid_until - DAY)
    order = Order.objects.get(purpose="renewal")
    checkout = opened(order)
    Subscription.objects.update(access_until=read_clock(), paid_until=read_clock() - DAY, started_at=read_clock() - 40 * DAY)  # fmt: skip
    Order.objects.filter(pk=order.pk).update(expires_at=read_clock())
    day_of(read_clock() + timedelta(seconds=1))
    held.refresh_from_db()
    assert held.ended_at is not None
    simulator.pay(checkout)
    looked_at(checkout)
    held.refresh_from_db()
    assert held.ended_at is None
    assert held.paid_until > read_clock() + 27 * DAY


@pytest.mark.parametrize("way", ["midtrans", "stripe"])
def test_who_cancels_reads_what_is_paid_for_to_its_end(
    simulator: Simulator, reader: User, plan: Plan, way: str
) -> None:
    held = subscribed(simulator, reader, plan, way)
    for _ in range(2):
        held = cancel_subscription(held, by=reader, now=read_clock())
    assert told_of() == [reader.pk]
    assert held.access_until == held.paid_until
    cashier.work_once(read_clock())
    day_of(held.paid_until - DAY)
    assert not Order.objects.filter(purpose="renewal").exists()
    if way == "stripe":
        assert simulator.ask("/book")["charges"][-1]["is_renewal_over"]
    else:
        assert resume_subscription(held, now=read_clock()).access_until > held.paid_until
        held = cancel_subscription(held, by=reader, now=read_clock())
    end_subscriptions(held.paid_until)
    assert Subscription.objects.get().ended_because == "cancelled"


def test_a_month_that_begins_on_the_31st_ends_on_the_last_of_each() -> None:
    from zoneinfo import ZoneInfo

    from tajuk.subscriptions.rules.periods import end_of
    from tajuk.subscriptions.types import Period, PeriodUnit

    zone = ZoneInfo("Asia/Jakarta")
    at = datetime(2027, 1, 31, 3, tzinfo=UTC)
    days = []
    for _ in range(4):
        at = end_of(at, Period(PeriodUnit.MONTH, 1), anchor_day=31, zone=zone)
        days.append((at.astimezone(zone).month, at.astimezone(zone).day))
    assert days == [(2, 28), (3, 31), (4, 30), (5, 31)]
    leap = datetime(2028, 2, 29, 3, tzinfo=UTC)
    ended = end_of(leap, Period(PeriodUnit.YEAR, 1), anchor_day=29, zone=zone)
    assert (ended.year, ended.month, ended.day) == (2029, 2, 28)


def test_the_reconciliation_finds_a_payment_nobody_told_of_and_then_no_difference(
    simulator: Simulator, reader: User, plan: Plan
) -> None:
    checkout = opened(ordered(reader, plan))
    simulator.pay(checkout)
    report = reconcile(GatewayName.MIDTRANS, read_clock())
    assert Payment.objects.count() == 1
    assert report.differences == []
    assert report.ours == report.theirs == {"IDR": 49_000}
    three = datetime(2026, 11, 26, 20, tzinfo=UTC)  # three at night in Jakarta
    assert reconcile_when_due(three - timedelta(minutes=1)) == 0
    assert reconcile_when_due(three) == 4
    assert reconcile_when_due(three) == 0
    assert Reconciliation.objects.filter(day="2026-11-26").count() == 4


def test_the_reconciliation_says_what_it_can_not_find_out(
    simulator: Simulator, reader: User, plan: Plan
) -> None:
    checkout = opened(ordered(reader, plan), "stripe")
    Checkout.objects.update(provider_id="cs_test_nobody")
    report = reconcile(GatewayName.STRIPE, read_clock())
    assert [each["checkout"] for each in report.differences] == [checkout.reference]


def test_a_gateway_that_does_not_answer_is_asked_again_and_nothing_else_waits(
    simulator: Simulator, reader: User, plan: Plan, settings: Settings
) -> None:
    from dataclasses import replace

    checkout = opened(ordered(reader, plan))
    there = settings.PAPER
    settings.PAPER = replace(there, midtrans_url="http://127.0.0.1:9")
    looked_at(checkout)
    assert checkout.failed_times == 1
    assert checkout.last_error
    assert checkout.ask_at is not None
    assert checkout.ask_at > read_clock()
    settings.PAPER = there
    simulator.pay(checkout)
    looked_at(checkout)
    assert Payment.objects.count() == 1


def test_a_reader_who_leaves_takes_their_name_and_the_books_stay(
    simulator: Simulator, reader: User, plan: Plan
) -> None:
    subscribed(simulator, reader, plan, "stripe")
    before = list(LedgerRow.objects.values_list("amount", "debit"))
    told = queries.personal_data(reader.pk)
    assert told["orders"][0]["email"] == reader.email
    assert told["payments"][0]["amount"] == 49_000
    forget_reader(reader.pk, read_clock())
    reader.delete()
    order = Order.objects.get()
    assert (order.billed_name, order.billed_email, order.reader) == ("", "", None)
    assert list(LedgerRow.objects.values_list("amount", "debit")) == before
    assert Receipt.objects.count() == 1
    held = Subscription.objects.get()
    assert held.ended_because == "forgotten"
    cashier.work_once(read_clock())
    assert simulator.ask("/book")["charges"][-1]["is_renewal_over"]
    assert queries.personal_data(reader.pk or 0)["orders"] == []


def test_money_for_a_reader_who_has_left_goes_back(
    simulator: Simulator, reader: User, plan: Plan
) -> None:
    checkout = opened(ordered(reader, plan))
    forget_reader(reader.pk, read_clock())
    reader.delete()
    simulator.pay(checkout)
    looked_at(checkout)
    cashier.work_once(read_clock())
    assert Refund.objects.get().state == "done"
    assert ledger() == {}


def test_entitlements_of_many_cost_as_much_as_of_one(
    simulator: Simulator, reader: User, plan: Plan
) -> None:
    subscribed(simulator, reader, plan)
    others = [User.objects.create_user(f"r{number}@uji.example") for number in range(5)]
    ids = [each.pk for each in (reader, *others)]
    assert queries_of(lambda: queries.held(ids, now=read_clock())) == 2
    assert queries_of(lambda: queries.held(ids[:1], now=read_clock())) == 2


def test_the_cashier_with_nothing_to_do_asks_few_short_questions(
    simulator: Simulator, db: None
) -> None:
    noon = datetime(2026, 11, 25, 18, tzinfo=UTC)  # one at night in Jakarta: nothing to reconcile
    assert queries_of(lambda: cashier.work_once(noon)) == 4 * len(GatewayName) + 1
    a_plan()
    assert queries_of(lambda: ask_for_renewals(noon)) == 3
    assert queries_of(lambda: end_subscriptions(noon)) == 1
