"""Plots as SVG, drawn on the server. Pure: numbers in, a drawing out; no script, no style attribute.

Shapes carry class names (`plot-1` …) and get their colours from `desk.css`, light or dark. Every drawing has a title
and a description for those who hear it, and its place beside it has the same numbers as a table.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

WIDTH, HEIGHT = 400, 220
_LEFT, _RIGHT, _TOP, _BOTTOM = 52, 8, 12, 26
_INNER_WIDTH, _INNER_HEIGHT = WIDTH - _LEFT - _RIGHT, HEIGHT - _TOP - _BOTTOM
_WIDEST_BAR = 40.0
_MOST_LABELS = 5
_TICKS = 4
Spelled = Callable[[int], str]
"""How a number is written on the axis and in the bars' own titles."""


@dataclass(frozen=True, slots=True)
class Series:
    """A row of numbers with a name: one for each stretch of time."""

    name: str
    values: tuple[int, ...]
    colour: int = 0
    """From 1 on; 0: that of its place among the series."""

    @property
    def total(self) -> int:
        """Their sum."""
        return sum(self.values)


@dataclass(frozen=True, slots=True)
class Plot:
    """What is drawn: `labels` name the stretches of time, each series has a value for each of them."""

    name: str
    """Of the drawing within its page; letters and dashes."""
    title: str
    description: str
    labels: tuple[str, ...]
    series: tuple[Series, ...]

    def __post_init__(self) -> None:
        """Raises ValueError for a series that is not as long as the axis."""
        for each in self.series:
            if len(each.values) != len(self.labels):
                raise ValueError(
                    f"{each.name} has {len(each.values)} values for {len(self.labels)} labels: give one each."
                )


def nice_ceiling(highest: int, *, ticks: int = _TICKS) -> int:
    """The least round number not below `highest` that `ticks` equal steps of 1, 2, 2.5 or 5 × 10ⁿ reach.

    At least `ticks`, so that each step is a whole number.
    """
    if highest <= ticks:
        return ticks
    raw = highest / ticks
    power = int(10 ** math.floor(math.log10(raw)))
    for factor in (1, 2, 2.5, 5, 10):
        step = factor * power
        if step >= raw and step == int(step):
            return int(step) * ticks
    return 10 * power * ticks


def stacked_bars(plot: Plot, *, spelled: Spelled) -> SafeString:
    """Bars for each stretch of time, the series on top of each other; what is below nothing hangs under the axis."""
    columns = list(zip(*(each.values for each in plot.series), strict=True))
    highest = max((sum(max(each, 0) for each in column) for column in columns), default=0)
    lowest = min((sum(min(each, 0) for each in column) for column in columns), default=0)
    scale = _Scale.over(lowest, highest)
    step = _INNER_WIDTH / max(len(plot.labels), 1)
    width = min(step * 0.8, _WIDEST_BAR)
    marks: list[tuple[str, str, str, str, int, str]] = []
    for at, column in enumerate(columns):
        up = down = 0
        for number, value in enumerate(column):
            if not value:
                continue
            base = up if value > 0 else down
            top, bottom = sorted((scale.y(base), scale.y(base + value)))
            tip = f"{plot.labels[at]}, {plot.series[number].name}: {spelled(value)}"
            x = _LEFT + step * at + (step - width) / 2
            colour = plot.series[number].colour or number + 1
            marks.append((_n(x), _n(top), _n(width), _n(bottom - top), colour, tip))
            up, down = (up + value, down) if value > 0 else (up, down + value)
    bars = format_html_join(
        "",
        '<rect x="{}" y="{}" width="{}" height="{}" class="plot-{}"><title>{}</title></rect>',
        marks,
    )
    return _drawing(plot, scale, bars, spelled)


def lines(plot: Plot, *, spelled: Spelled) -> SafeString:
    """A line for each series, from the first stretch of time to the last; each with a dash of its own."""
    highest = max((max(each.values, default=0) for each in plot.series), default=0)
    scale = _Scale.over(0, highest)
    step = _INNER_WIDTH / max(len(plot.labels), 1)
    drawn = []
    for number, each in enumerate(plot.series, start=1):
        points = [
            (_LEFT + step * (at + 0.5), scale.y(value)) for at, value in enumerate(each.values)
        ]
        if len(points) == 1:  # a line of one point is drawn across its stretch
            points = [(_LEFT, points[0][1]), (WIDTH - _RIGHT, points[0][1])]
        last = spelled(each.values[-1]) if each.values else ""
        drawn.append(
            (" ".join(f"{_n(x)},{_n(y)}" for x, y in points), number, f"{each.name}: {last}")
        )
    curves = format_html_join(
        "",
        '<polyline points="{}" class="plot-line plot-{}" fill="none"><title>{}</title></polyline>',
        drawn,
    )
    return _drawing(plot, scale, curves, spelled)


@dataclass(frozen=True, slots=True)
class _Scale:
    """From values to the height in the drawing."""

    low: int
    high: int
    step: int

    @classmethod
    def over(cls, lowest: int, highest: int) -> "_Scale":
        step = nice_ceiling(max(highest, -lowest)) // _TICKS
        high = math.ceil(highest / step) * step
        low = math.ceil(-lowest / step) * -step
        return cls(low, high if high > low else low + step * _TICKS, step)

    def y(self, value: float) -> float:
        return _TOP + _INNER_HEIGHT * (self.high - value) / (self.high - self.low)

    def ticks(self) -> range:
        return range(self.low, self.high + 1, self.step)


def _drawing(plot: Plot, scale: _Scale, shapes: SafeString, spelled: Spelled) -> SafeString:
    ticks = [
        (_LEFT, _n(scale.y(each)), WIDTH - _RIGHT, "plot-base" if each == 0 else "plot-grid",
         _LEFT - 6, _n(scale.y(each) + 4), spelled(each))
        for each in scale.ticks()
    ]  # fmt: skip
    rule = (
        '<line x1="{0}" y1="{1}" x2="{2}" y2="{1}" class="{3}"/>'
        '<text x="{4}" y="{5}" text-anchor="end" class="plot-text">{6}</text>'
    )
    return format_html(
        '<svg class="plot" viewBox="0 0 {width} {height}" role="img" aria-labelledby="{name}-title {name}-desc">'
        '<title id="{name}-title">{title}</title><desc id="{name}-desc">{description}</desc>'
        "{rules}{shapes}{labels}</svg>",
        width=WIDTH,
        height=HEIGHT,
        name=plot.name,
        title=plot.title,
        description=plot.description,
        rules=format_html_join("", rule, ticks),
        shapes=shapes,
        labels=_labels(plot.labels),
    )


def _labels(labels: Sequence[str]) -> SafeString:
    """A few of the labels, evenly spread, the first always among them."""
    step = _INNER_WIDTH / max(len(labels), 1)
    every = math.ceil(len(labels) / _MOST_LABELS) or 1
    shown = [
        (_n(_LEFT + step * (at + 0.5)), HEIGHT - 8, labels[at])
        for at in range(0, len(labels), every)
    ]
    return format_html_join(
        "", '<text x="{}" y="{}" text-anchor="middle" class="plot-text">{}</text>', shown
    )


def _n(number: float) -> str:
    """As short as it can be: nobody sees a hundredth of a unit."""
    return f"{number:.1f}".removesuffix(".0")
