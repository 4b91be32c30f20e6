"""The figures at the desk: plots of a period, each with its table."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain, count
from typing import Any, ClassVar
from urllib.parse import urlencode

from django import forms
from django.conf import settings
from django.urls import reverse
from django.utils import formats
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.admin.widgets import AdminDateInput

from tajuk.circulation.desk import figures as drawn
from tajuk.circulation.desk import words
from tajuk.circulation.desk.forms import midnight
from tajuk.circulation.desk.permissions import Duty, Guarded
from tajuk.circulation.desk.plots import Plot, Series, Spelled, lines, stacked_bars
from tajuk.subscriptions.desk_types import FiguresOfPeriod
from tajuk.subscriptions.figures import figures
from tajuk.terms.clock import now
from tajuk.terms.money import Currency, Money
from tajuk.wall import queries as wall

QUICK = (7, 30, 90, 365)
_USUAL = 30
_LONGEST = timedelta(days=3 * 366)
_DAY = timedelta(days=1)


class PeriodForm(forms.Form):
    """From a day to a day, both included."""

    first = forms.DateField(label=_("From"), widget=AdminDateInput)
    last = forms.DateField(label=_("Up to"), widget=AdminDateInput)

    def clean(self) -> None:
        """A period that goes forward and can be drawn."""
        super().clean()
        first, last = self.cleaned_data.get("first"), self.cleaned_data.get("last")
        if first is None or last is None:
            return
        if last < first:
            self.add_error("last", _("It ends before it begins: change one of the days."))
        elif last - first > _LONGEST:
            self.add_error("last", _("Three years at most are drawn: choose a shorter period."))


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the table beside a plot."""

    label: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """A plot, what it says, its legend and its table."""

    name: str
    title: str
    said: str
    drawing: SafeString
    series: tuple[Series, ...]
    legend: tuple[tuple[int, str], ...]
    """Colours and what they stand for."""
    totals: tuple[str, ...]
    """The last row of the table."""
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class FunnelStep:
    """A step on the way to a subscription."""

    name: str
    count: int | None
    """None: nobody counts it yet."""
    share: int | None
    """In percent of the step before; None where that isn't counted."""
    width: int
    """Of its bar, in percent of the widest."""


class Dashboard(Guarded, WagtailAdminTemplateMixin, TemplateView):
    """Active, new, lost; revenue by plan; renewals; the way to a subscription. Ten queries for any period."""

    duties: ClassVar = (Duty.SEE_FIGURES,)
    template_name = "circulation/desk/figures.html"
    page_title = _("Figures")
    header_icon = "table"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """This page."""
        return [*self.breadcrumbs_items, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The plots of the period that was asked for, or of the last thirty days."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        moment, zone = now(), settings.PAPER.time_zone
        today = moment.astimezone(zone).date()
        form = PeriodForm(self.request.GET if "first" in self.request.GET else None)
        first, last = today - timedelta(days=_USUAL - 1), today
        if form.is_bound and form.is_valid():
            first, last = form.cleaned_data["first"], form.cleaned_data["last"]
        elif not form.is_bound:
            form = PeriodForm(initial={"first": first, "last": last})
        start, end = midnight(first), midnight(last + _DAY)
        found = figures(start, end, zone=zone, now=moment)
        stretches = drawn.Stretches.of(first, last)
        context.update(
            form=form,
            quick=[_quick(days, today, is_now=(first, last) == _last(days, today)) for days in QUICK],
            period=f"{_spelled_day(first)} – {_spelled_day(last)}",
            is_weekly=stretches.is_weekly,
            numbers=_numbers(found, stretches),
            cards=_cards(found, stretches),
            funnel=_funnel(wall.readers_on_the_meter(start, end), found),
        )  # fmt: skip
        return context


def _last(days: int, today: date) -> tuple[date, date]:
    return today - timedelta(days=days - 1), today


def _quick(days: int, today: date, *, is_now: bool) -> dict[str, Any]:
    first, last = _last(days, today)
    asked = urlencode({"first": first.isoformat(), "last": last.isoformat()})
    return {"days": days, "url": f"{reverse('figures:index')}?{asked}", "is_now": is_now}


def _numbers(found: FiguresOfPeriod, stretches: drawn.Stretches) -> list[dict[str, Any]]:
    moved = drawn.movement(found, stretches)
    paid, failed = drawn.renewals(found, stretches)
    due = sum(paid) + sum(failed)
    rate = drawn.share(sum(failed), due)
    return [
        {"name": gettext("Active at the end"), "value": _count(moved.active[-1])},
        {"name": gettext("New"), "value": _count(sum(moved.new))},
        {"name": gettext("Lost"), "value": _count(sum(moved.lost))},
        {"name": gettext("In grace now"), "value": _count(found.in_grace)},
        {
            "name": gettext("Renewals that failed"),
            "value": f"{_count(sum(failed))} / {_count(due)}" + (f" ({rate}\u00a0%)" if rate is not None else ""),
        },
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Plotted:
    """What a card shows, and how its numbers are written: on the axis, and in full."""

    name: str
    title: str
    said: str
    series: tuple[Series, ...]
    draw: Callable[..., SafeString] = stacked_bars
    axis: Spelled | None = None
    full: Spelled | None = None
    legend: tuple[str, ...] = ()
    """What the colours stand for, in order; empty: the series."""
    is_level: bool = False
    """Whether the last number counts, as of a water level, and not the sum."""


def _cards(found: FiguresOfPeriod, stretches: drawn.Stretches) -> list[Card]:
    others = gettext("Other plans")
    moved = drawn.movement_by_plan(found, stretches, others=others)
    paid, failed = drawn.renewals(found, stretches)
    plotted = [
        _Plotted(
            "active", gettext("Active subscriptions"), gettext("At the end of each day or week, by plan."),
            drawn.active_by_plan(found, stretches, others=others), draw=lines, is_level=True,
        ),
        _Plotted(
            "movement", gettext("New and lost"),
            gettext("Subscriptions that began, and below the line those that ended, by plan."),
            tuple(chain.from_iterable(map(_moved, moved, count(1)))),
            legend=tuple(each.name for each in moved), full=_count_of_lost,
        ),
        *(
            _Plotted(
                f"revenue-{currency.lower()}", gettext("Revenue in %(currency)s") % {"currency": currency.value},
                gettext("By plan, without tax, less what was given back."),
                series, axis=_axis_of(currency), full=_money_of(currency),
            )
            for currency, series in drawn.revenue_by_plan(found, stretches, others=others).items()
        ),
        _Plotted(
            "renewals", gettext("Renewals"),
            gettext("Paid, and those that failed: subscriptions that ended because the renewal wasn’t paid."),
            (Series(gettext("Paid"), paid), Series(gettext("Failed"), failed)),
        ),
    ]  # fmt: skip
    return [_card(each, stretches) for each in plotted]


def _moved(plan: drawn.PlanMoved, colour: int) -> tuple[Series, Series]:
    facts = {"plan": plan.name}
    lost = tuple(-each for each in plan.lost)
    return (
        Series(gettext("%(plan)s: new") % facts, plan.new, colour),
        Series(gettext("%(plan)s: lost") % facts, lost, colour),
    )


def _card(plotted: _Plotted, stretches: drawn.Stretches) -> Card:
    series, written = plotted.series, plotted.full or _count
    labels = tuple(formats.date_format(each, "j M") for each in stretches.starts)
    totals = tuple(written(each.values[-1] if plotted.is_level else each.total) for each in series)
    told = ", ".join(f"{each.name}: {total}" for each, total in zip(series, totals, strict=True))
    plot = Plot(plotted.name, plotted.title, f"{plotted.said} {told}", labels, series)
    return Card(
        name=plotted.name,
        title=plotted.title,
        said=plotted.said,
        drawing=plotted.draw(plot, spelled=plotted.axis or _count),
        series=series,
        legend=tuple(enumerate(plotted.legend or [each.name for each in series], start=1)),
        totals=totals,
        rows=tuple(
            Row(_spelled_day(day), tuple(written(each.values[at]) for each in series))
            for at, day in enumerate(stretches.starts)
        ),
    )


def _funnel(on_the_meter: int, found: FiguresOfPeriod) -> list[FunnelStep]:
    """What happens at the newsstand and leaves no rows is said to be uncounted."""
    orders = found.orders
    steps: list[tuple[str, int | None]] = [
        (gettext("Signed-in readers on the meter"), on_the_meter),
        (gettext("Wall shown"), None),
        (gettext("Offer opened"), None),
        (gettext("Ordered"), orders.placed),
        (gettext("Went to pay"), orders.at_gateway),
        (gettext("Paid"), orders.paid),
    ]
    widest = max((many for _, many in steps if many), default=0)
    answer: list[FunnelStep] = []
    before: int | None = None
    for name, many in steps:
        rate = drawn.share(many, before) if many is not None and before is not None else None
        answer.append(FunnelStep(name, many, rate, drawn.share(many or 0, widest) or 0))
        before = many
    return answer


def _spelled_day(day: date) -> str:
    return formats.date_format(day, "j M Y")


def _count(number: int) -> str:
    return formats.number_format(number, use_l10n=True, force_grouping=True)


def _count_of_lost(number: int) -> str:
    """Those who were lost hang below the line; the table counts them like the others."""
    return _count(abs(number))


def _money_of(currency: Currency) -> Spelled:
    def spelled(amount: int) -> str:
        return words.spelled(Money(amount, currency))

    return spelled


def _axis_of(currency: Currency) -> Spelled:
    """Short enough for the axis: whole units, thousands and millions in letters."""

    def spelled(amount: int) -> str:
        units = amount / 10**currency.decimals
        is_indonesian = (get_language() or "").startswith("id")
        for size, letters in ((10**9, ("m", "bn")), (10**6, ("jt", "m")), (10**3, ("rb", "k"))):
            if abs(units) >= size:
                short = (
                    formats.number_format(round(units / size, 1), use_l10n=True)
                    .rstrip("0")
                    .rstrip(",.")
                )
                return f"{short} {letters[0 if is_indonesian else 1]}"
        return formats.number_format(round(units, 2) if units % 1 else int(units), use_l10n=True)

    return spelled
