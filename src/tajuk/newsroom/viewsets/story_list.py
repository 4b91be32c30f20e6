"""The list of stories: what an editor sees first in the morning."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import BulkActionsCheckboxColumn, Column, TitleColumn
from wagtail.admin.widgets.button import Button
from wagtail.search.backends import get_search_backend
from wagtail.snippets.views.snippets import IndexView

from tajuk.newsroom.desk.marks import Marks, marks_of
from tajuk.newsroom.desk.words import STATUS
from tajuk.newsroom.models import Story
from tajuk.newsroom.permissions import POLICY
from tajuk.newsroom.rules.roles import Verb
from tajuk.newsroom.viewsets.bounded import BoundedPaginator
from tajuk.terms.clock import now

_MOST_HITS = 500
"""A search looks no further: the newest of so many hits are shown."""


class HeadlineColumn(TitleColumn):
    """Kicker and section above, headline below; the newest version's."""

    cell_template_name = "newsroom/desk/list/headline.html"


class StatusColumn(Column):
    """Where the story stands, with the moment at which that changes by itself."""

    cell_template_name = "newsroom/desk/list/status.html"

    def __init__(self, view: "StoryList") -> None:
        super().__init__("status", label=_("Status"))
        self._view = view

    def get_cell_context_data(self, instance: Story, parent_context: Any) -> Any:
        """The status, its word and the moment."""
        context = super().get_cell_context_data(instance, parent_context)
        marks = self._view.marks[instance.pk]
        context.update(
            marks=marks, word=STATUS[marks.status], killed_at=instance.killed_at, instance=instance
        )
        return context


class MomentColumn(Column):
    """A day and an hour, as short as it can be read."""

    cell_template_name = "newsroom/desk/list/moment.html"


class EditedColumn(Column):
    """Who wrote in it last, and when."""

    cell_template_name = "newsroom/desk/list/edited.html"


class StoryList(IndexView):
    """The stories of the sections one works for, newest first; constant queries, bounded pages."""

    paginator_class = BoundedPaginator
    paginate_by = 40
    default_ordering = "-id"
    marks: dict[int, Marks]

    @cached_property
    def columns(self) -> list[Column]:
        """Headline with kicker and section, status, access, byline, publication, last edit."""
        headline = self._get_title_column_class(HeadlineColumn)
        return [
            BulkActionsCheckboxColumn("bulk_actions", obj_type="snippet"),
            headline(
                "headline", label=_("Headline"), accessor=_newest_headline, get_url=self.get_edit_url,
                get_title_id=lambda story: f"snippet_{story.pk}_title",
            ),
            StatusColumn(self),
            Column("access", label=_("Access"), accessor="get_access_display"),
            Column("byline", label=_("Byline"), accessor=lambda story: self.marks[story.pk].byline),
            MomentColumn("published_at", label=_("Published")),
            EditedColumn("edited", label=_("Last edited"), accessor=_last_edit),
        ]  # fmt: skip

    def order_queryset(self, queryset: "QuerySet[Story]") -> "QuerySet[Story]":
        """Newest first, along an index."""
        return queryset.order_by("-id")

    def search_queryset(self, queryset: "QuerySet[Story]") -> "QuerySet[Story]":
        """The newest of a bounded number of hits; so every filter can be combined with a search."""
        if not self.is_searching:
            return queryset
        mine = POLICY.instances_user_has_permission_for(self.request.user, "view")
        hits = get_search_backend().autocomplete(self.search_query, mine)[:_MOST_HITS]
        return queryset.filter(pk__in=[story.pk for story in hits])

    def paginate_queryset(self, queryset: Any, page_size: int) -> Any:
        """A page, with the marks of all its stories."""
        paginator, page, stories, is_paginated = super().paginate_queryset(queryset, page_size)
        self.marks = marks_of(list(stories), now=now())
        return paginator, page, stories, is_paginated

    def get_list_more_buttons(self, instance: Story) -> list[Any]:
        """Wagtail's, without deletion where the user may not delete this one, and our own."""
        buttons = [
            button
            for button in super().get_list_more_buttons(instance)
            if button.icon_name != "bin" or self._may(Verb.DELETE, instance)
        ]
        for verb, name, label, icon, fits in _DECISIONS:
            if fits(instance) and self._may(verb, instance):
                url = reverse(f"{self._namespace}:{name}", args=[instance.pk])
                buttons.append(Button(label, url=url, icon_name=icon, priority=25))
        return buttons

    def _may(self, verb: Verb, story: Story) -> bool:
        return POLICY.user_has_permission_for_instance(self.request.user, verb, story)

    @property
    def _namespace(self) -> str:
        return str(self.edit_url_name).rsplit(":", 1)[0]


def _newest_headline(story: Story) -> str:
    newest = story.latest_revision
    return str(newest.object_str) if newest is not None else story.headline


@dataclass(frozen=True, slots=True)
class LastEdit:
    """Not the revision itself: Wagtail's cells ask for its text, which reads its story again."""

    at: datetime
    who: str


def _last_edit(story: Story) -> LastEdit | str:
    newest = story.latest_revision
    return LastEdit(newest.created_at, str(newest.user or "")) if newest is not None else ""


_DECISIONS: list[tuple[Verb, str, Any, str, Any]] = [
    (Verb.CORRECT, "correct", _("Correct…"), "edit", lambda story: story.live),
    (
        Verb.KILL, "kill", _("Kill…"), "cross",
        lambda story: story.killed_at is None and (story.live or story.first_published_at),
    ),
    (Verb.KILL, "restore", _("Take back the kill…"), "undo", lambda story: story.killed_at),
]  # fmt: skip
"""Verb, name of the page, label, icon, and the stories it fits."""
