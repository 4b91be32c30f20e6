"""Second factors: their secrets sealed, and the desk that may ask for one."""

from base64 import urlsafe_b64encode
from collections.abc import Callable
from hashlib import blake2b
from typing import Any

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

    Who has one was asked for it at the sign-in: there is no way in that leaves it out.
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
            and not is_mfa_enabled(request.user, _FACTORS)
        ):
            messages.warning(
                request,
                gettext("The desk asks for a second factor. Set one up, then go on to the desk."),
            )
            return HttpResponseRedirect(reverse("mfa_index"))
        return self._get_response(request)


def _seal() -> MultiFernet:
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    digests = (
        blake2b(str(key).encode(), digest_size=32, person=b"second factors").digest()
        for key in keys
    )
    return MultiFernet([Fernet(urlsafe_b64encode(each)) for each in digests])
