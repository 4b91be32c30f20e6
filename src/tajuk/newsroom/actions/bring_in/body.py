"""Arriving blocks as the desk's stream, with the rows that pictures and links point to."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, assert_never
from uuid import uuid4

from tajuk.contracts.incoming import (
    STORY_SCHEME,
    Block,
    Box,
    Embed,
    GalleryInText,
    Heading,
    ListInText,
    Paragraph,
    PictureInText,
    Quotation,
    Related,
    Table,
)
from tajuk.newsroom.actions.bring_in.types import PictureIds
from tajuk.terms.ids import StoryId

_STORY_LINK = re.compile(rf'<a href="{STORY_SCHEME}([^"]*)">(.*?)</a>', re.DOTALL)


def uris_in(blocks: Iterable[Block]) -> Iterator[str]:
    """The stories a body links to, by their `uri`."""
    for block in blocks:
        match block:
            case Related(uri):
                yield uri
            case Paragraph(html) | ListInText(html) | Box(_, html) if STORY_SCHEME in html:
                yield from (found[0] for found in _STORY_LINK.findall(html))
            case _:
                pass


@dataclass(slots=True)
class Stream:
    """Makes one story's stream. `missed` names the stories it links to that aren't there."""

    pictures: PictureIds
    stories: Mapping[str, StoryId]
    missed: list[str] = field(default_factory=list)

    def of(self, blocks: Iterable[Block]) -> list[dict[str, Any]]:
        """The stream as the database keeps it."""
        made = ((kind, value) for block in blocks for kind, value in self._value(block))
        return [{"type": kind, "value": value, "id": str(uuid4())} for kind, value in made]

    def _value(self, block: Block) -> Iterator[tuple[str, Any]]:
        match block:
            case Paragraph(html):
                yield "paragraph", f"<p>{self._linked(html)}</p>"
            case Heading(text):
                yield "heading", text
            case Quotation(text, speaker, role):
                yield "quotation", {"text": text, "speaker": speaker, "role": role}
            case PictureInText():
                yield "picture", self._picture(block)
            case GalleryInText(headline, pictures):
                items = [
                    {"type": "item", "value": self._picture(each), "id": str(uuid4())}
                    for each in pictures
                ]
                yield "gallery", {"headline": headline, "pictures": items}
            case ListInText(html):
                yield "list", self._linked(html)
            case Table():
                yield "table", _table(block)
            case Embed(url, title):
                yield "embed", {"url": url, "title": title}
            case Related(uri):
                if story_id := self._story(uri):
                    yield "related_story", {"story": story_id}
            case Box(headline, html):
                yield "box", {"headline": headline, "text": self._linked(html)}
            case _:
                assert_never(block)

    def _picture(self, block: PictureInText) -> dict[str, Any]:
        return {"picture": self.pictures[block.picture], "caption": block.caption}

    def _story(self, uri: str) -> StoryId | None:
        found = self.stories.get(uri)
        if found is None:
            self.missed.append(f"a link to {uri} was left out: there is no such story yet")
        return found

    def _linked(self, html: str) -> str:
        if STORY_SCHEME not in html:
            return html

        def spelled(match: re.Match[str]) -> str:
            story_id = self._story(match[1])
            return f'<a linktype="story" id="{story_id}">{match[2]}</a>' if story_id else match[2]

        return _STORY_LINK.sub(spelled, html)


def _table(block: Table) -> dict[str, Any]:
    width = max([len(block.head), *(len(row) for row in block.rows)], default=0)
    heads = [*block.head, *[""] * (width - len(block.head))]
    return {
        "caption": block.caption,
        "table": {
            "columns": [{"type": "text", "heading": head} for head in heads],
            "rows": [{"values": [*row, *[""] * (width - len(row))]} for row in block.rows],
            "caption": "",
        },
    }
