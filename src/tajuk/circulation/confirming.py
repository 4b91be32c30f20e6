"""Proving once more who one is, for readers who have no password and no second factor: by a code to their address.

The engine asks the others itself. The code lies in the reader's own session, as the engine's codes do.
"""

import time

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from allauth.core import ratelimit
from allauth.core.internal.cryptokit import compare_user_code
from django.http import HttpRequest

from tajuk.accounts.models import User
from tajuk.accounts.sign_in_settings import CODE_MINUTES, RECENTLY

_KEY = "confirming"
_MOST_TRIES = 3


def was_confirmed(request: HttpRequest) -> bool:
    """Whether the reader has proved who they are within the last ten minutes, in whatever way.

    It counts for the engine too, which asks from the moment on at which the reader has a password or second factor.
    """
    records = get_authentication_records(request, request.user)
    recent = [each for each in records if time.time() - each["at"] < RECENTLY]
    for each in recent:
        each["reauthenticated"] = True
        request.session.modified = True
    return bool(recent)


def is_waiting(request: HttpRequest) -> bool:
    """Whether a code is on its way."""
    found = request.session.get(_KEY)
    return found is not None and time.time() - found["at"] <= CODE_MINUTES * 60


def send_code(request: HttpRequest, user: User) -> bool:
    """Sends one; False when too many were asked for."""
    if not ratelimit.consume(request, action="request_login_code", key=user.email):
        return False
    adapter = get_adapter(request)
    code = adapter.generate_login_code()
    adapter.send_mail("account/email/confirm", user.email, {"code": code})
    request.session[_KEY] = {"code": code, "at": time.time(), "tries": 0}
    return True


def try_code(request: HttpRequest, user: User, code: str) -> bool:
    """Whether it is the one that was sent. After three wrong ones it is worth nothing."""
    if not is_waiting(request):
        return False
    found = request.session.pop(_KEY)
    if compare_user_code(actual=code, expected=found["code"]):
        record_authentication(request, user, method="code", email=user.email, reauthenticated=True)
        return True
    if found["tries"] + 1 < _MOST_TRIES:
        request.session[_KEY] = {**found, "tries": found["tries"] + 1}
    return False
