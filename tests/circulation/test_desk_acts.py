"""What colleagues do for readers: at once, with a reason, and never twice."""

from typing import Any

import pytest
from django.test import Client

from tajuk.accounts.models import User
from tajuk.circulation.actions import grant
from tajuk.circulation.held_of_readers import forget
from tajuk.circulation.models import Grant, ReaderSession
from tajuk.circulation.queries import reader_row
from tajuk.paywall.types import Entitlement
from tajuk.subscriptions.models import (
    LedgerRow,
    Refund,
    Subscription,
)
from tajuk.terms.clock import now as read_clock
from tests.circulation.at_the_desk import DAY, audit, holds, served_by_all, told
from tests.circulation.invented import Plans, paid_order

pytestmark = pytest.mark.django_db


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
        ({"last_day": "9999-12-31"}, "last_day"),
        ({"first_day": "0001-01-01"}, "first_day"),
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
