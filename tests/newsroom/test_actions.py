"""What is done to a story: rows, audit line and message, together or not at all."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from pytest_django import DjangoAssertNumQueries
from wagtail.models import ModelLogEntry

from tajuk.accounts.models import User
from tajuk.contracts.messages import (
    Message,
    StoryCorrected,
    StoryKilled,
    StoryPublished,
    StoryUnpublished,
)
from tajuk.newsroom import actions
from tajuk.newsroom.actions.publish_story import Scheduled, WentLive
from tajuk.newsroom.errors import (
    EmbargoedError,
    KilledError,
    NeverPublishedError,
    NotKilledError,
    NotLiveError,
    NotPermittedError,
    WordsMissingError,
)
from tajuk.newsroom.models import OldPath, Section, Story
from tajuk.terms.ids import StoryId
from tests.newsroom.conftest import MakeStory, later


class _MachineStopsError(Exception):
    """Between the action and the commit."""


Told = Callable[[], list[Message]]


def lines_of(story: Story) -> list[str]:
    """The audit lines, oldest first."""
    return list(
        ModelLogEntry.objects.for_instance(story)
        .order_by("timestamp", "id")
        .values_list("action", flat=True)
    )


def rewrite(story: Story, headline: str) -> Story:
    """Saves a draft with another headline, as the desk does for a live story."""
    edited: Story = Story.objects.get(pk=story.pk).get_latest_revision_as_object()
    edited.headline = headline
    edited.save_revision()
    return edited


def test_an_editor_publishes_and_the_outbox_is_told_where_a_reporter_is_refused(
    draft: MakeStory, eko: User, rina: User, now: datetime, told: Told
) -> None:
    story = draft()
    with pytest.raises(NotPermittedError):
        actions.publish_story(story, acting_user=rina, now=now)
    story.refresh_from_db()
    assert not story.live
    assert told() == []

    assert isinstance(actions.publish_story(story, acting_user=eko, now=now), WentLive)
    story.refresh_from_db()
    assert story.live
    assert story.slug == "harga-garam-naik"
    assert (story.published_at, story.updated_at) == (now, None)
    assert told() == [StoryPublished(StoryId(story.pk))]
    assert lines_of(story) == ["wagtail.publish"]


def test_an_editor_of_another_section_publishes_nothing_here_and_moves_nothing_out(
    draft: MakeStory, eko: User, santi: User, sport: Section, now: datetime
) -> None:
    story = draft()
    with pytest.raises(NotPermittedError):
        actions.publish_story(story, acting_user=santi, now=now)
    moved = Story.objects.get(pk=story.pk)
    moved.section = sport
    moved.save_revision()
    with pytest.raises(NotPermittedError):  # Eko may not publish into the sport section
        actions.publish_story(moved, acting_user=eko, now=now)


def test_publishing_fails_as_a_whole_when_the_message_can_not_be_put(
    draft: MakeStory, eko: User, now: datetime, told: Told
) -> None:
    story = draft()
    with suppress(_MachineStopsError), transaction.atomic():
        actions.publish_story(story, acting_user=eko, now=now)
        raise _MachineStopsError
    story.refresh_from_db()
    assert not story.live
    assert told() == []
    assert lines_of(story) == []


def test_a_story_keeps_its_first_time_and_is_updated_only_by_new_wording(
    draft: MakeStory, eko: User, now: datetime
) -> None:
    story = draft()
    actions.publish_story(story, acting_user=eko, now=later(-5, now))
    edited = Story.objects.get(pk=story.pk)
    edited.access = "premium"
    edited.save_revision()
    actions.publish_story(edited, acting_user=eko, now=later(-4, now))
    edited.refresh_from_db()
    assert (edited.access, edited.updated_at) == ("premium", None)

    actions.publish_story(rewrite(story, "Harga garam turun"), acting_user=eko, now=later(-3, now))
    story.refresh_from_db()
    assert story.headline == "Harga garam turun"
    assert story.slug == "harga-garam-naik"  # addresses do not change by themselves
    assert (story.published_at, story.updated_at) == (later(-5, now), later(-3, now))


def test_an_editor_may_date_a_story_back_but_not_ahead(
    draft: MakeStory, eko: User, now: datetime
) -> None:
    old = draft(published_at=later(-48, now))
    actions.publish_story(old, acting_user=eko, now=now)
    old.refresh_from_db()
    assert old.published_at == later(-48, now)
    ahead = draft(published_at=later(48, now))
    actions.publish_story(ahead, acting_user=eko, now=now)
    ahead.refresh_from_db()
    assert ahead.published_at == now


def test_an_old_revision_published_again_keeps_the_storys_own_facts(
    draft: MakeStory, eko: User, now: datetime
) -> None:
    story = draft()
    first = story.get_latest_revision()
    actions.publish_story(story, acting_user=eko, now=later(-5, now))
    actions.publish_story(rewrite(story, "Harga garam turun"), acting_user=eko, now=later(-4, now))
    first.refresh_from_db()
    Story.objects.get(pk=story.pk).publish(first, user=eko)
    story.refresh_from_db()
    assert story.headline == "Harga garam naik"
    assert story.published_at == later(-5, now)
    assert story.slug == "harga-garam-naik"


def test_a_changed_slug_or_section_leaves_the_old_address_behind(
    draft: MakeStory, maya: User, sport: Section, now: datetime
) -> None:
    story = draft()
    actions.publish_story(story, acting_user=maya, now=now)
    day = f"{now.astimezone().date():%Y/%m/%d}"  # only for the shape; compared by ending below
    edited = Story.objects.get(pk=story.pk)
    edited.slug, edited.section = "garam", sport
    edited.save_revision()
    actions.publish_story(edited, acting_user=maya, now=now)
    kept = OldPath.objects.get(story=story).path
    assert kept.startswith("/ekonomi/")
    assert kept.endswith(f"/{story.pk}/harga-garam-naik")
    assert len(kept.split("/")) == len(f"/ekonomi/{day}/{story.pk}/harga-garam-naik".split("/"))

    back = Story.objects.get(pk=story.pk)
    back.slug, back.section = "harga-garam-naik", Section.objects.get(slug="ekonomi")
    back.save_revision()
    actions.publish_story(back, acting_user=maya, now=now)
    assert [row.path.split("/")[1] for row in OldPath.objects.filter(story=story)] == ["olahraga"]


def test_a_correction_needs_a_note_an_editor_and_a_live_story(
    draft: MakeStory, eko: User, rina: User, now: datetime, told: Told
) -> None:
    story = draft()
    with pytest.raises(NotLiveError):
        actions.correct_story(story, note="Seratus, bukan seribu.", acting_user=eko, now=now)
    actions.publish_story(story, acting_user=eko, now=later(-1, now))
    rewrite(story, "Harga garam naik seratus rupiah")
    told()
    with pytest.raises(NotPermittedError):
        actions.correct_story(story, note="Seratus, bukan seribu.", acting_user=rina, now=now)
    with pytest.raises(WordsMissingError):
        actions.correct_story(story, note="  ", acting_user=eko, now=now)
    assert told() == []

    actions.correct_story(story, note=" Seratus, bukan seribu. ", acting_user=eko, now=now)
    story.refresh_from_db()
    assert story.headline == "Harga garam naik seratus rupiah"
    assert story.updated_at == now
    assert [(each.note, each.posted_at) for each in story.corrections.all()] == [
        ("Seratus, bukan seribu.", now)
    ]
    assert told() == [StoryCorrected(StoryId(story.pk))]
    assert lines_of(story)[-1] == "newsroom.correct"


def test_a_killed_story_leaves_with_a_reason_and_can_not_be_published_by_mistake(
    draft: MakeStory, eko: User, maya: User, now: datetime, told: Told
) -> None:
    story = draft()
    with pytest.raises(NeverPublishedError):
        actions.kill_story(story, reason="Keliru.", acting_user=maya, now=now)
    actions.publish_story(story, acting_user=eko, now=later(-1, now))
    told()
    with pytest.raises(NotPermittedError):  # an editor corrects; a managing editor kills
        actions.kill_story(story, reason="Keliru.", acting_user=eko, now=now)
    with pytest.raises(WordsMissingError):
        actions.kill_story(story, reason="", acting_user=maya, now=now)

    actions.kill_story(story, reason="Sumbernya palsu.", acting_user=maya, now=now)
    story.refresh_from_db()
    assert (story.live, story.killed_at, story.kill_reason) == (False, now, "Sumbernya palsu.")
    assert told() == [StoryKilled(StoryId(story.pk))]
    assert lines_of(story)[-1] == "newsroom.kill"
    for act in (
        lambda: actions.publish_story(story, acting_user=maya, now=now),
        lambda: story.publish(story.get_latest_revision(), user=maya),
        lambda: actions.correct_story(story, note="?", acting_user=maya, now=now),
        lambda: actions.kill_story(story, reason="Lagi.", acting_user=maya, now=now),
    ):
        with pytest.raises(KilledError):
            act()
    assert story.get_lock().for_user(maya), "nobody edits what its address tells readers of"


def test_a_kill_can_be_taken_back_by_a_managing_editor_and_the_story_is_a_draft_again(
    draft: MakeStory, eko: User, maya: User, now: datetime, told: Told
) -> None:
    story = draft()
    actions.publish_story(story, acting_user=eko, now=later(-1, now))
    with pytest.raises(NotKilledError):
        actions.restore_story(story, acting_user=maya, now=now)
    actions.kill_story(story, reason="Keliru.", acting_user=maya, now=now)
    told()
    with pytest.raises(NotPermittedError):
        actions.restore_story(story, acting_user=eko, now=now)
    actions.restore_story(story, acting_user=maya, now=now)
    story.refresh_from_db()
    assert not story.live
    [message] = told()
    assert isinstance(message, StoryUnpublished)
    assert message.paths[0].endswith("/harga-garam-naik")
    actions.publish_story(story, acting_user=eko, now=now)
    story.refresh_from_db()
    assert story.live


def test_what_leaves_the_site_is_told_with_its_addresses_by_whichever_way_it_leaves(
    draft: MakeStory, eko: User, rina: User, now: datetime, told: Told
) -> None:
    story = draft()
    actions.publish_story(story, acting_user=eko, now=now)
    told()
    with pytest.raises(NotPermittedError):
        actions.unpublish_story(story, acting_user=rina, now=now)
    actions.unpublish_story(story, acting_user=eko, now=now)
    story.refresh_from_db()
    assert not story.live
    [unpublished] = told()
    assert isinstance(unpublished, StoryUnpublished)
    assert [path.split("/")[-1] for path in unpublished.paths] == ["harga-garam-naik"]

    other = draft("Panen raya")
    actions.publish_story(other, acting_user=eko, now=now)
    told()
    pk = other.pk
    Story.objects.filter(pk=pk).delete()
    [deleted] = told()
    assert isinstance(deleted, StoryUnpublished)
    assert deleted.story_id == pk
    assert [path.split("/")[-1] for path in deleted.paths] == ["panen-raya"]


def test_a_draft_nobody_saw_is_deleted_without_a_word(draft: MakeStory, told: Told) -> None:
    draft().delete()
    assert told() == []


def test_a_story_under_embargo_is_scheduled_for_the_later_of_schedule_and_embargo(
    draft: MakeStory, eko: User, now: datetime, told: Told
) -> None:
    story = draft(embargo_until=later(3, now), go_live_at=later(1, now))
    outcome = actions.publish_story(story, acting_user=eko, now=now)
    assert outcome == Scheduled(later(3, now), by_embargo=True)
    story.refresh_from_db()
    assert not story.live
    assert told() == []
    assert lines_of(story) == ["wagtail.publish.schedule"]

    assert actions.publish_due(later(1, now)) == 0
    assert actions.publish_due(later(2.99, now)) == 0
    assert actions.publish_due(later(3, now)) == 1  # the lifting instant itself is free
    story.refresh_from_db()
    assert story.live
    assert story.published_at == later(3, now)
    assert told() == [StoryPublished(StoryId(story.pk))]
    assert actions.publish_due(later(4, now)) == 0


def test_an_embargo_lengthened_in_a_draft_holds_the_version_that_already_waits(
    draft: MakeStory, eko: User, now: datetime
) -> None:
    story = draft(embargo_until=later(1, now))
    actions.publish_story(story, acting_user=eko, now=now)
    newer = Story.objects.get(pk=story.pk).get_latest_revision_as_object()
    newer.embargo_until = later(5, now)
    newer.save_revision()
    assert actions.publish_due(later(2, now)) == 0
    story.refresh_from_db()
    assert not story.live
    assert actions.publish_due(later(5, now)) == 1


def test_an_editor_lifts_an_embargo_early_and_a_reporter_does_not(
    draft: MakeStory, eko: User, rina: User, now: datetime
) -> None:
    story = draft(embargo_until=later(8, now))
    actions.publish_story(story, acting_user=eko, now=now)
    with pytest.raises(NotPermittedError):
        actions.lift_embargo(story, acting_user=rina, now=now)
    assert isinstance(actions.lift_embargo(story, acting_user=eko, now=now), WentLive)
    story.refresh_from_db()
    assert story.live
    assert story.embargo_until is None


def test_lifting_the_embargo_of_a_scheduled_story_leaves_the_schedule(
    draft: MakeStory, eko: User, now: datetime
) -> None:
    story = draft(embargo_until=later(8, now), go_live_at=later(2, now))
    actions.publish_story(story, acting_user=eko, now=now)
    outcome = actions.lift_embargo(story, acting_user=eko, now=now)
    assert outcome == Scheduled(later(2, now), by_embargo=False)
    unpublished = draft(embargo_until=later(8, now))
    assert actions.lift_embargo(unpublished, acting_user=eko, now=now) is None


def test_what_readers_have_takes_no_embargo_any_more(
    draft: MakeStory, eko: User, now: datetime
) -> None:
    story = draft()
    actions.publish_story(story, acting_user=eko, now=later(-1, now))
    edited = Story.objects.get(pk=story.pk)
    edited.embargo_until = later(1, now)
    with pytest.raises(ValidationError, match="embargo"):
        edited.save_revision()
    # A revision that was written in another way is refused when it would go live.
    revision = edited.save_revision(clean=False)
    with pytest.raises(EmbargoedError):
        actions.correct_story(story, note="Keliru.", acting_user=eko, now=now)
    Story.objects.get(pk=story.pk).publish(revision, user=eko)  # schedules it
    story.refresh_from_db()
    assert (story.live, story.embargo_until) == (True, None)
    assert story.scheduled_revision == revision


def test_the_database_itself_lets_no_embargoed_story_be_live(
    draft: MakeStory, eko: User, now: datetime
) -> None:
    story = draft()
    actions.publish_story(story, acting_user=eko, now=now)
    with pytest.raises(IntegrityError), transaction.atomic():
        Story.objects.filter(pk=story.pk).update(embargo_until=later(1, now))


def test_a_story_expires_by_itself_and_one_that_fails_does_not_hold_up_the_others(
    draft: MakeStory,
    eko: User,
    maya: User,
    now: datetime,
    told: Told,
    caplog: pytest.LogCaptureFixture,
) -> None:
    waiting = [draft(f"Acara {number}", go_live_at=later(1, now)) for number in range(2)]
    for each in waiting:
        actions.publish_story(each, acting_user=eko, now=now)
    # Killed behind the action's back: its schedule is still there when its time comes.
    Story.objects.filter(pk=waiting[0].pk).update(killed_at=now, kill_reason="Batal.")
    assert actions.publish_due(later(1, now)) == 1
    assert [record.message for record in caplog.records if record.levelname == "ERROR"] == [
        "story_not_published"
    ]

    waiting[1].refresh_from_db()
    assert waiting[1].live
    Story.objects.filter(pk=waiting[1].pk).update(expire_at=later(2, now))
    told()
    assert actions.expire_due(later(1.9, now)) == 0
    assert actions.expire_due(later(2, now)) == 1
    waiting[1].refresh_from_db()
    assert (waiting[1].live, waiting[1].expired) == (False, True)
    assert [type(message) for message in told()] == [StoryUnpublished]


def test_an_idle_tick_asks_one_question_each(
    django_assert_num_queries: DjangoAssertNumQueries, db: None, now: datetime
) -> None:
    Story.get_base_content_type()
    with django_assert_num_queries(1):
        assert actions.publish_due(now) == 0
    with django_assert_num_queries(1):
        assert actions.expire_due(now) == 0
