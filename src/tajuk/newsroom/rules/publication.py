"""The two times under a headline, and where a story stands."""

from dataclasses import dataclass
from datetime import datetime

from tajuk.terms import addresses
from tajuk.terms.ids import StoryId
from tajuk.terms.language import Language
from tajuk.terms.paper import Paper


@dataclass(frozen=True, slots=True)
class Wording:
    """What readers read of a story: the fields whose change is an update."""

    kicker: str
    headline: str
    standfirst: str
    dateline: str
    caption: str
    body: str


def published_at(asked: datetime | None, standing: datetime | None, *, now: datetime) -> datetime:
    """The time of first publication: what the editor set, else what it was, else now; never the future."""
    return min(asked or standing or now, now)


def updated_at(
    before: Wording | None, after: Wording, *, standing: datetime | None, now: datetime
) -> datetime | None:
    """The time of the last update: now if the wording changed, else what it was.

    `before` is what readers had; None where the story is published for the first time, which updates
    nothing.
    """
    return now if before is not None and before != after else standing


def path_of(
    story_id: StoryId, *, language: str, section: str, published: datetime, slug: str, paper: Paper
) -> str:
    """The public path of a story; its day is that of the paper's own time zone."""
    day = published.astimezone(paper.time_zone).date()
    prefix = addresses.prefix(Language(language), first=paper.first_language)
    return prefix + addresses.story(section, day, story_id, slug)
