"""What advertising answers with."""

from dataclasses import dataclass
from enum import StrEnum

from tajuk.terms.ids import PictureId


class PlacementName(StrEnum):
    """Where on a page an advertisement may stand."""

    FRONT = "front"
    LIST = "list"
    STORY = "story"
    ASIDE = "aside"


@dataclass(frozen=True, slots=True)
class Running:
    """An advertisement that runs now."""

    placement: PlacementName
    advertiser: str
    headline: str
    url: str
    picture: PictureId
