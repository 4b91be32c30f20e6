"""The figures: days of the paper's zone, currencies apart, the same number of queries for one reader and for many."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from tajuk.accounts.models import User
from tajuk.circulation.desk.figures import (
    Stretches,
    active_by_plan,
    movement,
    movement_by_plan,
    renewals,
    revenue_by_plan,
)
from tajuk.subscriptions.actions.refunds import refund_order
from tajuk.subscriptions.desk_types import FiguresOfPeriod
from tajuk.subscriptions.figures import figures
from tajuk.subscriptions.models import Order, Plan, Subscription
from tajuk.terms.clock import now as read_clock
from tajuk.terms.money import Currency
from tajuk.wall.models import MeteredReading
from tajuk.wall.queries import readers_on_the_meter
from tests.circulation.invented import invented_readers, paid_order, plans
from tests.standing_matter import queries_of

pytestmark = pytest.mark.django_db

JAKARTA = ZoneInfo("Asia/Jakarta")
START = datetime(2026, 3, 1, tzinfo=JAKARTA)
END = datetime(2026, 3, 8, tzinfo=JAKARTA)
NOON = datetime(2026, 3, 4, 12, tzinfo=JAKARTA)
WEEK = Stretches.of(date(2026, 3, 1), date(2026, 3, 7))


def reader(name: str) -> User:
    return User.objects.create_user(f"{name}@uji.example", name=name.title())


def found() -> FiguresOfPeriod:
    return figures(START, END, zone=JAKARTA, now=NOON)


def subscription(name: str, plan: Plan, started: datetime, **fields: object) -> Subscription:
    given = {
        "paid_until": started + timedelta(days=30),
        "access_until": started + timedelta(days=37),
        **fields,
    }
    made: Subscription = Subscription.objects.create(
        reader=reader(name),
        plan=plan,
        language="id",
        currency="IDR",
        started_at=started,
        anchor_day=1,
        **given,
    )
    return made


def test_a_day_is_a_day_of_the_papers_zone() -> None:
    sold = plans()
    # 17:30 UTC is half past midnight in Jakarta.
    subscription("dini", sold.monthly, datetime(2026, 3, 3, 17, 30, tzinfo=UTC))
    subscription("malam", sold.monthly, datetime(2026, 3, 3, 16, 59, tzinfo=UTC))
    subscription("sebelum", sold.monthly, START - timedelta(seconds=1))
    subscription("sesudah", sold.monthly, END)
    moved = movement(found(), WEEK)
    assert moved.new == (0, 0, 1, 1, 0, 0, 0)
    assert moved.active == (1, 1, 2, 3, 3, 3, 3)


def test_who_was_lost_is_no_longer_active_and_an_unpaid_renewal_failed() -> None:
    sold = plans()
    before = START - timedelta(days=40)
    subscription("lupa", sold.monthly, before, ended_at=NOON, ended_because="unpaid")
    subscription("pamit", sold.yearly, before, ended_at=NOON, ended_because="cancelled")
    subscription("coba", sold.monthly, before, ended_at=NOON, ended_because="unpaid", is_trial=True)
    subscription(
        "dulu", sold.monthly, before, ended_at=START - timedelta(days=1), ended_because="unpaid"
    )
    subscription(
        "tunggu",
        sold.monthly,
        before,
        paid_until=NOON - timedelta(days=1),
        access_until=NOON + timedelta(days=6),
    )
    asked = found()
    moved = movement(asked, WEEK)
    assert (moved.lost, moved.active) == ((0, 0, 0, 3, 0, 0, 0), (4, 4, 4, 1, 1, 1, 1))
    by_plan = {each.name: each.values for each in active_by_plan(asked, WEEK, others="")}
    assert by_plan == {
        "Harian Digital": (3, 3, 3, 1, 1, 1, 1),
        "Setahun Penuh": (1, 1, 1, 0, 0, 0, 0),
    }
    (first, second) = movement_by_plan(asked, WEEK, others="")
    assert (first.name, sum(first.new), sum(first.lost)) == ("Harian Digital", 0, 2)
    assert (second.name, second.lost) == ("Setahun Penuh", (0, 0, 0, 1, 0, 0, 0))
    assert renewals(asked, WEEK) == ((0,) * 7, (0, 0, 0, 1, 0, 0, 0))
    assert asked.in_grace == 1


def test_money_of_two_currencies_is_never_added_and_what_went_back_is_taken_off() -> None:
    sold = plans()
    moment = NOON.astimezone(UTC)
    kept = paid_order(reader("ani"), sold.monthly, now=moment)
    back = paid_order(reader("bayu"), sold.monthly, now=moment)
    paid_order(reader("citra"), sold.abroad, now=moment, currency=Currency.USD)
    refund_order(
        Order.objects.get(pk=back.pk), reason="salah pesan", by=None, now=moment + timedelta(days=1)
    )
    asked = figures(START, END, zone=JAKARTA, now=read_clock())
    by_currency = revenue_by_plan(asked, WEEK, others="")
    assert list(by_currency) == [Currency.IDR, Currency.USD]
    (rupiah,), (dollars,) = by_currency.values()
    assert rupiah.values == (0, 0, 0, 2 * kept.net, -kept.net, 0, 0)
    assert (kept.net, dollars.total) == (44_144, 450), (
        "without the tax of 11 % that is in the price"
    )
    assert (asked.orders.placed, asked.orders.paid) == (3, 3)


def test_a_long_period_is_drawn_by_weeks_and_many_plans_share_a_colour() -> None:
    year = Stretches.of(date(2026, 1, 1), date(2026, 12, 31))
    assert (len(year.starts), year.is_weekly, year.at(date(2026, 12, 31))) == (53, True, 52)
    for number in range(7):
        plan = Plan.objects.create(name=f"Paket {number}")
        for each in range(number + 1):
            subscription(f"r{number}-{each}", plan, START)
    series = active_by_plan(found(), WEEK, others="Lainnya")
    assert [each.name for each in series] == ["Paket 6", "Paket 5", "Paket 4", "Paket 3", "Lainnya"]
    assert [each.values[-1] for each in series] == [7, 6, 5, 4, 6]
    moved = movement_by_plan(found(), WEEK, others="Lainnya")
    assert [(each.name, sum(each.new)) for each in moved][-1] == ("Lainnya", 6)


def test_signed_in_readers_on_the_meter_are_counted_once_and_in_their_time() -> None:
    ani, bayu = reader("ani"), reader("bayu")
    for who, number, at in ((ani, 1, START), (ani, 2, NOON), (bayu, 1, NOON), (bayu, 2, END)):
        MeteredReading.objects.create(reader=who, story_id=number, read_at=at)
    assert readers_on_the_meter(START, END) == 2
    assert readers_on_the_meter(NOON + timedelta(seconds=1), END) == 0
    assert readers_on_the_meter(END, END + timedelta(days=1)) == 1


def test_the_figures_take_as_many_queries_for_many_as_for_none(client: Client) -> None:
    moment = read_clock()
    asked = (moment - timedelta(days=60), moment)
    empty = queries_of(lambda: figures(*asked, zone=JAKARTA, now=moment))
    invented_readers(60, now=moment)
    full = queries_of(lambda: figures(*asked, zone=JAKARTA, now=moment))
    assert (empty, full) == (9, 9)
    assert figures(*asked, zone=JAKARTA, now=moment).revenue, "or nothing was counted"
