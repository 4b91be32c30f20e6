"""Bringing stories in from outside: many new ones at once, or one again in a newer version."""

from tajuk.newsroom.actions.bring_in.again import bring_in_again
from tajuk.newsroom.actions.bring_in.names import (
    bring_in_people,
    bring_in_sections,
    bring_in_topics,
)
from tajuk.newsroom.actions.bring_in.stories import bring_in, uris_at_the_desk
from tajuk.newsroom.actions.bring_in.types import Arriving, BroughtIn, LeftAloneError, Made

__all__ = [
    "Arriving", "BroughtIn", "LeftAloneError", "Made", "bring_in", "bring_in_again", "bring_in_people",
    "bring_in_sections", "bring_in_topics", "uris_at_the_desk",
]  # fmt: skip
