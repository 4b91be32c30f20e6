"""Fronts: placing, ordering, pinning, and leaving by itself."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from tajuk.accounts.models import User
from tajuk.contracts.messages import FrontChanged, Message
from tajuk.newsroom.actions.publish_front import clear_fronts, publish_front
from tajuk.newsroom.actions.publish_story import publish_story
from tajuk.newsroom.actions.set_up_fronts import set_up_fronts
from tajuk.newsroom.models import Front, Placement, Section, Story
from tajuk.newsroom.rules.fronts import Placed, has_lapsed, standing
from tajuk.terms.ids import StoryId
from tests.newsroom.conftest import MakeStory

SignIn = Callable[[User], Client]
Told = Callable[[], list[Message]]

NOON = datetime(2026, 3, 10, 5, 0, tzinfo=UTC)
DAY = timedelta(hours=24)


def test_a_placed_story_leaves_by_itself_after_its_time_and_a_pinned_one_stays() -> None:
    place = Placed(StoryId(1), pinned=False, placed_at=NOON)
    assert not has_lapsed(place, now=NOON + DAY, lasts=DAY)  # its last moment is its own
    assert has_lapsed(place, now=NOON + DAY + timedelta(seconds=1), lasts=DAY)
    pinned = Placed(StoryId(2), pinned=True, placed_at=NOON)
    draft = Placed(StoryId(3), pinned=False, placed_at=None)
    places = [pinned, place, draft, pinned]
    assert standing(places, now=NOON + 10 * DAY, lasts=DAY) == (2, 3)


@pytest.fixture
def fronts(economy: Section, sport: Section) -> dict[str, Front]:
    set_up_fronts()
    rows = Front.objects.filter(language="id")
    return {
        "home": rows.get(section=None),
        "economy": rows.get(section=economy),
        "sport": rows.get(section=sport),
    }


def edit(front: Front) -> str:
    return reverse("wagtailsnippets_newsroom_front:edit", args=[front.pk])


def form(*rows: dict[str, Any], publish: bool = True) -> dict[str, Any]:
    """What the browser sends; each row is a placement: story, pinned, id."""
    sent: dict[str, Any] = {
        "placements-TOTAL_FORMS": len(rows),
        "placements-INITIAL_FORMS": sum(1 for row in rows if row.get("id")),
        "placements-MIN_NUM_FORMS": 0,
        "placements-MAX_NUM_FORMS": 1000,
        **({"action-publish": "1"} if publish else {}),
    }
    for number, row in enumerate(rows):
        sent |= {f"placements-{number}-{key}": value for key, value in row.items()}
        sent[f"placements-{number}-ORDER"] = number + 1
    return sent


def test_set_up_makes_every_front_once(economy: Section, sport: Section) -> None:
    assert set_up_fronts() == 6  # home and two sections, in two languages
    assert set_up_fronts() == 0


def test_an_editor_places_stories_in_order_and_their_time_begins(
    sign_in: SignIn, eko: User, santi: User, fronts: dict[str, Front], draft: MakeStory, told: Told,
    economy: Section,
) -> None:  # fmt: skip
    first, second = draft("Satu"), draft("Dua")
    sent = form({"story": second.pk, "pinned": "on"}, {"story": first.pk})
    told()
    assert sign_in(santi).post(edit(fronts["economy"]), sent).status_code == 302
    assert not Placement.objects.exists()  # another section's editor may not
    sign_in(eko).post(edit(fronts["economy"]), sent)
    places = list(fronts["economy"].placements.order_by("sort_order"))
    assert [(each.story, each.pinned) for each in places] == [(second, True), (first, False)]
    assert all(each.placed_at is not None for each in places)
    assert told() == [FrontChanged(economy.pk, "id")]


def test_the_home_front_is_the_whole_papers(
    sign_in: SignIn, eko: User, maya: User, fronts: dict[str, Front], draft: MakeStory, told: Told
) -> None:
    sent = form({"story": draft().pk})
    sign_in(eko).post(edit(fronts["home"]), sent)
    assert not Placement.objects.exists()
    told()
    sign_in(maya).post(edit(fronts["home"]), sent)
    assert Placement.objects.count() == 1
    assert told() == [FrontChanged(None, "id")]


def test_a_draft_of_a_front_changes_nothing_for_readers(
    sign_in: SignIn, eko: User, fronts: dict[str, Front], draft: MakeStory, told: Told
) -> None:
    told()
    sign_in(eko).post(edit(fronts["economy"]), form({"story": draft().pk}, publish=False))
    assert not Placement.objects.exists()
    assert told() == []
    fronts["economy"].refresh_from_db()
    assert fronts["economy"].live
    assert fronts["economy"].has_unpublished_changes


def test_a_front_refuses_the_other_edition_a_killed_story_and_the_same_story_twice(
    sign_in: SignIn, eko: User, fronts: dict[str, Front], draft: MakeStory, now: datetime
) -> None:
    english, twice = draft("Salt", language="en"), draft("Dua kali")
    killed = draft("Mati", killed_at=now, kill_reason="Keliru.")
    client = sign_in(eko)
    for rows in ([english], [killed], [twice, twice]):
        answer = client.post(edit(fronts["economy"]), form(*({"story": row.pk} for row in rows)))
        assert answer.status_code == 200
    assert not Placement.objects.exists()


def placed(front: Front, story: Story, *, at: datetime, pinned: bool = False) -> Placement:
    place: Placement = Placement.objects.create(
        front=front, story=story, placed_at=at, pinned=pinned
    )
    return place


def test_the_scheduler_clears_lapsed_places_once_and_tells_each_front(
    fronts: dict[str, Front], draft: MakeStory, now: datetime, told: Told, economy: Section
) -> None:
    old, pinned, fresh = draft("Lama"), draft("Dipaku"), draft("Baru")
    placed(fronts["economy"], old, at=now - DAY - timedelta(minutes=1))
    placed(fronts["economy"], pinned, at=now - 9 * DAY, pinned=True)
    placed(fronts["economy"], fresh, at=now)
    told()
    assert clear_fronts(now) == 1
    assert told() == [FrontChanged(economy.pk, "id")]
    assert clear_fronts(now) == 0
    assert told() == []
    assert set(Placement.objects.values_list("story", flat=True)) == {pinned.pk, fresh.pk}


def test_a_killed_story_leaves_its_place_even_when_pinned(
    fronts: dict[str, Front], draft: MakeStory, now: datetime
) -> None:
    story = draft()
    placed(fronts["home"], story, at=now, pinned=True)
    Story.objects.filter(pk=story.pk).update(killed_at=now, kill_reason="Keliru.")
    assert clear_fronts(now) == 1


def test_saving_a_front_again_does_not_keep_a_story_there_longer(
    fronts: dict[str, Front], draft: MakeStory, now: datetime, maya: User, rina: User
) -> None:
    story = draft()
    publish_story(story, acting_user=maya, now=now)
    placed(fronts["home"], story, at=now - timedelta(hours=5))
    front = Front.objects.get(pk=fronts["home"].pk)
    revision = front.save_revision()
    with pytest.raises(PermissionDenied):
        publish_front(revision, acting_user=rina, now=now)
    publish_front(revision, acting_user=maya, now=now)
    assert front.placements.get().placed_at == now - timedelta(hours=5)


def test_nobody_adds_or_deletes_a_front(
    sign_in: SignIn, maya: User, fronts: dict[str, Front]
) -> None:
    client = sign_in(maya)
    delete = reverse("wagtailsnippets_newsroom_front:delete", args=[fronts["home"].pk])
    assert client.post(delete).status_code == 302
    assert Front.objects.filter(pk=fronts["home"].pk).exists()
    assert client.get(reverse("wagtailsnippets_newsroom_front:add")).status_code == 302
