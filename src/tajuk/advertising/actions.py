"""Changing what stands in the placements: rows, audit line, message, in one transaction."""

from typing import Any

from django.db import transaction
from wagtail.log_actions import log

from tajuk.advertising.models import Advertisement
from tajuk.contracts.messages import AdvertisingChanged
from tajuk.outbox.actions import put


def save_advertisement(advertisement: Advertisement, *, acting_user: Any) -> None:
    """Saves a new or changed advertisement; the pages show it as soon as it runs."""
    with transaction.atomic():
        verb = "wagtail.create" if advertisement.pk is None else "wagtail.edit"
        advertisement.save()
        log(advertisement, verb, user=acting_user)
        put(AdvertisingChanged())
