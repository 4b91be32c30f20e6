"""What the e-paper answers with."""

from dataclasses import dataclass
from datetime import date

from tajuk.newsroom.types import SectionLine, TeaserFacts


@dataclass(frozen=True, slots=True)
class Edition:
    """The stories of a day by section, in the order of the navigation; never empty."""

    day: date
    sections: tuple[tuple[SectionLine, tuple[TeaserFacts, ...]], ...]
    previous: date | None
    following: date | None
