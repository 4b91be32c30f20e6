"""A list page costs what stands on it, however long its list, and every action keeps it right."""

import importlib
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.actions import EditAction

from tajuk.contracts.incoming import (
    IncomingPerson,
    IncomingSection,
    IncomingStory,
    IncomingTopic,
)
from tajuk.newsroom import actions, queries
from tajuk.newsroom.actions.bring_in import Arriving, Made, bring_in, bring_in_again
from tajuk.newsroom.models import (
    Byline,
    OtherSection,
    Person,
    Section,
    Story,
    StoryTopic,
    Topic,
)
from tajuk.terms.ids import StoryId
from tajuk.terms.language import Language
from tests.newsroom.conftest import MakeStory, later
from tests.standing_matter import NOON, person, section, topic

pytestmark = pytest.mark.django_db
ID, EN = Language.INDONESIAN, Language.ENGLISH
MODELS = (Byline, OtherSection, StoryTopic)


def listed() -> dict[str, list[tuple[str, datetime | None]]]:
    """What the rows of each list hold, and that they hold what their stories say."""
    found = {}
    for model in MODELS:
        rows = model._default_manager.select_related("story").order_by("pk")
        for row in rows:
            story: Story = row.story
            assert row.published_at == (story.published_at if story.live else None)
            assert not story.live or row.language == story.language
        found[model.__name__] = [(row.language, row.published_at) for row in rows]
    return found


def with_rows(story: Story) -> Story:
    """A new version of the story, with one row more of each kind, as the desk's form makes it."""
    edited: Story = Story.objects.get(pk=story.pk).get_latest_revision_as_object()
    number = edited.topics.count()
    edited.topics.add(StoryTopic(topic=topic(f"topik-{number}")))
    edited.bylines.add(Byline(person=person(f"Orang {number}")))
    edited.other_sections.add(OtherSection(section=section(f"seksi-{number}")))
    EditAction(edited).execute(skip_permission_checks=True)
    return edited


def test_every_action_keeps_the_rows_of_lists_as_the_story_is(
    draft: MakeStory, now: datetime
) -> None:
    pk = draft().pk
    at, by = later(-5, now), {"acting_user": None}

    def story() -> Story:
        return Story.objects.get(pk=pk)

    def everything_is(moment: datetime | None, rows: int) -> bool:
        return all(
            [each for _, each in of_kind] == [moment] * rows for of_kind in listed().values()
        )

    with_rows(story())
    assert everything_is(None, 1)
    actions.publish_story(story(), now=at, **by)
    assert everything_is(at, 1)
    assert listed()["Byline"] == [("id", at)]
    with_rows(story())  # a draft of a live story: readers' lists stay as they are
    assert everything_is(at, 1)
    actions.correct_story(story(), note="Dua orang menulisnya.", now=later(-4, now), **by)
    assert everything_is(at, 2)
    actions.unpublish_story(story(), now=later(-4, now), **by)
    assert everything_is(None, 2)
    with_rows(story())  # the row holds the draft now, with rows that were live once
    assert everything_is(None, 3)
    actions.publish_story(story(), now=later(-3, now), **by)
    assert everything_is(at, 3)
    moved = story().get_latest_revision_as_object()
    moved.published_at, moved.language = later(-9, now), "en"
    moved.save_revision()
    actions.publish_story(moved, now=later(-3, now), **by)
    assert everything_is(later(-9, now), 3)
    assert listed()["StoryTopic"] == [("en", later(-9, now))] * 3
    actions.kill_story(story(), reason="Keliru.", now=later(-2, now), **by)
    assert everything_is(None, 3)
    actions.restore_story(story(), now=later(-2, now), **by)
    assert everything_is(None, 3)
    actions.publish_story(story(), now=later(-1, now), **by)
    assert everything_is(later(-9, now), 3)
    Story.objects.filter(pk=pk).update(expire_at=later(-0.5, now))
    actions.expire_due(now=now)
    assert everything_is(None, 3)


def test_a_scheduled_story_is_on_its_lists_from_its_moment_on(
    draft: MakeStory, now: datetime
) -> None:
    story = Story.objects.get(pk=with_rows(draft()).pk).get_latest_revision_as_object()
    story.go_live_at = later(1, now)
    story.save_revision()
    actions.publish_story(story, acting_user=None, now=now)
    assert listed()["StoryTopic"] == [("", None)]
    actions.publish_due(now=later(1, now))
    assert listed()["StoryTopic"] == [("id", later(1, now))]


def test_what_arrives_is_on_its_lists_and_what_arrives_again_too(now: datetime) -> None:
    at = later(-48, now)
    incoming = IncomingStory(
        uri="urn:uji:1", language=EN, headline="A ship comes in", section=IncomingSection("kota", "Kota"),
        byline=(IncomingPerson(name="Mei Lestarum"),), topics=(IncomingTopic(name="Kapal"),),
        other_sections=(IncomingSection("laut", "Laut"),), published_at=at,
    )  # fmt: skip
    waiting = IncomingStory(
        uri="urn:uji:2", language=ID, headline="Menunggu", section=IncomingSection("kota", "Kota"),
        topics=(IncomingTopic(name="Kapal"),),
    )  # fmt: skip
    live, _ = bring_in(
        [Arriving(incoming, live=True), Arriving(waiting, live=False)], pictures={}, now=now
    )
    assert listed() == {
        "Byline": [("en", at)], "OtherSection": [("en", at)], "StoryTopic": [("en", at), ("", None)],
    }  # fmt: skip
    made = Made(live.story_id, live.revision_id, was_live=True)
    again = bring_in_again(Arriving(incoming, live=True), made, pictures={}, now=now)
    assert sorted(listed()["StoryTopic"]) == [("", None), ("en", at)]
    assert listed()["Byline"] == [("en", at)]
    made = Made(again.story_id, again.revision_id, was_live=True)
    bring_in_again(Arriving(incoming, live=False), made, pictures={}, now=now)
    assert {each for rows in listed().values() for _, each in rows} == {None}


def test_an_upgrade_fills_the_rows_there_are(draft: MakeStory, now: datetime) -> None:
    for number in range(2):
        story = with_rows(draft(f"Berita {number}"))
        if number:
            actions.publish_story(story, acting_user=None, now=now)
    right = listed()
    assert [each for _, each in right["Byline"]] == [None, now]
    for model in MODELS:
        model._default_manager.update(published_at=NOON, language="en")
    migration = importlib.import_module("tajuk.newsroom.migrations.0003_lists_in_order")
    migration.fill(apps, None)
    assert [each for _, each in listed()["Byline"]] == [None, now]


def archive(size: int) -> tuple[Topic, Person, Section]:
    """So many stories, a quarter of them of one topic, by one person, and listed in one section besides their own."""
    economy, far = section("ekonomi"), section("laut")
    kopi, mei, others = topic("kopi"), person("Mei Lestarum"), topic("lain")
    stories = Story.objects.bulk_create(
        Story(
            language="id", section=economy, headline=f"Berita {number}", slug="berita", live=True,
            published_at=NOON - timedelta(minutes=number),
        )
        for number in range(size)
    )  # fmt: skip
    facts = [
        {"story": each, "language": "id", "published_at": each.published_at} for each in stories
    ]
    anybody = person("Hasan Tualang")
    StoryTopic.objects.bulk_create(
        StoryTopic(topic=others if number % 4 else kopi, **each)
        for number, each in enumerate(facts)
    )
    Byline.objects.bulk_create(
        Byline(person=anybody if number % 4 else mei, **each) for number, each in enumerate(facts)
    )
    elsewhere = section("sains")
    OtherSection.objects.bulk_create(
        OtherSection(section=elsewhere if number % 4 else far, **each)
        for number, each in enumerate(facts)
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return kopi, mei, far


def plans_of(read: Callable[[], Any]) -> list[str]:
    """How the database answers each query of this reading that is about a list."""
    with CaptureQueriesContext(
        connection,
    ) as asked:
        read()
    explain = "EXPLAIN QUERY PLAN" if connection.vendor == "sqlite" else "EXPLAIN"
    found = []
    with connection.cursor() as cursor:
        for query in asked.captured_queries:
            if "ORDER BY" in query["sql"]:
                cursor.execute(f"{explain} {query['sql']}")
                found.append("\n".join(str(each) for row in cursor.fetchall() for each in row))
    return found


def test_a_page_of_a_list_and_its_older_page_are_read_along_one_index() -> None:
    kopi, mei, far = archive(4000)
    middle = StoryId(
        StoryTopic.objects.filter(topic=kopi).order_by("pk").values_list("story_id", flat=True)[500]
    )
    lists: dict[str, Callable[..., Any]] = {
        "topic_latest": lambda **more: queries.of_topic(kopi.pk, ID, at_most=20, **more),
        "byline_latest": lambda **more: queries.of_person(mei.pk, ID, at_most=20, **more),
        "other_section_latest": lambda **more: queries.of_sections(
            [far.pk], ID, at_most=20, **more
        ),
    }
    for index, read in lists.items():
        assert len(read(before=middle).story_ids) == 20
        for more in ({}, {"before": middle}):
            *_, plan = plans_of(lambda read=read, more=more: read(**more))
            assert f" {index}" in plan, plan
            for costly in ("Sort", "TEMP B-TREE", "Seq Scan", "SCAN newsroom", "newsroom_story "):
                assert costly not in plan, plan
    (plan,) = plans_of(lambda: queries.newest_of_topics([kopi.pk, topic("lain").pk], ID, each=9))
    assert plan.count("topic_latest") == 2
    assert "Sort" not in plan
    assert "TEMP B-TREE" not in plan


def test_the_newest_of_topics_are_so_many_of_each_and_only_what_is_published() -> None:
    kopi, _, _ = archive(40)
    found = queries.newest_of_topics([kopi.pk, topic("kosong").pk], ID, each=3)
    assert [at for at, _ in found[kopi.pk]] == [
        NOON - timedelta(minutes=each) for each in (0, 4, 8)
    ]
    assert list(found) == [kopi.pk]
    assert queries.newest_of_topics([kopi.pk], EN, each=3) == {}
