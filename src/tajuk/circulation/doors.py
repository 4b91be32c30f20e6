"""Account pages: the engine's views and ours, opened in the paper's dress. Without a script, kept by no cache."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import wraps
from typing import Any, TypeVar
from urllib.parse import urlencode

from allauth.account.decorators import reauthentication_required
from allauth.account.internal.flows.reauthentication import (
    get_reauthentication_flows,
)
from django.conf import settings
from django.contrib.messages import get_messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.middleware.csrf import get_token
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext

from tajuk.accounts.mail import UNSENT
from tajuk.accounts.models import User
from tajuk.circulation import queries
from tajuk.circulation.actions import sign_out
from tajuk.circulation.confirming import was_confirmed
from tajuk.circulation.rules import held_until, way_on
from tajuk.circulation.session import has_pass, session_of
from tajuk.circulation.signing_in import begin
from tajuk.circulation.types import Dressed
from tajuk.contracts.pages import Standing
from tajuk.edge.house_headers import STRICT_POLICY
from tajuk.paywall.types import Entitlement
from tajuk.terms.clock import now as read_clock
from tajuk.terms.routes import language_of

logger = logging.getLogger(__name__)
WAIT_SECONDS = 300
"""What who tried too often is told to wait."""
_GOOGLE = "https://accounts.google.com"
_FOUND, _SEE_OTHER, _TOO_MANY = 302, 303, 429

_Response = TypeVar("_Response", bound=HttpResponseBase)
View = Callable[..., HttpResponseBase]


@dataclass(frozen=True, slots=True)
class AccountPage:
    """What every account page knows: its title, notes to the reader, and where the reader goes on."""

    title: str
    notes: tuple[tuple[str, str], ...]
    """Kind (“success”, “error” …) and text."""
    next: str
    """A path of ours, or empty."""
    has_google: bool
    reader: User | None


@dataclass(frozen=True, slots=True)
class Door:
    """How a view is opened to readers."""

    title: str | Promise
    is_entrance: bool = False
    """On the way in: where the reader goes on is looked at, and never leads elsewhere or to the desk."""
    is_guarded: bool = False
    """Who signed in long ago proves once more who they are."""


def opened(view: View, door: Door, *, dressed: Dressed) -> View:
    """The view as a door: what it answers is dressed, sent privately, and comes with a pass for who lost theirs."""

    # The engine asks who has a password or a second factor; `_detour` asks the others.
    guarded = reauthentication_required(app="allauth.account")(view) if door.is_guarded else view

    @wraps(view)
    def answer(request: HttpRequest, **parts: Any) -> HttpResponseBase:
        onward = _only_our_own_next(request) if door.is_entrance else ""
        if door.is_guarded and (detour := _detour(request)):
            return _private(detour)
        try:
            response = guarded(request, **parts)
            if isinstance(response, TemplateResponse) and not response.is_rendered:
                response = _dressed(request, response, door, onward, dressed)
        except UNSENT:
            logger.exception("letter_not_sent")
            response = _unsent(request, dressed)
        if response.status_code == _FOUND and request.method == "POST":
            response.status_code = _SEE_OTHER  # whatever was asked, the way on is a GET
        _keep_pass(request)
        return _private(response)

    return answer


def page(
    request: HttpRequest, template: str, context: Mapping[str, Any], *, title: str, dressed: Dressed,
    status: int = 200, onward: str = "",
) -> HttpResponse:  # fmt: skip
    """An account page in the paper's dress. `context` is the template's own; it has `page` besides."""
    language, within = language_of(request.path, settings.PAPER)
    reader = request.user if isinstance(request.user, User) else None
    moment = read_clock()
    view = AccountPage(
        title=title,
        notes=tuple((str(each.level_tag), str(each)) for each in get_messages(request)),
        next=onward,
        has_google=bool(settings.PAPER.google_client_id),
        reader=reader,
    )
    html = dressed(
        template, {**context, "page": view, "csrf_token": get_token(request)}, language=language,
        within=within + (f"?{urlencode({'next': onward})}" if onward else ""), title=title,
        standing=_standing(reader), now=moment,
    )  # fmt: skip
    response = HttpResponse(html, status=status, headers={"Content-Language": language.value})
    if view.has_google and reader is None:
        # The button's form ends at Google, and browsers follow the policy there.
        allowed = STRICT_POLICY.replace("form-action 'self'", f"form-action 'self' {_GOOGLE}")
        response["Content-Security-Policy"] = allowed
    return response


def too_many(request: HttpRequest, *, dressed: Dressed) -> HttpResponse:
    """Said to who asks too often."""
    response = page(
        request, "account/too_many.html", {}, title=gettext("Too many tries"), dressed=dressed,
        status=_TOO_MANY,
    )  # fmt: skip
    response["Retry-After"] = str(WAIT_SECONDS)
    return response


def stale_form(request: HttpRequest, *, dressed: Dressed) -> HttpResponse:
    """A form that stood open until its token was no longer good, or came from elsewhere. Nothing was done."""
    if isinstance(request.user, User):
        return see_other("account_mine")
    onward = way_on(request.POST.get("next", ""))
    response = page(
        request, "account/stale.html", {}, title=gettext("Please try again"), dressed=dressed,
        status=403, onward=onward,
    )  # fmt: skip
    return _private(response)


def see_other(name: str, *, query: str = "") -> HttpResponse:
    """On to an account page, by its name."""
    response = HttpResponseRedirect(reverse(name) + query)
    response.status_code = _SEE_OTHER
    return _private(response)


def _dressed(
    request: HttpRequest, response: TemplateResponse, door: Door, onward: str, dressed: Dressed
) -> HttpResponse:
    names: Any = response.template_name  # one, or several to choose from
    template = names if isinstance(names, str) else names[0]
    context = response.context_data or {}
    said = context.get("form")
    slow = (
        said is not None and said.is_bound and said.has_error("__all__", "too_many_login_attempts")
    )
    made = page(
        request, template, context, title=str(door.title), dressed=dressed,
        status=_TOO_MANY if slow else response.status_code, onward=onward,
    )  # fmt: skip
    if slow:
        made["Retry-After"] = str(WAIT_SECONDS)
    return made


def _unsent(request: HttpRequest, dressed: Dressed) -> HttpResponse:
    response = page(
        request, "account/unsent.html", {}, title=gettext("No mail just now"), dressed=dressed, status=503
    )  # fmt: skip
    response["Retry-After"] = "60"
    return response


def _standing(reader: User | None) -> Standing:
    if reader is None:
        return Standing.UNKNOWN
    moment = read_clock()
    held = queries.reader_row(reader.pk, now=moment).entitlements
    subscribes = held_until(held, Entitlement.PREMIUM, now=moment)[0]
    return Standing.SUBSCRIBER if subscribes else Standing.SIGNED_IN


def _only_our_own_next(request: HttpRequest) -> str:
    """Where the reader goes on; what leads elsewhere is taken out of the request, so that nobody follows it."""
    given = request.POST if request.method == "POST" else request.GET
    onward = way_on(given.get("next", ""))
    for name in ("GET", "POST"):
        values = getattr(request, name).copy()
        values.pop("next", None)
        if onward and getattr(request, name) is given:
            values["next"] = onward
        setattr(request, name, values)
    return onward


def _detour(request: HttpRequest) -> HttpResponse | None:
    """The way to prove once more who one is; None for who has just done so, or isn't signed in.

    Who has a password or a second factor is asked for it by the engine; who has neither gets a code by mail.
    """
    user = request.user
    if not isinstance(user, User) or get_reauthentication_flows(user) or was_confirmed(request):
        return None
    there = request.path if request.method == "GET" else reverse("account_mine")
    return see_other("account_confirm_by_code", query=f"?{urlencode({'next': there})}")


def _keep_pass(request: HttpRequest) -> None:
    """A pass for a browser without one: who lost it, or has changed the password just now."""
    user = request.user
    if not isinstance(user, User) or hasattr(request, "_reader_pass"):
        return
    moment = read_clock()
    session = session_of(request)
    if has_pass(request, user.pk) and queries.is_signed_in(user.pk, session, now=moment):
        return
    begin(request, user, now=moment)
    if session:
        # After the session is of the new sign-in: another tab's request closes what is of an ended one.
        request.session.save()
        sign_out(session, now=moment, here=request.session.session_key)


def _private(response: _Response) -> _Response:
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    return response
