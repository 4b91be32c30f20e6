"""What a sign-in sets off: the pass, and a letter when it is from a device we didn't know."""

from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth import get_user_model
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext

from tajuk.accounts.adapter import client_of
from tajuk.accounts.devices import device_of
from tajuk.accounts.editions import edition
from tajuk.accounts.mail import send_if_possible
from tajuk.accounts.models import User
from tajuk.circulation import actions
from tajuk.circulation.errors import SignInEndedError
from tajuk.circulation.session import hand_over, lay_down
from tajuk.circulation.sign_ins import knows_device

_YOUNG = timedelta(days=1)
"""An account younger than this is signed in to from one device after another; nobody is warned of that."""


def begin(request: HttpRequest, reader: User, *, now: datetime) -> None:
    """A sign-in in this browser begins; its pass goes out with the answer.

    None does when the reader's sign-ins were ended while this one was on its way.
    """
    if not request.session.session_key:
        request.session.save()
    device = device_of(request)
    is_known = now - reader.joined_at < _YOUNG or knows_device(reader.pk, device)
    try:
        made = actions.sign_in(
            reader, now=now, device=device, desk_session=request.session.session_key or ""
        )
    except SignInEndedError:
        lay_down(request)
        return
    hand_over(request, made)
    if reader.language != edition().value:
        get_user_model().objects.filter(pk=reader.pk).update(language=edition().value)
    if not is_known:
        facts = {
            "client": client_of(request),
            "device": device or gettext("a browser"),
            "recover_url": settings.PAPER.address + reverse("account_reset_password"),
        }
        send_if_possible("new_device", reader.email, facts)
