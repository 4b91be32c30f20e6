"""RSS 2.0 with the full text (of gated stories: what anybody may read), pictures and credits."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from xml.etree import ElementTree as ET

from django.utils import translation
from django.utils.translation import gettext as _

from tajuk.channels.text import Pictures, absolute, figure, html_of
from tajuk.channels.xml import child, written
from tajuk.newsroom.rules.body import plain
from tajuk.newsroom.rules.public import is_open, open_part
from tajuk.newsroom.types import StoryFacts
from tajuk.pictures.types import Crop, PictureFacts
from tajuk.terms.ids import StoryId
from tajuk.terms.language import Language

ATOM = "http://www.w3.org/2005/Atom"
CONTENT = "http://purl.org/rss/1.0/modules/content/"
DUBLIN_CORE = "http://purl.org/dc/elements/1.1/"
MEDIA = "http://search.yahoo.com/mrss/"
CROPS = (Crop.CINEMA, Crop.WHOLE)

for _prefix, _namespace in (
    ("atom", ATOM),
    ("content", CONTENT),
    ("dc", DUBLIN_CORE),
    ("media", MEDIA),
):
    ET.register_namespace(_prefix, _namespace)


@dataclass(frozen=True, slots=True)
class Channel:
    """What stands at the head of a feed. Addresses are absolute."""

    title: str
    description: str
    link: str
    self_link: str
    language: Language
    publisher: str


def rss(
    channel: Channel, stories: Iterable[StoryFacts], items: Mapping[StoryId, ET.Element]
) -> bytes:
    """A feed of these stories, whose items were made before (`item`): several feeds share them."""
    root = ET.Element("rss", version="2.0")
    head = ET.SubElement(root, "channel")
    told = list(stories)
    child(head, "title", channel.title)
    child(head, "link", channel.link)
    child(head, "description", channel.description)
    child(head, "language", channel.language.value)
    if channel.publisher:
        child(head, "copyright", channel.publisher)
    if told:
        child(head, "lastBuildDate", format_datetime(max(_changed(story) for story in told)))
    child(head, f"{{{ATOM}}}link", href=channel.self_link, rel="self", type="application/rss+xml")
    head.extend(items[story.story_id] for story in told)
    return written(root)


def item(story: StoryFacts, pictures: Pictures, *, origin: str, now: datetime) -> ET.Element:
    """A story as an item of any feed. Its `guid` stays the same when headline, section or address change."""
    teaser = story.teaser
    link = origin + teaser.href
    made = ET.Element("item")
    child(made, "title", teaser.headline)
    child(made, "link", link)
    child(made, "guid", f"{origin}/#story-{story.story_id}", isPermaLink="false")
    child(made, "pubDate", format_datetime(teaser.published_at))
    for author in teaser.authors:
        child(made, f"{{{DUBLIN_CORE}}}creator", author.name)
    for name in (teaser.section.name, *(topic.name for topic in story.topics)):
        child(made, "category", name)
    shown = open_part(story, now=now)
    child(
        made,
        "description",
        plain(teaser.standfirst) or plain(html_of(shown[:1], {}, origin=origin)),
    )
    lead = pictures.get(teaser.picture) if teaser.picture else None
    text = figure(lead, story.lead_caption, origin) if lead else ""
    text += html_of(shown, pictures, origin=origin)
    if not is_open(story, now=now):
        with translation.override(teaser.language.value):
            text += f'<p><a href="{link}">{_("Continue reading on our site")}</a></p>'
    child(made, f"{{{CONTENT}}}encoded", text)
    if lead:
        _media(made, lead, story.lead_caption or lead.caption, origin)
    return made


def _media(made: ET.Element, picture: PictureFacts, caption: str, origin: str) -> None:
    file = picture.cuts[Crop.CINEMA].jpeg
    media = child(
        made, f"{{{MEDIA}}}content", url=absolute(file.url, origin), medium="image", type="image/jpeg",
        width=str(file.width), height=str(file.height),
    )  # fmt: skip
    if caption:
        child(media, f"{{{MEDIA}}}description", caption, type="plain")
    if picture.credit:
        child(media, f"{{{MEDIA}}}credit", picture.credit, role="photographer")


def _changed(story: StoryFacts) -> datetime:
    return max(story.teaser.published_at, story.teaser.updated_at or story.teaser.published_at)
