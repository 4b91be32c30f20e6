"""Writes: what the newsstand tells of signed-in readers, as rows and messages in one transaction."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.contrib.auth import get_user_model
from django.db import transaction

from tajuk.contracts.messages import ReaderChanged
from tajuk.contracts.told import Reading
from tajuk.outbox.actions import put
from tajuk.wall.models import MeteredReading
from tajuk.wall.queries import policy

_MOST_FORGOTTEN = 500


def note_readings(readings: Iterable[Reading], *, now: datetime) -> None:
    """Metered stories that readers opened. Told twice they count once; what is told of nobody is passed over.

    A story read again after its window is a reading of the new one. What is older than two windows is forgotten.
    """
    meter = policy().meter
    window = meter.window if meter is not None else timedelta(days=30)
    told = {(each.reader_id, each.story_id): min(each.read_at, now) for each in readings}
    with transaction.atomic():
        users = get_user_model().objects.filter(pk__in={reader_id for reader_id, _ in told})
        here = set(users.values_list("pk", flat=True))
        rows = {
            (row.reader_id, row.story_id): row
            for row in MeteredReading.objects.select_for_update().filter(
                reader__in=here, story_id__in={story_id for _, story_id in told}
            )
        }
        changed: set[int] = set()
        new: list[MeteredReading] = []
        for (reader_id, story_id), read_at in told.items():
            if reader_id not in here:
                continue
            row = rows.get((reader_id, story_id))
            if row is None:
                new.append(MeteredReading(reader_id=reader_id, story_id=story_id, read_at=read_at))
            elif row.read_at + window <= read_at:
                row.read_at = read_at
                row.save(update_fields=["read_at"])
            else:
                continue
            changed.add(reader_id)
        MeteredReading.objects.bulk_create(new, ignore_conflicts=True)
        old = MeteredReading.objects.filter(read_at__lt=now - 2 * window)
        MeteredReading.objects.filter(
            pk__in=list(old.values_list("pk", flat=True)[:_MOST_FORGOTTEN])
        ).delete()
        for reader_id in sorted(changed):
            put(ReaderChanged(reader_id))
