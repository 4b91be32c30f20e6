"""What is thrown away by itself: sign-ups nobody proved, counted tries, and sessions that have run out."""

from datetime import datetime, timedelta
from importlib import import_module

from allauth.account.models import EmailAddress
from django.conf import settings

from tajuk.accounts.actions import erase
from tajuk.accounts.models import Tally, User

UNPROVED_FOR = timedelta(days=7)
_EVERY = timedelta(hours=1)
_AT_MOST = 200
_next: dict[str, datetime] = {}


def tidy(now: datetime) -> bool:
    """A duty of the scheduler: once an hour; whether it was done now."""
    if now < _next.get("tidy", now):
        return False
    _next["tidy"] = now + _EVERY
    forget_unproved(now=now)
    forget_counts(now=now)
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
    return True


def forget_unproved(*, now: datetime) -> int:
    """Who registered a week ago, never proved the address and never came in is forgotten; how many were."""
    unproved = EmailAddress.objects.filter(verified=False).values("user")
    proved = EmailAddress.objects.filter(verified=True).values("user")
    found = User.objects.filter(
        pk__in=unproved, last_login__isnull=True, joined_at__lt=now - UNPROVED_FOR
    ).exclude(pk__in=proved)  # fmt: skip
    forgotten = [each for each in found[:_AT_MOST] if not each.works_here]
    for each in forgotten:
        erase(each, now=now)
    return len(forgotten)


def forget_counts(*, now: datetime) -> None:
    """Tries that no longer count. In one statement: nothing listens to them, and there may be many."""
    found = Tally.objects.filter(expires__lt=now)
    found._raw_delete(found.db)  # noqa: SLF001  `delete` would fetch each for receivers of every model
