"""Doors of our own: my account, topics, sign-ins, my data, leaving. The engine's stand beside them in `urls`."""

from datetime import datetime, timedelta
from json import dumps
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.models import Login
from allauth.account.utils import get_next_redirect_url
from allauth.account.views import LoginView
from allauth.mfa.utils import is_mfa_enabled
from allauth.mfa.webauthn.internal.flows import perform_passwordless_login
from allauth.mfa.webauthn.views import LoginWebAuthnView
from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tajuk.accounts.actions import erase
from tajuk.accounts.editions import edition
from tajuk.accounts.mail import send_if_possible
from tajuk.accounts.models import User
from tajuk.accounts.personal_data import all_about
from tajuk.accounts.words import ERRORS
from tajuk.circulation import actions, confirming, queries
from tajuk.circulation.doors import see_other
from tajuk.circulation.models import Grant, ReaderSession
from tajuk.circulation.rules import held_until
from tajuk.circulation.session import pass_session, session_of
from tajuk.circulation.sign_ins import sign_ins_of
from tajuk.circulation.types import HeldView, MyAccountView, TopicChoice
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


@require_safe
def account(request: HttpRequest) -> HttpResponseBase:
    """Who I am, what I am entitled to and until when, how I sign in, the topics I follow."""
    if not isinstance(request.user, User):
        return see_other("account_login")
    reader, moment = request.user, read_clock()
    row = queries.reader_row(reader.pk, now=moment)
    view = MyAccountView(
        name=reader.get_full_name(),
        email=reader.email,
        has_password=reader.has_usable_password(),
        has_second_factor=is_mfa_enabled(reader),
        sign_ins=len(sign_ins_of(reader.pk, now=moment, here="")),
        held=_held(row.entitlements, moment),
        topics=_topics(reader.pk, edition(), moment),
        has_google=bool(settings.PAPER.google_client_id),
        works_here=reader.works_here,
    )
    return TemplateResponse(request, "circulation/account.html", {"account": view})


@require_POST
def topics(request: HttpRequest) -> HttpResponseBase:
    """The topics ticked are those the reader follows."""
    if not isinstance(request.user, User):
        return see_other("account_login")
    ticked = {int(each) for each in request.POST.getlist("topic") if _is_id(each)}
    actions.follow(request.user, ticked, language=edition())
    messages.success(request, _("Saved."))
    return see_other("account_mine")


@require_POST
def sign_out(request: HttpRequest) -> HttpResponseBase:
    """This browser is signed out, at the desk too."""
    for session in {session_of(request), pass_session(request)} - {""}:
        actions.sign_out(session, now=read_clock())
    return _signed_out(request)


@require_POST
def sign_out_everywhere(request: HttpRequest) -> HttpResponseBase:
    """Every browser is signed out, at the desk too."""
    if not isinstance(request.user, User):
        return see_other("account_login")
    actions.end_sign_ins(request.user, acting_user=request.user, now=read_clock())
    return _signed_out(request)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def sign_ins(request: HttpRequest) -> HttpResponseBase:
    """Where the reader is signed in, and ending one of these sign-ins."""
    assert isinstance(request.user, User)
    moment, here = read_clock(), session_of(request)
    if request.method == "POST":
        asked = request.POST.get("session", "").replace("\0", "")  # PostgreSQL takes none
        if ReaderSession.objects.filter(reader=request.user, session=asked).exists():
            actions.sign_out(asked, now=moment)
        if asked == here:
            return _signed_out(request)
        messages.success(request, _("That device is signed out."))
        return see_other("account_sign_ins")
    lines = sign_ins_of(request.user.pk, now=moment, here=here)
    return TemplateResponse(request, "circulation/sign_ins.html", {"sign_ins": lines})


class NameForm(forms.Form):
    """How the reader wants to be called."""

    name = forms.CharField(max_length=150, required=False)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def name(request: HttpRequest) -> HttpResponseBase:
    """The reader's name."""
    assert isinstance(request.user, User)
    form = NameForm(request.POST or None, initial={"name": request.user.name})
    if request.method == "POST" and form.is_valid():
        request.user.name = form.cleaned_data["name"]
        request.user.save(update_fields=["name"])
        messages.success(request, _("Saved."))
        return see_other("account_mine")
    return TemplateResponse(request, "circulation/name.html", {"form": form})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def data(request: HttpRequest) -> HttpResponseBase:
    """Everything we hold of the reader, to take away."""
    assert isinstance(request.user, User)
    if request.method != "POST":
        return TemplateResponse(request, "circulation/data.html", {})
    moment = read_clock()
    told = dumps(all_about(request.user, now=moment), ensure_ascii=False, indent=2)
    file_name = f"{moment.astimezone(settings.PAPER.time_zone):%Y-%m-%d}-{_('my-data')}.json"
    return HttpResponse(
        told, content_type="application/json",
        headers={"Content-Disposition": f'attachment; filename="{file_name}"'},
    )  # fmt: skip


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: HttpRequest) -> HttpResponseBase:
    """The account is deleted, once the reader has said so twice."""
    assert isinstance(request.user, User)
    reader = request.user
    may_leave = not reader.works_here
    if request.method == "POST" and may_leave and request.POST.get("sure") == "yes":
        address = reader.email
        erase(reader, now=read_clock())
        response = _signed_out(request)
        send_if_possible("account_deleted", address, {})
        return response
    context = {"may_leave": may_leave, "is_unsure": request.method == "POST"}
    return TemplateResponse(request, "circulation/delete.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def confirm_by_code(request: HttpRequest) -> HttpResponseBase:
    """Proving once more who one is, by a code to one's address."""
    assert isinstance(request.user, User)
    error, status = "", 200
    if request.method == "POST" and "code" in request.POST:
        if confirming.try_code(request, request.user, request.POST["code"]):
            there = get_next_redirect_url(request)
            response = see_other("account_mine")
            if there:
                response["Location"] = there
            return response
        error = str(ERRORS["incorrect_code"])
    elif request.method == "POST" and not confirming.send_code(request, request.user):
        error, status = str(ERRORS["rate_limited"]), 429
    there = request.POST.get("next") or request.GET.get("next", "")
    context = {
        "is_waiting": confirming.is_waiting(request),
        "email": request.user.email,
        "error": error,
        "there": there if get_adapter().is_safe_url(there) else "",
    }
    return TemplateResponse(request, "circulation/confirm_by_code.html", context, status=status)


class SignIn(LoginView):
    """Signing in with address and password."""

    def dispatch(self, request: HttpRequest, *args: Any, **parts: Any) -> HttpResponseBase:
        """Who sends the form where somebody is signed in already takes over whole."""
        if request.method == "POST" and request.user.is_authenticated:
            logout(request)
        response: HttpResponseBase = super().dispatch(request, *args, **parts)
        return response


class PasskeySignIn(LoginWebAuthnView):
    """Signing in with a passkey alone; the reader goes on where they came from."""

    def form_valid(self, form: forms.Form) -> HttpResponse:
        """Signed in."""
        authenticator = form.cleaned_data["credential"]
        login = Login(user=authenticator.user, redirect_url=get_next_redirect_url(self.request))
        response: HttpResponse = perform_passwordless_login(self.request, authenticator, login)
        return response


def _signed_out(request: HttpRequest) -> HttpResponse:
    language = edition()
    logout(request)
    response = see_other("account_login")
    ahead = addresses.prefix(language, first=settings.PAPER.first_language)
    response["Location"] = ahead + addresses.front()
    return response


def _held(held: tuple[Held, ...], moment: datetime) -> tuple[HeldView, ...]:
    views = []
    for value, label in Grant.ENTITLEMENTS:
        holds, until = held_until(held, Entitlement(value), now=moment)
        if holds:
            local = until.astimezone(settings.PAPER.time_zone) if until else None
            views.append(HeldView(Entitlement(value), str(label), local))
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
