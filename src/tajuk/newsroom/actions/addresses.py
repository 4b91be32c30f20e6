"""The addresses a story has and had."""

from django.conf import settings

from tajuk.newsroom.models import OldPath, Section, Story
from tajuk.newsroom.rules.publication import path_of
from tajuk.terms.ids import StoryId


def public_path(story: Story) -> str | None:
    """Where readers find the story, or would if it were live; None if it was never published."""
    if story.published_at is None or not (story.live or story.first_published_at):
        return None
    section = Section.objects.only("slug").get(pk=story.section_id)
    return path_of(
        StoryId(story.pk),
        language=story.language,
        section=section.slug,
        published=story.published_at,
        slug=story.slug,
        paper=settings.PAPER,
    )


def all_paths(story: Story) -> tuple[str, ...]:
    """The present path, if any, and every old one."""
    present = public_path(story)
    old = OldPath.objects.filter(story=story).order_by("id").values_list("path", flat=True)
    return tuple(dict.fromkeys([*([present] if present else []), *old]))


def remember(story: Story, path: str | None) -> None:
    """Keeps `path` among the story's old addresses; an address that came back leaves them."""
    present = public_path(story) if story.live else None
    if path is not None and path != present:
        OldPath.objects.get_or_create(path=path, defaults={"story": story})
    if present is not None:
        OldPath.objects.filter(story=story, path=present).delete()
