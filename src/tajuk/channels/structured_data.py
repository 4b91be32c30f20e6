"""Structured data: what a page says of itself to machines, as schema.org words them."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from tajuk.channels.text import absolute
from tajuk.newsroom.rules.body import plain
from tajuk.newsroom.rules.public import is_open
from tajuk.newsroom.types import StoryFacts
from tajuk.pictures.types import Crop, PictureFacts
from tajuk.terms.paper import Paper

CROPS = (Crop.SQUARE, Crop.CLASSIC, Crop.CINEMA)
_LONGEST_HEADLINE = 110  # longer ones are cut by those who show them
_CONTEXT = "https://schema.org"
_NOT_IN_SCRIPT = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026"}


def spelled(data: Mapping[str, Any]) -> str:
    """The data as JSON that can stand in a script element whatever it holds."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(_NOT_IN_SCRIPT)


def organization(paper: Paper, *, logo: str) -> dict[str, Any]:
    """The paper itself. `logo` is an absolute address."""
    data: dict[str, Any] = {
        "@context": _CONTEXT,
        "@type": "NewsMediaOrganization",
        "@id": f"{paper.address}/#paper",
        "name": paper.name,
        "url": f"{paper.address}/",
        "logo": {"@type": "ImageObject", "url": logo},
        "correctionsPolicy": f"{paper.address}/corrections",
        "ethicsPolicy": f"{paper.address}/guidelines",
    }
    if paper.publisher:
        data["legalName"] = paper.publisher
    if paper.email:
        data["email"] = paper.email
    same = [each for each in (paper.google_news_url, paper.whatsapp_channel_url) if each]
    return data | ({"sameAs": same} if same else {})


def news_article(
    story: StoryFacts, picture: PictureFacts | None, paper: Paper, *, now: datetime
) -> dict[str, Any]:
    """A story. Gated, it says so and no more: its hidden part is not in the page, so nothing points at it."""
    teaser = story.teaser
    changed = max(teaser.published_at, teaser.updated_at or teaser.published_at)
    data: dict[str, Any] = {
        "@context": _CONTEXT,
        "@type": "NewsArticle",
        "mainEntityOfPage": paper.address + teaser.href,
        "headline": teaser.headline[:_LONGEST_HEADLINE],
        "inLanguage": teaser.language.value,
        "articleSection": teaser.section.name,
        "datePublished": _moment(teaser.published_at, paper),
        "dateModified": _moment(changed, paper),
        "author": [
            {"@type": "Person", "name": each.name, "url": paper.address + each.href}
            for each in teaser.authors
        ] or [{"@type": "Organization", "name": paper.name, "url": f"{paper.address}/"}],
        "publisher": {
            "@id": f"{paper.address}/#paper", "@type": "NewsMediaOrganization", "name": paper.name,
            "url": f"{paper.address}/",
        },
        "isAccessibleForFree": is_open(story, now=now),
    }  # fmt: skip
    if teaser.standfirst:
        data["description"] = plain(teaser.standfirst)
    if story.topics:
        data["keywords"] = [topic.name for topic in story.topics]
    if picture:
        data["image"] = [absolute(picture.cuts[crop].jpeg.url, paper.address) for crop in CROPS]
    if story.corrections:
        data["correction"] = [
            {"@type": "CorrectionComment", "text": each.note, "datePublished": _moment(each.posted_at, paper)}
            for each in story.corrections
        ]  # fmt: skip
    return data


def breadcrumbs(steps: Sequence[tuple[str, str]], paper: Paper) -> dict[str, Any]:
    """The way to a page: (name, path) from the front down."""
    return {
        "@context": _CONTEXT,
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": place, "name": name, "item": paper.address + path}
            for place, (name, path) in enumerate(steps, start=1)
        ],
    }


def _moment(at: datetime, paper: Paper) -> str:
    return at.astimezone(paper.time_zone).isoformat(timespec="seconds")
