"""The circulation desk: who may come in, whom they find, and what they do for readers."""

import csv
import io
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test import Client
from wagtail.models import ModelLogEntry
from wagtail.users.models import UserProfile

from tajuk.accounts.models import User
from tajuk.circulation.actions import grant
from tajuk.circulation.desk.finding import Stretch, readers, stretch
from tajuk.circulation.desk.permissions import Duty
from tajuk.circulation.desk.set_up import set_up_circulation_desk
from tajuk.circulation.held_of_readers import forget
from tajuk.circulation.models import Grant, ReaderSession
from tajuk.circulation.queries import reader_row
from tajuk.contracts.messages import ReaderChanged, unpacked
from tajuk.outbox.models import OutboxMessage
from tajuk.paywall.types import Entitlement
from tajuk.subscriptions.models import (
    Group as ReadersGroup,
)
from tajuk.subscriptions.models import (
    LedgerRow,
    Network,
    Order,
    Receipt,
    Refund,
    Seat,
    Subscription,
)
from tajuk.terms.clock import now as read_clock
from tajuk.wall.models import MeteredReading, WallRules
from tests.circulation.invented import Plans, invented_readers, paid_order, plans
from tests.standing_matter import queries_of, story

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def colleague(client: Client, *duties: str, name: str = "meja") -> User:
    """Somebody who may come to the desk, with these duties and no others."""
    group = Group.objects.create(name=f"Kelompok {name}")
    codenames = ["access_admin", *duties]
    group.permissions.add(*Permission.objects.filter(codename__in=codenames))
    made = User.objects.create_user(f"{name}@uji.example", "sandi", name="Meja", is_staff=True)
    made.groups.add(group)
    client.force_login(made)
    return made


def served_by_all(client: Client) -> User:
    return colleague(client, *Duty)


@pytest.fixture
def ani(db: None) -> User:
    """A reader."""
    return User.objects.create_user("ani@uji.example", "sandi", name="Ani Lestari")


@pytest.fixture
def sold(db: None) -> Plans:
    """What can be subscribed to."""
    return plans()


def told() -> list[int]:
    """The readers of whom the newsstand is told; the outbox is empty afterwards."""
    messages = [unpacked(each.kind, each.payload) for each in OutboxMessage.objects.all()]
    OutboxMessage.objects.all().delete()
    return [each.reader_id for each in messages if isinstance(each, ReaderChanged)]


def audit(about: User) -> list[tuple[str, str, int | None]]:
    """The audit lines of a user: action, as it reads, who."""
    rows = ModelLogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(User), object_id=str(about.pk)
    )
    return [(each.action, str(each.message), each.user_id) for each in rows.order_by("id")]


def found(text: str = "", standing: str = "") -> set[str]:
    """The names of those who are found."""
    return {each.name for each in readers(text=text, standing=standing, now=read_clock())}


def holds(reader: User) -> set[Entitlement]:
    """What the newsstand gives this reader now."""
    moment = read_clock()
    row = reader_row(reader.pk, now=moment)
    return {each.entitlement for each in row.entitlements if each.holds(now=moment)}


# Who may come in


PAGES = [
    ("/desk/readers/", {Duty.SEE_READERS}),
    ("/desk/readers/results/", {Duty.SEE_READERS}),
    ("/desk/readers/{pk}/", {Duty.SEE_READERS}),
    ("/desk/readers/{pk}/story/", {Duty.SEE_READERS}),
    ("/desk/readers/{pk}/grant/", {Duty.SEE_READERS, Duty.SERVE_READERS}),
    ("/desk/readers/{pk}/grant/{grant}/extend/", {Duty.SEE_READERS, Duty.SERVE_READERS}),
    ("/desk/readers/{pk}/grant/{grant}/end/", {Duty.SEE_READERS, Duty.SERVE_READERS}),
    ("/desk/readers/{pk}/sign-ins/end/", {Duty.SEE_READERS, Duty.SERVE_READERS}),
    ("/desk/readers/{pk}/order/{order}/refund/", {Duty.SEE_READERS, Duty.REFUND}),
    ("/desk/readers/{pk}/subscription/{subscription}/cancel/", {Duty.SEE_READERS, Duty.SERVE_READERS}),
    ("/desk/readers/export/", {Duty.SEE_READERS, Duty.EXPORT}),
    ("/desk/figures/", {Duty.SEE_FIGURES}),
]  # fmt: skip


def test_each_page_opens_to_its_duties_and_to_nothing_less(
    client: Client, ani: User, sold: Plans
) -> None:
    moment = read_clock()
    order = paid_order(ani, sold.monthly, now=moment)
    given = grant(
        ani, Entitlement.EPAPER, starts_at=moment, ends_at=moment + 9 * DAY, reason="x", acting_user=None
    )  # fmt: skip
    at = {
        "pk": ani.pk,
        "grant": given.pk,
        "order": order.reference,
        "subscription": order.subscription_id,
    }
    colleague(client, name="wartawan")
    for path, _ in PAGES:
        refused = client.get(path.format(**at))
        assert (refused.status_code, refused.url) == (302, "/desk/"), path  # type: ignore[attr-defined]
    for number, (path, duties) in enumerate(PAGES):
        colleague(client, *(set(Duty) - duties | set(sorted(duties)[1:])), name=f"kurang{number}")
        assert client.get(path.format(**at)).status_code == 302, f"{path} opens to too little"
        colleague(client, *duties, name=f"cukup{number}")
        assert client.get(path.format(**at)).status_code == 200, path


def test_a_managing_editor_sees_no_readers_and_the_new_group_does(client: Client) -> None:
    from tajuk.newsroom.actions import set_up_desk

    set_up_desk()
    for _ in range(2):
        set_up_circulation_desk()
    made = User.objects.create_user("tio@uji.example", "sandi", is_staff=True)
    made.groups.add(Group.objects.get(name="Redaktur pelaksana"))
    client.force_login(made)
    assert client.get("/desk/readers/").status_code == 302
    assert "/desk/readers/" not in client.get("/desk/").content.decode()
    made.groups.set([Group.objects.get(name="Sirkulasi")])
    client = Client()
    client.force_login(made)
    assert client.get("/desk/readers/").status_code == 200
    home = client.get("/desk/").content.decode()
    assert re.search(r'wagtail.sidebar.SearchModule", "_args": \["/desk/readers/"', home), (
        "and searches them"
    )


def test_who_only_sees_readers_is_offered_nothing_to_do(
    client: Client, ani: User, sold: Plans
) -> None:
    paid_order(ani, sold.monthly, now=read_clock())
    colleague(client, Duty.SEE_READERS)
    page = client.get(f"/desk/readers/{ani.pk}/").content.decode()
    assert "ani@uji.example" in page
    for act in ("grant/", "refund/", "cancel/", "sign-ins/end/"):
        assert f"/desk/readers/{ani.pk}/{act}" not in page
        assert act not in page.split("<main")[1]


# Whom they find


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


# What they do for readers


def test_a_grant_holds_at_once_and_says_who_gave_it_and_why(client: Client, ani: User) -> None:
    by = served_by_all(client)
    last = (read_clock() + 10 * DAY).date()
    told()
    form = {
        "entitlements": ["premium", "epaper"],
        "first_day": "",
        "last_day": last.isoformat(),
        "reason": "Juara",
    }
    assert client.post(f"/desk/readers/{ani.pk}/grant/", form).status_code == 302
    assert holds(ani) == {Entitlement.PREMIUM, Entitlement.EPAPER}
    assert told() == [ani.pk, ani.pk]
    assert [(action, who) for action, _, who in audit(ani)] == [("circulation.grant", by.pk)] * 2
    assert "Juara" in audit(ani)[0][1]
    given = Grant.objects.filter(reader=ani).first()
    assert given is not None
    assert given.ends_at is not None
    assert given.ends_at > read_clock() + 9 * DAY, "to the end of the last day"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"reason": " "}, "reason"),
        ({"entitlements": []}, "entitlements"),
        ({"entitlements": ["everything"]}, "entitlements"),
        ({"last_day": "2020-01-01"}, "last_day"),
        ({"last_day": "kapan-kapan"}, "last_day"),
        ({"first_day": "2040-01-02", "last_day": "2040-01-01"}, "last_day"),
    ],
)
def test_a_grant_that_makes_no_sense_is_refused_on_the_form(
    client: Client, ani: User, change: dict[str, Any], field: str
) -> None:
    served_by_all(client)
    form = {
        "entitlements": ["premium"],
        "first_day": "",
        "last_day": "",
        "reason": "Juara",
        **change,
    }
    answer = client.post(f"/desk/readers/{ani.pk}/grant/", form)
    assert answer.status_code == 200
    assert field in answer.context["form"].errors
    assert not Grant.objects.exists()


def test_a_grant_is_extended_and_ended(client: Client, ani: User) -> None:
    by = served_by_all(client)
    moment = read_clock()
    given = grant(
        ani, Entitlement.PREMIUM, starts_at=moment - DAY, ends_at=moment + DAY, reason="Coba", acting_user=None
    )  # fmt: skip
    at = f"/desk/readers/{ani.pk}/grant/{given.pk}"
    shorter = client.post(f"{at}/extend/", {"last_day": moment.date().isoformat(), "reason": "x"})
    assert "last_day" in shorter.context["form"].errors
    later = (moment + 20 * DAY).date()
    told()
    assert (
        client.post(f"{at}/extend/", {"last_day": later.isoformat(), "reason": "Sakit"}).status_code
        == 302
    )
    given.refresh_from_db()
    assert given.ends_at is not None
    assert given.ends_at > moment + 19 * DAY
    assert told() == [ani.pk]
    client.post(f"{at}/end/", {"reason": "Keliru"})
    assert (holds(ani), told()) == (set(), [ani.pk])
    again = client.post(f"{at}/end/", {"reason": "Keliru"})
    assert again.context["form"].non_field_errors(), "it has ended already"
    acts = [(action, who) for action, _, who in audit(ani)[1:]]
    assert acts == [("circulation.extend_grant", by.pk), ("circulation.end_grant", by.pk)]
    assert "Sakit" in audit(ani)[1][1]


def test_a_grant_is_only_found_at_its_own_reader(client: Client, ani: User) -> None:
    served_by_all(client)
    other = User.objects.create_user("bayu@uji.example")
    given = grant(
        other, Entitlement.PREMIUM, starts_at=read_clock(), ends_at=None, reason="x", acting_user=None
    )  # fmt: skip
    assert (
        client.post(f"/desk/readers/{ani.pk}/grant/{given.pk}/end/", {"reason": "x"}).status_code
        == 404
    )
    assert client.get(f"/desk/readers/{other.pk}/grant/{given.pk}/extend/").status_code == 302, (
        "it has no end"
    )
    assert holds(other) == {Entitlement.PREMIUM}


def test_every_sign_in_ends_with_a_reason(client: Client, ani: User) -> None:
    by = served_by_all(client)
    moment = read_clock()
    ReaderSession.objects.create(
        reader=ani,
        session="s0000000001",
        device="Firefox, Android",
        signed_in_at=moment,
        renew_until=moment + DAY,
    )
    page = client.get(f"/desk/readers/{ani.pk}/").content.decode()
    assert "Firefox, Android" in page
    told()
    assert client.post(f"/desk/readers/{ani.pk}/sign-ins/end/", {"reason": ""}).status_code == 200
    assert told() == []
    client.post(f"/desk/readers/{ani.pk}/sign-ins/end/", {"reason": "Ponsel hilang"})
    assert told() == [ani.pk]
    assert reader_row(ani.pk, now=read_clock()).revoked_before is not None
    (line,) = audit(ani)
    assert (line[0], line[2]) == ("circulation.end_sign_ins", by.pk)
    assert "Ponsel hilang" in line[1]


def test_a_refund_asks_with_the_amount_gives_it_back_once_and_ends_what_it_paid_for(
    client: Client, ani: User, sold: Plans
) -> None:
    by = served_by_all(client)
    order = paid_order(ani, sold.monthly, now=read_clock())
    assert Entitlement.PREMIUM in holds(ani)
    at = f"/desk/readers/{ani.pk}/order/{order.reference}/refund/"
    assert "Rp 49.000" in client.get(at).content.decode()
    assert client.post(at, {"reason": ""}).status_code == 200
    assert not Refund.objects.exists()
    told()
    assert client.post(at, {"reason": "Salah pesan"}).status_code == 302
    refund = Refund.objects.get()
    assert (refund.reason, refund.asked_by, refund.payment.order) == ("Salah pesan", by, order)
    assert holds(ani) == set()
    assert ani.pk in told()
    revenue = LedgerRow.objects.filter(debit="revenue").values_list("amount", flat=True)
    assert list(revenue) == [order.net]
    twice = client.post(at, {"reason": "Sekali lagi"})
    assert (twice.status_code, client.get(at).status_code) == (302, 302), "a double click"
    assert Refund.objects.count() == 1
    (line,) = [each for each in audit(ani) if each[0] == "circulation.refund"]
    assert "Rp 49.000" in line[1]
    assert "Salah pesan" in line[1]
    stranger = User.objects.create_user("bayu@uji.example")
    assert (
        client.get(f"/desk/readers/{stranger.pk}/order/{order.reference}/refund/").status_code
        == 404
    )


def test_a_cancelled_subscription_is_read_to_its_end(
    client: Client, ani: User, sold: Plans
) -> None:
    by = served_by_all(client)
    order = paid_order(ani, sold.monthly, now=read_clock())
    at = f"/desk/readers/{ani.pk}/subscription/{order.subscription_id}/cancel/"
    assert client.post(at, {"reason": "Ditelepon"}).status_code == 302
    held = Subscription.objects.get()
    assert held.cancelled_at is not None
    assert held.access_until == held.paid_until
    assert Entitlement.PREMIUM in holds(ani)
    assert [(each[0], each[2]) for each in audit(ani)] == [("circulation.cancel", by.pk)]
    assert client.post(at, {"reason": "Ditelepon"}).status_code == 302, "a double click"
    assert len(audit(ani)) == 1


def test_a_reader_who_leaves_takes_the_reasons_along(client: Client, ani: User) -> None:
    by = served_by_all(client)
    form = {
        "entitlements": ["premium"],
        "first_day": "",
        "last_day": "",
        "reason": "Ibu Ani dirawat",
    }
    client.post(f"/desk/readers/{ani.pk}/grant/", form)
    assert "Ibu Ani" in audit(ani)[0][1]
    forget(ani, now=read_clock())
    ((action, line, who),) = audit(ani)
    assert (action, who) == ("circulation.grant", by.pk), "that it was done stays"
    assert "Ibu Ani" not in line


# What they are told


def test_the_page_tells_what_is_held_why_and_what_happened(
    client: Client, ani: User, sold: Plans
) -> None:
    by = served_by_all(client)
    moment = read_clock()
    order = paid_order(ani, sold.monthly, now=moment - DAY)
    grant(
        ani,
        Entitlement.EPAPER,
        starts_at=moment,
        ends_at=None,
        reason="Juara kedua",
        acting_user=by,
    )
    answer = client.get(f"/desk/readers/{ani.pk}/")
    held = {
        each.entitlement: [reason.what for reason in each.reasons]
        for each in answer.context["holdings"]
    }
    assert set(held) == holds(ani) == {Entitlement.PREMIUM, Entitlement.AD_FREE, Entitlement.EPAPER}
    assert "Harian Digital" in held[Entitlement.PREMIUM][0]
    assert "Juara kedua" in held[Entitlement.EPAPER][0]
    events = answer.context["events"]
    assert [each.at for each in events] == sorted((each.at for each in events), reverse=True)
    sorts = [each.sort for each in events]
    assert sorts.count("money") >= 3, "ordered, paid, began"
    assert [each.who for each in events if each.sort == "desk"] == [str(by)]
    page = answer.content.decode()
    assert order.reference in page
    assert Receipt.objects.get().spelled in page


@pytest.mark.parametrize("asked", ["{pk}", "{href}", "http://testserver{href}?utm=x#bagian"])
def test_why_is_answered_for_a_story_by_number_and_by_address(
    client: Client, ani: User, sold: Plans, asked: str
) -> None:
    colleague(client, Duty.SEE_READERS)
    told_of = story("Rahasia dapur kota", access="premium")
    href = f"/maritim/2026/03/10/{told_of.pk}/rahasia-dapur-kota"
    given = {"story": asked.format(pk=told_of.pk, href=href)}
    at = f"/desk/readers/{ani.pk}/story/"
    before = client.get(at, given)
    assert [each.is_open for each in before.context["cases"]] == [False, False]
    paid_order(ani, sold.monthly, now=read_clock())
    after = client.get(at, given)
    assert [each.is_open for each in after.context["cases"]] == [True, False]
    assert "Harian Digital" in after.content.decode(), "the pass step says through what"


@pytest.mark.parametrize(
    "asked", ["0", "99999999", "9" * 40, "/tidak/ada", "http://[", "kata", "٣"]
)
def test_a_story_that_is_not_there_is_said_so(client: Client, ani: User, asked: str) -> None:
    colleague(client, Duty.SEE_READERS)
    answer = client.get(f"/desk/readers/{ani.pk}/story/", {"story": asked})
    assert answer.status_code == 200
    assert answer.context["form"].errors


def test_the_meter_is_told_as_the_policy_and_the_store_have_it(client: Client, ani: User) -> None:
    colleague(client, Duty.SEE_READERS)
    told_of = [story(f"Naskah {each}", access="metered") for each in range(3)]
    rules = WallRules.load()
    rules.stories, rules.days, rules.unregistered, rules.referrers = 2, 10, 1, "teman.example"
    rules.set_at = read_clock()
    rules.save()
    at = f"/desk/readers/{ani.pk}/story/"

    def own() -> tuple[bool, str]:
        answer = client.get(at, {"story": told_of[2].pk})
        steps = {each.name: each.text for each in answer.context["steps"]}
        return answer.context["cases"][0].is_open, steps["Meteran"]

    assert own()[0]
    assert "2 naskah dalam 10 hari" in own()[1]
    assert "teman.example" in own()[1]
    for each in told_of[:2]:
        MeteredReading.objects.create(reader=ani, story_id=each.pk, read_at=read_clock())
    is_open, step = own()
    assert not is_open
    assert "sudah membuka 2 naskah" in step
    MeteredReading.objects.create(reader=ani, story_id=told_of[2].pk, read_at=read_clock())
    assert own()[0], "reading it again is free"


def test_a_groups_network_opens_a_story_to_whoever_reads_from_it(
    client: Client, ani: User, sold: Plans
) -> None:
    colleague(client, Duty.SEE_READERS)
    told_of = story("Rahasia dapur kota", access="premium")
    moment = read_clock()
    campus = ReadersGroup.objects.create(
        name="Kampus", plan=sold.monthly, starts_at=moment - DAY, ends_at=moment + DAY
    )
    Network.objects.create(group=campus, network="203.0.113.0/24")
    Network.objects.create(group=campus, network="2001:db8::/32")
    at = f"/desk/readers/{ani.pk}/story/"
    for place, opens in (
        ("203.0.113.7", True),
        ("2001:db8::7", True),
        ("198.51.100.7", False),
        ("", False),
    ):
        answer = client.get(at, {"story": told_of.pk, "place": place})
        assert {each.is_open for each in answer.context["cases"]} == {opens}, place
    wrong = client.get(at, {"story": told_of.pk, "place": "kampus"})
    assert "place" in wrong.context["form"].errors


def test_a_draft_and_a_killed_story_are_nobodys(client: Client, ani: User) -> None:
    colleague(client, Duty.SEE_READERS)
    draft = story("Belum terbit", live=False)
    killed = story("Dicabut", live=False, killed_at=read_clock(), kill_reason="Tidak benar")
    for each in (draft, killed):
        answer = client.get(f"/desk/readers/{ani.pk}/story/", {"story": each.pk})
        assert answer.context["form"].errors
        assert "cases" not in answer.context
    assert "Tidak benar" in answer.content.decode()


# What they take along


def taken(client: Client, **form: Any) -> tuple[bytes, list[dict[str, str]]]:
    """An exported file, and its rows."""
    answer: Any = client.post(
        "/desk/readers/export/", {"what": "readers", "separator": ",", **form}
    )
    assert answer.status_code == 200
    assert answer.streaming, answer.context["form"].errors
    assert answer["Cache-Control"] == "private, no-store"
    file = b"".join(answer.streaming_content)
    text = file.decode("utf-8-sig")
    return file, list(
        csv.DictReader(io.StringIO(text, newline=""), delimiter=form.get("separator", ","))
    )


def test_readers_leave_as_csv_with_an_audit_line_and_no_formula(
    client: Client, sold: Plans
) -> None:
    by = served_by_all(client)
    evil = User.objects.create_user("jahat@uji.example", name='=HYPERLINK("http://x")')
    file, rows = taken(client, with_mark="on", q="jahat")
    assert file.startswith(b"\xef\xbb\xbf")
    assert [each for row in rows for each in row.values() if each.startswith("=")] == []
    assert evil.name in file.decode("utf-8-sig").replace('""', '"')
    (line,) = audit(by)
    assert (line[0], line[2]) == ("circulation.export", by.pk)
    assert "jahat" not in line[1], "what was searched for may be a name"


def test_a_file_speaks_the_colleagues_language_to_its_last_row(
    client: Client, ani: User, sold: Plans
) -> None:
    by = served_by_all(client)
    paid_order(ani, sold.monthly, now=read_clock())
    UserProfile.objects.create(user=by, preferred_language="en")
    _, rows = taken(client, q="ani@")
    assert [(row["State"], row["May sign in"]) for row in rows] == [("goes on", "yes")]


@pytest.mark.parametrize(
    "path", ["", "story/", "grant/", "grant/1/end/", "order/X/refund/", "subscription/9/cancel/"]
)
def test_a_reader_who_is_not_there_is_not_found(client: Client, path: str) -> None:
    served_by_all(client)
    assert client.get(f"/desk/readers/{10**30}/{path}").status_code == 404


def test_all_readers_subscriptions_and_payments_leave_in_batches(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tajuk.circulation.desk.export.BATCH", 7)
    served_by_all(client)
    moment = read_clock()
    made = invented_readers(30, now=moment)
    gone = Order.objects.filter(state="paid").first()
    assert gone is not None
    Order.objects.filter(pk=gone.pk).update(reader=None)  # as when an account is deleted
    assert len(taken(client)[1]) == User.objects.count() == len(made) + 1
    _, subscriptions = taken(client, what="subscriptions", separator=";")
    assert len(subscriptions) == Subscription.objects.count()
    _, payments = taken(client, what="payments")
    paid = Order.objects.filter(state="paid")
    assert len(payments) == paid.count()
    assert {each["Nilai"] for each in payments} <= {"49000", "490000", "4.99"}
    kept = {each["Pesanan"] for each in payments}
    assert gone.reference in kept
    _, narrowed = taken(client, what="payments", standing="subscribes")
    assert 0 < len(narrowed) < len(payments)
    day = (moment - 30 * DAY).date()
    _, of_month = taken(client, what="payments", first=day.isoformat())
    assert 0 < len(of_month) < len(payments)


def test_the_figures_are_drawn_with_a_table_beside_each_plot(client: Client) -> None:
    colleague(client, Duty.SEE_FIGURES)
    assert client.get("/desk/figures/").status_code == 200, "a paper without a single subscription"
    invented_readers(60, now=read_clock())
    for period in ("", "?first=2026-03-01&last=2026-03-01", "?first=2025-01-01&last=2026-12-31"):
        answer = client.get(f"/desk/figures/{period}")
        page = answer.content.decode()
        cards = answer.context["cards"]
        assert page.count('<svg class="plot"') == len(cards) >= 3, period
        assert page.count("<details>") == sum(bool(each.series) for each in cards) > 0, period
        assert "uji.example" not in page.split("<main")[1], "figures name no reader"
    wrong = client.get("/desk/figures/?first=2026-03-02&last=2026-03-01")
    assert "last" in wrong.context["form"].errors
