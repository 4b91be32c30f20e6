"""Whole stories, for their own pages."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Q

from tajuk.newsroom.models import (
    Byline,
    Correction,
    OtherSection,
    Person,
    Source,
    Story,
    StoryTopic,
)
from tajuk.newsroom.queries.named import author, person_facts, sections, topic_line
from tajuk.newsroom.queries.teasers import FIELDS, address, authors_of, published, teaser
from tajuk.newsroom.rules.body import (
    Linked,
    blocks_of,
    hidden_from,
    linked_stories,
    preview_end,
    preview_of,
)
from tajuk.newsroom.types import (
    CorrectionFacts,
    SourceFacts,
    StoryFacts,
    TeaserFacts,
    TopicLine,
)
from tajuk.terms.ids import PictureId, SectionId, StoryId
from tajuk.terms.language import Language

_WHOLE = (
    *FIELDS, "dateline", "lead_caption", "body", "social_headline", "social_picture_id", "translation_of_id",
)  # fmt: skip


def stories(story_ids: Iterable[int]) -> dict[StoryId, StoryFacts]:
    """The published ones among these stories, whole, by id. Thirteen queries an edition, however many."""
    rows = list(published().filter(pk__in=set(story_ids)).values(*_WHOLE))
    answer: dict[StoryId, StoryFacts] = {}
    for language in sorted({Language(row["language"]) for row in rows}):
        of_edition = [row for row in rows if row["language"] == language]
        answer |= _whole(of_edition, language)
    return answer


def story(story_id: int) -> StoryFacts | None:
    """One published story, whole, or None. The same queries as for many."""
    return stories([story_id]).get(StoryId(story_id))


def story_as_edited(edited: Story, *, now: datetime) -> StoryFacts:
    """A story as it stands on the editor's screen, saved or not: what its page would be if published now.

    People, topics, sources and sections are those of the form; nothing is written. For previews only.
    """
    language = Language(edited.language or settings.PAPER.first_language)
    tree = sections(language)
    row = {name: getattr(edited, name) for name in _WHOLE}
    row |= {"id": edited.pk or 0, "language": language, "published_at": edited.published_at or now}
    if row["section_id"] not in tree.by_id:  # no section chosen yet
        row["section_id"] = next(iter(tree.by_id), None)
    raw = edited.body.get_prep_value()
    linked = linked_stories(raw)
    bylines = [each.person for each in edited.bylines.all() if each.person_id]
    links = _links(linked)
    body, ends = blocks_of(raw, links), preview_end(raw, links)
    preview = preview_of(body, ends)
    translations = _translations([row], language) if edited.pk else {}
    return StoryFacts(
        teaser=teaser(row, tree, {row["id"]: tuple(author(each, language) for each in bylines)}),
        people=tuple(person_facts(each, language) for each in bylines),
        body=body,
        preview=preview,
        hidden_from=hidden_from(body, preview, ends),
        sources=tuple(
            SourceFacts(each.agency, each.medium, each.quoted_on, each.url)
            for each in edited.sources.all()
        ),
        corrections=tuple(_corrections([row["id"]]).get(row["id"], ())),
        topics=tuple(
            topic_line(each.topic, language) for each in edited.topics.all() if each.topic_id
        ),
        other_sections=tuple(
            SectionId(each.section_id) for each in edited.other_sections.all() if each.section_id
        ),
        translation=translations.get(row["id"]),
        linked=frozenset(linked),
        **_own(row),
    )


def _whole(rows: list[dict[str, Any]], language: Language) -> dict[StoryId, StoryFacts]:
    ids = [row["id"] for row in rows]
    tree = sections(language)
    raws = {row["id"]: row["body"].get_prep_value() for row in rows}
    linked = {story_id: linked_stories(raw) for story_id, raw in raws.items()}
    links = _links({each for some in linked.values() for each in some})
    people = _people(ids)
    topics = _topics(ids, language)
    sources = _sources(ids)
    corrections = _corrections(ids)
    others = _other_sections(ids)
    translations = _translations(rows, language)
    answer: dict[StoryId, StoryFacts] = {}
    for row in rows:
        story_id = row["id"]
        body, ends = blocks_of(raws[story_id], links), preview_end(raws[story_id], links)
        preview = preview_of(body, ends)
        wrote = people.get(story_id, [])
        answer[StoryId(story_id)] = StoryFacts(
            teaser=teaser(row, tree, {story_id: tuple(author(each, language) for each in wrote)}),
            people=tuple(person_facts(each, language) for each in wrote),
            body=body,
            preview=preview,
            hidden_from=hidden_from(body, preview, ends),
            sources=tuple(sources.get(story_id, ())),
            corrections=tuple(corrections.get(story_id, ())),
            topics=tuple(topics.get(story_id, ())),
            other_sections=tuple(others.get(story_id, ())),
            translation=translations.get(story_id),
            linked=frozenset(linked[story_id]),
            **_own(row),
        )
    return answer


def _own(row: Mapping[str, Any]) -> dict[str, Any]:
    social = row["social_picture_id"]
    return {
        "dateline": row["dateline"],
        "lead_caption": row["lead_caption"],
        "social_headline": row["social_headline"],
        "social_picture": PictureId(social) if social else None,
    }


def _links(story_ids: Collection[int]) -> dict[StoryId, Linked]:
    """Two queries; none without links. A link may lead to either edition."""
    if not story_ids:
        return {}
    rows = published().filter(pk__in=story_ids).values(*FIELDS)
    tree = sections(Language.INDONESIAN)  # only slugs are used, and those are the same in both
    return {StoryId(row["id"]): Linked(address(row, tree), row["headline"]) for row in rows}


def _people(ids: list[int]) -> dict[int, list[Person]]:
    found: dict[int, list[Person]] = {}
    rows = Byline.objects.filter(story_id__in=ids).select_related("person")
    for row in rows.order_by("sort_order", "id"):
        found.setdefault(row.story_id, []).append(row.person)
    return found


def _topics(ids: list[int], language: Language) -> dict[int, list[TopicLine]]:
    found: dict[int, list[TopicLine]] = {}
    rows = StoryTopic.objects.filter(story_id__in=ids).select_related("topic")
    for row in rows.order_by("sort_order", "id"):
        found.setdefault(row.story_id, []).append(topic_line(row.topic, language))
    return found


def _sources(ids: list[int]) -> dict[int, list[SourceFacts]]:
    found: dict[int, list[SourceFacts]] = {}
    for row in Source.objects.filter(story_id__in=ids).order_by("sort_order", "id"):
        found.setdefault(row.story_id, []).append(
            SourceFacts(row.agency, row.medium, row.quoted_on, row.url)
        )
    return found


def _corrections(ids: list[int]) -> dict[int, list[CorrectionFacts]]:
    found: dict[int, list[CorrectionFacts]] = {}
    for row in Correction.objects.filter(story_id__in=ids).order_by("posted_at", "id"):
        found.setdefault(row.story_id, []).append(CorrectionFacts(row.note, row.posted_at))
    return found


def _other_sections(ids: list[int]) -> dict[int, list[SectionId]]:
    found: dict[int, list[SectionId]] = {}
    for row in OtherSection.objects.filter(story_id__in=ids).order_by("sort_order", "id"):
        found.setdefault(row.story_id, []).append(SectionId(row.section_id))
    return found


def _translations(rows: list[dict[str, Any]], language: Language) -> dict[int, TeaserFacts]:
    """The published story in the other language, by story id; three queries at most."""
    origin = {row["translation_of_id"]: row["id"] for row in rows if row["translation_of_id"]}
    either = Q(pk__in=origin) | Q(translation_of__in=[row["id"] for row in rows])
    found = list(
        published().filter(either).exclude(language=language).values(*FIELDS, "translation_of_id")
    )
    if not found:
        return {}
    other = Language(found[0]["language"])
    tree = sections(other)
    authors = authors_of([row["id"] for row in found], other)
    return {
        origin.get(row["id"], row["translation_of_id"]): teaser(row, tree, authors) for row in found
    }
