"""A page pressed for somebody who asks, while the paper goes on."""

from collections.abc import Callable
from typing import Any

import pytest
from tests.pressed_paper import PressedPaper
from tests.standing_matter import NOON, story

from tajuk.contracts.messages import StoryKilled
from tajuk.newsroom.models import Story
from tajuk.press.on_demand import press_path
from tajuk.store import PageStore
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
