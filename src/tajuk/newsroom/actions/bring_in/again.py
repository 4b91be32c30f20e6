"""A story that arrives again in a newer version: changed as a colleague would change it, or left alone."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from wagtail.models import Revision

from tajuk.contracts.incoming import IncomingStory
from tajuk.newsroom.actions.bring_in.stories import (
    Surroundings,
    child_rows,
    fill_links,
    stories_at_the_desk,
    story_row,
)
from tajuk.newsroom.actions.bring_in.types import (
    Arriving,
    BroughtIn,
    LeftAloneError,
    Made,
    PictureIds,
)
from tajuk.newsroom.actions.publish_story import publish_revision
from tajuk.newsroom.actions.standing import locked_row
from tajuk.newsroom.actions.unpublish_story import take_off
from tajuk.newsroom.models import Correction, OldPath, Story
from tajuk.terms.ids import StoryId

_TAKEN_OVER = (
    "language", "section_id", "kicker", "headline", "standfirst", "dateline", "lead_picture_id",
    "lead_caption", "body", "access", "social_headline", "social_picture_id", "expire_at",
)  # fmt: skip


def bring_in_again(
    arriving: Arriving, made: Made, *, pictures: PictureIds, now: datetime
) -> BroughtIn:
    """The newer version as a new revision, published if the story is to be live.

    Raises LeftAloneError where the desk changed, killed or withdrew the story since `made`.
    """
    incoming = arriving.story
    with transaction.atomic():
        row = locked_row(made.story_id)
        _demand_untouched(row, made)
        around = Surroundings.of([incoming], pictures)
        known = stories_at_the_desk([incoming])
        missed = _take_over(row, arriving, around, known, now=now)
        if row.live and not arriving.live:
            take_off(row, set_expired=False, acting_user=None, log_action=True, now=now)
        revision = row.save_revision(clean=False, log_action=True)
        if arriving.live:
            publish_revision(revision, acting_user=None, now=now)
            if incoming.updated_at is not None:
                Story.objects.filter(pk=row.pk).update(updated_at=incoming.updated_at)
        else:
            _keep_as_draft(row, revision)
        _note_beside(incoming, row)
    return BroughtIn(incoming.uri, StoryId(row.pk), int(revision.pk), arriving.live, missed)


def _demand_untouched(row: Story, made: Made) -> None:
    if row.killed_at is not None:
        raise LeftAloneError("it was killed at the desk")
    if row.latest_revision_id != made.revision_id:
        raise LeftAloneError("it was changed at the desk since it arrived")
    if row.live != made.was_live:
        what = "published" if row.live else "taken off the site"
        raise LeftAloneError(f"it was {what} at the desk since it arrived")


def _take_over(
    row: Story,
    arriving: Arriving,
    around: Surroundings,
    known: Mapping[str, StoryId],
    *,
    now: datetime,
) -> tuple[str, ...]:
    fresh = story_row(arriving, around, now=now)
    missed = fill_links(fresh, arriving.story, around, known)
    for name in _TAKEN_OVER:
        setattr(row, name, getattr(fresh, name))
    row.translation_of_id = fresh.translation_of_id or row.translation_of_id
    # The address a story was published under stays its own, whatever a later version says.
    if not row.first_published_at:
        row.slug, row.published_at = arriving.story.slug or row.slug, fresh.published_at
    row.go_live_at, row.embargo_until = fresh.go_live_at, fresh.embargo_until
    row.embargo_note = fresh.embargo_note
    for name, children in child_rows(arriving.story, around).items():
        setattr(row, name, children)
    return missed


def _keep_as_draft(row: Story, revision: Revision) -> None:
    """A draft's row holds the draft, so that lists and search at the desk know it."""
    row.has_unpublished_changes = True
    row.latest_revision = revision
    row.save()


def _note_beside(incoming: IncomingStory, row: Story) -> None:
    said = set(Correction.objects.filter(story=row).values_list("note", flat=True))
    Correction.objects.bulk_create(
        Correction(story=row, note=each.note, posted_at=each.posted_at)
        for each in incoming.corrections
        if each.note not in said
    )
    OldPath.objects.bulk_create(
        [OldPath(story=row, path=path) for path in incoming.old_paths], ignore_conflicts=True
    )
