"""What to read next, and search. Every list is made by a rule that its readers are told (`WHY`)."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from tajuk.discovery import rules, search
from tajuk.discovery.rules import terms_asked
from tajuk.discovery.types import Found, Shelf
from tajuk.newsroom import queries as newsroom
from tajuk.newsroom.types import StoryFacts, TopicLine
from tajuk.paywall.types import Access
from tajuk.terms.ids import SectionId, StoryId
from tajuk.terms.language import Language

__all__ = [
    "WHY", "Found", "Shelf", "hot_topics", "other_news", "recommended", "related", "search_stories", "shelf",
]  # fmt: skip

WHY = {
    "related": _(
        "Stories on the same topics, most topics shared first; then what this section published just before."
    ),
    "other": _("The newest stories of the other sections, one of each in turn."),
    "latest": _("The newest stories of the whole paper."),
    "of_a_section": _("The newest stories of this section."),
    "hot": _("The topics with the most stories in the last seven days."),
    "followed": _("The newest stories of a topic you follow."),
    "recommended": _(
        "What our editors have placed on the front page, then our newest stories for subscribers. "
        "The same for every reader: nobody is followed."
    ),
    "photos": _("Our newest photo galleries."),
}
"""How each list is made, in a sentence for readers."""

HOT_FOR = timedelta(days=7)
_SHELF = 40
_TOPIC = 60
_ASKED_AT_MOST = 200


def shelf(language: Language) -> Shelf:
    """The newest stories by section. One query, and one a section."""
    tree = newsroom.sections(language)
    return Shelf(
        language, tree, newsroom.newest_of_sections(list(tree.by_id), language, each=_SHELF)
    )


def other_news(
    section_id: SectionId, on: Shelf, *, at_most: int, latest: int
) -> tuple[StoryId, ...]:
    """What to set beside the stories of a section: the newest of the others, the very latest left out."""
    return rules.other(
        on.tree.above(section_id), on.by_top_section, set(on.latest(latest)), at_most=at_most
    )


def related(
    stories: Collection[StoryFacts],
    on: Shelf,
    *,
    at_most: int,
    leave_out: Mapping[SectionId, Collection[StoryId]],
) -> dict[StoryId, tuple[StoryId, ...]]:
    """What to set beside each of these stories. `leave_out` is what stands beside all of a section.

    Two queries: one for the topics the shelf has not been asked for yet, one for each hundred stories whose
    topics lead to too few others.
    """
    asked = {topic.topic_id for story in stories for topic in story.topics} - on.of_topics.keys()
    if asked:
        found = newsroom.newest_of_topics(asked, on.language, each=_TOPIC)
        on.of_topics.update({topic: found.get(topic, []) for topic in asked})
    answer: dict[StoryId, tuple[StoryId, ...]] = {}
    short: list[StoryFacts] = []
    for story in stories:
        beside = leave_out.get(story.teaser.section.section_id, ())
        topics = [topic.topic_id for topic in story.topics]
        row = rules.related(story.story_id, topics, on.of_topics, leave_out=beside, at_most=at_most)
        answer[story.story_id] = row
        if len(row) < at_most:
            short.append(story)
    if short:
        before = newsroom.stories_before([story.teaser for story in short], each=at_most * 2)
        for story in short:
            beside = leave_out.get(story.teaser.section.section_id, ())
            filled = [each for each in before.get(story.story_id, ()) if each not in beside]
            row = tuple(dict.fromkeys((*answer[story.story_id], *filled)))
            answer[story.story_id] = row[:at_most]
    return answer


def hot_topics(language: Language, *, now: datetime, at_most: int) -> tuple[TopicLine, ...]:
    """The topics with the most stories in seven days, the newest first among equals. Two queries."""
    ids = newsroom.busiest_topics(language, since=now - HOT_FOR, at_most=at_most)
    lines = newsroom.topics(ids, language)
    return tuple(lines[each] for each in ids)


def recommended(language: Language, *, placed_since: datetime, at_most: int) -> tuple[StoryId, ...]:
    """What editors placed on the home front, then the newest premium stories. Two queries."""
    placed = newsroom.placed(None, language, since=placed_since)
    premium = newsroom.latest_with_access(Access.PREMIUM, language, at_most=at_most)
    return tuple(dict.fromkeys((*placed, *premium.story_ids)))[:at_most]


def search_stories(
    question: str, language: Language, *, at_most: int, before: StoryId | None = None
) -> Found:
    """Stories of an edition that hold every word asked for, newest first. Five queries at most.

    Anything may be asked: what holds no word finds nothing. A story that is withdrawn is out of the answer
    at once, whatever the index still holds.
    """
    terms = terms_asked(question[:_ASKED_AT_MOST])
    ids = search.find(terms, language, at_most=at_most + 1, before=before)
    shown = newsroom.in_order(ids[:at_most], language)
    return Found(shown, older=ids[at_most - 1] if len(ids) > at_most else None)
