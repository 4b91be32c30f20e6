"""A reader's sign-in in a browser: the pass in its cookie, and which sign-in Django's own session is of."""

from functools import cache
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

from tajuk.paywall.keyring import FILE_NAME, WatchedKeyRing, key_ring
from tajuk.paywall.passes import PASS_COOKIE, SESSION_LIFE, KeyRing, opened_pass, sealed_pass
from tajuk.paywall.types import ReaderPass
from tajuk.terms.clock import now

_KEY = "reader_session"


def session_of(request: HttpRequest) -> str:
    """The id of the sign-in; empty for somebody who came in through the desk's door, or not at all."""
    session = getattr(request, "session", None)
    return str(session.get(_KEY, "")) if session is not None else ""


def hand_out(request: HttpRequest, response: HttpResponseBase, reader_pass: ReaderPass) -> None:
    """Gives the browser its pass, and notes whose sign-in Django's session is of."""
    request.session[_KEY] = reader_pass.session
    response.set_cookie(
        PASS_COOKIE,
        sealed_pass(reader_pass, _ring()),
        max_age=SESSION_LIFE,
        secure=settings.PAPER.is_secure,
        httponly=True,
        samesite="Lax",
    )


def has_pass(request: HttpRequest, reader_id: int) -> bool:
    """Whether the browser holds a pass of this reader's sign-in. It may have run out: the newsstand renews it."""
    held = _held(request)
    return held is not None and (held.reader_id, held.session) == (reader_id, session_of(request))


def pass_session(request: HttpRequest) -> str:
    """The sign-in that the browser's pass is of; empty without one."""
    held = _held(request)
    return held.session if held is not None else ""


def take_back(response: HttpResponseBase) -> None:
    """Takes the pass out of the browser."""
    response.delete_cookie(PASS_COOKIE, samesite="Lax")


def _held(request: HttpRequest) -> ReaderPass | None:
    return opened_pass(request.COOKIES.get(PASS_COOKIE, "").encode(), _ring())


def _ring() -> KeyRing:
    return _watched(settings.PAPER.folder / FILE_NAME).ring


@cache
def _watched(path: Path) -> WatchedKeyRing:
    key_ring(path, now=now())  # made if it isn't there
    return WatchedKeyRing(path)
