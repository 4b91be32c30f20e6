"""Choosing a story: for links in the text, for fronts, for the other edition's twin."""

from typing import Any

from django import forms
from django.conf import settings
from django.db.models import QuerySet
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.forms.choosers import BaseFilterForm, SearchFilterMixin
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.permission_policies import BlanketPermissionPolicy
from wagtail.search.backends import get_search_backend
from wagtail.snippets.views.chooser import (
    BaseSnippetChooseView,
    ChooseResultsView,
    ChooseView,
    SnippetChooserViewSet,
)
from wagtail.snippets.widgets import AdminSnippetChooser

from tajuk.newsroom.desk.words import STATUS
from tajuk.newsroom.models import Story
from tajuk.newsroom.rules.status import Status
from tajuk.newsroom.viewsets.bounded import BoundedPaginator

_MOST_HITS = 200


class StoryFilterForm(SearchFilterMixin, BaseFilterForm):
    """Search by headline, and the language."""

    language = forms.ChoiceField(label=_("Language"), required=False, widget=forms.Select)
    not_language = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        languages = [(each.value, each.own_name) for each in settings.PAPER.languages]
        self.fields["language"].choices = [("", _("All")), *languages]
        if len(languages) == 1 or self.data.get("not_language"):
            self.fields["language"].widget = forms.HiddenInput()

    def filter(self, objects: "QuerySet[Story]") -> "QuerySet[Story]":
        """The stories asked for, newest first. Search looks at a bounded number of hits."""
        given = self.cleaned_data
        if given.get("language"):
            objects = objects.filter(language=given["language"])
        if given.get("not_language"):
            objects = objects.exclude(language=given["not_language"])
        query = given.get("q")
        if query:
            self.is_searching, self.search_query = True, query
            hits = get_search_backend().autocomplete(query, Story.objects.all())[:_MOST_HITS]
            objects = objects.filter(pk__in=[story.pk for story in hits])
        return objects


def _is_live(story: Story) -> Any:
    return STATUS[Status.LIVE if story.live else Status.DRAFT]


class StoriesToChoose(BaseSnippetChooseView):
    """All stories that were not killed: one may link to another section's."""

    filter_form_class = StoryFilterForm
    ordering = ["-id"]
    paginator_class = BoundedPaginator
    preserve_url_parameters = ["multiple", "not_language"]

    def get_object_list(self) -> "QuerySet[Story]":
        """Without the bodies."""
        stories: QuerySet[Story] = Story.objects.filter(killed_at__isnull=True)
        return stories.select_related("section").defer("body", "standfirst")

    @property
    def columns(self) -> list[Column]:
        """Headline, section, language, first publication, status."""
        return [
            self.title_column,
            Column("section", label=pgettext_lazy("of the paper", "Section")),
            Column("language", label=_("Language"), accessor="get_language_display"),
            DateColumn("published_at", label=_("Published")),
            Column("live", label=_("Status"), accessor=_is_live),
        ]

    @cached_property
    def permission_policy(self) -> Any:
        """No story is opened from within a chooser."""
        return BlanketPermissionPolicy(None)

    def can_create(self) -> bool:
        """No story is opened from within a chooser."""
        return False


class ChooseStory(StoriesToChoose, ChooseView):
    """The window in which a story is chosen."""


class ChooseStoryResults(StoriesToChoose, ChooseResultsView):
    """Its list, as it is filled while one types."""


class StoryChooserViewSet(SnippetChooserViewSet):
    """The chooser of stories."""

    choose_view_class = ChooseStory
    choose_results_view_class = ChooseStoryResults
    preserve_url_parameters = ["multiple", "not_language"]
    per_page = 20


class OtherEditionChooser(AdminSnippetChooser):
    """Chooses among the stories in another language than the one in the form."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(model=Story, linked_fields={"not_language": "#id_language"}, **kwargs)
