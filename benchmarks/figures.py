"""Figures: what a benchmark says, printed for people and kept for later."""

import json
import platform
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

RESULTS = Path(__file__).with_name("results.jsonl")


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


def machine() -> str:
    """What it was measured on, as far as it can be said without naming anybody's machine."""
    cores = sum(
        line.startswith("processor") for line in Path("/proc/cpuinfo").read_text().splitlines()
    )
    return f"{platform.system()} {platform.machine()}, {cores} cores, Python {platform.python_version()}"


def report(family: str, figures: Iterable[Figure]) -> bool:
    """Prints them, appends one JSON line each to results.jsonl; whether every goal is met."""
    table = Table("figure", "value", "unit", "goal", "", title=family)
    all_hold = True
    with RESULTS.open("a", encoding="utf-8") as kept:
        for each in figures:
            kept.write(json.dumps(asdict(each) | {"machine": machine()}, ensure_ascii=False) + "\n")
            holds = each.holds()
            all_hold = all_hold and holds is not False
            sign = "" if each.goal is None else ("≥" if each.higher_is_better else "≤")
            goal = "" if each.goal is None else f"{sign} {each.goal:g}"
            word = {True: "[green]holds", False: "[red]missed", None: ""}[holds]
            table.add_row(each.figure, f"{each.value:,.2f}", each.unit, goal, word)
    Console().print(table)
    return all_hold
