"""Pressing what somebody asks for before it was pressed."""

from datetime import datetime

from tajuk.press.finding import Here, what_stands_at
from tajuk.press.page import Written
from tajuk.press.run import Run
from tajuk.store import PageStore


def press_path(store: PageStore, path: str, *, now: datetime) -> Here:
    """What stands at one path, for somebody who asks for it before it was pressed; see `finding`.

    A page is put into the store; where it moved or that nothing is there is only said: anybody may ask for
    any number of such paths.
    """
    run = Run(store, now=now)
    found = what_stands_at(path, run.stock)
    if isinstance(found, Written):
        run.add(found)
        run.commit()
    return found
