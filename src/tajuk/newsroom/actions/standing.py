"""What every action asks first: the story as it is in the database, and whether the user may."""

from typing import Any

from tajuk.newsroom.errors import NotPermittedError
from tajuk.newsroom.models import Story
from tajuk.newsroom.permissions import facts_of, standing_of
from tajuk.newsroom.rules.roles import Verb, may
from tajuk.terms.ids import StoryId


def locked_row(story_id: int) -> Story:
    """The story's row, held until the transaction ends, so that two colleagues' actions follow each other."""
    rows = Story.objects.select_for_update(of=("self",)).select_related("section")
    row: Story = rows.get(pk=story_id)
    return row


def demand(user: Any, verb: Verb, *stories: Story) -> None:
    """Raises NotPermittedError unless the user may do this to each story; None is the house itself."""
    if user is None:
        return
    standing = standing_of(user)
    for story in stories:
        if not may(standing, verb, facts_of(story)):
            raise NotPermittedError(verb, StoryId(story.pk))
