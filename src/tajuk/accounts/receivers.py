"""Thin receivers: an address that is changed at the desk is the account's address at once."""

from collections.abc import Collection
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth import get_user_model
from django.db.models.signals import pre_save
from django.dispatch import receiver

from tajuk.accounts.models import User


@receiver(pre_save, sender=User, dispatch_uid="accounts.address_changed")
def address_changed(instance: User, update_fields: Collection[str] | None = None, **_: Any) -> None:
    """The old address signs nobody in any more. A reader's own change has proved the new one before it comes here."""
    if instance.pk is None or (update_fields is not None and "email" not in update_fields):
        return
    before = get_user_model().objects.filter(pk=instance.pk).values_list("email", flat=True).first()
    if before is None or before == instance.email:
        return
    known = EmailAddress.objects.filter(user=instance)
    if not known.filter(email=instance.email).exists():
        known.delete()
