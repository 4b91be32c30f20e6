"""Stories in Wagtail: the viewset, the publish menu, bulk actions."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.snippets.action_menu import ActionMenuItem, PublishMenuItem, UnpublishMenuItem
from wagtail.snippets.models import register_snippet

from tajuk.newsroom.desk.bulk import PublishStories, UnpublishStories
from tajuk.newsroom.models import Story
from tajuk.newsroom.permissions import POLICY
from tajuk.newsroom.rules.embargo import goes_live_at
from tajuk.newsroom.rules.roles import Verb
from tajuk.newsroom.viewsets.story import StoryViewSet
from tajuk.terms.clock import now

register_snippet(StoryViewSet)
hooks.register("register_bulk_action", PublishStories)
hooks.register("register_bulk_action", UnpublishStories)


class PublishStory(PublishMenuItem):
    """“Publish”, or “Schedule to publish” where schedule or embargo lie ahead."""

    def is_shown(self, context: Any) -> bool:
        """Where this user may publish this story; never for a killed one."""
        story = context.get("instance")
        if context.get("locked_for_user") or (story is not None and story.killed_at is not None):
            return False
        return _may(context, Verb.PUBLISH)

    def get_context_data(self, parent_context: Any) -> Any:
        """With the embargo counted in."""
        context = super().get_context_data(parent_context)
        story = parent_context.get("instance")
        context["is_scheduled"] = story is not None and bool(
            goes_live_at(story.go_live_at, story.embargo_until, now=now())
        )
        return context


class UnpublishStory(UnpublishMenuItem):
    """“Unpublish”, where this user may."""

    def is_shown(self, context: Any) -> bool:
        """For live stories of the user's sections."""
        story = context.get("instance")
        return bool(
            story is not None
            and story.live
            and not context.get("locked_for_user")
            and _may(context, Verb.PUBLISH)
        )


class CorrectStory(ActionMenuItem):
    """Saves the draft and asks for the note."""

    name = "action-correct"
    label = _("Correct…")
    icon_name = "edit"

    def is_shown(self, context: Any) -> bool:
        """For live stories that the user may correct."""
        story = context.get("instance")
        return bool(
            context["view"] == "edit"
            and story.live
            and not context.get("locked_for_user")
            and _may(context, Verb.CORRECT)
        )


class KillStory(ActionMenuItem):
    """Asks for the reason."""

    name = "action-kill"
    label = _("Kill…")
    icon_name = "cross"

    def is_shown(self, context: Any) -> bool:
        """For stories readers have seen, that are not killed yet, and that the user may kill."""
        story = context.get("instance")
        return bool(
            context["view"] == "edit"
            and story.killed_at is None
            and (story.live or story.first_published_at)
            and _may(context, Verb.KILL)
        )

    def get_url(self, parent_context: Any) -> str:
        """The page of the decision."""
        story = parent_context["instance"]
        return reverse(story.snippet_viewset.get_url_name("kill"), args=[story.pk])


@hooks.register("construct_snippet_action_menu")  # type: ignore[untyped-decorator]
def story_menu(items: list[ActionMenuItem], request: Any, context: dict[str, Any]) -> None:
    """The publish menu of a story. Wagtail's own items ask Django's permissions, not the section's roles."""
    del request
    if context["model"] is not Story:
        return
    items[:] = [item for item in items if not isinstance(item, PublishMenuItem | UnpublishMenuItem)]
    story = context.get("instance")
    # Editors come to publish, reporters to write: that is each one's first button.
    ours: list[ActionMenuItem] = [
        PublishStory(order=-10), UnpublishStory(order=70), CorrectStory(order=65), KillStory(order=90),
    ]  # fmt: skip
    items.extend(item for item in ours if item.is_shown(context))
    if story is not None and story.workflow_in_progress:
        # While a story waits for review, the reviewer's decision stands first.
        items.sort(key=lambda item: (item.name != "approve", item.order))
    else:
        items.sort(key=lambda item: item.order)


def _may(context: Any, verb: Verb) -> bool:
    user, story = context["request"].user, context.get("instance")
    if story is None or story.pk is None:
        return POLICY.user_has_permission(user, verb)
    return POLICY.user_has_permission_for_instance(user, verb, story)
