"""Thin receivers: what changes of an account by any way is acted on, in the transaction of the change."""

from collections.abc import Collection
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.db.models.signals import pre_delete, pre_save
from django.dispatch import receiver
from django.http import HttpRequest

from tajuk.accounts.models import User
from tajuk.accounts.session_life import limit
from tajuk.circulation.actions import end_sign_ins, sign_out
from tajuk.circulation.session import lay_down, pass_session, session_of
from tajuk.circulation.signing_in import begin
from tajuk.contracts.messages import ReaderChanged
from tajuk.outbox.actions import put
from tajuk.terms.clock import now

_WATCHED = frozenset({"password", "is_active"})


@receiver(pre_save, sender=User, dispatch_uid="circulation.account_changed")
def account_changed(instance: User, update_fields: Collection[str] | None = None, **_: Any) -> None:
    """A new password ends every sign-in; an account that is closed or opened again is told of."""
    if instance.pk is None or (update_fields is not None and not _WATCHED & set(update_fields)):
        return
    # Django sets `_password` with a new password, and not when it hashes the same one anew at a sign-in.
    if getattr(instance, "_password", None) is not None:
        end_sign_ins(instance, acting_user=None, now=now())
    before = get_user_model().objects.filter(pk=instance.pk).values_list("is_active", flat=True)
    if instance.is_active not in before:
        put(ReaderChanged(instance.pk))


@receiver(pre_delete, sender=User, dispatch_uid="circulation.account_deleted")
def account_deleted(instance: User, **_: Any) -> None:
    """Passes of an account that is gone are worth nothing."""
    put(ReaderChanged(instance.pk))


@receiver(user_logged_in, dispatch_uid="circulation.signed_in")
def signed_in(request: HttpRequest, user: User, **_: Any) -> None:
    """Who signs in, at the desk or here and in whatever way, gets a pass with the answer."""
    moment = now()
    before = {session_of(request), pass_session(request)} - {""}
    limit(request, user, now=moment)
    begin(request, user, now=moment)
    if before:
        request.session.save()  # ahead of the end: see `doors._keep_pass`
    for session in before:
        # Whoever signs in again goes on in the same session of Django's.
        sign_out(session, now=moment, here=request.session.session_key)


@receiver(user_logged_out, dispatch_uid="circulation.signed_out")
def signed_out(request: HttpRequest, **_: Any) -> None:
    """Who signs out, at the desk or here, signs out of the paper."""
    for session in {session_of(request), pass_session(request)} - {""}:
        sign_out(session, now=now())
    lay_down(request)
