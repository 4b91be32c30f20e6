"""How the paper sends mail: through its mail server or a provider; while it has none, into the letterbox at the desk."""

import pkgutil
from collections.abc import Sequence
from datetime import datetime
from email.utils import formataddr
from typing import Any
from urllib.parse import parse_qs, parse_qsl, unquote, urlsplit

import anymail.backends
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from tajuk.terms.clock import now
from tajuk.terms.paper import Paper, SettingError

LETTERBOX = "tajuk.site.mail.Letterbox"
_SMTP = "django.core.mail.backends.smtp.EmailBackend"
_ANYMAIL = "anymail:"
_NO_PROVIDERS = {"base", "base_requests", "console", "test"}
_PORTS = {"smtp": 25, "smtps": 465}
_SUBMISSION = 587
_SECONDS = 10
_LONGEST_SUBJECT = 500


class Letterbox(BaseEmailBackend):
    """Django's mail back end that keeps every mail in a table (`SentMail`)."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Keeps them; returns how many."""
        from tajuk.site.models import SentMail

        rows = [
            SentMail(
                sent_at=now(),
                sender=message.from_email,
                recipients=", ".join(message.recipients()),
                subject=str(message.subject)[:_LONGEST_SUBJECT],
                text=str(message.body),
            )
            for message in email_messages
            if message.recipients()
        ]
        SentMail.objects.bulk_create(rows)
        return len(rows)


def forget_mail(user: Any, *, now: datetime) -> None:  # noqa: ARG001  as every department is asked
    """Throws away what is kept of mail to a reader who leaves."""
    from tajuk.site.models import SentMail

    SentMail.objects.filter(recipients__iexact=user.email).delete()


def mail_of(paper: Paper) -> dict[str, Any]:
    """Django's settings for mail. Raises SettingError for an address it can't use.

    The demo never sends mail out of the house, whatever is set.
    """
    sender = formataddr((paper.name, paper.email or f"no-reply@{urlsplit(paper.address).hostname}"))
    given: dict[str, Any] = {"DEFAULT_FROM_EMAIL": sender, "SERVER_EMAIL": sender}
    if paper.demo or not paper.mail_url:
        return given | {"EMAIL_BACKEND": LETTERBOX}
    if paper.mail_url.startswith(_ANYMAIL):
        return given | _provider(paper.mail_url)
    return given | {"EMAIL_BACKEND": _SMTP, "EMAIL_TIMEOUT": _SECONDS} | _server(paper.mail_url)


def _provider(url: str) -> dict[str, Any]:
    """A provider's own interface, by django-anymail: its name, and its settings as Anymail calls them."""
    name, _, options = url.removeprefix(_ANYMAIL).partition("?")
    known = {each.name for each in pkgutil.iter_modules(anymail.backends.__path__)} - _NO_PROVIDERS
    if name not in known:
        raise SettingError(
            f"mail_url names {name!r}, which is no mail provider; one of these is: {', '.join(sorted(known))}. Write "
            "anymail:postmark?server_token=… with the settings that Anymail's page on the provider names."
        )
    given = {f"{name}_{key}".upper(): value for key, value in parse_qsl(options)}
    return {
        "EMAIL_BACKEND": f"anymail.backends.{name}.EmailBackend",
        "ANYMAIL": {"REQUESTS_TIMEOUT": _SECONDS, **given},
    }


def _server(url: str) -> dict[str, Any]:
    wrong = SettingError(
        f"mail_url is {_without_password(url)!r}; write smtp://user:password@host:587?tls=1 (or smtps://…:465, or anymail:provider?…), with "
        "special characters of user and password as %XX, or leave it out to read mail at the desk."
    )
    try:
        parts = urlsplit(url)
        port = parts.port
        options = parse_qs(parts.query, strict_parsing=bool(parts.query))
    except ValueError as error:
        raise wrong from error
    tls = options.pop("tls", ["0"])[-1]
    if (
        parts.scheme not in _PORTS
        or not parts.hostname
        or parts.path not in {"", "/"}
        or options
        or tls not in {"0", "1"}
    ):
        raise wrong
    is_secured = parts.scheme == "smtps"
    return {
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": port or (_SUBMISSION if tls == "1" else _PORTS[parts.scheme]),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": is_secured,
        "EMAIL_USE_TLS": tls == "1" and not is_secured,
    }


def _without_password(url: str) -> str:
    scheme, divider, rest = url.partition("://")
    return f"{scheme}{divider}…@{rest.rpartition('@')[2]}" if "@" in rest else url
