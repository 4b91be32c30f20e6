"""What the browser has to know to keep unsent text: who is signed in, and which text the desk has got.

The text itself stays in the browser (`static/newsroom/desk/unsent.js`); here only the two cookies are set.
"""

import re
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponseBase

USER_COOKIE = "desk_user"
SENT_COOKIE = "desk_sent"
_PATH = "/desk/"
_SENT = re.compile(r"[0-9A-Za-z-]{1,60}\.[0-9]{1,9}")
_FOR = 24 * 60 * 60
_MOST = 20


def note_as_saved(request: HttpRequest, _thing: Any) -> None:
    """Wagtail's hook after it has saved a form: the answer will say so."""
    request.has_been_saved = True  # type: ignore[attr-defined]


class TellTheBrowser:
    """Middleware: tells the desk's script who is signed in, and which unsent text has been saved.

    Only a form that was sent by its button is acknowledged: while Wagtail saves a draft by itself the editor may be
    typing, and the script learns of that from the answer.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        """As Django calls it."""
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The response, with the two cookies where they are due."""
        response = self._get_response(request)
        if not request.path.startswith(_PATH) or getattr(request, "is_preview", False):
            return response
        user = getattr(request, "user", None)
        signed_in = str(user.pk) if user is not None and user.is_authenticated else ""
        if request.COOKIES.get(USER_COOKIE, "") != signed_in:
            self._set(request, response, USER_COOKIE, signed_in)
        sent = request.POST.get("unsent", "") if request.method == "POST" else ""
        by_button = "application/json" not in request.headers.get("Accept", "")
        if by_button and getattr(request, "has_been_saved", False) and _SENT.fullmatch(sent):
            before = request.COOKIES.get(SENT_COOKIE, "").split("+")
            known = [each for each in before if _SENT.fullmatch(each)]
            self._set(request, response, SENT_COOKIE, "+".join([*known[-_MOST:], sent]))
        return response

    def _set(self, request: HttpRequest, response: HttpResponseBase, name: str, value: str) -> None:
        if not value:
            response.delete_cookie(name, path=_PATH, samesite="Lax")
            return
        response.set_cookie(
            name, value, max_age=_FOR, path=_PATH, samesite="Lax", secure=request.is_secure()
        )
