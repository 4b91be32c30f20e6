"""Keeping the register of arrivals."""

from collections.abc import Mapping
from datetime import datetime

from tajuk.wire.models import Arrival
from tajuk.wire.types import Known


def note_arrivals(arrived: Mapping[str, Known], *, now: datetime) -> None:
    """Writes down what arrived, over what stood there. One query; call it in the stories' transaction."""
    Arrival.objects.bulk_create(
        [
            Arrival(
                uri=uri, story_id=known.story_id, digest=known.digest, revision_id=known.revision_id,
                was_live=known.was_live, arrived_at=now,
            )
            for uri, known in arrived.items()
        ],
        update_conflicts=True,
        unique_fields=["uri"],
        update_fields=["story", "digest", "revision_id", "was_live", "arrived_at"],
    )  # fmt: skip
