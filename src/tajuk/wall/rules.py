"""Pure rules of the wall's desk: hosts as the manager writes them, readings as a card."""

import re
from collections.abc import Iterable, Mapping
from datetime import datetime

from tajuk.paywall.meter import MeterCard, MeterPolicy, counted
from tajuk.paywall.policy import AS_THE_PAPER, SectionRule

_HOST = re.compile(
    r"(?=.{1,253}\Z)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])\Z"
)
MOST_HOSTS = 50


def hosts_of(text: str) -> tuple[str, ...]:
    """The hosts written one a line, lower-case, each once; an address is taken for its host.

    Raises ValueError, whose argument is the line that names no host.
    """
    found: dict[str, None] = {}
    for line in text.split():
        host = line.lower().partition("://")[2] or line.lower()
        host = host.partition("/")[0].partition(":")[0].removeprefix("www.").strip(".")
        if not _HOST.match(host):
            raise ValueError(line)
        found[host] = None
    return tuple(found)


def spread(
    given: Mapping[int, SectionRule], above: Iterable[tuple[int, Iterable[int]]]
) -> dict[int, SectionRule]:
    """Rules for all sections: each has its own, or that of the nearest above it.

    `above`: each section, with itself and those it is part of, the nearest first.
    """
    found: dict[int, SectionRule] = {}
    for section_id, chain in above:
        rule = next((given[each] for each in chain if each in given), AS_THE_PAPER)
        if rule != AS_THE_PAPER:
            found[section_id] = rule
    return found


def card_of(readings: Iterable[tuple[int, datetime]], policy: MeterPolicy) -> MeterCard | None:
    """The card of (story, when) in the order of time: a reading after a window's end begins the next one."""
    card = None
    for story_id, at in readings:
        card = counted(card, story_id, policy, now=at)
    return card
