"""Many new stories at once: rows, history, references, search and audit in batches; one message for all."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import models, transaction

from tajuk.contracts.incoming import IncomingPerson, IncomingSection, IncomingStory, IncomingTopic
from tajuk.contracts.messages import StoriesImported
from tajuk.newsroom.actions.bring_in import indexes
from tajuk.newsroom.actions.bring_in.body import Stream, uris_in
from tajuk.newsroom.actions.bring_in.names import (
    bring_in_people,
    bring_in_sections,
    bring_in_topics,
)
from tajuk.newsroom.actions.bring_in.types import Arriving, BroughtIn, PictureIds
from tajuk.newsroom.actions.listing import list_again
from tajuk.newsroom.models import (
    Byline,
    Correction,
    OldPath,
    OtherSection,
    Source,
    Story,
    StoryNote,
    StoryTopic,
)
from tajuk.newsroom.rules import publication
from tajuk.outbox.actions import put
from tajuk.terms.addresses import slug_of
from tajuk.terms.ids import StoryId


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The rows that the stories of a batch hang on."""

    pictures: PictureIds
    sections: Mapping[IncomingSection, int]
    topics: Mapping[IncomingTopic, int]
    people: Mapping[IncomingPerson, int]

    @classmethod
    def of(
        cls, stories: Sequence[IncomingStory], pictures: PictureIds, *, tell: bool = True
    ) -> "Surroundings":
        """Found or made: a handful of queries however many stories, and a few for each row made."""
        return cls(
            pictures,
            bring_in_sections(
                (each for story in stories for each in (story.section, *story.other_sections)),
                tell=tell,
            ),
            bring_in_topics((each for story in stories for each in story.topics), tell=tell),
            bring_in_people(
                (each for story in stories for each in story.byline), pictures, tell=tell
            ),
        )


def bring_in(
    arriving: Sequence[Arriving], *, pictures: PictureIds, now: datetime
) -> list[BroughtIn]:
    """Makes these stories, all or none; the answers are in the order of the question.

    Links among them, and to what is at the desk already, are resolved; others are left out and said.
    Costs some twenty queries a batch, and a few for each section, topic or person that is new. Raises
    IntegrityError where the desk has a story of one of these `uri`s.
    """
    stories = [each.story for each in arriving]
    with transaction.atomic():
        around = Surroundings.of(stories, pictures, tell=not any(each.live for each in arriving))
        rows = [story_row(each, around, now=now) for each in arriving]
        known = stories_at_the_desk(stories)
        missed: dict[str, tuple[str, ...]] = {}
        mates = {story.uri for story in stories}
        waiting = []
        for story, row in zip(stories, rows, strict=True):
            if mates.isdisjoint({*uris_in(story.body), story.translation_of} - known.keys()):
                missed[story.uri] = fill_links(row, story, around, known)
            else:
                waiting.append((story, row))
        Story.objects.bulk_create(rows)
        known |= {row.uri: StoryId(row.pk) for row in rows if row.uri}
        for story, row in waiting:
            missed[story.uri] = fill_links(row, story, around, known)
        if waiting:
            Story.objects.bulk_update([row for _, row in waiting], ["body", "translation_of"])
        for story, row in zip(stories, rows, strict=True):
            hang_on(row, child_rows(story, around))
        for model in (Byline, OtherSection, StoryTopic, Source):
            _create_all(model, rows)
        note_beside(zip(stories, rows, strict=True), now=now)
        revisions = indexes.write_history(rows, now=now)
        indexes.write_references(rows)
        indexes.write_search(rows)
        live = tuple(row.pk for row in rows if row.live)
        if live:
            list_again(live)
            put(StoriesImported(live))
    return [
        BroughtIn(story.uri, StoryId(row.pk), revisions[row.pk], row.live, missed[story.uri])
        for story, row in zip(stories, rows, strict=True)
    ]


def story_row(arriving: Arriving, around: Surroundings, *, now: datetime) -> Story:
    """The story without its body and without what hangs on it."""
    story, live = arriving.story, arriving.live
    is_to_come = story.published_at is not None and story.published_at > now
    return Story(
        uri=story.uri,
        language=story.language.value,
        section_id=around.sections[story.section],
        slug=story.slug or (slug_of(story.headline) if live else ""),
        kicker=story.kicker,
        headline=story.headline,
        standfirst=story.standfirst,
        dateline=story.dateline,
        lead_picture_id=around.pictures[story.lead_picture] if story.lead_picture else None,
        lead_caption=story.lead_caption,
        access=story.access,
        social_headline=story.social_headline,
        social_picture_id=around.pictures[story.social_picture] if story.social_picture else None,
        published_at=(
            publication.published_at(story.published_at, None, now=now)
            if live
            else None
            if is_to_come
            else story.published_at
        ),
        updated_at=story.updated_at,
        go_live_at=story.published_at if is_to_come and not live else None,
        embargo_until=None if live else story.embargo_until,
        embargo_note="" if live else story.embargo_note,
        expire_at=story.expire_at,
        live=live,
        has_unpublished_changes=not live,
        first_published_at=now if live else None,
        last_published_at=now if live else None,
    )


def fill_links(
    row: Story, story: IncomingStory, around: Surroundings, known: Mapping[str, StoryId]
) -> tuple[str, ...]:
    """Gives the row its body and its original; returns which links lead nowhere."""
    stream = Stream(around.pictures, known)
    row.body = stream.of(story.body)
    if story.translation_of:
        row.translation_of_id = known.get(story.translation_of)
        if row.translation_of_id is None:
            stream.missed.append(f"it translates {story.translation_of}, which isn't here yet")
    return tuple(stream.missed)


def stories_at_the_desk(stories: Iterable[IncomingStory]) -> dict[str, StoryId]:
    """The ids of those stories that these link to or translate and that are there. One query, or none."""
    uris = {uri for story in stories for uri in (*uris_in(story.body), story.translation_of) if uri}
    if not uris:
        return {}
    found = Story.objects.filter(uri__in=uris).values_list("uri", "pk")
    return {uri: StoryId(pk) for uri, pk in found if uri}


def uris_at_the_desk(uris: Iterable[str]) -> set[str]:
    """Which of these the desk has a story of. One query."""
    return set(Story.objects.filter(uri__in=list(uris)).values_list("uri", flat=True))


def child_rows(story: IncomingStory, around: Surroundings) -> dict[str, list[models.Model]]:
    """What hangs on a story, by the name of the relation; each person, section and topic once."""
    people = dict.fromkeys(around.people[each] for each in story.byline)
    topics = dict.fromkeys(around.topics[each] for each in story.topics)
    sections = dict.fromkeys(around.sections[each] for each in story.other_sections)
    sections.pop(around.sections[story.section], None)
    return {
        "bylines": [Byline(person_id=pk, sort_order=n) for n, pk in enumerate(people)],
        "topics": [StoryTopic(topic_id=pk, sort_order=n) for n, pk in enumerate(topics)],
        "other_sections": [OtherSection(section_id=pk, sort_order=n) for n, pk in enumerate(sections)],
        "sources": [
            Source(
                agency=each.agency, medium=each.medium, quoted_on=each.quoted_on, url=each.url,
                sort_order=n,
            )
            for n, each in enumerate(story.sources)
        ],
    }  # fmt: skip


def hang_on(row: Story, children: Mapping[str, list[models.Model]]) -> None:
    """Puts child rows into the row's cluster, where revisions and references look for them."""
    for name, rows in children.items():
        for child in rows:
            child.story = row  # type: ignore[attr-defined]
        cluster = row.__dict__.setdefault("_cluster_related_objects", {})
        cluster[name] = rows


def _create_all(model: type[models.Model], rows: Iterable[Story]) -> None:
    relation = model._meta.get_field("story").remote_field.related_name  # type: ignore[union-attr]  # noqa: SLF001
    children = [
        child for row in rows for child in row.__dict__["_cluster_related_objects"][relation]
    ]
    model._default_manager.bulk_create(children)  # noqa: SLF001


def note_beside(pairs: Iterable[tuple[IncomingStory, Story]], *, now: datetime) -> None:
    """Corrections, old addresses and the sender's note to the desk. An address another story has stays its."""
    corrections, paths, notes = [], [], []
    for story, row in pairs:
        corrections += [
            Correction(story=row, note=each.note, posted_at=each.posted_at)
            for each in story.corrections
        ]
        paths += [OldPath(story=row, path=path) for path in story.old_paths]
        if story.note:
            notes.append(StoryNote(story=row, text=story.note, written_at=now))
    Correction.objects.bulk_create(corrections)
    OldPath.objects.bulk_create(paths, ignore_conflicts=True)
    StoryNote.objects.bulk_create(notes)
