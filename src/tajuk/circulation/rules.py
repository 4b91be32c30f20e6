"""Pure rules of circulation."""

import posixpath
import re
from collections.abc import Iterable
from datetime import datetime, timedelta
from urllib.parse import unquote, urlsplit

from django.utils.http import url_has_allowed_host_and_scheme

from tajuk.contracts.readers import Held
from tajuk.paywall.passes import milliseconds, moment_of
from tajuk.paywall.types import Entitlement

_LONGEST_NEXT = 2000
_NOT_FOR_READERS = frozenset({"desk", "account", "static", "media", "healthz"})
_PAYING = frozenset({"subscribe", "orders", "payments", "receipts", "gift", "seat", "give"})
"""What stands under an account and is met before signing in: in a letter, or at the wall."""
_STRANGE = re.compile(r"[\x00-\x20\x7f\\]")
_TAG = re.compile(r"[a-z]{2}")


def end_of_sign_ins(now: datetime) -> datetime:
    """The moment to write when every sign-in up to now ends: the next millisecond, for passes know no less."""
    return moment_of(milliseconds(now)) + timedelta(milliseconds=1)


def held_until(
    held: Iterable[Held], entitlement: Entitlement, *, now: datetime
) -> tuple[bool, datetime | None]:
    """Whether the entitlement holds now, and until when; None is open. Grants that follow each other are one."""
    of_it = [each for each in held if each.entitlement is entitlement]
    if not any(each.holds(now=now) for each in of_it):
        return False, None
    until = now
    while beyond := [each for each in of_it if each.holds(now=until)]:
        if any(each.ends_at is None for each in beyond):
            return True, None
        until = max(each.ends_at for each in beyond if each.ends_at is not None)
    return True, until


def way_on(asked: str) -> str:
    """Where a reader may go on after signing in: a page of this site for readers; else empty.

    Never elsewhere, and never to the desk, however it is spelled.
    """
    if not asked.startswith("/") or len(asked) > _LONGEST_NEXT or _STRANGE.search(asked):
        return ""
    if not url_has_allowed_host_and_scheme(asked, allowed_hosts=None):
        return ""
    path = urlsplit(asked).path
    while (plain := unquote(path)) != path:  # %2564esk is desk too, for whoever reads it twice
        path = plain
    if (
        _STRANGE.search(path)
        or "//" in path
        or posixpath.normpath(path) != (path.rstrip("/") or "/")
    ):
        return ""
    words = [word.casefold() for word in path.split("/") if word]
    if words and _TAG.fullmatch(words[0]):
        words = words[1:]
    if len(words) > 1 and words[0] == "account" and words[1] in _PAYING:
        return asked
    return "" if words and words[0].split(";")[0] in _NOT_FOR_READERS else asked
