"""How long Django's own session of a sign-in lasts: a colleague's shorter than a reader's."""

from django.conf import settings
from django.http import HttpRequest

from tajuk.accounts.models import User
from tajuk.accounts.sign_in_settings import STAFF_HOURS


def limit(request: HttpRequest, user: User) -> None:
    """Twelve hours for who works here, the usual time for readers; both from the sign-in on."""
    request.session.set_expiry(STAFF_HOURS * 3600 if user.is_staff else settings.SESSION_COOKIE_AGE)
