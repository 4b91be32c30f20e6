"""A thin receiver: an advertisement deleted by any way is told of, in the same transaction."""

from typing import Any

from django.db.models.signals import pre_delete
from django.dispatch import receiver

from tajuk.advertising.models import Advertisement
from tajuk.contracts.messages import AdvertisingChanged
from tajuk.outbox.actions import put


@receiver(pre_delete, sender=Advertisement, dispatch_uid="advertising.deleted")
def advertisement_left(**_: Any) -> None:
    """What stands in the placements changed."""
    put(AdvertisingChanged())
