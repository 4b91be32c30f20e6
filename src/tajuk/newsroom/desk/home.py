"""The desk's home: what is mine, what waits for me, what goes out by itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.ui.components import Component
from wagtail.models import TaskState

from tajuk.newsroom.desk.marks import marks_of, scheduled_revisions
from tajuk.newsroom.desk.words import STATUS
from tajuk.newsroom.models import Story
from tajuk.newsroom.permissions import POLICY
from tajuk.terms.clock import now

_MOST = 8


@dataclass(frozen=True, slots=True)
class Line:
    """One story in a panel."""

    href: str
    headline: str
    section: str
    word: str | Promise
    at: datetime | None
    who: str


class _Panel(Component):
    """A short list of stories; a handful of queries, whatever the archive's size."""

    template_name = "newsroom/desk/home_panel.html"
    name = ""
    title: str | Promise = ""
    nothing: str | Promise = ""
    order = 100

    def __init__(self, request: Any) -> None:
        self.request = request

    def stories(self) -> Sequence[Story]:
        """At most `_MOST` of them, with section and newest revision."""
        raise NotImplementedError

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """The lines."""
        del parent_context
        return {"panel": self, "lines": self._lines()}

    def _lines(self) -> list[Line]:
        stories = self.stories()
        marks = marks_of(stories, now=now())
        edit = Story.snippet_viewset.get_url_name("edit")
        return [
            Line(
                href=reverse(edit, args=[story.pk]),
                headline=story.latest_revision.object_str if story.latest_revision else story.headline,
                section=story.section.name,
                word=STATUS[marks[story.pk].status],
                at=marks[story.pk].scheduled_at
                or (story.latest_revision.created_at if story.latest_revision else None),
                who=str(story.latest_revision.user or "") if story.latest_revision else "",
            )
            for story in stories
        ]  # fmt: skip

    @staticmethod
    def with_what_is_shown(stories: "QuerySet[Story]") -> "QuerySet[Story]":
        """Without the bodies."""
        return stories.select_related("section", "latest_revision__user").defer(
            "body", "standfirst", "lead_caption", "latest_revision__content"
        )


class MyDrafts(_Panel):
    """Stories one has opened and not published."""

    name = "my_drafts"
    title = _("My drafts")
    nothing = _("You have no drafts.")
    order = 110

    def stories(self) -> Sequence[Story]:
        """Newest first, along an index of their own."""
        mine = Story.objects.filter(owner=self.request.user, live=False, killed_at__isnull=True)
        return list(self.with_what_is_shown(mine).order_by("-id")[:_MOST])


class WaitingForReview(_Panel):
    """Stories that wait for somebody who may publish in their section."""

    name = "waiting_for_review"
    title = _("Waiting for review")
    nothing = _("Nothing waits for you.")
    order = 120

    def stories(self) -> Sequence[Story]:
        """Those this user may pass, longest waiting first."""
        states = TaskState.objects.reviewable_by(self.request.user).order_by("started_at")
        ids = [
            int(each) for each in states.values_list("workflow_state__object_id", flat=True)[:_MOST]
        ]
        found = self.with_what_is_shown(Story.objects.filter(pk__in=ids)).in_bulk()
        return [found[pk] for pk in ids if pk in found]


class GoingOut(_Panel):
    """Stories that go live by themselves."""

    name = "going_out"
    title = _("Scheduled and embargoed")
    nothing = _("Nothing is scheduled.")
    order = 130

    def stories(self) -> Sequence[Story]:
        """The soonest first, of the user's sections."""
        ids = [
            int(each)
            for each in scheduled_revisions()
            .order_by("approved_go_live_at")
            .values_list("object_id", flat=True)
        ]
        mine = POLICY.instances_user_has_permission_for(self.request.user, "view")
        found = self.with_what_is_shown(mine.filter(pk__in=ids)).in_bulk()
        return [found[pk] for pk in ids if pk in found][:_MOST]


@hooks.register("construct_homepage_panels", order=1000)  # type: ignore[untyped-decorator]
def panels(request: Any, given: list[Any]) -> None:
    """In place of Wagtail's panels, which are about pages; others' panels stay."""
    given[:] = [panel for panel in given if not type(panel).__module__.startswith("wagtail.")]
    if POLICY.user_has_permission(request.user, "view"):
        given.extend([MyDrafts(request), GoingOut(request)])
        if POLICY.user_has_permission(request.user, "publish"):
            given.append(WaitingForReview(request))


@hooks.register("construct_homepage_summary_items", order=1000)  # type: ignore[untyped-decorator]
def no_summary(request: Any, items: list[Any]) -> None:
    """Wagtail counts pages, images and documents here: three counts of whole tables at each visit."""
    del request
    items.clear()
