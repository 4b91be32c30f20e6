"""The filters of the list of stories."""

from typing import Any

import django_filters
from django import forms
from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.snippets.widgets import AdminSnippetChooser

from tajuk.newsroom.desk.marks import ids_in_review, scheduled_ids
from tajuk.newsroom.desk.words import STATUS
from tajuk.newsroom.forms.sections import section_choices
from tajuk.newsroom.models import Person, Section, Story, Topic
from tajuk.newsroom.permissions import sections_where
from tajuk.newsroom.rules.status import Status
from tajuk.terms.clock import now

Stories = QuerySet[Story]


class StoryFilterSet(WagtailFilterSet):
    """Section (with those below it), status, access, language, author, topic, day of publication."""

    section = django_filters.ChoiceFilter(
        label=pgettext_lazy("of the paper", "Section"),
        method="in_section",
        empty_label=_("All"),
        widget=forms.Select,
    )
    status = django_filters.ChoiceFilter(
        label=_("Status"), method="of_status", empty_label=_("All"), widget=forms.RadioSelect,
        choices=[(status.value, word) for status, word in STATUS.items()],
    )  # fmt: skip
    access = django_filters.ChoiceFilter(
        label=_("Access"), choices=Story.AccessLevel.choices, empty_label=_("All"), widget=forms.RadioSelect
    )  # fmt: skip
    language = django_filters.ChoiceFilter(
        label=_("Language"), empty_label=_("All"), widget=forms.RadioSelect
    )
    author = django_filters.ModelChoiceFilter(
        label=_("Author"), field_name="bylines__person", queryset=Person.objects.all(),
        widget=AdminSnippetChooser(model=Person, show_edit_link=False),
    )  # fmt: skip
    topic = django_filters.ModelChoiceFilter(
        label=_("Topic"), field_name="topics__topic", queryset=Topic.objects.all(),
        widget=AdminSnippetChooser(model=Topic, show_edit_link=False),
    )  # fmt: skip
    published_at = django_filters.DateFromToRangeFilter(
        label=_("First published"), widget=DateRangePickerWidget
    )

    class Meta:
        model = Story
        fields: list[str] = []

    def __init__(self, *args: Any, request: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, request=request, **kwargs)
        allowed = sections_where(request.user, "view")
        self.filters["section"].extra["choices"] = section_choices(allowed)
        languages = settings.PAPER.languages
        if len(languages) > 1:
            self.filters["language"].extra["choices"] = [
                (language.value, language.own_name) for language in languages
            ]
        else:
            del self.filters["language"]

    def in_section(self, stories: Stories, _name: str, value: str) -> Stories:
        """Those of the section and of the sections below it."""
        found, below = {int(value)}, {int(value)}
        while below:
            below = (
                set(Section.objects.filter(parent_id__in=below).values_list("pk", flat=True))
                - found
            )
            found |= below
        return stories.filter(section_id__in=found)

    def of_status(self, stories: Stories, _name: str, value: str) -> Stories:
        """Those that stand so. What is scheduled or in review is a short list, looked up first."""
        match Status(value):
            case Status.DRAFT:
                return (
                    stories.filter(live=False, killed_at__isnull=True, expired=False)
                    .exclude(pk__in=scheduled_ids())
                    .exclude(pk__in=ids_in_review())
                )
            case Status.IN_REVIEW:
                return stories.filter(pk__in=ids_in_review())
            case Status.SCHEDULED:
                return stories.filter(pk__in=scheduled_ids())
            case Status.EMBARGOED:
                return stories.filter(embargo_until__gt=now())
            case Status.LIVE:
                return stories.filter(live=True)
            case Status.CHANGED:
                return stories.filter(live=True, has_unpublished_changes=True)
            case Status.EXPIRED:
                return stories.filter(Q(live=False) & Q(expired=True))
            case Status.KILLED:
                return stories.filter(killed_at__isnull=False)
