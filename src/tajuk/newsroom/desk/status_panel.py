"""The status panel of a story: embargo and schedule side by side, for they are two promises."""

from typing import Any, Self

from django.urls import reverse
from wagtail.snippets.side_panels import SnippetStatusSidePanel

from tajuk.newsroom.permissions import POLICY
from tajuk.newsroom.rules.embargo import is_embargoed
from tajuk.terms.clock import now


class StoryStatusPanel(SnippetStatusSidePanel):
    """Wagtail's, with the embargo and the kill above the schedule."""

    @classmethod
    def in_place_of(cls, panel: SnippetStatusSidePanel) -> Self:
        """The same panel, as one of ours: Wagtail's views build theirs with many arguments."""
        ours = cls.__new__(cls)
        ours.__dict__.update(panel.__dict__)
        return ours

    def get_status_templates(self, context: Any) -> list[str]:
        """What readers are promised comes first."""
        templates: list[str] = super().get_status_templates(context)
        return ["newsroom/desk/status_embargo.html", *templates]

    def get_scheduled_publishing_context(self, parent_context: Any) -> Any:
        """The moment that was approved, which an embargo may have moved behind the one in the form."""
        context = super().get_scheduled_publishing_context(parent_context)
        waiting = self.live_object.scheduled_revision if self.live_object else None
        if waiting is not None:
            context["scheduled_go_live_at"] = waiting.approved_go_live_at
            context["has_draft_publishing_schedule"] = True
        return context

    def get_context_data(self, parent_context: Any) -> Any:
        """With the embargo, if it runs, and the way to lift it."""
        context = super().get_context_data(parent_context)
        story = self.object
        runs = is_embargoed(story.embargo_until, now=now())
        context["embargo_until"] = story.embargo_until if runs else None
        context["embargo_note"] = story.embargo_note
        context["lift_url"] = None
        if (
            runs
            and story.pk
            and POLICY.user_has_permission_for_instance(self.request.user, "publish", story)
        ):
            url_name = story.snippet_viewset.get_url_name("lift_embargo")
            context["lift_url"] = reverse(url_name, args=[story.pk])
        return context
