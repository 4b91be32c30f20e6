"""When it goes otherwise: what providers do by themselves, twice, late or not at all."""

import json
import secrets
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from anymail.exceptions import AnymailError
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django.fixtures import Settings

from tajuk.accounts.models import User
from tajuk.subscriptions import cashier
from tajuk.subscriptions.actions.checkouts import open_checkout
from tajuk.subscriptions.actions.gifts import take_gift
from tajuk.subscriptions.actions.orders import GiftTo
from tajuk.subscriptions.actions.refunds import refund_order
from tajuk.subscriptions.actions.subscriptions import (
    cancel_subscription,
    resume_subscription,
    start_trial,
)
from tajuk.subscriptions.errors import NotRefundableError, SubscriptionsError
from tajuk.subscriptions.gateways.configured import gateway
from tajuk.subscriptions.gateways.port import GatewayError, Known
from tajuk.subscriptions.models import (
    Checkout,
    Gift,
    Letter,
    Order,
    Payment,
    Plan,
    ReceiptNumber,
    Refund,
    Subscription,
)
from tajuk.subscriptions.reconciliation import _to_ask, reconcile
from tajuk.subscriptions.types import GatewayName
from tajuk.terms.clock import now as read_clock
from tajuk.terms.money import Currency
from tests.subscriptions.conftest import (
    ID,
    Simulator,
    a_plan,
    ledger,
    looked_at,
    opened,
    ordered,
    paid,
)

DAY = timedelta(days=1)


def test_others_write_while_the_reconciliation_goes_through_many_checkouts(
    clearable: None, reader: User, plan: Plan
) -> None:
    order, now = ordered(reader, plan), read_clock()
    Checkout.objects.bulk_create(
        Checkout(order=order, gateway="bank", reference=f"B-{each}", provider_id="B", opened_at=now, closed_at=now)
        for each in range(500)
    )  # fmt: skip
    rows = iter(_to_ask(GatewayName.BANK, now))
    next(rows)

    def write() -> None:
        Checkout.objects.update(failed_times=1)
        connection.close()

    with ThreadPoolExecutor(1) as another:
        another.submit(write).result()
    with transaction.atomic():
        assert Checkout.objects.update(failed_times=2) == 500
    assert len([*rows]) == 499


def test_a_gift_that_was_taken_and_went_back_at_the_provider_is_booked_and_read_on(
    simulator: Simulator, reader: User, plan: Plan
) -> None:
    order = ordered(reader, plan, gift=GiftTo("tujuan@uji.example"))
    checkout = paid(simulator, order)
    taker = User.objects.create_user("tujuan@uji.example")
    take_gift(Gift.objects.get().code, taker, language=ID, now=read_clock())
    with pytest.raises(NotRefundableError):
        refund_order(order, reason="uji", by=None, now=read_clock())
    simulator.ask("/book/refund", {"provider": "midtrans", "reference": checkout.reference})
    assert reconcile(GatewayName.MIDTRANS, read_clock() + DAY).differences == []
    order.refresh_from_db()
    assert order.state == "refunded"
    assert Refund.objects.get().state == "done"
    assert ledger() == {}
    assert Subscription.objects.get(reader=taker).ended_at is None


def test_a_checkout_that_can_not_be_booked_is_a_difference_and_the_others_are_compared(
    simulator: Simulator, reader: User, plan: Plan
) -> None:
    bad, good = opened(ordered(reader, plan)), opened(ordered(reader, plan))
    simulator.pay(good)
    looked_at(good)
    simulator.pay(bad)
    # The database will refuse it: the next receipt's number was given before.
    ReceiptNumber.objects.update(last=0)
    report = reconcile(GatewayName.MIDTRANS, read_clock() + DAY)
    assert [each["checkout"] for each in report.differences] == [bad.reference]
    assert report.looked_at == 2


def test_a_lane_that_fails_again_and_again_is_tried_ever_more_seldom() -> None:
    waits: list[float] = []

    class Stop(threading.Event):
        def wait(self, timeout: float | None = None) -> bool:
            waits.append(timeout or 0)
            if len(waits) == 10:
                self.set()
            return self.is_set()

    def lane(moment: datetime) -> int:
        raise ValueError(moment)

    lane_thread = threading.Thread(target=cashier._keep, args=(lane, Stop()))
    lane_thread.start()
    lane_thread.join(10)
    assert waits[:3] == [0.5, 1, 2]
    assert waits[-1] == cashier.LONGEST_PAUSE


def held_by(reader: User) -> Subscription:
    return Subscription.objects.get(reader=reader)


def renewal(held: Subscription, key: str = "uji") -> Order:
    """A period that is paid for, though another is paid already."""
    first = Order.objects.filter(subscription=held).earliest("id")
    first.pk, first.reference, first.key, first.state = None, secrets.token_hex(8), key, "open"
    first.purpose, first.placed_at = "renewal", read_clock()
    first.expires_at = read_clock() + DAY
    first.save()
    return first


def charges(simulator: Simulator) -> dict[str, bool]:
    """By the number of each subscription at Stripe, whether it is told to end."""
    told = simulator.ask("/book")["charges"]
    return {each["subscription"]: each["is_renewal_over"] for each in told if each["subscription"]}


def test_a_month_after_a_trial_is_a_month_from_its_end(simulator: Simulator, reader: User) -> None:
    plan = a_plan(trial_days=20)
    trial = start_trial(reader, plan, currency=Currency.IDR, language=ID, now=read_clock())
    paid(simulator, ordered(reader, plan))
    held = held_by(reader)
    assert 28 <= (held.paid_until - trial.paid_until).days <= 31
    assert not held.is_trial


def test_a_gift_that_is_taken_in_grace_is_as_long_as_any(
    simulator: Simulator, reader: User, plan: Plan
) -> None:
    giver = User.objects.create_user("pemberi@uji.example")
    paid(simulator, ordered(giver, plan, gift=GiftTo(reader.email)))
    paid(simulator, ordered(reader, plan))
    now = read_clock()
    Subscription.objects.update(started_at=now - 40 * DAY, paid_until=now - 5 * DAY, anchor_day=(now - 5 * DAY).day)  # fmt: skip
    take_gift(Gift.objects.get().code, reader, language=ID, now=now)
    assert 28 <= (held_by(reader).paid_until - now).days + 1 <= 32


def test_a_gift_that_was_paid_on_is_a_subscription_that_is_asked_for_its_renewal(
    simulator: Simulator, reader: User, plan: Plan
) -> None:
    giver = User.objects.create_user("pemberi@uji.example")
    paid(simulator, ordered(giver, plan, gift=GiftTo(reader.email)))
    held = take_gift(Gift.objects.get().code, reader, language=ID, now=read_clock())
    with pytest.raises(SubscriptionsError):
        resume_subscription(held, now=read_clock())
    paid(simulator, ordered(reader, plan))
    held = held_by(reader)
    assert not held.is_gift
    assert held.access_until == held.paid_until + 7 * DAY
    with pytest.raises(SubscriptionsError):
        resume_subscription(held, now=read_clock())


def test_a_payment_that_does_not_renew_itself_leaves_the_providers_number_alone(
    simulator: Simulator, reader: User, plan: Plan
) -> None:
    number = paid(simulator, ordered(reader, plan), "stripe").provider_subscription
    paid(simulator, renewal(held_by(reader)), "midtrans")
    held = held_by(reader)
    assert (held.gateway, held.provider_subscription) == ("stripe", number)
    cancel_subscription(held, by=reader, now=read_clock())
    paid(simulator, renewal(held_by(reader), "again"), "midtrans")
    cashier.work_once(read_clock())
    assert charges(simulator)[number], "what the reader stopped stays stopped"
    held = held_by(reader)
    assert (held.gateway, held.provider_subscription, held.cancelled_at) == ("midtrans", "", None)


def test_of_two_subscriptions_at_the_provider_the_older_is_stopped(
    simulator: Simulator, reader: User, plan: Plan
) -> None:
    orders = [ordered(reader, plan) for _ in range(2)]
    older, newer = (paid(simulator, each, "stripe").provider_subscription for each in orders)
    cashier.work_once(read_clock())
    assert held_by(reader).provider_subscription == newer
    told = charges(simulator)
    assert (told[older], told[newer]) == (True, False)
    looked_at(Checkout.objects.get(provider_subscription=older))
    assert held_by(reader).cancelled_at is None


def test_a_subscription_at_the_provider_that_was_paid_twice_is_stopped_and_takes_no_more(
    simulator: Simulator, reader: User, plan: Plan
) -> None:
    order = ordered(reader, plan)
    other, checkout = opened(order, "midtrans"), opened(order, "stripe")
    for each in (other, checkout):
        simulator.pay(each)
    looked_at(other)
    looked_at(checkout)
    cashier.work_once(read_clock())
    assert charges(simulator)[checkout.provider_subscription]
    judged = Payment.objects.filter(checkout=checkout).values_list("judgement", flat=True)
    assert "honoured" not in judged
    assert ledger() == {"at_midtrans": 49_000, "revenue": -44_144, "tax": -4_856}


def test_a_further_period_of_an_order_that_was_cancelled_is_given_back(
    simulator: Simulator, reader: User, plan: Plan
) -> None:
    checkout = opened(ordered(reader, plan), "stripe")
    simulator.pay(checkout)
    Order.objects.update(state="cancelled")
    number = next(
        each["subscription"]
        for each in simulator.ask("/book")["charges"]
        if each["reference"] == checkout.reference
    )
    simulator.ask("/book/renew", {"subscription": number})
    looked_at(checkout)
    cashier.work_once(read_clock())
    assert set(Payment.objects.values_list("judgement", flat=True)) == {"order_cancelled"}
    assert Payment.objects.count() == 2
    assert ledger() == {}
    assert charges(simulator)[number]
    assert not Subscription.objects.exists()


def test_a_refund_takes_away_only_what_its_own_payment_gave(
    simulator: Simulator, reader: User, plan: Plan
) -> None:
    first = ordered(reader, plan)
    paid(simulator, first)
    one = held_by(reader).paid_until
    paid(simulator, renewal(held_by(reader)), "xendit")
    two = held_by(reader).paid_until
    refund_order(first, reason="uji", by=None, now=read_clock())
    held = held_by(reader)
    assert held.ended_at is None
    left = held.paid_until - read_clock()
    assert abs(left - (two - one)) < timedelta(minutes=1)


def test_the_rows_of_a_reader_are_locked_from_the_reader_on(
    simulator: Simulator, reader: User, plan: Plan
) -> None:
    if connection.vendor == "sqlite":
        pytest.skip("SQLite has one writer at a time, and locks no rows")
    paid(simulator, ordered(reader, plan))
    checkout = opened(renewal(held_by(reader)))
    simulator.pay(checkout)
    with CaptureQueriesContext(connection) as asked:
        looked_at(checkout)
    locks = [each["sql"] for each in asked if "FOR UPDATE" in each["sql"]]
    tables = [each.split(' FROM "')[1].split('"')[0] for each in locks]
    assert tables[:2] == ["accounts_user", "subscriptions_order"]
    assert "subscriptions_subscription" in tables


class Answering:
    """A provider that answers as it is told: by method and end of path, a status and a body."""

    def __init__(self) -> None:
        self.answers: dict[tuple[str, str], tuple[int, bytes]] = {}
        self.asked: list[tuple[str, str]] = []


@contextmanager
def answering() -> Iterator[tuple[str, Answering]]:
    told = Answering()

    class Handler(BaseHTTPRequestHandler):
        def _answer(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length") or 0))
            path = self.path.partition("?")[0]
            told.asked.append((self.command, path))
            found = [
                answer
                for (method, end), answer in told.answers.items()
                if method == self.command and path.endswith(end)
            ]
            status, body = found[0] if found else (500, b"{}")
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_POST = _answer  # noqa: N815  as the library names them

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", told
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def test_a_checkout_that_can_not_be_closed_is_asked_about_all_the_same(
    simulator: Simulator, reader: User, plan: Plan, settings: Settings
) -> None:
    checkout = opened(ordered(reader, plan))
    Order.objects.update(state="expired")
    status = {
        "status_code": "200", "order_id": checkout.reference, "transaction_status": "settlement", "transaction_id": "t-1",
        "gross_amount": "49000.00", "currency": "IDR", "transaction_time": "2026-11-26 08:00:00",
    }  # fmt: skip
    with answering() as (address, provider):
        settings.PAPER = replace(settings.PAPER, midtrans_url=address)
        provider.answers["GET", "/status"] = (200, json.dumps(status).encode())
        looked_at(checkout)
    assert Payment.objects.get().judgement == "honoured"


def test_a_stop_that_the_provider_did_not_take_is_tried_again(
    simulator: Simulator, reader: User, plan: Plan, settings: Settings
) -> None:
    number = paid(simulator, ordered(reader, plan), "stripe").provider_subscription
    there, now = settings.PAPER, read_clock()
    cancel_subscription(held_by(reader), by=reader, now=now)
    settings.PAPER = replace(there, stripe_secret_key="")
    cashier.work_once(now)
    assert held_by(reader).stop_renewing_at == now + cashier.STOP_AGAIN
    later = now + cashier.STOP_AGAIN
    with answering() as (address, provider):
        settings.PAPER = replace(there, stripe_url=address)
        provider.answers["POST", number] = (400, b'{"error": {"type": "invalid_request_error"}}')
        provider.answers["GET", number] = (200, b'{"id": "sub", "status": "active"}')
        cashier.work_once(later)
        assert held_by(reader).stop_renewing_at == later + cashier.STOP_AGAIN
        provider.answers["GET", number] = (200, b'{"id": "sub", "status": "canceled"}')
        cashier.work_once(later + cashier.STOP_AGAIN)
        assert held_by(reader).stop_renewing_at is None


def test_a_lost_answer_is_asked_for_again_with_the_very_same_request(
    simulator: Simulator, reader: User, plan: Plan
) -> None:
    order = ordered(reader, plan)
    checkout = opened(order, "stripe")
    number = checkout.provider_id
    Checkout.objects.update(provider_id="", pay_url="", opening_until=None)
    assert opened(order, "stripe", now=read_clock() + timedelta(minutes=5)).provider_id == number
    # Another request by the same key is refused for good, and the next has another reference.
    Checkout.objects.update(provider_id="", opened_at=read_clock() - timedelta(minutes=9))
    Order.objects.update(billed_email="lain@uji.example")
    again = open_checkout(
        order, GatewayName.STRIPE, return_url="http://testserver/back", now=read_clock()
    )
    assert again.failure
    assert again.closed_at is not None


def test_a_way_that_gave_no_answer_can_be_chosen_again(
    simulator: Simulator, reader: User, plan: Plan, settings: Settings, client: Client
) -> None:
    order = ordered(reader, plan)
    client.force_login(reader)
    address = f"/account/orders/{order.reference}"
    settings.PAPER = replace(settings.PAPER, midtrans_snap_url="http://127.0.0.1:9")
    answer = client.post(address, {"do": "pay", "way": "midtrans"})
    assert answer.status_code == 503
    assert 'value="midtrans"' in client.get(address).content.decode()


@pytest.mark.parametrize("body", [b"[]", b"[1]", b'"a"', b"{}"])
def test_an_answer_of_another_shape_is_no_answer(
    simulator: Simulator, reader: User, plan: Plan, settings: Settings, body: bytes
) -> None:
    checkouts = [opened(ordered(reader, plan), way) for way in ("midtrans", "xendit")]
    with answering() as (address, provider):
        settings.PAPER = replace(settings.PAPER, midtrans_url=address, xendit_url=address)
        provider.answers["GET", ""] = provider.answers["POST", ""] = (200, body)
        for each in checkouts:
            at = gateway(GatewayName(each.gateway))
            assert at is not None
            with pytest.raises(GatewayError):
                at.standing(Known(each.reference, each.provider_id))


def test_a_letter_that_the_mail_server_refuses_waits(
    simulator: Simulator, reader: User, plan: Plan, settings: Settings
) -> None:
    paid(simulator, ordered(reader, plan), "xendit")
    Letter.objects.update(send_at=read_clock(), sent_at=None)
    settings.EMAIL_BACKEND = "tests.subscriptions.test_otherwise.Refusing"
    cashier.work_once(read_clock())
    letter = Letter.objects.get()
    assert letter.failed_times == 1
    assert letter.send_at is not None


class Refusing(BaseEmailBackend):
    """A mail provider that takes nothing."""

    def send_messages(self, email_messages: Any) -> int:  # noqa: ARG002
        """Raises what its client raises."""
        raise AnymailError("refused")
