"""Wagtail's views of one story, with the newsroom's questions and answers.

Wagtail asks whether somebody may do something to stories; here it is asked whether to this one.
"""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext
from wagtail.admin import messages
from wagtail.admin.ui.components import MediaContainer
from wagtail.snippets.side_panels import SnippetStatusSidePanel
from wagtail.snippets.views import snippets

from tajuk.newsroom import actions
from tajuk.newsroom.desk.notes import NotesPanel
from tajuk.newsroom.desk.status_panel import StoryStatusPanel
from tajuk.newsroom.errors import StoryRefusedError
from tajuk.newsroom.models import Story
from tajuk.newsroom.permissions import POLICY
from tajuk.newsroom.viewsets.unsent import BringsBack
from tajuk.terms.clock import now


class OfThisStory:
    """For a view of one story: permission is asked for this story, in its section."""

    def user_has_permission(self, permission: str) -> bool:
        """Whether the user may do this to this story; before there is one, to some story."""
        story, user = getattr(self, "object", None), self.request.user  # type: ignore[attr-defined]
        if story is None or story.pk is None:
            return POLICY.user_has_permission(user, permission)
        if permission == "unlock" and story.locked_by_id == user.pk:
            return True
        if POLICY.user_has_permission_for_instance(user, permission, story):
            return True
        task = story.current_workflow_task
        return bool(permission == "change" and task and task.user_can_access_editor(story, user))

    def user_has_any_permission(self, permissions: Any) -> bool:
        """Whether the user may do any of this to this story."""
        return any(self.user_has_permission(permission) for permission in permissions)


class _Publishes(BringsBack, OfThisStory):
    """What writing and opening a story share: who may publish, and what is said of it."""

    request: Any
    object: Any
    form: Any
    action: str
    expects_json_response: bool

    def get_available_actions(self) -> list[str]:
        """Without publishing where this user may not publish this story; with correcting where they may."""
        given = super().get_available_actions()  # type: ignore[misc]
        available: list[str] = [action for action in given if action != "publish"]
        story = self.object
        if (story is None or story.killed_at is None) and self.user_has_permission("publish"):
            available.append("publish")
            if story is not None and story.live:
                available.append("correct")
        return available

    def get_side_panels(self) -> Any:
        """Wagtail's, with embargo and kill in the status panel, and the notes on the story.

        A draft that saves itself needs no notes again: somebody may be writing one.
        """
        panels = [
            StoryStatusPanel.in_place_of(panel)
            if isinstance(panel, SnippetStatusSidePanel)
            else panel
            for panel in super().get_side_panels()  # type: ignore[misc]
        ]
        if not self.expects_json_response:
            panels.append(NotesPanel(self.form.instance, self.request))
        return MediaContainer(panels)

    def publish_action(self) -> HttpResponse | None:
        """As Wagtail does; a refusal is said in words, and the draft stays saved."""
        return self._said(super().publish_action)  # type: ignore[misc]

    def workflow_action_action(self) -> HttpResponse | None:
        """As Wagtail does; a refusal is said in words, and the draft stays saved."""
        return self._said(super().workflow_action_action)  # type: ignore[misc]

    def correct_action(self) -> HttpResponse:
        """The draft is saved; now the note."""
        return redirect(self._page("correct"))

    def _said(self, act: Any) -> HttpResponse | None:
        try:
            response: HttpResponse | None = act()
        except (StoryRefusedError, PermissionDenied) as refusal:
            messages.error(self.request, str(refusal))
            return redirect(self._page("edit"))
        return response

    def _page(self, name: str) -> str:
        namespace = str(self.edit_url_name).rsplit(":", 1)[0]  # type: ignore[attr-defined]
        return reverse(f"{namespace}:{name}", args=[self.object.pk])

    def get_success_message(self, instance: Any = None) -> Any:
        """What became of it: live, or waiting until when, and why."""
        if self.action != "publish":
            return super().get_success_message(instance)  # type: ignore[misc]
        story = Story.objects.get(pk=(instance or self.object).pk)
        waiting = story.scheduled_revision
        if waiting is None:
            return gettext("“%(headline)s” is published.") % {"headline": story.headline}
        at = formats.date_format(
            timezone.localtime(waiting.approved_go_live_at), "SHORT_DATETIME_FORMAT"
        )
        facts = {"headline": waiting.object_str, "moment": at}
        if (
            waiting.content.get("embargo_until")
            and story.embargo_until == waiting.approved_go_live_at
        ):
            return (
                gettext("“%(headline)s” goes live on %(moment)s, when its embargo lifts.") % facts
            )
        return gettext("“%(headline)s” is scheduled to go live on %(moment)s.") % facts


class NewStory(_Publishes, snippets.CreateView):
    """Opening a story."""

    def save_instance(self) -> Any:
        """As Wagtail does; whoever opens a story owns its draft."""
        self.form.instance.owner = self.request.user
        return super().save_instance()


class EditStory(_Publishes, snippets.EditView):
    """Writing in a story."""

    def get_context_data(self, **kwargs: Any) -> Any:
        """With what stands above the form: a kill, or a version that waits."""
        context = super().get_context_data(**kwargs)
        context["waiting"] = waiting = self.live_object.scheduled_revision
        context["waits_as_it_is"] = (
            waiting is not None and waiting.pk == self.object.latest_revision_id
        )
        context["may_restore"] = self.object.killed_at and self.user_has_permission("kill")
        context["restore_url"] = self._page("restore")
        return context


class DeleteStory(OfThisStory, snippets.DeleteView):
    """Deleting a story."""


class UnpublishStory(OfThisStory, snippets.UnpublishView):
    """Taking a story off the site."""

    def unpublish(self) -> None:
        """By the newsroom's own action."""
        for story in self.objects_to_unpublish:
            actions.unpublish_story(story, acting_user=self.request.user, now=now())


class StoryHistory(OfThisStory, snippets.HistoryView):
    """Who did what to a story."""


class StoryUsage(OfThisStory, snippets.UsageView):
    """What links to a story."""


class StoryRevision(OfThisStory, snippets.PreviewRevisionView):
    """An older version as its readers would see it."""


class CompareStory(OfThisStory, snippets.RevisionsCompareView):
    """Two versions side by side."""


class UnscheduleStory(OfThisStory, snippets.RevisionsUnscheduleView):
    """Taking a version out of the schedule."""


class LockStory(OfThisStory, snippets.LockView):
    """Keeping others out."""


class UnlockStory(OfThisStory, snippets.UnlockView):
    """Letting others in again."""


class StoryWorkflowHistory(OfThisStory, snippets.WorkflowHistoryView):
    """The reviews of a story."""


class StoryWorkflowHistoryDetail(OfThisStory, snippets.WorkflowHistoryDetailView):
    """One review of a story."""
