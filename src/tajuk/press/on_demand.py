"""Pressing what somebody asks for before it was pressed."""

from datetime import datetime

from tajuk.press.finding import Here, what_stands_at
from tajuk.press.page import Written
from tajuk.press.run import Run
from tajuk.store import PageStore

_TRIES = 3


def press_path(store: PageStore, path: str, *, now: datetime) -> Here:
    """What stands at one path, for somebody who asks for it before it was pressed; see `finding`.

    A page is put into the store; where it moved or that nothing is there is only said: anybody may ask for
    any number of such paths.
    """
    for _ in range(_TRIES):
        run = Run(store, now=now)
        found = what_stands_at(path, run.stock)
        if not isinstance(found, Written):
            break
        run.add(found)
        run.commit()
        # A run that began meanwhile looked for the pages of its story before this one was there: a killed
        # story's teaser would stay on it. Whoever reads again now sees what that run was told of.
        if store.next_run() == run.number + 1:
            break
    return found
