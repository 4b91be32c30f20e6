"""What the house holds of a reader: told to them on request, and erased when they leave.

Each department that keeps something of readers registers in its `AppConfig.ready`, under its own name:

    personal_data.register("subscriptions", tells=what_we_hold, erases=forget)

`tells(user)` answers with what JSON can hold, in the reader's words rather than ours; moments as ISO 8601.
`erases(user, now=…)` runs in the transaction in which the user is deleted, before it: rows that have to stay (a ledger)
lose there what names the reader, and rows that point to the user without need are left to the cascade.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Protocol

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from wagtail.models import ModelLogEntry

from tajuk.accounts.apps import AccountsConfig
from tajuk.accounts.models import User

Tells = Callable[[User], Mapping[str, Any]]


class Erases(Protocol):
    """Takes out of a department's rows what names the reader."""

    def __call__(self, user: User, /, *, now: datetime) -> None: ...


_TELLING: dict[str, Tells] = {}
_ERASING: dict[str, Erases] = {}


def register(department: str, *, tells: Tells | None = None, erases: Erases | None = None) -> None:
    """Lets a department tell and erase; registering again replaces."""
    if tells is not None:
        _TELLING[department] = tells
    if erases is not None:
        _ERASING[department] = erases


def all_about(user: User, *, now: datetime) -> dict[str, Any]:
    """Everything we hold of a reader, department by department, as JSON can hold it. No secret is in it."""
    told = {department: dict(tells(user)) for department, tells in sorted(_TELLING.items())}
    return {"made_at": now.isoformat(), "account": _account(user), **told}


def erase_all(user: User, *, now: datetime) -> None:
    """Every department's part, then the audit lines' names for the reader. Runs in the caller's transaction."""
    for erases in _ERASING.values():
        erases(user, now=now)
    lines = ModelLogEntry.objects.filter(
        object_id=str(user.pk), content_type__app_label=AccountsConfig.label
    )
    lines.update(label=f"#{user.pk}")


def _account(user: User) -> dict[str, Any]:
    return {
        "email": user.email,
        "name": user.name,
        "language": user.language,
        "joined_at": user.joined_at.isoformat(),
        "last_signed_in_at": user.last_login.isoformat() if user.last_login else None,
        "has_password": user.has_usable_password(),
        "addresses": [
            {"email": each.email, "confirmed": each.verified}
            for each in EmailAddress.objects.filter(user=user)
        ],
        "second_factors": [
            {"kind": each.type, "name": str(each), "added_at": each.created_at.isoformat()}
            for each in Authenticator.objects.filter(user=user)
        ],
        "google": [
            {"account": each.uid, "data": each.extra_data}
            for each in SocialAccount.objects.filter(user=user)
        ],
    }
