"""The rules of arrival: what is done with an item, and whether its story goes live. Pure."""

import hashlib
import json
from datetime import datetime
from enum import StrEnum
from typing import assert_never

from tajuk.contracts.incoming import IncomingStory, Standing
from tajuk.wire.fields import Object
from tajuk.wire.types import Fate, Known, Step


class Wish(StrEnum):
    """What whoever imports wants of the stories."""

    AS_SENT = "as sent"
    PUBLISH = "publish"
    DRAFT = "draft"


def digest_of(item: Object, *settings: str) -> str:
    """A short name for exactly this content under these settings: the same again changes nothing."""
    content = json.dumps([item, *settings], sort_keys=True, separators=(",", ":"))
    return hashlib.blake2b(content.encode("ascii"), digest_size=16).hexdigest()


def step_of(story: IncomingStory, digest: str, known: Known | None) -> Step:
    """What is to be done with a story that arrives."""
    match story.standing:
        case Standing.CANCELED:
            if known is None:
                return Step.SKIP
            return Step.LEAVE if known.digest == digest else Step.KILL
        case Standing.USABLE | Standing.WITHHELD:
            if known is None:
                return Step.MAKE
            return Step.LEAVE if known.digest == digest else Step.CHANGE
        case _:
            assert_never(story.standing)


def fate_of(story: IncomingStory, wish: Wish, *, now: datetime) -> Fate:
    """Whether a story that arrives goes live at once."""
    if story.standing is Standing.WITHHELD:
        return Fate(live=False, why_not="its sender withholds it")
    if wish is Wish.DRAFT:
        return Fate(live=False)
    if story.embargo_until is not None and now < story.embargo_until:
        return Fate(
            live=False, why_not=f"under embargo until {story.embargo_until:%Y-%m-%d %H:%M} UTC"
        )
    if story.expire_at is not None and story.expire_at <= now:
        return Fate(live=False, why_not="its time is over")
    if story.published_at is None:
        live = wish is Wish.PUBLISH
        return Fate(live=live, why_not="" if live else "it has no time of publication")
    if story.published_at > now:
        return Fate(live=False, why_not="its time of publication is still to come")
    return Fate(live=True)
