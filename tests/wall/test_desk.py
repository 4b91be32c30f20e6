"""The wall at the desk: what the manager sets is checked, written down, told and pressed."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import ModelLogEntry

from tajuk.contracts.messages import WallChanged
from tajuk.contracts.pages import WHOLE
from tajuk.contracts.wall import WALL, unpacked_wall
from tajuk.paywall.meter import MeterPolicy
from tajuk.paywall.policy import SectionRule, WallPolicy
from tajuk.wall import queries
from tajuk.wall.models import WallRules
from tests.advertising.test_desk import colleague
from tests.advertising.test_desk import told as told_of_all
from tests.pressed_paper import PressedPaper
from tests.standing_matter import queries_of, section

pytestmark = pytest.mark.django_db


def told() -> list[str]:
    """What was told since last time, of the wall."""
    return [each for each in told_of_all() if each == "WallChanged"]


def address() -> str:
    return reverse("wagtailsettings:edit", args=["wall", "wallrules", WallRules.load().pk])


def form(*sections: dict[str, Any], **given: Any) -> dict[str, Any]:
    data: dict[str, Any] = {
        "stories": 4, "days": 7, "unregistered": 1, "referrers": "", "sections-INITIAL_FORMS": 0,
        "sections-TOTAL_FORMS": len(sections), "sections-MIN_NUM_FORMS": 0, "sections-MAX_NUM_FORMS": 1000, **given,
    }  # fmt: skip
    for number, each in enumerate(sections):
        data |= {f"sections-{number}-{name}": value for name, value in each.items()}
    return data


def test_the_manager_sets_the_wall_and_others_may_not(client: Client) -> None:
    port = section("pelabuhan")
    quay = section("dermaga", part_of=port)
    sport = section("olahraga")
    assert queries.policy() == WallPolicy(MeterPolicy(5, timedelta(days=30)))  # newspaper.toml's
    data = form(
        {"section": port.pk, "limit": 2, "takes_referrers": ""},
        {"section": sport.pk, "limit": "", "is_free": "on", "takes_referrers": "on"},
        referrers="https://www.Berita.example/hari-ini\nmesin.example\nmesin.example",
        verifies_crawlers="on",
    )
    colleague(client).post(address(), data)
    assert told() == []
    colleague(client, "change_wallrules").post(address(), data)
    assert told() == ["WallChanged"]
    strict = SectionRule(2, takes_referrers=False)
    assert queries.policy() == WallPolicy(
        MeterPolicy(4, timedelta(days=7), unregistered=1),
        ("berita.example", "mesin.example"),
        {port.pk: strict, quay.pk: strict, sport.pk: SectionRule(is_free=True)},
        verifies_crawlers=True,
    )
    assert queries_of(queries.policy) == 3
    line = ModelLogEntry.objects.get(content_type__model="wallrules")
    assert (line.action, line.user.email) == ("wagtail.edit", "iklan1@uji.example")


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"unregistered": 5}, "a smaller number"),
        ({"days": 0}, "1"),
        ({"stories": 51}, "50"),
        ({"referrers": "berita.example\nbukan host!"}, "bukan"),
        ({"referrers": "localhost"}, "localhost"),
        ({"sections-0-is_free": "on"}, "stops nowhere"),
    ],
)
def test_what_makes_no_sense_is_refused_with_the_remedy(
    client: Client, wrong: dict[str, Any], says: str
) -> None:
    port = section("pelabuhan")
    data = form({"section": port.pk, "limit": 2}, **wrong)
    editor = colleague(client, "change_wallrules")
    answer = editor.post(address(), data, headers={"accept-language": "en"})
    assert says in answer.content.decode()
    assert told() == []
    assert queries.policy() == WallPolicy(MeterPolicy(5, timedelta(days=30)))


def test_a_meter_of_no_stories_is_no_meter(client: Client) -> None:
    colleague(client, "change_wallrules").post(address(), form(stories=0, unregistered=""))
    assert queries.policy().meter is None


def test_the_newsstands_copy_follows_and_gates_are_pressed_anew_only_where_they_change(
    client: Client, paper: PressedPaper
) -> None:
    port = section("pelabuhan")
    paper.press_all()
    whole = paper.store.mark(WHOLE)
    manager = colleague(client, "change_wallrules")
    manager.post(address(), form({"section": port.pk, "limit": 2}))
    paper.tell(WallChanged())
    posted = paper.store.mark(WALL)
    assert posted is not None
    assert unpacked_wall(posted) == queries.policy()
    assert paper.store.mark(WHOLE) == whole
    assert paper.store.fragment("meter:id:0") is not None
    manager.post(address(), form(stories=0, unregistered=""))
    paper.tell(WallChanged())
    assert paper.store.mark(WHOLE) == b""
