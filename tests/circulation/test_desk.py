"""The circulation desk: who may come in, and who may not."""

import re

import pytest
from django.contrib.auth.models import Group
from django.test import Client

from tajuk.accounts.models import User
from tajuk.circulation.actions import grant
from tajuk.circulation.desk.permissions import Duty
from tajuk.circulation.desk.set_up import set_up_circulation_desk
from tajuk.paywall.types import Entitlement
from tajuk.terms.clock import now as read_clock
from tests.circulation.at_the_desk import DAY, colleague, served_by_all
from tests.circulation.invented import Plans, invented_readers, paid_order

pytestmark = pytest.mark.django_db


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


@pytest.mark.parametrize(
    "path", ["", "story/", "grant/", "grant/1/end/", "order/X/refund/", "subscription/9/cancel/"]
)
def test_a_reader_who_is_not_there_is_not_found(client: Client, path: str) -> None:
    served_by_all(client)
    assert client.get(f"/desk/readers/{10**30}/{path}").status_code == 404


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
