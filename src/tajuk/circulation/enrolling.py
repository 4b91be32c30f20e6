"""What a colleague's first second factor sets off: the sign-ins that did without it have ended."""

from functools import wraps
from typing import Any

from allauth.account.internal.flows.login import record_authentication
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponseBase

from tajuk.accounts.models import User
from tajuk.accounts.second_factor import has_second_factor
from tajuk.circulation.actions import end_sign_ins
from tajuk.circulation.doors import View
from tajuk.terms.clock import now


def ending_the_others(view: View) -> View:
    """The engine's view that adds a factor. This sign-in goes on: the factor was proved in it just now.

    A later factor proves nothing for the session: who hasn't shown the first is still asked for one at the desk.
    """

    @wraps(view)
    def answer(request: HttpRequest, **parts: Any) -> HttpResponseBase:
        user = request.user
        had = isinstance(user, User) and has_second_factor(user)
        response = view(request, **parts)
        if isinstance(user, User) and user.works_here and not had and has_second_factor(user):
            end_sign_ins(user, acting_user=user, now=now())
            update_session_auth_hash(request, user)
            record_authentication(request, user, method="mfa")
        return response

    return answer
