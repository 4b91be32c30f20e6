"""What the search back end does by night instead of at each save."""

from datetime import datetime, timedelta

from django.conf import settings
from modelsearch.backends import get_search_backend

_AT_HOUR = 3
_next: dict[str, datetime] = {}


def refresh_title_norms(now: datetime) -> bool:
    """A duty of the scheduler: once a night, how long titles are is measured again; whether it was done now.

    It only changes the order of hits, so a process that starts later waits for the next night.
    """
    due = _next.setdefault("title_norms", _next_night(now))
    if now < due:
        return False
    _next["title_norms"] = _next_night(now)
    backend = get_search_backend()
    backend.index_class(backend)._refresh_title_norms(full=True)  # noqa: SLF001  modelsearch has no other name for it
    return True


def _next_night(now: datetime) -> datetime:
    here = now.astimezone(settings.PAPER.time_zone)
    tonight = here.replace(hour=_AT_HOUR, minute=0, second=0, microsecond=0)
    return tonight if here < tonight else tonight + timedelta(days=1)
