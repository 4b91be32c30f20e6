"""Keeps the page store whole: presses everything anew when the store was lost or the dress has changed.

Runs in a thread of the worker's process, so that messages go on being delivered and the clock ticks meanwhile. Until
the store is whole, the newsstand asks the desk for what isn't there yet.
"""

import hashlib
import logging
import threading
from functools import cache
from pathlib import Path

from django.db import connections

from tajuk.circulation import queries as circulation
from tajuk.contracts.pages import WHOLE
from tajuk.outbox.queries import still_here
from tajuk.press.readers import press_readers
from tajuk.press.whole import press_all
from tajuk.site.press_room import store
from tajuk.terms.clock import now

LOOK_EVERY_SECONDS = 2.0
_PACKAGE = Path(__file__).resolve().parent.parent
_MADE_FROM = ("*/templates/**/*.html", "*/static/**/*", "press/**/*.py", "*/locale/**/*.mo")

log = logging.getLogger(__name__)


def keep_whole(stop: threading.Event) -> None:
    """Looks every two seconds, until `stop` is set."""
    while not stop.is_set():
        try:
            make_whole()
            forget_old_news()
        except Exception:
            # The database may be away, or the disk full: nothing is lost, it is tried again.
            log.exception("store_not_rebuilt")
        finally:
            connections.close_all()
        stop.wait(LOOK_EVERY_SECONDS)


def make_whole() -> bool:
    """Presses everything if the store lacks it or has it in an older dress; whether that was so.

    Readers first: without their rows, passes are not renewed and revocations are not known.
    """
    made_from = fingerprint()
    if store().mark(WHOLE) == made_from.encode():
        return False
    moment = now()
    log.info("store_rebuild_started")
    press_readers(store(), circulation.active_reader_ids(now=moment), now=moment)
    pages = press_all(store(), now=moment, made_from=made_from)
    log.info("store_rebuilt", extra={"pages": pages})
    return True


def forget_old_news() -> None:
    """Takes back what was announced and has left the outbox unseen, after a crash between the two."""
    announced = store().announced()
    if announced:
        store().delivered(set(announced) - still_here(announced))


@cache
def fingerprint() -> str:
    """Of the templates, words and code that pages are pressed with."""
    told = hashlib.sha256()
    for pattern in _MADE_FROM:
        for path in sorted(_PACKAGE.glob(pattern)):
            if path.is_file():
                told.update(str(path.relative_to(_PACKAGE)).encode())
                told.update(path.read_bytes())
    return told.hexdigest()[:32]
