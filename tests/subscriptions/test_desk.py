"""The manager's screens: what is sold, and the books."""

from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client

from tajuk.accounts.models import User
from tajuk.circulation import queries as circulation
from tajuk.paywall.types import Entitlement
from tajuk.subscriptions import cashier
from tajuk.subscriptions.actions.groups import take_seat
from tajuk.subscriptions.actions.refunds import refund_order
from tajuk.subscriptions.models import Group, Plan, Refund, Seat, Subscription, Transfer
from tajuk.terms.clock import now as read_clock
from tests.subscriptions.conftest import bill, ledger, opened, ordered, told_of

DAY = timedelta(days=1)


@pytest.fixture
def manager(client: Client, db: None) -> User:
    """Somebody who may do everything."""
    made = User.objects.create_superuser("manajer@uji.example", "sandi", name="Manajer")
    client.force_login(made)
    return made


def formset(prefix: str, *rows: dict[str, object]) -> dict[str, object]:
    told: dict[str, object] = {f"{prefix}-TOTAL_FORMS": len(rows), f"{prefix}-INITIAL_FORMS": 0}
    for number, row in enumerate(rows):
        told |= {f"{prefix}-{number}-{key}": value for key, value in row.items()}
        told[f"{prefix}-{number}-id"] = ""
    return told


def plan_form(**more: object) -> dict[str, object]:
    return {
        "name": "Bulanan", "name_second": "Monthly", "description": "", "description_second": "", "premium": "on",
        "period_count": 1, "period_unit": "month", "trial_days": 0, "grace_days": 7, "is_sold": "on", "position": 1,
        **formset("prices", {"currency": "IDR", "amount": 49000, "first_amount": ""}), **more,
    }  # fmt: skip


def test_the_manager_makes_a_plan_and_readers_find_it(client: Client, manager: User) -> None:
    response = client.post("/desk/plans/new/", plan_form(ad_free="on"))
    assert response.status_code == 302, response.context["form"].errors
    made = Plan.objects.get()
    assert made.entitlements == (Entitlement.PREMIUM, Entitlement.AD_FREE)
    assert made.prices.get().amount == 49_000
    page = Client().get("/account/subscribe").content.decode()
    assert "Rp 49.000" in page
    assert "Bulanan" in page
    assert "Monthly" in Client().get("/en/account/subscribe").content.decode()


def test_what_readers_bought_stays_what_it_was(
    client: Client, manager: User, reader: User, plan: Plan
) -> None:
    ordered(reader, plan)
    price = plan.prices.get()
    rows = formset("prices", {"currency": "IDR", "amount": 59_000, "first_amount": ""})
    rows |= {"prices-INITIAL_FORMS": 1, "prices-0-id": price.pk}
    client.post(f"/desk/plans/edit/{plan.pk}/", plan_form(**rows, epaper="on"))
    plan.refresh_from_db()
    assert not plan.epaper
    client.post(f"/desk/plans/edit/{plan.pk}/", plan_form(**rows))
    price.refresh_from_db()
    assert price.amount == 59_000, "prices of later orders may change"


@pytest.mark.parametrize("language", ["id", "en"])
def test_every_screen_opens_and_the_books_have_no_way_to_write(
    client: Client, manager: User, reader: User, plan: Plan, language: str
) -> None:
    from wagtail.users.models import UserProfile

    UserProfile.objects.update_or_create(user=manager, defaults={"preferred_language": language})
    ordered(reader, plan)
    for name in ("plans", "vouchers", "groups-of-readers", "orders", "transfers", "refunds", "ledger",
                 "money-lines", "reconciliations"):  # fmt: skip
        assert client.get(f"/desk/{name}/").status_code == 200, name
    for name in ("orders", "refunds", "ledger", "money-lines", "reconciliations"):
        assert client.get(f"/desk/{name}/new/").status_code in {302, 403, 404}, name
    for name in ("plans", "vouchers", "groups-of-readers", "transfers"):
        assert client.get(f"/desk/{name}/new/").status_code == 200, name
    assert client.get("/desk/settings/subscriptions/billing/", follow=True).status_code == 200


def test_a_bank_transfer_takes_two_colleagues(
    client: Client, manager: User, reader: User, plan: Plan
) -> None:
    bill(bank_account="Bank Uji 123 a.n. Harian Uji")
    order = ordered(reader, plan)
    opened(order, "bank")
    told = {"reference": order.reference.lower(), "bank_reference": "TRX-1", "amount": 49000, "received_on": "2026-11-25"}  # fmt: skip
    assert client.post("/desk/transfers/new/", {**told, "reference": "NO"}).status_code == 200
    assert not Transfer.objects.exists()
    client.post("/desk/transfers/new/", told)
    transfer = Transfer.objects.get()
    client.post(f"/desk/transfers/approve/{transfer.pk}/")
    transfer.refresh_from_db()
    assert transfer.approved_at is None, "not by who entered it"
    second = User.objects.create_superuser("kedua@uji.example", "sandi", name="Kedua")
    client.force_login(second)
    client.post(f"/desk/transfers/approve/{transfer.pk}/")
    cashier.work_once(read_clock())
    order.refresh_from_db()
    assert order.state == "paid"
    assert ledger()["at_bank"] == 49_000
    refund_order(order, reason="uji", by=second, now=read_clock())
    cashier.work_once(read_clock())
    refund = Refund.objects.get()
    assert refund.state == "by_hand"
    assert ledger() == {"at_bank": 49_000, "owed_to_readers": -49_000}
    client.post(f"/desk/refunds/made/{refund.pk}/")
    assert ledger() == {}


def test_a_group_is_invited_sits_down_and_hears_of_its_end(
    client: Client, manager: User, reader: User, plan: Plan
) -> None:
    begun = read_clock() - DAY
    told = {
        "name": "Kampus Uji", "plan": plan.pk, "language": "id", "most_seats": 2,
        "starts_at": begun.strftime("%Y-%m-%d %H:%M"), "ends_at": (begun + 300 * DAY).strftime("%Y-%m-%d %H:%M"),
        "invite": "ani@uji.example\nbudi@uji.example", **formset("domains", {"domain": "@Uji.Example"}),
        **formset("networks", {"network": "203.0.113.7/24"}, {"network": "2001:db8::/32"}),
    }  # fmt: skip
    too_many = client.post("/desk/groups-of-readers/new/", {**told, "most_seats": 1})
    assert too_many.status_code == 200
    assert not Group.objects.exists()
    response = client.post("/desk/groups-of-readers/new/", told)
    assert response.status_code == 302, response.context["form"].errors
    group = Group.objects.get()
    assert sorted(group.networks.values_list("network", flat=True)) == ["2001:db8::/32", "203.0.113.0/24"]  # fmt: skip
    assert group.domains.get().domain == "uji.example"
    cashier.work_once(read_clock())
    assert {each.to[0] for each in mail.outbox} == {"ani@uji.example", "budi@uji.example"}
    seat = Seat.objects.get(email="ani@uji.example")
    assert seat.code in mail.outbox[0].body + mail.outbox[1].body
    take_seat(seat.code, reader, now=read_clock())
    held = circulation.reader_row(reader.pk, now=read_clock()).entitlements
    assert [each.entitlement for each in held] == [Entitlement.PREMIUM]
    told_of()
    rows = {
        **told, "invite": "", "ends_at": (read_clock() + DAY).strftime("%Y-%m-%d %H:%M"),
        **formset("domains"), **formset("networks"),
    }  # fmt: skip
    client.post(f"/desk/groups-of-readers/edit/{group.pk}/", rows)
    assert told_of() == [reader.pk]
    assert not Subscription.objects.exists()


def test_who_is_not_of_the_desk_sees_no_book(client: Client, reader: User, plan: Plan) -> None:
    client.force_login(reader)
    for name in ("plans", "orders", "ledger"):
        assert client.get(f"/desk/{name}/").status_code in {302, 403}
