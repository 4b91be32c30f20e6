"""What tests of the press look at: the store of a paper, read as a reader nobody knows would."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from tajuk.contracts.messages import Message
from tajuk.edge.assembly import Answer
from tajuk.press.run import Run
from tajuk.press.whole import press_all
from tajuk.site import press_room
from tajuk.site.flow import FLOW
from tajuk.store import PageStore
from tests.standing_matter import NOON


@dataclass(frozen=True)
class PressedPaper:
    """A paper's store, and short words for what tests do with it."""

    store: PageStore

    def press_all(self, now: datetime = NOON) -> int:
        """Everything, as `tajuk press --all` does."""
        return press_all(self.store, now=now, made_from="the tests")

    def tell(self, *messages: Message) -> None:
        """Takes messages to their steps one after another, as the worker does when little happens."""
        for message in messages:
            for step in FLOW[type(message)]:
                for _ in step([message]) or ():
                    """Whatever could wait, too."""

    def press(self, *paths: str) -> None:
        """These paths."""
        run = Run(self.store, now=NOON)
        run.add_paths(paths)
        run.commit()

    def answer(self, path: str) -> Answer:
        """What the newsstand answers; fails when the path isn't pressed."""
        found = press_room.rack().answer(path, now=NOON)
        assert found is not None, f"{path} is not pressed"
        return found

    def read(self, path: str) -> str:
        """The page's text."""
        return self.answer(path).body.decode(errors="replace")

    def status(self, path: str) -> int:
        """The page's status."""
        return self.answer(path).status

    def headers(self, path: str) -> dict[str, str]:
        """The page's headers."""
        return {name.decode(): value.decode() for name, value in self.answer(path).headers}

    def pages_that_say(self, text: str) -> list[str]:
        """Every path in the store at which a reader would meet this text."""
        return [path for path in self.store.paths("/") if text in self.read(path)]


@contextmanager
def pressed_paper() -> Iterator[PressedPaper]:
    """The press room of `settings.PAPER`, opened and closed."""
    press_room.store.cache_clear()
    press_room.rack.cache_clear()
    store = press_room.store()
    try:
        yield PressedPaper(store)
    finally:
        store.close()
        press_room.store.cache_clear()
        press_room.rack.cache_clear()
