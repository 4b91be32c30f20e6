"""Plain text out of what arrives: one spelling of white space, nothing a database or an HTML parser chokes on."""

import re
from html import unescape

_UNWANTED = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_WHITE = re.compile(r"\s+")
_TAG = re.compile(r"<[^<>]*>")


def storable(text: str) -> str:
    """Without control characters and halves of surrogate pairs, which PostgreSQL and UTF-8 refuse."""
    return _UNWANTED.sub("", text)


def one_line(text: str) -> str:
    """Storable, on one line, without white space at its ends."""
    return _WHITE.sub(" ", storable(text)).strip()


def without_tags(html: str) -> str:
    """The words of a piece of HTML, on one line."""
    return one_line(unescape(_TAG.sub(" ", html)))


def shortened(text: str, longest: int) -> str:
    """At most `longest` characters, cut at a word, with an ellipsis where something was cut."""
    if len(text) <= longest:
        return text
    cut = text[: longest - 1]
    at_a_word = cut[: cut.rfind(" ")] if " " in cut[longest // 2 :] else cut
    return at_a_word.rstrip(" ,;:-–—") + "…"
