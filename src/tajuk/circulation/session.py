"""A reader's sign-in in a browser: the pass in its cookie, and which sign-in Django's own session is of."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponseBase

from tajuk.circulation.models import ReaderSession
from tajuk.paywall.keyring import FILE_NAME, WatchedKeyRing, key_ring
from tajuk.paywall.passes import PASS_COOKIE, SESSION_LIFE, KeyRing, opened_pass, sealed_pass
from tajuk.paywall.types import ReaderPass
from tajuk.terms.clock import now

_KEY = "reader_session"


def session_of(request: HttpRequest) -> str:
    """The id of the sign-in; empty for somebody who came in through the desk's door, or not at all."""
    session = getattr(request, "session", None)
    return str(session.get(_KEY, "")) if session is not None else ""


def hand_over(request: HttpRequest, reader_pass: ReaderPass) -> None:
    """The pass goes out with the answer to this request; Django's session is of its sign-in from now on."""
    request.session[_KEY] = reader_pass.session
    request._reader_pass = reader_pass  # type: ignore[attr-defined]  # noqa: SLF001  ours, for HandOutPasses


def lay_down(request: HttpRequest) -> None:
    """The pass is taken out of the browser with the answer to this request."""
    request._reader_pass = None  # type: ignore[attr-defined]  # noqa: SLF001  ours, for HandOutPasses


class HandOutPasses:
    """Middleware: puts the pass of who has just signed in into the browser, and takes it out of who signed out."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        """As Django calls it."""
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The response, with a cookie where something happened."""
        response = self._get_response(request)
        if not hasattr(request, "_reader_pass"):
            return response
        if request._reader_pass is None:  # noqa: SLF001
            response.delete_cookie(PASS_COOKIE, samesite="Lax")
        else:
            response.set_cookie(
                PASS_COOKIE,
                sealed_pass(request._reader_pass, _ring()),  # noqa: SLF001
                max_age=SESSION_LIFE,
                secure=settings.PAPER.is_secure,
                httponly=True,
                samesite="Lax",
            )
        return response


class CloseEndedSignIns:
    """Middleware: whose sign-in was ended elsewhere is signed out here, at the desk too.

    The session's key may have changed since the sign-in, as Wagtail does when a colleague saves their settings, so
    deleting the session by its key isn't enough. One query where somebody is signed in.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        """As Django calls it."""
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The response, to nobody where the sign-in has ended."""
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            ours = session_of(request)
            if ours and ReaderSession.objects.filter(session=ours, ended_at__isnull=False).exists():
                logout(request)
        return self._get_response(request)


def has_pass(request: HttpRequest, reader_id: int) -> bool:
    """Whether the browser holds a pass of this reader's sign-in. It may have run out: the newsstand renews it."""
    held = _held(request)
    return held is not None and (held.reader_id, held.session) == (reader_id, session_of(request))


def pass_session(request: HttpRequest) -> str:
    """The sign-in that the browser's pass is of; empty without one."""
    held = _held(request)
    return held.session if held is not None else ""


def _held(request: HttpRequest) -> ReaderPass | None:
    return opened_pass(request.COOKIES.get(PASS_COOKIE, "").encode(), _ring())


def _ring() -> KeyRing:
    return _watched(settings.PAPER.folder / FILE_NAME).ring


@cache
def _watched(path: Path) -> WatchedKeyRing:
    key_ring(path, now=now())  # made if it isn't there
    return WatchedKeyRing(path)
