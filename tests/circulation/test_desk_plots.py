"""The plots of the circulation desk: what is drawn can be read, heard, and never lies about a number."""

from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tajuk.circulation.desk.plots import (
    HEIGHT,
    WIDTH,
    Plot,
    Series,
    lines,
    nice_ceiling,
    stacked_bars,
)

SVG = "{http://www.w3.org/2000/svg}"
numbers = st.integers(-(10**12), 10**12)


def drawn(svg: str) -> ElementTree.Element:
    """The drawing as XML, as a browser reads it in a page."""
    return ElementTree.fromstring(svg.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" '))


def plot(*series: Series) -> Plot:
    days = tuple(f"{each} Mar" for each in range(1, len(series[0].values) + 1)) if series else ()
    return Plot("uji", "Judul", "Keterangan.", days, series)


@given(st.integers(0, 10**15))
def test_the_axis_ends_on_a_round_number_that_nothing_reaches_beyond(highest: int) -> None:
    top = nice_ceiling(highest)
    assert highest <= top <= max(4, 10 * highest)
    assert top % 4 == 0, "every step is a whole number"
    assert int(str(top // 4).rstrip("0")) in {1, 2, 25, 5}


@pytest.mark.parametrize(
    ("highest", "top"), [(0, 4), (4, 4), (5, 8), (49, 80), (95, 100), (1001, 2000)]
)
def test_the_axis_is_no_longer_than_it_must_be(highest: int, top: int) -> None:
    assert nice_ceiling(highest) == top


def test_bars_stand_on_the_axis_and_what_was_lost_hangs_below_it() -> None:
    svg = drawn(
        stacked_bars(plot(Series("Baru", (3, 0)), Series("Berhenti", (-1, -2))), spelled=str)
    )
    base = next(each for each in svg.iter(f"{SVG}line") if each.get("class") == "plot-base")
    axis = float(base.get("y1") or 0)
    up, down, lower = svg.iter(f"{SVG}rect")
    assert float(up.get("y") or 0) + float(up.get("height") or 0) == pytest.approx(axis, abs=0.11)
    assert float(down.get("y") or 0) == pytest.approx(axis, abs=0.11)
    assert float(lower.get("height") or 0) == pytest.approx(
        2 * float(down.get("height") or 0), abs=0.2
    )
    tips = [each.findtext(f"{SVG}title") for each in (up, down, lower)]
    assert tips == ["1 Mar, Baru: 3", "1 Mar, Berhenti: -1", "2 Mar, Berhenti: -2"]


@given(st.lists(st.tuples(numbers, numbers), max_size=120))
def test_nothing_is_drawn_outside_the_drawing(rows: list[tuple[int, int]]) -> None:
    series = tuple(Series(name, tuple(row[at] for row in rows)) for at, name in enumerate("ab"))
    asked = Plot("uji", "Judul", "", tuple(map(str, range(len(rows)))), series)
    for rect in drawn(stacked_bars(asked, spelled=str)).iter(f"{SVG}rect"):
        x, y, width, height = (float(rect.get(each) or 0) for each in ("x", "y", "width", "height"))
        assert 0 <= x <= x + width <= WIDTH
        assert 0 <= y <= y + height <= HEIGHT


def test_a_line_goes_from_the_first_day_to_the_last() -> None:
    svg = drawn(lines(plot(Series("Harian", (0, 4, 2)), Series("Tahunan", (1, 1, 1))), spelled=str))
    first, second = svg.iter(f"{SVG}polyline")
    points = [tuple(map(float, each.split(","))) for each in (first.get("points") or "").split()]
    assert [x for x, _ in points] == sorted(x for x, _ in points)
    assert [y for _, y in points] == [
        max(y for _, y in points),
        min(y for _, y in points),
        points[2][1],
    ]
    assert {first.get("class"), second.get("class")} == {"plot-line plot-1", "plot-line plot-2"}


def test_who_hears_the_page_is_told_what_is_drawn() -> None:
    svg = drawn(lines(plot(Series("Harian", (1,))), spelled=str))
    assert svg.get("role") == "img"
    told = [each.get("id") for each in svg if each.tag in {f"{SVG}title", f"{SVG}desc"}]
    assert (svg.get("aria-labelledby") or "").split() == told
    assert [svg.findtext(f"{SVG}title"), svg.findtext(f"{SVG}desc")] == ["Judul", "Keterangan."]


def test_a_plans_name_is_text_and_the_desks_policy_allows_the_drawing() -> None:
    svg = str(stacked_bars(plot(Series('<script>"&', (2,))), spelled=str))
    drawn(svg)
    assert "<script" not in svg
    assert "style=" not in svg, "the desk's policy forbids style attributes"


def test_a_series_that_does_not_fit_the_axis_is_refused() -> None:
    with pytest.raises(ValueError, match="2 values for 1 labels"):
        Plot("uji", "Judul", "", ("1 Mar",), (Series("Harian", (1, 2)),))
