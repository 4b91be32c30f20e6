"""Thin receivers for house pages and fronts: what changed for readers is told, in the same transaction."""

from typing import Any

from django.db.models.signals import pre_delete
from django.dispatch import receiver
from wagtail.signals import published, unpublished

from tajuk.contracts.messages import HousePageChanged
from tajuk.newsroom.actions.publish_front import changed_front
from tajuk.newsroom.models import Front, HousePage
from tajuk.outbox.actions import put


@receiver(published, sender=HousePage, dispatch_uid="newsroom.house_page_published")
@receiver(unpublished, sender=HousePage, dispatch_uid="newsroom.house_page_unpublished")
@receiver(pre_delete, sender=HousePage, dispatch_uid="newsroom.house_page_deleted")
def house_page_changed(instance: HousePage, **_: Any) -> None:
    """Tells which page of which edition."""
    put(HousePageChanged(instance.slug, instance.language))


@receiver(unpublished, sender=Front, dispatch_uid="newsroom.front_unpublished")
def front_emptied(instance: Front, **_: Any) -> None:
    """A front that was taken back fills by rule alone."""
    put(changed_front(instance))
