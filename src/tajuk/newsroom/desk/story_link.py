"""Links from one story to another: chosen by headline, kept by id, spelled anew at every pressing.

Readers' pages get their addresses from `rules.body`; what Wagtail expands itself is only what the desk shows
when it compares versions.
"""

from typing import Any

from django.urls import reverse, reverse_lazy
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from draftjs_exporter.dom import DOM
from wagtail import hooks
from wagtail.admin.rich_text.converters.html_to_contentstate import LinkElementHandler
from wagtail.admin.rich_text.editors.draftail.features import EntityFeature
from wagtail.rich_text import LinkHandler

from tajuk.newsroom.models import Story

FEATURE = "story-link"
_CHOOSE = "wagtailsnippetchoosers_newsroom_story:choose"
_EDIT = "wagtailsnippets_newsroom_story:edit"


class StoryLinkHandler(LinkHandler):
    """`<a linktype="story" id="7">`: where used, and how the desk shows it."""

    identifier = "story"

    @staticmethod
    def get_model() -> type[Story]:
        """The reference index counts these links, so a story knows who links to it."""
        return Story

    @classmethod
    def expand_db_attributes(cls, attrs: dict[str, Any]) -> str:
        """The opening tag of one link."""
        return cls.expand_db_attributes_many([attrs])[0]

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict[str, Any]]) -> list[str]:
        """The opening tags of several, in one query: they lead to the story at the desk."""
        wanted = [str(attrs.get("id", "")) for attrs in attrs_list]
        known = {
            str(pk)
            for pk in Story.objects.filter(
                pk__in=[int(pk) for pk in wanted if pk.isdigit()]
            ).values_list("pk", flat=True)
        }
        return [
            format_html('<a href="{}">', reverse(_EDIT, args=[pk])) if pk in known else "<a>"
            for pk in wanted
        ]

    @classmethod
    def extract_references(cls, attrs: dict[str, Any]) -> Any:
        """What the reference index notes: the story linked to."""
        if str(attrs.get("id", "")).isdigit():
            yield Story, attrs["id"], "", ""


class _FromDatabase(LinkElementHandler):
    """The link as the editor has it, with the headline for its label."""

    def get_attribute_data(self, attrs: dict[str, str]) -> dict[str, Any]:
        if not attrs.get("id", "").isdigit():
            return {}
        story_id = int(attrs["id"])
        headline = Story.objects.filter(pk=story_id).values_list("headline", flat=True).first()
        if headline is None:
            return {"id": story_id}
        return {"id": story_id, "url": reverse(_EDIT, args=[story_id]), "title": headline}


def _to_database(props: dict[str, Any]) -> Any:
    return DOM.create_element("a", {"linktype": "story", "id": props.get("id")}, props["children"])


@hooks.register("register_rich_text_features")  # type: ignore[untyped-decorator]
def register_story_link(features: Any) -> None:
    """The button in the toolbar, its window, and the two conversions."""
    features.register_link_type(StoryLinkHandler)
    features.register_editor_plugin(
        "draftail",
        FEATURE,
        EntityFeature(
            {
                "type": "STORY",
                "icon": "doc-full",
                "description": _("Link to a story"),
                "chooserUrls": {"storyChooser": reverse_lazy(_CHOOSE)},
            },
            js=["wagtailadmin/js/chooser-modal.js", "newsroom/desk/story-link.js"],
        ),
    )
    features.register_converter_rule(
        "contentstate",
        FEATURE,
        {
            "from_database_format": {'a[linktype="story"]': _FromDatabase("STORY")},
            "to_database_format": {"entity_decorators": {"STORY": _to_database}},
        },
    )
