"""Readers, subscriptions and payments as CSV: streamed, narrowed as the list is, with an audit line ahead."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.conf import settings
from django.db.models import QuerySet
from django.http import StreamingHttpResponse
from django.urls import reverse
from django.utils.translation import get_language, gettext, override
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.admin.widgets import AdminDateInput

from tajuk.accounts.models import User
from tajuk.circulation.desk import finding, words
from tajuk.circulation.desk.actions import note_export
from tajuk.circulation.desk.csv_rows import csv_lines
from tajuk.circulation.desk.forms import WITHIN, midnight
from tajuk.circulation.desk.permissions import Duty, Guarded
from tajuk.circulation.desk.reader_list import STANDINGS
from tajuk.circulation.models import Grant
from tajuk.subscriptions.desk_queries import latest_subscriptions, payments_of, subscriptions_of
from tajuk.terms.clock import now
from tajuk.terms.money import Money

if TYPE_CHECKING:
    _FormView = FormView[forms.Form]
else:
    _FormView = FormView

BATCH = 500
"""So many readers are asked about together."""
_DAY = timedelta(days=1)


class What(StrEnum):
    """What there is to export."""

    READERS = "readers"
    SUBSCRIPTIONS = "subscriptions"
    PAYMENTS = "payments"


_WHAT: dict[What, words.Text] = {
    What.READERS: _("Readers"),
    What.SUBSCRIPTIONS: _("Subscriptions"),
    What.PAYMENTS: _("Payments"),
}


def _separator_here() -> str:
    return ";" if (get_language() or "").startswith("id") else ","


class ExportForm(forms.Form):
    """What, of whom, and for which program."""

    what = forms.ChoiceField(
        label=_("What"), choices=[(each.value, name) for each, name in _WHAT.items()],
        widget=forms.RadioSelect, initial=What.READERS.value,
    )  # fmt: skip
    standing = forms.ChoiceField(
        label=_("Of readers who"), choices=[("", _("All")), *STANDINGS], required=False
    )
    q = forms.CharField(label=_("Searched for"), max_length=200, required=False)
    first = forms.DateField(
        label=_("Payments from"), required=False, widget=AdminDateInput, validators=WITHIN,
        help_text=_("Only payments are narrowed by days."),
    )  # fmt: skip
    last = forms.DateField(
        label=_("Payments to"), required=False, widget=AdminDateInput, validators=WITHIN
    )
    separator = forms.ChoiceField(
        label=_("Between the columns"),
        choices=[(",", _("Comma")), (";", _("Semicolon: spreadsheets in Indonesian expect it"))],
        widget=forms.RadioSelect, initial=_separator_here,
    )  # fmt: skip
    with_mark = forms.BooleanField(
        label=_("For a spreadsheet program"), required=False,
        help_text=_("Begins the file with a mark by which they know that it is UTF-8."),
    )  # fmt: skip

    def clean(self) -> None:
        """A period that goes forward."""
        super().clean()
        first, last = self.cleaned_data.get("first"), self.cleaned_data.get("last")
        if first is not None and last is not None and last < first:
            self.add_error("last", _("It ends before it begins: change one of the days."))


@dataclass(frozen=True, slots=True)
class Asked:
    """An export, narrowed."""

    what: What
    readers: "QuerySet[User]"
    is_narrowed: bool
    start: datetime
    end: datetime
    now: datetime


class Export(Guarded, WagtailAdminTemplateMixin, _FormView):
    """Asks what is wanted, and streams it."""

    duties: ClassVar = (Duty.SEE_READERS, Duty.EXPORT)
    template_name = "circulation/desk/export.html"
    form_class = ExportForm
    page_title = _("Export")
    header_icon = "download"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Readers, this page."""
        return [
            *self.breadcrumbs_items,
            {"url": reverse("readers:index"), "label": _("Readers")},
            {"url": "", "label": self.get_page_title()},
        ]

    def get_initial(self) -> dict[str, Any]:
        """What the list was narrowed to."""
        return {name: self.request.GET.get(name, "") for name in ("standing", "q")}

    def form_valid(self, form: forms.Form) -> StreamingHttpResponse:  # type: ignore[override]
        """The audit line, then the file. It is never kept by a browser or a cache."""
        given, moment = form.cleaned_data, now()
        asked = Asked(
            what=What(given["what"]),
            readers=finding.readers(text=given["q"], standing=given["standing"], now=moment),
            is_narrowed=bool(given["q"].strip() or given["standing"]),
            start=midnight(given["first"] or date(2000, 1, 1)),
            end=midnight(given["last"] + _DAY) if given["last"] else moment + _DAY,
            now=moment,
        )
        note_export(asked.what, _narrowed(given), acting_user=self.request.user)
        head, rows = FILES[asked.what]
        lines = csv_lines(
            head(), rows(asked), separator=given["separator"], with_mark=given["with_mark"]
        )
        spoken = _in_language(lines, get_language())
        answer = StreamingHttpResponse(spoken, content_type="text/csv; charset=utf-8")
        name = f"{asked.what}-{moment.astimezone(settings.PAPER.time_zone):%Y-%m-%d}.csv"
        answer["Content-Disposition"] = f'attachment; filename="{name}"'
        answer["Cache-Control"] = "private, no-store"
        return answer


def _in_language(lines: Iterator[bytes], language: str | None) -> Iterator[bytes]:
    """Rows are made while they are sent, when the desk no longer speaks the colleague's language."""
    with override(language):
        yield from lines


def reader_head() -> list[str]:
    """The columns of readers."""
    return [
        gettext("Number"), gettext("Name"), gettext("Address"), gettext("Reader since"), gettext("May sign in"),
        gettext("Plan"), gettext("State"), gettext("Paid until"), gettext("Reads until"), gettext("Complimentary"),
    ]  # fmt: skip


def reader_rows(asked: Asked) -> Iterator[list[Any]]:
    """A row for each reader. Three queries a batch."""
    yes, no = gettext("yes"), gettext("no")
    for batch in _batches(asked.readers):
        ids = [each.pk for each in batch]
        held = latest_subscriptions(ids, now=asked.now)
        granted: dict[int, list[str]] = {}
        grants = Grant.objects.filter(reader_id__in=ids, starts_at__lte=asked.now)
        for grant in grants.exclude(ends_at__lte=asked.now):
            granted.setdefault(grant.reader_id, []).append(grant.get_entitlement_display())
        for reader in batch:
            its = held.get(reader.pk)
            yield [
                reader.pk, reader.name, reader.email, _moment(reader.joined_at), yes if reader.is_active else no,
                its.plan if its else "", str(words.SUBSCRIPTION[its.state]) if its else "",
                _moment(its.paid_until) if its else "", _moment(its.access_until) if its else "",
                ", ".join(granted.get(reader.pk, ())),
            ]  # fmt: skip


def subscription_head() -> list[str]:
    """The columns of subscriptions."""
    return [
        gettext("Number"), gettext("Name"), gettext("Address"), gettext("Plan"), gettext("State"),
        gettext("Started"), gettext("Paid until"), gettext("Reads until"), gettext("Gateway"), gettext("Why it ended"),
    ]  # fmt: skip


def subscription_rows(asked: Asked) -> Iterator[list[Any]]:
    """A row for each subscription. Two queries a batch."""
    for who, ids in _whom(asked):
        for reader_id, held in subscriptions_of(ids, now=asked.now):
            name, email = who.get(reader_id, ("", ""))
            yield [
                reader_id or "", name, email, held.plan, str(words.SUBSCRIPTION[held.state]), _moment(held.since),
                _moment(held.paid_until), _moment(held.access_until), held.gateway, held.ended_because,
            ]  # fmt: skip


def payment_head() -> list[str]:
    """The columns of payments."""
    return [
        gettext("Number"), gettext("Name"), gettext("Address"), gettext("Order"), gettext("Plan"),
        gettext("Purpose"), gettext("Paid"), gettext("Amount"), gettext("Currency"), gettext("Gateway"),
        gettext("Receipt"), gettext("Judgement"), gettext("Refund"),
    ]  # fmt: skip


def payment_rows(asked: Asked) -> Iterator[list[Any]]:
    """A row for each payment. Two queries a batch."""
    for who, ids in _whom(asked):
        for reader_id, order, paid in payments_of(ids, start=asked.start, end=asked.end):
            name, email = who.get(reader_id, ("", ""))
            yield [
                reader_id or "", name, email, order.reference, order.plan, str(words.PURPOSE[order.purpose]),
                _moment(paid.at), _amount(paid.money), paid.money.currency.value, paid.gateway, paid.receipt,
                paid.judged, str(words.REFUND[paid.refund]) if paid.refund else "",
            ]  # fmt: skip


FILES: dict[What, tuple[Callable[[], list[str]], Callable[[Asked], Iterator[list[Any]]]]] = {
    What.READERS: (reader_head, reader_rows),
    What.SUBSCRIPTIONS: (subscription_head, subscription_rows),
    What.PAYMENTS: (payment_head, payment_rows),
}
"""The columns and the rows of each."""

Who = dict[int | None, tuple[str, str]]


def _whom(asked: Asked) -> Iterator[tuple[Who, list[int] | None]]:
    """Readers by the batch, with name and address; at last those who have left, unless the export is narrowed."""
    for batch in _batches(asked.readers):
        who: Who = {each.pk: (each.name, each.email) for each in batch}
        yield who, [each.pk for each in batch]
    if not asked.is_narrowed:
        yield {}, None


def _batches(rows: "QuerySet[User]") -> Iterator[tuple[User, ...]]:
    """All of them, continued along the primary key: nothing is held open between two batches."""
    before: int | None = None
    while True:
        found = finding.stretch(rows, before=before, size=BATCH)
        if found.readers:
            yield found.readers
        if found.older is None:
            return
        before = found.older


def _moment(at: datetime) -> str:
    return f"{at.astimezone(settings.PAPER.time_zone):%Y-%m-%d %H:%M:%S}"


def _amount(money: Money) -> str:
    """A plain number with a point, as programs read it: 49000, 4.99."""
    whole, part = divmod(money.amount, 10**money.currency.decimals)
    digits = money.currency.decimals
    return f"{whole}.{part:0{digits}d}" if digits else str(whole)


def _narrowed(given: dict[str, Any]) -> str:
    """For the audit line: how it was narrowed. What was searched for may be a name, so only that it was."""
    told = [given["standing"], "search" if given["q"].strip() else ""]
    told += [f"{name} {given[name].isoformat()}" for name in ("first", "last") if given[name]]
    return ", ".join(each for each in told if each)
