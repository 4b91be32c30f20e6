"""From an order to the newsstand, over real connections to the providers' protocols."""

from datetime import timedelta

import pytest
from django.db import Error, connection, transaction

from tajuk.accounts.models import User
from tajuk.circulation import queries as circulation
from tajuk.contracts.readers import Held
from tajuk.paywall.types import Entitlement
from tajuk.subscriptions import append_only, cashier
from tajuk.subscriptions.actions.orders import cancel_order, expire_orders
from tajuk.subscriptions.actions.refunds import refund_order
from tajuk.subscriptions.models import (
    Checkout,
    MoneyLine,
    Notice,
    Order,
    Payment,
    Plan,
    Price,
    Receipt,
    Refund,
    Subscription,
)
from tajuk.terms.clock import now as read_clock
from tests.subscriptions.conftest import (
    Simulator,
    a_plan,
    bill,
    ledger,
    looked_at,
    opened,
    ordered,
    paid,
    rows,
    told_of,
)

DAY = timedelta(days=1)
WAYS = ["midtrans", "xendit", "stripe"]


@pytest.mark.parametrize("way", WAYS)
def test_who_pays_reads_until_the_end_of_the_grace(
    simulator: Simulator, reader: User, plan: Plan, way: str
) -> None:
    order = ordered(reader, plan)
    told_of()
    checkout = paid(simulator, order, way)
    assert order.state == "paid"
    assert told_of() == [reader.pk]
    held = Subscription.objects.get()
    assert held.access_until == held.paid_until + 7 * DAY
    assert 27 <= (held.paid_until - read_clock()).days <= 31
    row = circulation.reader_row(reader.pk, now=read_clock())
    assert row.entitlements == (Held(Entitlement.PREMIUM, held.access_until),)
    assert ledger() == {f"at_{way}": 49_000, "revenue": -44_144, "tax": -4_856}
    assert Receipt.objects.get().number == 1
    assert held.renews_itself is (way == "stripe")
    assert checkout.closed_at is not None


@pytest.mark.parametrize("way", WAYS)
def test_asking_again_and_again_records_a_payment_once(
    simulator: Simulator, reader: User, plan: Plan, way: str
) -> None:
    checkout = paid(simulator, ordered(reader, plan), way)
    before = rows(), Subscription.objects.get().paid_until, MoneyLine.objects.count()
    for _ in range(3):
        looked_at(checkout)
    assert (rows(), Subscription.objects.get().paid_until, MoneyLine.objects.count()) == before
    assert Payment.objects.count() == Receipt.objects.count() == 1


@pytest.mark.parametrize("way", ["midtrans", "xendit"])
def test_another_amount_than_ordered_opens_nothing_and_goes_back(
    simulator: Simulator, reader: User, plan: Plan, way: str
) -> None:
    order = ordered(reader, plan)
    paid(simulator, order, way, units=1_000)
    assert order.state == "open"
    assert not Subscription.objects.exists()
    assert Payment.objects.get().judgement == "other_amount"
    cashier.work_once(read_clock())
    assert Refund.objects.get().state == "done"
    assert ledger() == {}
    assert not Receipt.objects.exists()


def test_an_order_paid_at_two_gateways_is_honoured_once_and_the_other_money_goes_back(
    simulator: Simulator, reader: User, plan: Plan
) -> None:
    order = ordered(reader, plan)
    first, second = opened(order, "midtrans"), opened(order, "xendit")
    before = simulator.held("midtrans"), simulator.held("xendit")
    for each in (first, second):
        simulator.pay(each)
    looked_at(second)
    looked_at(first)
    cashier.work_once(read_clock())
    assert {each.judgement for each in Payment.objects.all()} == {"honoured", "paid_twice"}
    assert ledger() == {"at_xendit": 49_000, "revenue": -44_144, "tax": -4_856}
    assert (simulator.held("midtrans"), simulator.held("xendit")) == (
        before[0], before[1] + 49_000,
    )  # fmt: skip


def test_qris_paid_after_the_order_ran_out_is_honoured(
    simulator: Simulator, reader: User, plan: Plan
) -> None:
    order = ordered(reader, plan)
    checkout = opened(order, "midtrans")
    expire_orders(read_clock() + 2 * DAY)
    order.refresh_from_db()
    assert order.state == "expired"
    looked_at(checkout)
    assert checkout.closed_at is not None
    simulator.pay(checkout)
    looked_at(checkout)
    order.refresh_from_db()
    assert order.state == "paid"
    assert Subscription.objects.get().ended_at is None


def test_late_money_for_a_plan_that_is_gone_goes_back(
    simulator: Simulator, reader: User, plan: Plan
) -> None:
    order = ordered(reader, plan, now=read_clock() - 2 * DAY)
    Order.objects.update(expires_at=read_clock() + DAY)
    checkout = opened(order)
    Order.objects.update(expires_at=read_clock() - DAY)
    expire_orders(read_clock())
    Plan.objects.update(is_sold=False)
    simulator.pay(checkout)
    looked_at(checkout)
    assert Payment.objects.get().judgement == "plan_gone"
    cashier.work_once(read_clock())
    assert ledger() == {}


def test_money_for_a_cancelled_order_goes_back(
    simulator: Simulator, reader: User, plan: Plan
) -> None:
    order = ordered(reader, plan)
    checkout = opened(order, "xendit")
    cancel_order(order, by=None, now=read_clock())
    simulator.pay(checkout)
    looked_at(checkout)
    order.refresh_from_db()
    assert order.state == "cancelled"
    assert Payment.objects.get().judgement == "order_cancelled"
    cashier.work_once(read_clock())
    assert Refund.objects.get().state == "done"


@pytest.mark.parametrize("way", WAYS)
def test_a_refund_ends_reading_at_once_and_the_money_goes_back_at_the_provider(
    simulator: Simulator, reader: User, plan: Plan, way: str
) -> None:
    order = ordered(reader, plan)
    before = simulator.held(way)
    paid(simulator, order, way)
    told_of()
    refund_order(order, reason="uji", by=None, now=read_clock())
    assert told_of() == [reader.pk]
    assert circulation.reader_row(reader.pk, now=read_clock()).entitlements == ()
    assert ledger() == {f"at_{way}": 49_000, "owed_to_readers": -49_000}
    cashier.work_once(read_clock())
    assert ledger() == {}
    assert simulator.held(way) == before
    assert Order.objects.get().state == "refunded"
    if way == "stripe":
        told = simulator.ask("/book")["charges"][-1]
        assert told["is_renewal_over"], "no further period may be taken"


@pytest.mark.parametrize("way", ["midtrans", "xendit"])
def test_what_the_provider_gave_back_by_itself_ends_reading_too(
    simulator: Simulator, reader: User, plan: Plan, way: str
) -> None:
    checkout = paid(simulator, ordered(reader, plan), way)
    simulator.ask("/book/refund", {"provider": way, "reference": checkout.reference})
    looked_at(checkout)
    assert Subscription.objects.get().ended_because == "refunded"
    assert Refund.objects.get().state == "done"
    assert ledger() == {}


def test_a_double_click_is_one_order_and_one_checkout(
    simulator: Simulator, reader: User, plan: Plan
) -> None:
    first = ordered(reader, plan, key="the form's key")
    again = ordered(reader, plan, key="the form's key")
    assert first.pk == again.pk
    assert opened(first).pk == opened(again).pk
    assert Checkout.objects.count() == 1


def test_stripe_renews_by_itself_until_the_reader_cancels(
    simulator: Simulator, reader: User
) -> None:
    plan = a_plan(first_amount=9_000)
    checkout = paid(simulator, ordered(reader, plan), "stripe")
    held = Subscription.objects.get()
    first_end = held.paid_until
    assert Payment.objects.get().amount == 9_000
    simulator.ask("/book/renew", {"subscription": checkout.provider_subscription})
    looked_at(checkout)
    held.refresh_from_db()
    assert held.paid_until > first_end + 27 * DAY
    assert sorted(Payment.objects.values_list("amount", flat=True)) == [9_000, 49_000]
    assert sorted(Order.objects.values_list("purpose", flat=True)) == ["first", "renewal"]
    assert Receipt.objects.count() == 2


def test_a_reader_with_another_currency_pays_in_cents(
    simulator: Simulator, reader: User, plan: Plan
) -> None:
    Price.objects.create(plan=plan, currency="USD", amount=499)
    order = ordered(reader, plan, currency="USD")
    paid(simulator, order, "stripe")
    assert order.state == "paid"
    assert ledger() == {"at_stripe": 499, "revenue": -450, "tax": -49}


def test_receipts_are_numbered_without_a_gap_though_a_payment_fails_on_the_way(
    simulator: Simulator, reader: User, plan: Plan
) -> None:
    for _ in range(2):
        paid(simulator, ordered(reader, plan))

    class PulledPlugError(Exception):
        pass

    checkout = opened(ordered(reader, plan))
    simulator.pay(checkout)

    def look_and_pull() -> None:
        with transaction.atomic():
            looked_at(checkout)
            raise PulledPlugError

    with pytest.raises(PulledPlugError):
        look_and_pull()
    looked_at(checkout)
    assert sorted(Receipt.objects.values_list("number", flat=True)) == [1, 2, 3]


@pytest.mark.parametrize("table", append_only.TABLES)
def test_the_database_changes_and_deletes_no_row_of_money(
    simulator: Simulator, reader: User, plan: Plan, table: str
) -> None:
    paid(simulator, ordered(reader, plan))
    Notice.objects.create(
        gateway="midtrans", received_at=read_clock(), headers={}, body="{}", is_genuine=True
    )
    from tajuk.subscriptions.reconciliation import reconcile
    from tajuk.subscriptions.types import GatewayName

    reconcile(GatewayName.MIDTRANS, read_clock())
    for statement in (f"UPDATE {table} SET id = id", f"DELETE FROM {table}"):
        with (
            pytest.raises(Error, match="append-only"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)


def test_the_tax_is_added_where_prices_do_not_hold_it(
    simulator: Simulator, reader: User, plan: Plan
) -> None:
    bill(tax_is_included=False, tax_percent=12)
    order = ordered(reader, plan)
    assert (order.net, order.tax, order.total) == (49_000, 5_880, 54_880)
    paid(simulator, order)
    assert order.state == "paid"
