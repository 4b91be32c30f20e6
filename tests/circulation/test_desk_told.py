"""What colleagues are told of a reader: what they hold, why, and what the wall decides."""

import pytest
from django.test import Client

from tajuk.accounts.models import User
from tajuk.circulation.actions import grant
from tajuk.circulation.desk.permissions import Duty
from tajuk.paywall.types import Entitlement
from tajuk.subscriptions.models import (
    Group as ReadersGroup,
)
from tajuk.subscriptions.models import (
    Network,
    Receipt,
)
from tajuk.terms.clock import now as read_clock
from tajuk.wall.models import MeteredReading, WallRules
from tests.circulation.at_the_desk import DAY, colleague, holds, served_by_all
from tests.circulation.invented import Plans, paid_order
from tests.standing_matter import story

pytestmark = pytest.mark.django_db


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
