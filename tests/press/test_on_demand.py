"""A page pressed for somebody who asks, while the paper goes on."""

from collections.abc import Callable
from typing import Any

import pytest
from tests.pressed_paper import PressedPaper
from tests.standing_matter import NOON, story
from tests.store.test_damage import harm

from tajuk.contracts.messages import StoryKilled
from tajuk.contracts.pages import Standing, Tail, account_key, tail_key
from tajuk.newsroom.models import Story
from tajuk.press import keys
from tajuk.press.on_demand import press_path
from tajuk.site.press_room import press_once, rack
from tajuk.store import PageStore, fragment_key
from tajuk.store.keys import plan_key
from tajuk.terms.ids import StoryId

pytestmark = pytest.mark.django_db


class StoreOfABusyPaper:
    """The paper's own store; between the reading for its first batch and the writing, something happens."""

    def __init__(self, store: PageStore, meanwhile: Callable[[], None]) -> None:
        self._store = store
        self._meanwhile: Callable[[], None] | None = meanwhile

    def batch(self, *given: Any, **named: Any) -> Any:
        """As the store does, a moment later."""
        meanwhile, self._meanwhile = self._meanwhile, None
        if meanwhile:
            meanwhile()
        return self._store.batch(*given, **named)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)


def test_a_story_killed_while_a_page_with_its_teaser_is_pressed_is_not_left_on_it(
    paper: PressedPaper,
) -> None:
    wrong = story("Kabar keliru", topics=["kopi"])
    neighbour = story("Tetangga", topics=["kopi"])

    def kill() -> None:
        Story.objects.filter(pk=wrong.pk).update(live=False, killed_at=NOON, kill_reason="Palsu.")
        paper.tell(StoryKilled(StoryId(wrong.pk)))

    store: Any = StoreOfABusyPaper(paper.store, kill)
    path = f"/maritim/2026/03/10/{neighbour.pk}/tetangga"
    press_path(store, path, now=NOON)
    page = paper.read(path)
    assert "Tetangga" in page
    assert "Kabar keliru" not in page


def test_a_page_that_is_damaged_in_any_of_its_parts_is_pressed_anew_for_who_asks(
    paper: PressedPaper,
) -> None:
    one = story("Kapal tiba", access="premium")
    paper.press_all()
    path = f"/maritim/2026/03/10/{one.pk}/kapal-tiba"
    page = paper.read(path)
    assert press_once(path, now=NOON) is None, "it is pressed"
    for key in (
        plan_key(path),
        fragment_key(keys.body(path)),
        fragment_key(account_key("id", "/maritim", Standing.SUBSCRIBER)),
        fragment_key(tail_key("id", "/maritim", Tail.OPENING)),
    ):
        harm(paper.store, key, 60)
        assert not rack().is_whole(path)

        press_once(path, now=NOON)

        assert rack().is_whole(path), key
        assert paper.read(path) == page
