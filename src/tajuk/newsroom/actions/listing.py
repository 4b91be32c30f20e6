"""Keeping the rows that put stories on lists of their own right: of topics, of people, of further sections."""

from collections.abc import Collection

from django.db.models import OuterRef, Subquery

from tajuk.newsroom.models import Byline, OtherSection, Story, StoryTopic


def list_again(story_ids: Collection[int]) -> None:
    """Tells those rows what their lists are in order of, as these stories stand now. Three queries.

    For every action that puts stories on the site, takes them off it or writes such rows of published ones, in its
    transaction and after its last change of them.
    """
    story = Story.objects.filter(pk=OuterRef("story_id"))
    for model in (Byline, OtherSection, StoryTopic):
        model._default_manager.filter(story_id__in=story_ids).update(  # noqa: SLF001  Django's name
            language=Subquery(story.values("language")),
            published_at=Subquery(story.filter(live=True).values("published_at")),
        )
