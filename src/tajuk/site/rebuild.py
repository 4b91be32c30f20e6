"""Keeps the page store whole: presses everything anew when the store was lost or the dress has changed.

Runs in a thread of the worker's process, so that messages go on being delivered and the clock ticks meanwhile. Until
the store is whole, the newsstand asks the desk for what isn't there yet.
"""

import hashlib
import logging
import threading
from functools import cache
from pathlib import Path

from django.conf import settings
from django.db import connections

from tajuk.circulation import queries as circulation
from tajuk.contracts.pages import WHOLE
from tajuk.outbox.queries import still_here
from tajuk.press.readers import press_readers
from tajuk.press.run import Run
from tajuk.press.whole import pressing_all
from tajuk.site.press_room import store
from tajuk.terms.clock import now

LOOK_EVERY_SECONDS = 2.0
_AT_A_TIME = 500
_PACKAGE = Path(__file__).resolve().parent.parent
_MADE_FROM = (
    "*/templates/**/*.html", "*/static/**/*", "*/locale/**/*.mo", "channels/**/*.py", "contracts/pages.py",
    "discovery/**/*.py", "epaper/**/*.py", "newsroom/queries/**/*.py", "newsroom/rules/**/*.py",
    "pictures/queries*", "press/**/*.py", "terms/**/*.py",
)  # fmt: skip
_OF_THE_PAPERS_OWN = ("settings.py", "templates/**/*")
_SETTINGS = (
    "name", "address", "languages", "time_zone", "taglines", "publisher", "email", "google_news_url",
    "whatsapp_channel_url", "front_placement_hours", "meter_stories", "meter_days",
)  # fmt: skip

log = logging.getLogger(__name__)


def keep_whole(stop: threading.Event) -> None:
    """Looks every two seconds, until `stop` is set."""
    while not stop.is_set():
        try:
            make_whole(stop)
            forget_old_news()
        except Exception:
            # The database may be away, or the disk full: nothing is lost, it is tried again.
            log.exception("store_not_rebuilt")
        finally:
            connections.close_all()
        stop.wait(LOOK_EVERY_SECONDS)


def make_whole(stop: threading.Event | None = None) -> bool:
    """Presses everything if the store lacks it or has it in an older dress; whether that was so.

    Readers first: without their rows, passes are not renewed and revocations are not known. Once `stop` is set, the
    step in hand is finished and the rest is left to the next start.
    """
    made_from = fingerprint()
    if store().mark(WHOLE) == made_from.encode():
        return False
    moment = now()
    log.info("store_rebuild_started")
    identity = store().identity()
    # What is asked for meanwhile may be of an edition, or at an address, that the old pages know nothing of.
    Run(store(), now=moment).mark_whole("", only_in=identity)
    press_readers(store(), circulation.active_reader_ids(now=moment), now=moment)
    pages = 0
    for some in pressing_all(store(), now=moment, made_from=made_from, identity=identity):
        pages += some
        if stop is not None and stop.is_set():
            log.info("store_rebuild_left", extra={"pages": pages})
            return True
    log.info("store_rebuilt", extra={"pages": pages})
    return True


def forget_old_news() -> None:
    """Takes back what was announced and has left the outbox unseen, after a crash between the two."""
    announced = store().announced()
    for start in range(0, len(announced), _AT_A_TIME):
        some = announced[start : start + _AT_A_TIME]
        store().delivered(set(some) - still_here(some))


@cache
def fingerprint() -> str:
    """Of the templates, words, code and settings that pages are pressed with, ours and the newspaper's own."""
    paper = settings.PAPER
    told = hashlib.sha256(repr([str(getattr(paper, each)) for each in _SETTINGS]).encode())
    for folder, patterns in ((_PACKAGE, _MADE_FROM), (paper.folder, _OF_THE_PAPERS_OWN)):
        for path in sorted(each for pattern in patterns for each in folder.glob(pattern)):
            if path.is_file():
                told.update(str(path.relative_to(folder)).encode())
                told.update(path.read_bytes())
    return told.hexdigest()[:32]
