"""Vouchers, gifts, seats, trials: of two in the same instant one wins."""

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import connection

from tajuk.accounts.models import User
from tajuk.circulation import queries as circulation
from tajuk.paywall.types import Entitlement
from tajuk.subscriptions import cashier
from tajuk.subscriptions.actions.gifts import take_gift
from tajuk.subscriptions.actions.groups import ask_for_seat, give_seat_up, invite, take_seat
from tajuk.subscriptions.actions.orders import GiftTo, expire_orders
from tajuk.subscriptions.actions.payments import settle_free
from tajuk.subscriptions.actions.refunds import refund_order
from tajuk.subscriptions.actions.subscriptions import start_trial
from tajuk.subscriptions.errors import (
    GiftOverError,
    NoSeatError,
    NotRefundableError,
    NoTrialError,
    SubscriptionsError,
    VoucherRefusedError,
)
from tajuk.subscriptions.models import (
    Domain,
    Gift,
    Group,
    Order,
    Plan,
    Seat,
    Subscription,
    Voucher,
    VoucherUse,
)
from tajuk.terms.clock import now as read_clock
from tajuk.terms.language import Language
from tajuk.terms.money import Currency
from tests.subscriptions.conftest import Simulator, a_plan, ordered, paid, told_of

DAY = timedelta(days=1)
ID = Language.INDONESIAN


def a_voucher(**fields: Any) -> Voucher:
    given = {"code": "HEMAT", "percent": 50, "starts_at": read_clock() - DAY, **fields}
    return Voucher.objects.create(**given)


def readers(count: int) -> list[User]:
    return [User.objects.create_user(f"r{number}@uji.example") for number in range(count)]


def at_once(*each: Callable[[], object]) -> list[object]:
    """What each came to, when all begin in the same instant: its answer, or the error."""
    ready = threading.Barrier(len(each))
    found: list[object] = [None] * len(each)

    def run(number: int, what: Callable[[], object]) -> None:
        ready.wait()
        try:
            found[number] = what()
        except SubscriptionsError as error:
            found[number] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(each)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


def test_of_two_readers_with_the_last_voucher_in_the_same_instant_one_has_it(
    clearable: None,
) -> None:
    plan = a_plan()
    a_voucher()
    found = at_once(
        *(lambda who=who: ordered(who, plan, voucher_code="hemat") for who in readers(4))
    )
    assert sum(isinstance(each, Order) for each in found) == 1
    assert sum(isinstance(each, VoucherRefusedError) for each in found) == 3
    assert (Voucher.objects.get().uses, VoucherUse.objects.count(), Order.objects.count()) == (
        1,
        1,
        1,
    )


def test_two_clicks_in_the_same_instant_are_one_order(clearable: None) -> None:
    plan = a_plan()
    (who,) = readers(1)
    found = at_once(*(lambda: ordered(who, plan, key="one form") for _ in range(4)))
    assert len({each.pk for each in found if isinstance(each, Order)}) == 1
    assert Order.objects.count() == 1


def test_of_two_who_take_a_gift_or_a_seat_in_the_same_instant_one_has_it(
    clearable: None, simulator: Simulator
) -> None:
    plan = a_plan()
    giver, *takers = readers(4)
    paid(simulator, ordered(giver, plan, gift=GiftTo("tujuan@uji.example")))
    gift = Gift.objects.get()
    found = at_once(
        *(
            lambda who=who: take_gift(gift.code, who, language=ID, now=read_clock())
            for who in takers
        )
    )
    assert sum(isinstance(each, Subscription) for each in found) == 1
    assert Subscription.objects.count() == 1
    group = a_group(plan)
    invite(group, ["x@uji.example"], now=read_clock())
    seat = Seat.objects.get()
    found = at_once(
        *(lambda who=who: take_seat(seat.code, who, now=read_clock()) for who in takers)
    )
    assert sum(isinstance(each, Group) for each in found) == 1


def a_group(plan: Plan, **fields: Any) -> Group:
    given = {
        "name": "Kampus", "plan": plan, "most_seats": 1, "starts_at": read_clock() - DAY,
        "ends_at": read_clock() + 99 * DAY, **fields,
    }  # fmt: skip
    return Group.objects.create(**given)


def test_a_voucher_makes_the_order_cheaper_and_is_free_again_when_it_runs_out(
    reader: User, plan: Plan
) -> None:
    a_voucher()
    order = ordered(reader, plan, voucher_code=" hemat ")
    assert order.total == 24_500
    assert order.renewal_total == 49_000
    expire_orders(read_clock() + 2 * DAY)
    assert Voucher.objects.get().uses == 0
    assert ordered(reader, plan, voucher_code="HEMAT").total == 24_500


@pytest.mark.parametrize(
    "fields",
    [
        {"code": "LAIN"}, {"starts_at": read_clock() + DAY}, {"ends_at": read_clock() - timedelta(hours=1)},
        {"most_uses": 2, "uses": 2},
    ],
)  # fmt: skip
def test_a_voucher_that_is_not_good_is_refused_and_nothing_is_ordered(
    reader: User, plan: Plan, fields: dict[str, Any]
) -> None:
    a_voucher(**fields)
    with pytest.raises(VoucherRefusedError):
        ordered(reader, plan, voucher_code="HEMAT")
    with pytest.raises(VoucherRefusedError):
        ordered(reader, plan, voucher_code="HE\0MAT")
    assert not Order.objects.exists()


def test_a_voucher_is_for_its_plan_and_once_for_each_reader(reader: User, plan: Plan) -> None:
    a_voucher(plan=a_plan("Lain"), code="LAIN")
    a_voucher(most_uses=9)
    with pytest.raises(VoucherRefusedError):
        ordered(reader, plan, voucher_code="LAIN")
    ordered(reader, plan, voucher_code="HEMAT")
    with pytest.raises(VoucherRefusedError):
        ordered(reader, plan, voucher_code="HEMAT")
    assert Voucher.objects.get(code="HEMAT").uses == 1


def test_an_order_that_costs_nothing_is_settled_without_a_gateway(reader: User, plan: Plan) -> None:
    a_voucher(percent=100)
    order = ordered(reader, plan, voucher_code="HEMAT")
    settle_free(order, now=read_clock())
    settle_free(order, now=read_clock())
    order.refresh_from_db()
    assert order.state == "paid"
    assert Subscription.objects.get().reader == reader


def test_a_trial_is_given_once_and_then_asked_to_be_paid(reader: User) -> None:
    plan = a_plan(trial_days=14, first_amount=9_000)
    held = start_trial(reader, plan, currency=Currency.IDR, language=ID, now=read_clock())
    assert held.access_until - held.started_at == 14 * DAY
    assert told_of() == [reader.pk]
    with pytest.raises(NoTrialError):
        start_trial(
            reader,
            a_plan("Lain", trial_days=7),
            currency=Currency.IDR,
            language=ID,
            now=read_clock(),
        )
    order = ordered(reader, plan)
    assert (order.purpose, order.total, order.subscription) == ("renewal", 9_000, held)


def test_a_gift_is_paid_sent_taken_and_ends_by_itself(
    simulator: Simulator, reader: User, plan: Plan
) -> None:
    order = ordered(reader, plan, gift=GiftTo("tujuan@uji.example", "Selamat!"))
    paid(simulator, order)
    assert not Subscription.objects.exists()
    cashier.work_once(read_clock())
    letter = next(each for each in mail.outbox if each.to == ["tujuan@uji.example"])
    gift = Gift.objects.get()
    assert gift.code in letter.body
    assert "Selamat!" in letter.body
    (taker,) = readers(1)
    held = take_gift(gift.code, taker, language=ID, now=read_clock())
    assert held.access_until == held.paid_until
    with pytest.raises(GiftOverError):
        take_gift(gift.code, reader, language=ID, now=read_clock())
    with pytest.raises(NotRefundableError):
        refund_order(order, reason="uji", by=None, now=read_clock())


def test_a_gift_that_was_refunded_can_not_be_taken(
    simulator: Simulator, reader: User, plan: Plan
) -> None:
    order = ordered(reader, plan, gift=GiftTo("tujuan@uji.example"))
    paid(simulator, order)
    refund_order(order, reason="uji", by=None, now=read_clock())
    with pytest.raises(GiftOverError):
        take_gift(Gift.objects.get().code, reader, language=ID, now=read_clock())


def test_an_email_domain_gives_a_seat_to_who_reads_its_mail(reader: User, plan: Plan) -> None:
    group = a_group(plan)
    with pytest.raises(NoSeatError):
        ask_for_seat(reader, now=read_clock())
    Domain.objects.create(group=group, domain="uji.example")
    for _ in range(2):
        assert ask_for_seat(reader, now=read_clock()) == group
    seat = Seat.objects.get()
    assert seat.reader is None, "the address alone proves nothing"
    cashier.work_once(read_clock())
    assert {each.to[0] for each in mail.outbox} == {reader.email}
    take_seat(seat.code, reader, now=read_clock())
    row = circulation.reader_row(reader.pk, now=read_clock())
    assert [(each.entitlement, each.ends_at) for each in row.entitlements] == [
        (Entitlement.PREMIUM, group.ends_at)
    ]
    (other,) = readers(1)
    with pytest.raises(NoSeatError, match="taken"):
        ask_for_seat(other, now=read_clock())
    told_of()
    seat.refresh_from_db()
    give_seat_up(seat, now=read_clock())
    assert told_of() == [reader.pk]
    assert circulation.reader_row(reader.pk, now=read_clock()).entitlements == ()
    ask_for_seat(other, now=read_clock())
