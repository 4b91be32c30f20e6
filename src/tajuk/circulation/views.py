"""Doors for readers: sign in, my account, sign out. In the paper's dress, without a script, kept by no cache."""

from datetime import datetime, timedelta
from functools import partial
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import authenticate, login, logout
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.middleware.csrf import get_token
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tajuk.accounts.models import User
from tajuk.circulation import actions, queries, tries
from tajuk.circulation.errors import SignInEndedError
from tajuk.circulation.models import Grant
from tajuk.circulation.rules import held_until, way_on
from tajuk.circulation.session import hand_out, has_pass, pass_session, session_of, take_back
from tajuk.circulation.types import (
    Doors,
    Dressed,
    HeldView,
    MyAccountView,
    SignInView,
    TopicChoice,
)
from tajuk.contracts.pages import Standing
from tajuk.contracts.readers import Held
from tajuk.newsroom import queries as newsroom
from tajuk.paywall.types import Entitlement
from tajuk.terms import addresses
from tajuk.terms.clock import now as read_clock
from tajuk.terms.ids import TopicId
from tajuk.terms.language import Language

TOPICS_SHOWN = 24
"""The busiest topics, for a reader to choose from, beside those followed already."""
_BUSY_FOR = timedelta(days=90)
_LONGEST_EMAIL = 254
_LONGEST_PASSWORD = 1000
_NOT_TOGETHER = gettext_lazy(
    "That address and password don’t belong together. Look at both and try again."
)
_TOO_MANY = gettext_lazy("Too many tries. Wait five minutes, then try again.")
_STALE = gettext_lazy(
    "This page had been open for too long. Please sign in again; cookies must be allowed."
)


@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest, *, language: Language, dressed: Dressed) -> HttpResponseBase:
    """The form, and signing in with it."""
    moment = read_clock()
    onward = way_on((request.POST if request.method == "POST" else request.GET).get("next", ""))
    if request.method == "POST":
        return _tried(request, language, dressed, onward, moment)
    if isinstance(request.user, User):
        there = _onward(onward or doors_of(language).account)
        return _with_pass(request, request.user, there, moment)
    return _form(request, language, dressed, moment, onward=onward)


def _tried(
    request: HttpRequest, language: Language, dressed: Dressed, onward: str, moment: datetime
) -> HttpResponse:
    """Signed in and on the way, or the form again. `moment` lies before the password is looked at."""
    email, password = request.POST.get("email", "").strip(), request.POST.get("password", "")
    again = partial(_form, request, language, dressed, moment, onward=onward, email=email)
    counted = tries.tries_of(email, request)
    if not tries.may_try(counted):
        response = again(error=_TOO_MANY, status=429)
        response["Retry-After"] = str(tries.WINDOW)
        return response
    reader = _checked(request, email, password)
    try:
        made = actions.sign_in(reader, now=moment) if reader is not None else None
    except SignInEndedError:
        made = None
    if reader is None or made is None:
        return again(error=_NOT_TOGETHER)
    tries.forgive(counted)
    before = session_of(request)
    if before:
        actions.sign_out(before, now=moment)
    login(request, reader)
    response = _onward(onward or doors_of(language).account)
    hand_out(request, response, made)
    return response


@require_safe
def account(request: HttpRequest, *, language: Language, dressed: Dressed) -> HttpResponseBase:
    """Who I am, what I am entitled to and until when, the topics I follow."""
    moment = read_clock()
    doors = doors_of(language)
    if not isinstance(request.user, User):
        return _onward(doors.sign_in)
    reader = request.user
    row = queries.reader_row(reader.pk, now=moment)
    with translation.override(language.value):
        view = MyAccountView(
            doors=doors,
            csrf_token=get_token(request),
            name=reader.get_full_name(),
            email=reader.email,
            held=_held(row.entitlements, moment),
            topics=_topics(reader.pk, language, moment),
            is_saved="saved" in request.GET,
            is_staff=reader.is_staff,
        )
        subscribes = held_until(row.entitlements, Entitlement.PREMIUM, now=moment)[0]
        html = dressed(
            "circulation/account.html", {"account": view}, language=language,
            within=addresses.account(), title=_("My account"),
            standing=Standing.SUBSCRIBER if subscribes else Standing.SIGNED_IN, now=moment,
        )  # fmt: skip
    response = _private(HttpResponse(html, headers={"Content-Language": language.value}))
    return _with_pass(request, reader, response, moment)


@require_POST
def topics(request: HttpRequest, *, language: Language) -> HttpResponseBase:
    """The topics ticked are those the reader follows."""
    doors = doors_of(language)
    if not isinstance(request.user, User):
        return _onward(doors.sign_in)
    ticked = {int(each) for each in request.POST.getlist("topic") if _is_id(each)}
    actions.follow(request.user, ticked, language=language)
    return _onward(f"{doors.account}?saved")


@require_POST
def sign_out(request: HttpRequest, *, language: Language) -> HttpResponseBase:
    """This browser is signed out, at the desk too."""
    for session in {session_of(request), pass_session(request)} - {""}:
        actions.sign_out(session, now=read_clock())
    return _signed_out(request, language)


@require_POST
def sign_out_everywhere(request: HttpRequest, *, language: Language) -> HttpResponseBase:
    """Every browser is signed out, at the desk too."""
    if not isinstance(request.user, User):
        return _onward(doors_of(language).sign_in)
    actions.end_sign_ins(request.user, acting_user=request.user, now=read_clock())
    return _signed_out(request, language)


def stale_form(request: HttpRequest, *, language: Language, dressed: Dressed) -> HttpResponseBase:
    """A form that stood open until its token was no longer good, or came from elsewhere. Nothing was done."""
    doors = doors_of(language)
    if request.path != doors.sign_in:
        return _onward(doors.account)
    return _form(
        request, language, dressed, read_clock(), onward=way_on(request.POST.get("next", "")),
        email=request.POST.get("email", ""), error=_STALE, status=403,
    )  # fmt: skip


def doors_of(language: Language) -> Doors:
    """The addresses of a reader's account in this edition."""
    ahead = addresses.prefix(language, first=settings.PAPER.first_language)
    account = ahead + addresses.account()
    return Doors(
        account=account,
        sign_in=ahead + addresses.sign_in(),
        sign_out=f"{account}sign-out",
        sign_out_everywhere=f"{account}sign-out-everywhere",
        topics=f"{account}topics",
    )


def _checked(request: HttpRequest, email: str, password: str) -> User | None:
    """Who these belong to. Nobody may be told apart: an unknown address takes as long as a wrong password."""
    if len(email) > _LONGEST_EMAIL or len(password) > _LONGEST_PASSWORD or "\0" in email + password:
        return None
    found = authenticate(request, username=email, password=password)
    return found if isinstance(found, User) else None


def _form(
    request: HttpRequest, language: Language, dressed: Dressed, moment: datetime, *,
    onward: str, email: str = "", error: str | Promise = "", status: int = 200,
) -> HttpResponse:  # fmt: skip
    with translation.override(language.value):
        view = SignInView(
            doors_of(language), get_token(request), onward, email[:_LONGEST_EMAIL], str(error)
        )
        html = dressed(
            "circulation/sign_in.html", {"sign_in": view}, language=language,
            within=addresses.sign_in() + (f"?{urlencode({'next': onward})}" if onward else ""),
            title=_("Sign in"), standing=Standing.UNKNOWN, now=moment,
        )  # fmt: skip
    return _private(HttpResponse(html, status=status, headers={"Content-Language": language.value}))


def _with_pass(
    request: HttpRequest, reader: User, response: HttpResponse, moment: datetime
) -> HttpResponse:
    """The response, and a pass with it for a browser without one: who came in through the desk's door, or lost it."""
    session = session_of(request)
    if has_pass(request, reader.pk) and queries.is_signed_in(reader.pk, session, now=moment):
        return response
    if session:
        actions.sign_out(session, now=moment)
    try:
        made = actions.sign_in(reader, now=moment)
    except SignInEndedError:
        return response
    hand_out(request, response, made)
    return response


def _signed_out(request: HttpRequest, language: Language) -> HttpResponse:
    logout(request)
    ahead = addresses.prefix(language, first=settings.PAPER.first_language)
    response = _onward(ahead + addresses.front())
    take_back(response)
    return response


class _SeeOther(HttpResponseRedirect):
    """Whatever was asked, the way on is a GET."""

    status_code = 303


def _onward(path: str) -> HttpResponse:
    return _private(_SeeOther(path))


def _private(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    return response


def _held(held: tuple[Held, ...], moment: datetime) -> tuple[HeldView, ...]:
    views = []
    for value, name in Grant.ENTITLEMENTS:
        holds, until = held_until(held, Entitlement(value), now=moment)
        if holds:
            local = until.astimezone(settings.PAPER.time_zone) if until else None
            views.append(HeldView(Entitlement(value), str(name), local))
    return tuple(views)


def _topics(reader_id: int, language: Language, moment: datetime) -> tuple[TopicChoice, ...]:
    """What the reader follows, then the busiest, by name. Three queries."""
    followed = {TopicId(each) for each in queries.followed_ids(reader_id)}
    busy = newsroom.busiest_topics(language, since=moment - _BUSY_FOR, at_most=TOPICS_SHOWN)
    lines = newsroom.topics({*followed, *busy}, language).values()
    choices = [TopicChoice(each.topic_id, each.name, each.topic_id in followed) for each in lines]
    return tuple(sorted(choices, key=lambda each: each.name.casefold()))


def _is_id(text: str) -> bool:
    # Longer than any id: databases refuse numbers they can't hold.
    return text.isascii() and text.isdigit() and len(text) < 19  # noqa: PLR2004
