"""What a surface that knows no reader may say of a story: feeds, search, structured data."""

from datetime import datetime

from tajuk.newsroom.rules.body import Block
from tajuk.newsroom.types import StoryFacts
from tajuk.paywall import Open, decide


def open_part(story: StoryFacts, *, now: datetime) -> tuple[Block, ...]:
    """The body where the paywall lets anybody in, the preview otherwise."""
    decision = decide(story.teaser.access, None, None, now=now)
    return story.body if isinstance(decision, Open) else story.preview


def is_open(story: StoryFacts, *, now: datetime) -> bool:
    """Whether anybody may read all of it."""
    return isinstance(decide(story.teaser.access, None, None, now=now), Open)
