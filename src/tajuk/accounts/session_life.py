"""How long Django's own session of a sign-in lasts: a colleague's shorter than a reader's."""

from datetime import datetime, timedelta

from django.conf import settings
from django.http import HttpRequest

from tajuk.accounts.models import User
from tajuk.accounts.sign_in_settings import STAFF_HOURS


def limit(request: HttpRequest, user: User, *, now: datetime) -> None:
    """Twelve hours for who works here, the usual time for readers; both from the sign-in, which is `now`.

    A moment, for a number of seconds would begin anew whenever the session is saved.
    """
    life = (
        timedelta(hours=STAFF_HOURS)
        if user.works_here
        else timedelta(seconds=settings.SESSION_COOKIE_AGE)
    )
    request.session.set_expiry(now + life)
