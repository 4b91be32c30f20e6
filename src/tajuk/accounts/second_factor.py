"""Second factors: their secrets sealed, and the desk that may ask for one."""

from base64 import urlsafe_b64encode
from collections.abc import Callable
from hashlib import blake2b
from typing import Any
from urllib.parse import urlencode

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext

from tajuk.accounts.models import User
from tajuk.accounts.words import SECOND_FACTOR_ERRORS

_DESK = "/desk/"
_OPEN_AT_THE_DESK = ("/desk/login/", "/desk/logout/", "/desk/password_reset/", "/desk/jsi18n/")
_FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


class SecondFactorAdapter(DefaultMFAAdapter):
    """Second factors as the paper has them."""

    error_messages = {**DefaultMFAAdapter.error_messages, **SECOND_FACTOR_ERRORS}

    def _get_site_name(self) -> str:
        return str(settings.PAPER.name)

    def encrypt(self, text: str) -> str:
        """Sealed with the paper's secret key: a copy of the database alone makes no codes."""
        return _seal().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Opened with the secret key, or one it had before (`SECRET_KEY_FALLBACKS`)."""
        return _seal().decrypt(encrypted_text.encode()).decode()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """A colleague keeps one where the desk asks for it."""
        user = authenticator.user
        if not (settings.PAPER.staff_second_factor and user.works_here):
            return True
        others = Authenticator.objects.filter(user=user, type__in=_FACTORS).exclude(
            pk=authenticator.pk
        )
        return bool(others.exists())

    def generate_authenticator_name(self, user: User, type: Any) -> str:  # noqa: A002  the engine's signature
        """A name for a passkey that was given none."""
        count = Authenticator.objects.filter(user=user, type=type).count()
        return gettext("Passkey %(number)s") % {"number": count + 1}


class DeskAsksForSecondFactor:
    """Middleware: with `staff_second_factor`, a colleague without one sets one up before the desk opens.

    Who has one proves it once in each session: at the sign-in, or here where the session began before.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        """As Django calls it."""
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The desk, or the way to a second factor."""
        if (
            settings.PAPER.staff_second_factor
            and request.path.startswith(_DESK)
            and not request.path.startswith(_OPEN_AT_THE_DESK)
            and isinstance(request.user, User)
            and (detour := _detour(request, request.user))
        ):
            return detour
        return self._get_response(request)


def has_second_factor(user: User) -> bool:
    """Whether the account has an app or a passkey; recovery codes alone are none. One query."""
    return bool(is_mfa_enabled(user, _FACTORS))


def _detour(request: HttpRequest, user: User) -> HttpResponseRedirect | None:
    if not has_second_factor(user):
        messages.warning(
            request,
            gettext("The desk asks for a second factor. Set one up, then go on to the desk."),
        )
        return HttpResponseRedirect(reverse("mfa_index"))
    if any(each.get("method") == "mfa" for each in get_authentication_records(request, user)):
        return None
    by_code = is_mfa_enabled(user, [Authenticator.Type.TOTP])
    there = reverse("mfa_reauthenticate" if by_code else "mfa_reauthenticate_webauthn")
    onward = request.get_full_path() if request.method == "GET" else _DESK
    return HttpResponseRedirect(f"{there}?{urlencode({'next': onward})}")


def _seal() -> MultiFernet:
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    digests = (
        blake2b(str(key).encode(), digest_size=32, person=b"second factors").digest()
        for key in keys
    )
    return MultiFernet([Fernet(urlsafe_b64encode(each)) for each in digests])
