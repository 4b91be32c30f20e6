"""Wagtail's door to the accounts: whoever is deleted at the desk is erased, as who leaves by themselves."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext, ngettext
from wagtail import hooks
from wagtail.log_actions import log

from tajuk.accounts.actions import erase
from tajuk.accounts.models import User
from tajuk.terms.clock import now


@hooks.register("before_delete_user")  # type: ignore[untyped-decorator]
def erase_one(request: HttpRequest, user: User) -> HttpResponse | None:
    """In place of Wagtail's own deleting, which would leave the reader's name in ledgers and audit lines."""
    if request.method != "POST" and not user.works_here:
        return None
    there = reverse("wagtailusers_users:edit", args=(user.pk,))
    return _erased(request, [user], refused=there, done=reverse("wagtailusers_users:index"))


@hooks.register("before_bulk_action")  # type: ignore[untyped-decorator]
def erase_many(
    request: HttpRequest, action_type: str, objects: Sequence[Any], action: Any
) -> HttpResponse | None:
    """The same for those ticked in the list. One colleague among them, and nobody is deleted."""
    if action_type != "delete" or action.model is not User:
        return None
    return _erased(request, objects, refused=action.next_url, done=action.next_url)


def _erased(
    request: HttpRequest, users: Sequence[User], *, refused: str, done: str
) -> HttpResponse:
    colleagues = [each.get_full_name() for each in users if each.works_here]
    if colleagues:
        told = gettext(
            "%(names)s: who works here isn’t deleted, for their name stands under what they wrote. "
            "Take the tick from “%(field)s” instead, and the account is closed."
        )
        field = capfirst(User._meta.get_field("is_active").verbose_name)  # noqa: SLF001  public in Django
        messages.error(request, told % {"names": ", ".join(colleagues), "field": field})
        return redirect(refused)
    with transaction.atomic():
        for each in users:
            # Ahead of erasing, which takes the name out of this line too.
            log(each, "wagtail.delete", user=request.user, deleted=True)
            erase(each, now=now())
    told = ngettext(
        "%(count)d account is deleted, and what we held of the reader.",
        "%(count)d accounts are deleted, and what we held of the readers.",
        len(users),
    )
    messages.success(request, told % {"count": len(users)})
    return redirect(done)
