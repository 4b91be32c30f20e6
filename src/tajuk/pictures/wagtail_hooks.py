"""Wagtail's door to the picture desk."""

from wagtail import hooks
from wagtail.actions import ActionRegistry
from wagtail.snippets.models import register_snippet

from tajuk.pictures.actions import ChangePicture
from tajuk.pictures.models import Picture
from tajuk.pictures.viewsets.gallery import GalleryViewSet

register_snippet(GalleryViewSet)


@hooks.register("register_actions")  # type: ignore[untyped-decorator]
def register_actions(registry: ActionRegistry) -> None:
    """Pictures are changed by the picture desk's own action."""
    registry.register(Picture, ChangePicture)
