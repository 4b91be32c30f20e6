"""The engine's adapters: what django-allauth asks the house, answered. Its words are in `words`, its letters in `mail`."""

from ipaddress import ip_address
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from allauth.account.models import EmailAddress
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import get_user_model
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext

from tajuk.accounts.devices import device_of
from tajuk.accounts.mail import letter, send_if_possible
from tajuk.accounts.models import User
from tajuk.accounts.words import ERRORS, NOTES, OUTSIDE_ERRORS

NOTIFICATIONS = frozenset({"client", "device"})


def display_name(user: User) -> str:
    """How a reader is called in what the engine writes, such as a passkey's name."""
    return user.get_full_name()


def client_of(request: HttpRequest) -> str:
    """The reader's own address, which the newsstand says and nobody else can (`edge/forwarded.py`)."""
    told = request.META.get("HTTP_X_FORWARDED_FOR") or request.META.get("REMOTE_ADDR", "")
    try:
        address = ip_address(told.strip())
    except ValueError:
        return "unknown"
    return str(getattr(address, "ipv4_mapped", None) or address)


def vouch_for(user: User) -> None:
    """Somebody the house made an account for has proved their address by being known to it."""
    if not EmailAddress.objects.filter(user=user).exists():
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)


class HouseAdapter(DefaultAccountAdapter):
    """Accounts as the paper has them."""

    error_messages = {**DefaultAccountAdapter.error_messages, **ERRORS}

    def get_client_ip(self, request: HttpRequest) -> str:
        """Under which tries are counted; the engine takes an IPv6 network for one client."""
        return client_of(request)

    def is_safe_url(self, url: str | None) -> bool:
        """Only our own paths: no other host, however it is spelled."""
        return (
            bool(url)
            and url_has_allowed_host_and_scheme(url, allowed_hosts=None)
            and str(url).startswith("/")
        )

    def is_ajax(self, request: HttpRequest) -> bool:
        """Nothing of ours is asked for as JSON but a passkey's challenge."""
        wants_json = request.META.get("HTTP_ACCEPT") == "application/json"
        return wants_json and request.path == reverse("mfa_login_webauthn")

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        """Who these belong to. A closed account is nobody's: nothing tells it from one that isn't there."""
        user: User | None = super().authenticate(request, **credentials)
        return user if user is not None and user.is_active else None

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:  # noqa: ARG002
        """Wrong passwords are counted by the address alone: the engine would count anew for each `Host` it is told."""
        return str(credentials.get("email", credentials.get("username", ""))).lower()

    def pre_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse | None:
        """Signs in whom the house made an account for, too."""
        if not kwargs.get("signup"):
            vouch_for(user)
        response: HttpResponse | None = super().pre_login(request, user, **kwargs)
        return response

    def login(self, request: HttpRequest, user: User) -> None:
        """Signed in. Who came in by proving a new address, which the engine doesn't note, has proved who they are."""
        super().login(request, user)
        if not get_authentication_records(request, user):
            record_authentication(request, user, method="code", email=user.email)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:  # noqa: ARG002  the engine's signature
        """Back to the account."""
        return reverse("account_mine")

    def get_email_verification_redirect_url(self, email_address: EmailAddress) -> str:  # noqa: ARG002
        """Back to the account."""
        return reverse("account_mine")

    def add_message(
        self, request: HttpRequest, level: int, message_template: str | None = None,
        message_context: dict[str, Any] | None = None, extra_tags: str = "", message: str | None = None,  # noqa: ARG002
    ) -> None:  # fmt: skip
        """A note on the reader's next page, if we have words for it."""
        text = message or NOTES.get(message_template or "", "")
        if text:
            messages.add_message(request, level, str(text), extra_tags=extra_tags)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """The letter of ours that the engine's template stands for, its links made with the paper's own address."""
        name = template_prefix.rpartition("/")[2]
        links = {
            f"{each}_url": settings.PAPER.address + reverse(f"account_{page}")
            for each, page in (
                ("sign_in", "login"),
                ("sign_up", "signup"),
                ("recover", "reset_password"),
            )
        }
        # Given by name: what the engine hands over besides (the request, the user) has no place in a letter.
        told = {
            each: context[each]
            for each in ("code", "from_email", "to_email", "deleted_email", *NOTIFICATIONS)
            if each in context
        }
        if context.keys() >= NOTIFICATIONS:
            send_if_possible(name, email, {**told, **links})
        else:
            letter(name, email, {**told, **links}).send()

    def send_notification_mail(
        self,
        template_prefix: str,
        user: User,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """Tells the reader what was changed, and from which device."""
        facts = {
            "client": client_of(self.request),
            "device": device_of(self.request) or gettext("a browser"),
        }
        self.send_mail(template_prefix, email or user.email, {**(context or {}), **facts})


class OutsideAdapter(DefaultSocialAccountAdapter):
    """Google's word on who somebody is."""

    error_messages = {**DefaultSocialAccountAdapter.error_messages, **OUTSIDE_ERRORS}

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:  # noqa: ARG002
        """The engine takes the password away from an address that nobody proved; the house's own are proved."""
        if sociallogin.is_existing:
            vouch_for(sociallogin.user)

    def can_authenticate_by_email(self, login: Any, email: str) -> bool:
        """Whether Google's word on an address opens the account that has it: only where Google itself runs the mailbox.

        That is gmail.com and Workspace, which `hd` tells (developers.google.com/identity/gsi/web/guides/verify-google-id-token).
        Never for a colleague, whose account opens more than a newspaper.
        """
        if not super().can_authenticate_by_email(login, email):
            return False
        is_googles = email.lower().endswith("@gmail.com") or bool(
            login.account.extra_data.get("hd")
        )
        found = get_user_model().objects.filter(email__iexact=email).first()
        return is_googles and (found is None or not found.works_here)

    def populate_user(self, request: HttpRequest, sociallogin: Any, data: dict[str, Any]) -> User:
        """A new reader, named as Google names them."""
        user: User = super().populate_user(request, sociallogin, data)
        user.name = " ".join(filter(None, (data.get("first_name"), data.get("last_name"))))[:150]
        return user
