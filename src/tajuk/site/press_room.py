"""The press room of this process: its page store, and pressing what is asked for, once."""

import fcntl
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import cache

from django.conf import settings

from tajuk.edge.assembly import Rack
from tajuk.press import keys
from tajuk.press.finding import Here, Nothing
from tajuk.press.on_demand import press_path
from tajuk.press.run import Run
from tajuk.store import PageStore
from tajuk.terms.language import Language

_LOCKS = 64


@cache
def store() -> PageStore:
    """This process's door to the page store."""
    return PageStore.open(settings.PAPER.store_path)


@cache
def rack() -> Rack:
    """The newsstand's own way to make an answer of a pressed page."""
    return Rack(store())


def press_once(path: str, *, now: datetime) -> Here | None:
    """Presses what stands at a path; None if it is pressed already, by whoever was quicker.

    One thread of one process presses a path at a time: the others wait and find it in the store.
    """
    with _alone(path):
        if rack().is_whole(path):
            return None
        found = press_path(store(), path, now=now)
        if isinstance(found, Nothing):
            _have_not_here(found.language, now)
        return found


def _have_not_here(language: Language, now: datetime) -> None:
    if not rack().is_whole(keys.not_here(language)):
        run = Run(store(), now=now)
        run.not_here(language)
        run.commit()


@contextmanager
def _alone(path: str) -> Iterator[None]:
    """Holds one of a few lock files. Each opening locks by itself, so threads wait for each other too."""
    folder = settings.PAPER.var / "run"
    folder.mkdir(parents=True, exist_ok=True)
    name = f"press-{zlib.crc32(path.encode()) % _LOCKS}.lock"
    with (folder / name).open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
