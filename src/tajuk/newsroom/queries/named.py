"""Sections, topics and people, in one language of the paper."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.conf import settings
from django.db.models import QuerySet

from tajuk.newsroom.models import (
    OldPersonSlug,
    OldSectionSlug,
    OldTopicSlug,
    Person,
    Section,
    Topic,
)
from tajuk.newsroom.types import Author, PersonFacts, SectionLine, SectionTree, TopicLine
from tajuk.terms import addresses
from tajuk.terms.ids import PersonId, PictureId, SectionId, TopicId
from tajuk.terms.language import Language


def prefix(language: Language) -> str:
    """What stands before the paths of this edition."""
    return addresses.prefix(language, first=settings.PAPER.first_language)


def in_language(language: Language, first: str, second: str) -> str:
    """The text of this language, or that of the first where the second is empty."""
    return first if language is settings.PAPER.first_language else second or first


Trees = dict[Language, SectionTree]
_kept: ContextVar[Trees | None] = ContextVar("kept_sections", default=None)


@contextmanager
def keeping_sections(trees: Trees) -> Iterator[None]:
    """Inside, the sections of an edition are read once, into `trees`: almost every other query needs them too.

    For one press run, which reads after it has taken its number; nobody keeps them longer.
    """
    token = _kept.set(trees)
    try:
        yield
    finally:
        _kept.reset(token)


def sections(language: Language) -> SectionTree:
    """All sections, in the order of the navigation. One query; none where they are kept."""
    kept = _kept.get()
    if kept is None:
        return _sections(language)
    if language not in kept:
        kept[language] = _sections(language)
    return kept[language]


def _sections(language: Language) -> SectionTree:
    ahead = prefix(language)
    return SectionTree({
        SectionId(row.pk): SectionLine(
            section_id=SectionId(row.pk),
            slug=row.slug,
            name=in_language(language, row.name, row.name_second),
            description=in_language(language, row.description, row.description_second),
            parent=SectionId(row.parent_id) if row.parent_id else None,
            href=ahead + addresses.front(row.slug),
        )
        for row in Section.objects.order_by("position", "id")
    })  # fmt: skip


def topic_line(row: Topic, language: Language) -> TopicLine:
    """A topic's row as readers know it."""
    return TopicLine(
        topic_id=TopicId(row.pk),
        slug=row.slug,
        name=in_language(language, row.name, row.name_second),
        description=in_language(language, row.description, row.description_second),
        href=prefix(language) + addresses.topic(row.slug),
    )


def topic(slug: str, language: Language) -> TopicLine | None:
    """The topic of this slug. One query."""
    row = Topic.objects.filter(slug=slug).first()
    return topic_line(row, language) if row else None


def topics(topic_ids: Iterable[int], language: Language) -> dict[TopicId, TopicLine]:
    """These topics, by id. One query."""
    rows = Topic.objects.filter(pk__in=set(topic_ids))
    return {TopicId(row.pk): topic_line(row, language) for row in rows}


def topics_with_slugs(slugs: Iterable[str], language: Language) -> tuple[TopicLine, ...]:
    """The topics of these slugs. One query."""
    rows = Topic.objects.filter(slug__in=set(slugs)).order_by("id")
    return tuple(topic_line(row, language) for row in rows)


def every_topic(language: Language) -> tuple[TopicLine, ...]:
    """All topics, by name. One query."""
    return tuple(topic_line(row, language) for row in Topic.objects.order_by("name", "id"))


def author(row: Person, language: Language) -> Author:
    """A person's row as a byline shows it."""
    href = prefix(language) + addresses.author(row.slug)
    return Author(PersonId(row.pk), row.name, href)


def person_facts(row: Person, language: Language) -> PersonFacts:
    """A person's row as the profile page shows it."""
    return PersonFacts(
        person_id=PersonId(row.pk),
        slug=row.slug,
        name=row.name,
        href=prefix(language) + addresses.author(row.slug),
        role=in_language(language, row.role, row.role_second),
        bio=in_language(language, row.bio, row.bio_second),
        email=row.email,
        portrait=PictureId(row.portrait_id) if row.portrait_id else None,
    )


def person(slug: str, language: Language) -> PersonFacts | None:
    """The person of this slug. One query."""
    row = Person.objects.filter(slug=slug).first()
    return person_facts(row, language) if row else None


def people(person_ids: Iterable[int], language: Language) -> dict[PersonId, PersonFacts]:
    """These people, by id. One query."""
    rows = Person.objects.filter(pk__in=set(person_ids))
    return {PersonId(row.pk): person_facts(row, language) for row in rows}


def every_person(language: Language) -> tuple[PersonFacts, ...]:
    """All people, by name. One query."""
    return tuple(person_facts(row, language) for row in Person.objects.order_by("name", "id"))


def section_once_called(slug: str, language: Language) -> SectionLine | None:
    """The section that had this slug last and has another now. Two queries."""
    row = OldSectionSlug.objects.filter(slug=slug).first()
    return sections(language).by_id.get(SectionId(row.named_id)) if row else None


def topic_once_called(slug: str, language: Language) -> TopicLine | None:
    """The topic that had this slug last and has another now. One query."""
    row = OldTopicSlug.objects.filter(slug=slug).select_related("named").first()
    return topic_line(row.named, language) if row else None


def person_once_called(slug: str, language: Language) -> PersonFacts | None:
    """The person who had this slug last and has another now. One query."""
    row = OldPersonSlug.objects.filter(slug=slug).select_related("named").first()
    return person_facts(row.named, language) if row else None


def old_slugs_of_section(section_id: SectionId) -> tuple[str, ...]:
    """The slugs a section had before, the oldest first. One query."""
    return _slugs(OldSectionSlug.objects.filter(named_id=section_id))


def old_slugs_of_topic(topic_id: TopicId) -> tuple[str, ...]:
    """The slugs a topic had before, the oldest first. One query."""
    return _slugs(OldTopicSlug.objects.filter(named_id=topic_id))


def old_slugs_of_person(person_id: PersonId) -> tuple[str, ...]:
    """The slugs a person had before, the oldest first. One query."""
    return _slugs(OldPersonSlug.objects.filter(named_id=person_id))


def old_addresses(language: Language) -> tuple[str, ...]:
    """Where the fronts, lists and feeds of this edition stood before their section, topic or person was renamed, be it
    that something else stands there now. Three queries.
    """
    ahead = prefix(language)
    found: list[str] = []
    for slug in _slugs(OldSectionSlug.objects.all()):
        found += [addresses.front(slug), addresses.feed(f"section/{slug}")]
    for slug in _slugs(OldTopicSlug.objects.all()):
        found += [addresses.topic(slug), addresses.feed(f"topic/{slug}")]
    found += [addresses.author(slug) for slug in _slugs(OldPersonSlug.objects.all())]
    return tuple(ahead + each for each in found)


def _slugs(rows: QuerySet[Any]) -> tuple[str, ...]:
    return tuple(rows.order_by("id").values_list("slug", flat=True))
