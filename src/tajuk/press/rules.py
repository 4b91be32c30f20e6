"""How a front fills, and how a stranger's page is shown: pure rules of the press."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from urllib.parse import parse_qs, urlsplit

from tajuk.newsroom.types import TeaserFacts

_AT_MOST_OF_ONE_SECTION = 3
_VIDEO_ID = re.compile(r"[A-Za-z0-9_-]{6,20}")


def fill(
    placed: Sequence[TeaserFacts], newest: Iterable[TeaserFacts], *, at_most: int, one_section: bool = False
) -> tuple[TeaserFacts, ...]:  # fmt: skip
    """The stories at the head of a front: those editors placed, then the newest.

    On the home front no section gets more than three of the places that fill themselves, while others have
    stories. The lead is the editors' first; without one, the newest story that has a picture.
    """
    row = list(placed[:at_most])
    there = {each.story_id for each in row}
    free = [each for each in newest if each.story_id not in there]
    if not row:
        lead = next((each for each in free if each.picture), None)
        if lead:
            row.append(lead)
            free.remove(lead)
    taken = Counter(each.section.section_id for each in row)
    left_over: list[TeaserFacts] = []
    for each in free:
        section = each.section.section_id
        if one_section or taken[section] < _AT_MOST_OF_ONE_SECTION:
            taken[section] += 1
            row.append(each)
        else:
            left_over.append(each)
    return tuple([*row, *left_over][:at_most])


def frame_of(url: str) -> str:
    """The address that shows a stranger's page in a frame; empty for those that can only be visited."""
    parts = urlsplit(url)
    host = (parts.hostname or "").removeprefix("www.").removeprefix("m.")
    match host:
        case "youtube.com":
            found = parse_qs(parts.query).get("v", [""])[0]
            if parts.path.startswith(("/shorts/", "/embed/", "/live/")):
                found = parts.path.split("/")[2]
            return (
                f"https://www.youtube-nocookie.com/embed/{found}"
                if _VIDEO_ID.fullmatch(found)
                else ""
            )
        case "youtu.be":
            found = parts.path.strip("/")
            return (
                f"https://www.youtube-nocookie.com/embed/{found}"
                if _VIDEO_ID.fullmatch(found)
                else ""
            )
        case "vimeo.com":
            found = parts.path.strip("/")
            return f"https://player.vimeo.com/video/{found}?dnt=1" if found.isdigit() else ""
        case _:
            return ""


def host_of(url: str) -> str:
    """The site an address belongs to, as readers know it."""
    return (urlsplit(url).hostname or url).removeprefix("www.")
