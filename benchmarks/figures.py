"""Figures: what a benchmark says, printed for people and kept for later."""

import json
import platform
import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

from tajuk.terms.clock import now

RESULTS = Path(__file__).with_name("results.jsonl")
SUMMARY = Path(__file__).with_name("RESULTS.md")


class SkippedError(Exception):
    """A family can't be measured here; the text says why and what would help."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured figure; `goal` None is only reported."""

    figure: str
    value: float
    unit: str
    goal: float | None = None
    higher_is_better: bool = False

    def holds(self) -> bool | None:
        """Whether the goal is met; None without one."""
        if self.goal is None:
            return None
        return self.value >= self.goal if self.higher_is_better else self.value <= self.goal

    def shown(self) -> str:
        """The value as people read it."""
        small = 0 < abs(self.value) < 0.1
        return f"{self.value:.2g}" if small else f"{self.value:,.2f}"

    def wanted(self) -> str:
        """The goal in words."""
        if self.goal is None:
            return ""
        return f"{'≥' if self.higher_is_better else '≤'} {self.goal:g}"


@dataclass(frozen=True, slots=True)
class Note:
    """A sentence that belongs to the figures: why one falls short, what was measured exactly."""

    text: str


def machine() -> str:
    """What it was measured on, as far as it can be said without naming anybody's machine."""
    cores = sum(
        line.startswith("processor") for line in Path("/proc/cpuinfo").read_text().splitlines()
    )
    return f"{platform.system()} {platform.machine()}, {cores} cores, Python {platform.python_version()}"


def report(family: str, told: Iterable[Figure | Note], *, how: str = "") -> bool:
    """Prints them; appends a JSON line each to results.jsonl, writes RESULTS.md; whether every goal is met.

    A family that can't be measured here says so and spoils nothing.
    """
    figures: list[Figure] = []
    notes: list[Note] = []
    console = Console()
    try:
        with RESULTS.open("a", encoding="utf-8") as kept:
            for each in told:
                if isinstance(each, Note):
                    notes.append(each)
                    continue
                figures.append(each)
                line = asdict(each) | {"machine": machine(), "on": f"{now():%Y-%m-%d}"}
                kept.write(json.dumps(line, ensure_ascii=False) + "\n")
                kept.flush()
    except SkippedError as reason:
        console.print(f"[bold]{family}[/bold] skipped: {reason}")
        return True
    table = Table("figure", "value", "unit", "goal", "", title=family)
    for each in figures:
        word = {True: "[green]holds", False: "[red]missed", None: ""}[each.holds()]
        table.add_row(each.figure, each.shown(), each.unit, each.wanted(), word)
    console.print(table)
    for note in notes:
        console.print(note.text, markup=False)
    _summarise(family, how, figures, notes)
    return all(each.holds() is not False for each in figures)


def _summarise(family: str, how: str, figures: list[Figure], notes: list[Note]) -> None:
    """Puts the family's section into RESULTS.md, in place of the one before."""
    rows = [
        f"| {each.figure} | {each.shown()} | {each.unit} | {each.wanted()} | "
        f"{ {True: 'holds', False: '**missed**', None: ''}[each.holds()] } |"
        for each in figures
    ]
    section = "\n".join([
        f"## {family}",
        "",
        f"{now():%Y-%m-%d}, {machine()}: `make bench ONLY={family}`",
        "",
        *([how.strip(), ""] if how else []),
        "| figure | value | unit | goal | |",
        "|---|---:|---|---|---|",
        *rows,
        *(f"\n{note.text}" for note in notes),
        "",
    ])  # fmt: skip
    text = SUMMARY.read_text(encoding="utf-8") if SUMMARY.exists() else ""
    # A section ends where the next begins.
    parts = re.split(r"(?m)^(?=## )", text)
    kept = [part for part in parts[1:] if part.split("\n", 1)[0] != f"## {family}"]
    ordered = sorted([*(part.strip() + "\n" for part in kept), section])
    SUMMARY.write_text((parts[0] or _TITLE).strip() + "\n\n" + "\n".join(ordered), encoding="utf-8")


_TITLE = """# Results

Written by `make bench`; `make bench ONLY=<family>` measures one family and puts its section here in place of the
one before. The same figures stand in `results.jsonl`, a line each, with all earlier ones.
"""
