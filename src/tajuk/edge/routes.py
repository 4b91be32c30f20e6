"""Who answers which path: the one place that says so."""

import re
from enum import Enum

from tajuk.terms.language import Language

LONGEST_PATH = 2048

_DESK_WORDS = frozenset({"desk", "account", "search"})
"""First words of what Django answers each time: the desk, and pages made for one asking."""
_TAGS = frozenset(language.value for language in Language)
_UNSPEAKABLE = re.compile(r"[\x00-\x1f\x7f\ufffd\ud800-\udfff]")


class Counter(Enum):
    """Where a request is served."""

    PRESSED = "pressed"
    """From the store; by the desk, once, if it isn't there."""
    DESK = "desk"
    """By Django, each time."""
    STATIC = "static"
    MEDIA = "media"
    HEALTH = "health"


_BY_WORD = {
    "static": Counter.STATIC,
    "media": Counter.MEDIA,
    "healthz": Counter.HEALTH,
    **dict.fromkeys(_DESK_WORDS, Counter.DESK),
}


def counter_for(path: str) -> Counter:
    """Where this path, already decoded, is served. Query strings mean nothing to a page."""
    words = path.split("/", 3)
    counter = _BY_WORD.get(words[1])
    if counter is None:
        if words[1] in _TAGS and len(words) > 2 and words[2] in _DESK_WORDS:  # noqa: PLR2004  /en/search
            return Counter.DESK
        return Counter.PRESSED
    if counter is Counter.HEALTH and len(words) > 2:  # noqa: PLR2004  only /healthz itself
        return Counter.PRESSED
    return counter


def is_desk(path: str) -> bool:
    """Whether this is the editors' own desk, which sets its own policy for scripts."""
    return path == "/desk" or path.startswith("/desk/")


def is_speakable(path: str) -> bool:
    """Whether a path could be anybody's: it begins with a slash, was valid UTF-8, holds no control character.

    Servers put U+FFFD where the bytes were not UTF-8.
    """
    if not path.startswith("/"):
        return False
    return (path.isascii() and path.isprintable()) or _UNSPEAKABLE.search(path) is None


def other_form(path: str) -> str:
    """The path with its last slash, if it has none; without, if it has."""
    return path.rstrip("/") or "/" if path.endswith("/") else f"{path}/"
