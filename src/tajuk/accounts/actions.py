"""Writes of accounts."""

from datetime import datetime

from django.contrib.auth import get_user_model
from django.db import transaction

from tajuk.accounts.errors import ColleagueCantLeaveError
from tajuk.accounts.models import User
from tajuk.accounts.personal_data import erase_all


def erase(reader: User, *, now: datetime) -> None:
    """The account is gone and every sign-in has ended; what has to stay (a ledger) names nobody any more.

    Raises ColleagueCantLeaveError for somebody who works here: their name stands under what they wrote.
    """
    with transaction.atomic():
        found = get_user_model().objects.select_for_update().get(pk=reader.pk)
        if found.works_here:
            raise ColleagueCantLeaveError
        erase_all(found, now=now)
        found.delete()
