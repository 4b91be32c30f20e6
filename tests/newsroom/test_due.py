"""When the scheduler has to look next: the moment itself, not the tick after it."""

from datetime import datetime, timedelta

from django.conf import settings
from pytest_django import DjangoAssertNumQueries

from tajuk.accounts.models import User
from tajuk.newsroom import actions
from tajuk.newsroom.actions.due import next_due
from tajuk.newsroom.models import Front, Placement, Story
from tests.newsroom.conftest import MakeStory, later


def test_the_next_moment_is_that_of_the_schedule_or_of_the_embargo_that_ends_later(
    draft: MakeStory, eko: User, now: datetime
) -> None:
    assert next_due(now) is None
    for headline, schedule, embargo in (("Nanti", 5, None), ("Dijanjikan", 1, 3)):
        story = draft(
            headline,
            go_live_at=later(schedule, now),
            embargo_until=later(embargo, now) if embargo else None,
        )
        actions.publish_story(story, acting_user=eko, now=now)
    assert next_due(now) == later(3, now)
    assert next_due(later(3, now)) == later(5, now), "what is due now is this tick's"
    assert next_due(later(5, now)) is None


def test_a_story_that_expires_and_a_place_that_lapses_are_foreseen(
    draft: MakeStory, eko: User, now: datetime
) -> None:
    story = draft("Sementara")
    actions.publish_story(story, acting_user=eko, now=now)
    Story.objects.filter(pk=story.pk).update(expire_at=later(99, now))
    assert next_due(now) == later(99, now)
    front = Front.objects.create(language="id")
    stay = timedelta(hours=settings.PAPER.front_placement_hours)
    Placement.objects.create(front=front, story=story, placed_at=now)
    Placement.objects.create(front=front, story=story, placed_at=later(-99, now), pinned=True)
    assert next_due(now) == min(now + stay, later(99, now))
    assert actions.next_due is next_due


def test_looking_ahead_asks_three_questions(
    django_assert_num_queries: DjangoAssertNumQueries, db: None, now: datetime
) -> None:
    Story.get_base_content_type()
    with django_assert_num_queries(3):
        assert next_due(now) is None
