"""The list of readers: search, filter, a page at a time."""

from typing import Any, ClassVar
from urllib.parse import urlencode

import django_filters
from django import forms
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.forms.search import SearchForm
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.generic.base import BaseListingView
from wagtail.admin.widgets.button import HeaderButton

from tajuk.accounts.models import User
from tajuk.circulation.desk import finding, words
from tajuk.circulation.desk.permissions import Duty, Guarded, may
from tajuk.circulation.models import Grant
from tajuk.subscriptions.desk_queries import latest_subscriptions
from tajuk.subscriptions.desk_types import SubscriptionOfReader
from tajuk.terms.clock import now

STANDINGS = [
    *((state.value, word) for state, word in words.PAYING.items()),
    (finding.Held.COMPLIMENTARY.value, _("Has a complimentary grant")),
    (finding.Held.CLOSED.value, _("May not sign in")),
]


class ReaderFilters(WagtailFilterSet):
    """How the reader stands. What it means is said in `finding`."""

    standing = django_filters.ChoiceFilter(
        label=_("Standing"), choices=STANDINGS, empty_label=_("All"), widget=forms.RadioSelect,
        method="leave_to_the_view",
    )  # fmt: skip

    class Meta:
        model = User
        fields: list[str] = []

    def leave_to_the_view(
        self, rows: "QuerySet[User]", _name: str, _value: str
    ) -> "QuerySet[User]":
        """Search and standing are asked in one place."""
        return rows


class ReaderColumn(TitleColumn):
    """The name, and the address below it."""

    cell_template_name = "circulation/desk/list/reader.html"


class StandingColumn(Column):
    """The subscription in one line, and complimentary grants below it."""

    cell_template_name = "circulation/desk/list/standing.html"

    def __init__(self, view: "ReaderList") -> None:
        super().__init__("standing", label=_("Standing"))
        self._view = view

    def get_cell_context_data(self, instance: User, parent_context: Any) -> Any:
        """The subscription and what was granted."""
        context = super().get_cell_context_data(instance, parent_context)
        held = self._view.held.get(instance.pk)
        context.update(
            held=held,
            line=words.stands(held) if held else "",
            granted=self._view.granted.get(instance.pk, ()),
        )
        return context


class ReaderList(Guarded, BaseListingView):
    """Readers, the newest first. Five queries for a page, two more when a number is searched for."""

    duties: ClassVar = (Duty.SEE_READERS,)
    template_name = "circulation/desk/readers.html"
    results_template_name = "circulation/desk/reader_results.html"
    page_title = _("Readers")
    header_icon = "group"
    verbose_name_plural = _("readers")
    index_url_name = "readers:index"
    index_results_url_name = "readers:results"
    filterset_class = ReaderFilters
    is_searchable = True
    paginate_by = finding.PAGE
    held: dict[int, SubscriptionOfReader]
    granted: dict[int, tuple[words.Text, ...]]
    stretch: finding.Stretch

    @cached_property
    def columns(self) -> list[Column]:
        """Name and address, how they stand, since when."""
        return [
            ReaderColumn(
                "name", label=_("Reader"), accessor=str, url_name="readers:reader",
                get_title_id=lambda reader: f"reader_{reader.pk}",
            ),
            StandingColumn(self),
            Column("joined_at", label=_("Reader since"), accessor=lambda row: words.day(row.joined_at)),
        ]  # fmt: skip

    def get_search_form(self) -> SearchForm:
        """With what was asked; the field says what may be typed."""
        given = self.request.GET if self.search_kwarg in self.request.GET else None
        return SearchForm(given, placeholder=_("Name, address, order or receipt"))

    def get_queryset(self) -> "QuerySet[User]":
        """Those who are meant."""
        return finding.readers(text=self.search_query, standing=self.standing, now=now())

    @cached_property
    def standing(self) -> str:
        """The chosen filter; empty for one that doesn't exist."""
        return str(self.filters.form.cleaned_data["standing"]) if self.filters.is_valid() else ""

    def paginate_queryset(self, queryset: Any, page_size: int) -> Any:
        """A page, and what is said of each reader on it."""
        asked = self.request.GET.get(self.page_kwarg, "")
        at = int(asked[1:]) if asked[1:].isdecimal() and len(asked) < _LONGEST_CURSOR else None
        where = {"after": at} if asked[:1] == "a" else {"before": at}
        self.stretch = finding.stretch(queryset, **where, size=page_size)
        ids = [each.pk for each in self.stretch.readers]
        moment = now()
        self.held = latest_subscriptions(ids, now=moment)
        self.granted = {}
        for grant in Grant.objects.filter(reader_id__in=ids, starts_at__lte=moment).exclude(
            ends_at__lte=moment
        ):
            before = self.granted.get(grant.reader_id, ())
            self.granted[grant.reader_id] = (*before, grant.get_entitlement_display())
        return None, None, self.stretch.readers, False

    def get_context_data(self, **kwargs: Any) -> Any:
        """With the ways on."""
        context = super().get_context_data(**kwargs)
        context["newer"] = self._way("a", self.stretch.newer)
        context["older"] = self._way("b", self.stretch.older)
        return context

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        """The export of what is listed."""
        if not may(self.request.user, Duty.EXPORT):
            return []
        asked = urlencode(self._asked())
        url = reverse("readers:export") + (f"?{asked}" if asked else "")
        return [HeaderButton(_("Export"), url=url, icon_name="download")]

    def _asked(self) -> dict[str, str]:
        given = {"q": self.search_query, "standing": self.standing}
        return {name: value for name, value in given.items() if value}

    def _way(self, direction: str, at: int | None) -> str:
        if at is None:
            return ""
        return (
            f"{self.index_url}?{urlencode({**self._asked(), self.page_kwarg: f'{direction}{at}'})}"
        )


_LONGEST_CURSOR = 19
"""So that the id fits the column."""
