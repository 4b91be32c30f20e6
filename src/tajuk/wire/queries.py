"""What the wire knows of earlier arrivals."""

from collections.abc import Iterable

from tajuk.wire.models import Arrival
from tajuk.wire.types import Known


def known(uris: Iterable[str]) -> dict[str, Known]:
    """What is on record of these items, by the sender's id. One query."""
    rows = Arrival.objects.filter(uri__in=list(uris))
    return {row.uri: Known(row.digest, row.story_id, row.revision_id, row.was_live) for row in rows}
