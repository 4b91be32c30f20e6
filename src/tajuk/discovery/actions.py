"""Keeping the search index true to what readers may read."""

from collections.abc import Collection, Iterable
from datetime import datetime
from itertools import chain

from tajuk.discovery import search
from tajuk.discovery.rules import words_in
from tajuk.discovery.search import Entry
from tajuk.newsroom import queries as newsroom
from tajuk.newsroom.rules.body import plain, words_of
from tajuk.newsroom.rules.public import open_part
from tajuk.newsroom.types import StoryFacts
from tajuk.terms.ids import StoryId

AT_ONCE = 200


def index_stories(story_ids: Collection[int], *, now: datetime) -> None:
    """Indexes these stories as readers have them now; those readers no longer have leave the index."""
    wanted = list(story_ids)
    for start in range(0, len(wanted), AT_ONCE):
        some = wanted[start : start + AT_ONCE]
        write(some, newsroom.stories(some).values(), now=now)


def index_everything(*, now: datetime) -> None:
    """Indexes every published story anew; what is published no longer leaves the index."""
    for some in newsroom.story_ids(step=AT_ONCE):
        write(some, newsroom.stories(some).values(), now=now)
    for some in search.indexed_ids(step=AT_ONCE):
        there = newsroom.published_among(some)
        search.write([], gone=[each for each in some if each not in there])


def write(wanted: Collection[int], stories: Iterable[StoryFacts], *, now: datetime) -> None:
    """Indexes stories already read; those of `wanted` that are not among them leave the index."""
    entries = [_entry(story, now=now) for story in stories]
    there = {entry.story_id for entry in entries}
    search.write(entries, gone=[StoryId(each) for each in wanted if each not in there])


def _entry(story: StoryFacts, *, now: datetime) -> Entry:
    """Only what anybody may read: of a gated story its preview."""
    teaser = story.teaser
    texts = chain(
        (
            teaser.headline,
            teaser.kicker,
            plain(teaser.standfirst),
            story.dateline,
            story.lead_caption,
        ),
        (person.name for person in story.people),
        (topic.name for topic in story.topics),
        (words_of(open_part(story, now=now)),),
    )
    return Entry(
        teaser.story_id, teaser.language, teaser.published_at, [word for text in texts for word in words_in(text)]
    )  # fmt: skip
