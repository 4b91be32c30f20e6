"""Whom colleagues find at the circulation desk, and how quickly."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from tajuk.accounts.models import User
from tajuk.circulation.actions import grant
from tajuk.circulation.desk.finding import Stretch, readers, stretch
from tajuk.circulation.desk.permissions import Duty
from tajuk.circulation.models import Grant
from tajuk.paywall.types import Entitlement
from tajuk.subscriptions.models import (
    Group as ReadersGroup,
)
from tajuk.subscriptions.models import (
    Order,
    Receipt,
    Seat,
    Subscription,
)
from tajuk.terms.clock import now as read_clock
from tests.circulation.at_the_desk import DAY, colleague
from tests.circulation.invented import Plans, invented_readers, paid_order, plans
from tests.standing_matter import queries_of

pytestmark = pytest.mark.django_db


def found(text: str = "", standing: str = "") -> set[str]:
    """The names of those who are found."""
    return {each.name for each in readers(text=text, standing=standing, now=read_clock())}


def test_a_reader_is_found_by_what_they_say_on_the_telephone(ani: User, sold: Plans) -> None:
    User.objects.create_user("rahmat.lestari@uji.example", name="Rahmat Lestari")
    User.objects.create_user("lain@uji.example", name="Bukan Siapa-siapa")
    order = paid_order(ani, sold.monthly, now=read_clock())
    receipt = Receipt.objects.get(payment__order=order).spelled
    assert found("lestari") == {"Ani Lestari", "Rahmat Lestari"}
    assert found("LESTARI ani") == {"Ani Lestari"}
    assert found("ani@uji.example") == {"Ani Lestari"}
    assert found("Rahmat.L") == {"Rahmat Lestari"}, "an address is found by how it begins"
    for number in (
        order.reference,
        order.reference.lower(),
        f"#{order.reference}",
        receipt,
        f"mid-{order.reference}",
    ):
        assert found(number) == {"Ani Lestari"}, number
    assert found("2026/999999") == set()
    assert found("tidak ada") == set()
    assert len(found()) == 3


def test_an_address_that_looks_like_a_pattern_is_taken_as_it_is_written(ani: User) -> None:
    User.objects.create_user("a%_b@uji.example", name="Aneh")
    assert found("a%_") == {"Aneh"}
    assert found("_n%") == set()


def test_readers_are_narrowed_to_how_they_stand(sold: Plans) -> None:
    moment = read_clock()

    def reader(name: str) -> User:
        return User.objects.create_user(f"{name}@uji.example", name=name)

    def subscribes(name: str, until: datetime, **fields: Any) -> None:
        Subscription.objects.create(
            reader=reader(name), plan=sold.monthly, language="id", currency="IDR", anchor_day=1,
            started_at=moment - 90 * DAY, **{"paid_until": until, "access_until": until, **fields},
        )  # fmt: skip

    subscribes("langganan", moment + DAY)
    subscribes("tenggang", moment - DAY, access_until=moment + DAY)
    subscribes("selesai", moment - DAY, ended_at=moment - DAY)
    gifted = reader("hadiah")
    grant(
        gifted,
        Entitlement.PREMIUM,
        starts_at=moment - DAY,
        ends_at=None,
        reason="x",
        acting_user=None,
    )
    was_gifted = reader("dulu")
    Grant.objects.create(
        reader=was_gifted, entitlement="premium", starts_at=moment - 9 * DAY, ends_at=moment - DAY
    )
    seated = reader("kampus")
    campus = ReadersGroup.objects.create(
        name="Kampus", plan=sold.monthly, most_seats=5, starts_at=moment - DAY, ends_at=moment + DAY
    )
    Seat.objects.create(
        group=campus, email=seated.email, reader=seated, invited_at=moment, taken_at=moment
    )
    User.objects.filter(pk=was_gifted.pk).update(is_active=False)

    assert found(standing="subscribes") == {"langganan", "tenggang"}
    assert found(standing="in_grace") == {"tenggang"}
    assert found(standing="ended") == {"selesai"}
    assert found(standing="never") == {"hadiah", "dulu", "kampus"}
    assert found(standing="complimentary") == {"hadiah"}
    assert found(standing="seated") == {"kampus"}
    assert found(standing="closed") == {"dulu"}
    assert found("lang", "subscribes") == {"langganan"}


def test_pages_of_the_list_go_on_and_back_without_counting() -> None:
    User.objects.bulk_create(User(email=f"p{each}@uji.example") for each in range(7))
    ids = sorted(User.objects.values_list("pk", flat=True), reverse=True)
    rows = readers(now=read_clock())

    def page(**at: int) -> Stretch:
        return stretch(rows, size=3, **at)

    def shown(at: Stretch) -> list[int]:
        return [each.pk for each in at.readers]

    first = page()
    assert (shown(first), first.newer) == (ids[:3], None)
    second = page(before=first.older or 0)
    last = page(before=second.older or 0)
    assert (shown(second), shown(last), last.older) == (ids[3:6], ids[6:], None)
    assert shown(page(after=last.newer or 0)) == ids[3:6]
    back = page(after=second.newer or 0)
    assert (shown(back), back.newer) == (ids[:3], None)


@pytest.mark.parametrize(
    "asked", ["p=b0", "p=zzz", "p=b99999999999999999999999", "standing=nonsense", "p=a", "q=%00"]
)
def test_a_made_up_address_of_the_list_is_answered(client: Client, asked: str) -> None:
    colleague(client, Duty.SEE_READERS)
    assert client.get(f"/desk/readers/?{asked}").status_code == 200


def test_the_list_and_the_page_take_as_many_queries_for_many_as_for_few(client: Client) -> None:
    colleague(client, *Duty)
    moment = read_clock()
    made = invented_readers(60, now=moment)
    client.get("/desk/readers/")  # what is read once for a session

    def list_of(text: str) -> Callable[[], Any]:
        return lambda: client.get(f"/desk/readers/?q={text}")

    few, many = queries_of(list_of(made[0].email)), queries_of(list_of("a"))
    assert few == many == queries_of(list_of(""))
    number = Order.objects.filter(state="paid").values_list("reference", flat=True)[0]
    assert queries_of(list_of(number)) == many + 2, "for it may be an order's or a payment's"
    busiest = max(made, key=lambda each: Order.objects.filter(reader=each).count())
    quiet = next(each for each in made if not Order.objects.filter(reader=each).exists())
    pages = [
        queries_of(lambda each=each: client.get(f"/desk/readers/{each.pk}/"))
        for each in (quiet, busiest)
    ]
    assert pages[0] <= pages[1] <= pages[0] + 1, "one more for the payments of any order"


def plan_of(rows: Any) -> str:
    """How the database means to answer, in its own words."""
    sql, given = rows.query.sql_with_params()
    ahead = "EXPLAIN" if connection.vendor == "postgresql" else "EXPLAIN QUERY PLAN"
    with connection.cursor() as cursor:
        cursor.execute(f"{ahead} {sql}", given)
        return "\n".join(str(row) for row in cursor.fetchall())


def test_the_list_is_read_along_indexes() -> None:
    moment = read_clock()
    User.objects.bulk_create(
        (User(email=f"pembaca.{each}@uji.example", name=f"Pembaca {each}") for each in range(5000)), batch_size=2000
    )  # fmt: skip
    sold = plans()
    Subscription.objects.bulk_create(
        Subscription(reader=each, plan=sold.monthly, language="id", currency="IDR", anchor_day=1,
                     started_at=moment, paid_until=moment + DAY, access_until=moment + DAY)
        for each in User.objects.all()[:2000]
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    page = readers(now=moment).filter(pk__lt=2500)[:41]
    by_address = readers(text="pembaca.4321@", now=moment)[:41]
    subscribers = readers(standing="subscribes", now=moment).filter(pk__lt=2500)[:41]
    plans_ = [plan_of(each) for each in (page, by_address, subscribers)]
    if connection.vendor == "postgresql":
        assert "accounts_user_pkey" in plans_[0]
        assert "_like" in plans_[1]
        assert all("Seq Scan on accounts_user" not in each for each in plans_[:2])
    else:
        assert "INTEGER PRIMARY KEY" in plans_[0]
        assert "INDEX" in plans_[1]
        assert "email" in plans_[1]
        assert all("SCAN accounts_user" not in each for each in plans_[:2])
    assert all(
        "TEMP B-TREE" not in each and "Sort" not in each for each in (plans_[0], plans_[2])
    ), plans_
    assert "subscription_reader" in plans_[2] or "a_reader_has_a_plan_once" in plans_[2]
