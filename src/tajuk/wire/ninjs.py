"""ninjs 2.x (IPTC, News in JSON) into stories.

By the schemas 2.0 to 2.4 of iptc/newsinjson. What ninjs has no word for stands in the item's object `tajuk`
(`wire.extras`). Items of the lines 1.x and 3.x are recognised and refused: their fields have other names.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from tajuk.contracts.incoming import (
    Block,
    GalleryInText,
    IncomingPerson,
    IncomingPicture,
    IncomingSource,
    IncomingStory,
    IncomingTopic,
    PictureInText,
    Standing,
)
from tajuk.terms.language import Language
from tajuk.wire import extras
from tajuk.wire.body import BodyReader, blocks_of_text
from tajuk.wire.fields import Object, RefusedItemError, line, moment, objects, raw
from tajuk.wire.pictures import Pictures
from tajuk.wire.text import shortened, without_tags

_ONLY_IN_1 = {"headline", "byline", "subject", "person", "place", "organisation", "infosource"}
_PREFIXES_OF_1 = ("body_", "headline_", "description_")
_ONLY_IN_3 = {
    "versionCreated", "firstCreated", "contentCreated", "pubStatus", "copyrightHolder", "copyrightNotice",
    "usageTerms", "edNote", "infoSources", "altIds", "representationType", "trustIndicators", "rightsInfo",
}  # fmt: skip
_HTML = {"text/html", "application/xhtml+xml"}
_LOOKS_LIKE_HTML = re.compile(
    r"<(p|div|br|h\d|ul|ol|blockquote|figure|html)\b[^>]*>", re.IGNORECASE
)
_STANDFIRST_ROLES = {"", "standfirst", "summary", "abstract", "lead", "deck", "teaser", "caption"}
_AND = re.compile(r"\s*(?:,|;|\s(?:and|dan|&)\s)\s*", re.IGNORECASE)
_BY = re.compile(r"^(?:by|oleh)\s*:?\s+", re.IGNORECASE)
_LONGEST_URI = 255
_LONGEST_BODY = 2_000_000
_MOST_TOPICS = 20


@dataclass(frozen=True, slots=True)
class House:
    """What the reader has to know of the paper, and what holds where an item says nothing."""

    languages: tuple[Language, ...]
    zone: ZoneInfo
    language: Language
    section: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """A story, and what of the item could not be taken along."""

    story: IncomingStory
    missed: tuple[str, ...]


def read(item: object, house: House) -> Reading:
    """The story in a ninjs 2.x item. Raises RefusedItemError, whose text says what is wrong with it."""
    if not isinstance(item, dict):
        raise RefusedItemError("a line must hold one JSON object")
    _demand_version_2(item)
    uri = line(item, "uri")
    if not uri or len(uri) > _LONGEST_URI:
        raise RefusedItemError(f"uri must be a text of 1 to {_LONGEST_URI} characters")
    kind = line(item, "type") or "text"
    if kind not in {"text", "composite"}:
        raise RefusedItemError(f"type is {kind}: only text and composite become stories")
    own = extras.read(item, zone=house.zone, section=house.section)
    missed = [*own.missed]
    headline = _headline(item)
    if len(headline) > 200:  # noqa: PLR2004
        missed.append("the headline was longer than 200 characters and was cut")
    pictures = Pictures.of(item)
    body = _body(item, headline, pictures, missed)
    social = pictures.named(own.social_picture) if own.social_picture else None
    lead = pictures.lead(own.lead_picture)
    body = _with_the_rest(body, pictures, lead)
    missed += pictures.missed
    byline, agencies = _byline(item)
    published = own.published_at or _first_moment(item, house.zone)
    version = moment(item, "versioncreated", house.zone)
    story = IncomingStory(
        uri=uri,
        language=_language(item, house),
        headline=shortened(headline, 200),
        section=own.section,
        standing=_standing(item),
        slug=own.slug,
        kicker=own.kicker,
        standfirst=own.standfirst or _standfirst(item),
        dateline=shortened(own.dateline or line(item, "located"), 80),
        other_sections=own.other_sections,
        byline=own.byline or byline,
        topics=own.topics or _topics(item),
        lead_picture=lead,
        lead_caption=lead.caption if lead else "",
        body=body,
        sources=own.sources or _sources(item, agencies),
        access=own.access,
        social_headline=own.social_headline,
        social_picture=social,
        published_at=published,
        updated_at=own.updated_at or (version if published and version and version > published else None),
        embargo_until=moment(item, "embargoed", house.zone),
        embargo_note=own.embargo_note,
        expire_at=own.expire_at,
        corrections=own.corrections,
        translation_of=own.translation_of,
        old_paths=own.old_paths,
        note=raw(item, "ednote").strip(),
    )  # fmt: skip
    return Reading(story, tuple(missed))


def _demand_version_2(item: Object) -> None:
    standard = item.get("standard")
    said = standard.get("version") if isinstance(standard, dict) else None
    version = str(said).strip()[:1] if said is not None else ""
    if version not in {"1", "3"}:
        version = _version_by_its_fields(item)
    if version:
        raise RefusedItemError(
            f"this is ninjs {version}.x; only 2.x is read so far (1.x and 3.x come with wire copy)"
        )


def _version_by_its_fields(item: Object) -> str:
    if _ONLY_IN_3 & item.keys():
        return "3"
    is_1 = (
        _ONLY_IN_1 & item.keys()
        or any(key.startswith(_PREFIXES_OF_1) for key in item if isinstance(key, str))
        or any(isinstance(item.get(key), dict) for key in ("associations", "renditions"))
    )
    return "1" if is_1 else ""


def _headline(item: Object) -> str:
    given = objects(item, "headlines")
    main = [each for each in given if line(each, "role", "headlines.") in {"main", "headline", ""}]
    for each in [*main, *given]:
        text = raw(each, "value", "headlines.")
        words = without_tags(text) if _is_html(each, text) else line(each, "value", "headlines.")
        if words:
            return words
    if title := line(item, "title"):
        return title
    raise RefusedItemError('it has no headline: give headlines: [{"value": "…"}]')


def _standfirst(item: Object) -> str:
    for each in objects(item, "descriptions"):
        if line(each, "role", "descriptions.").lower() in _STANDFIRST_ROLES:
            text = raw(each, "value", "descriptions.")
            words = without_tags(text) if _is_html(each, text) else line(each, "value")
            if words:
                return words
    return ""


def _content_type(part: Object) -> str:
    return line(part, "contenttype").partition(";")[0].strip().lower()


def _is_html(part: Object, text: str) -> bool:
    said = _content_type(part)
    return said in _HTML or (not said and bool(_LOOKS_LIKE_HTML.search(text)))


def _body(item: Object, headline: str, pictures: Pictures, missed: list[str]) -> tuple[Block, ...]:
    given = objects(item, "bodies")
    texts = [(each, raw(each, "value", "bodies.")) for each in given]
    if any(len(text) > _LONGEST_BODY for _, text in texts):
        raise RefusedItemError(f"a body is longer than {_LONGEST_BODY} characters")
    rich = [(each, text) for each, text in texts if _is_html(each, text)]
    plain = [
        (each, text)
        for each, text in texts
        if (each, text) not in rich and _content_type(each) in {"", "text/plain"}
    ]
    for _, text in sorted(rich, key=lambda pair: line(pair[0], "role") != "main"):
        reader = BodyReader(pictures.find, headline)
        if blocks := reader.read(text):
            missed += [f"body: {why}" for why in reader.missed]
            return blocks
    for _, text in plain:
        if blocks := blocks_of_text(text):
            return blocks
    if given and not rich and not plain:
        kinds = ", ".join(sorted({_content_type(each) for each in given}))
        raise RefusedItemError(f"its bodies are {kinds[:100]}: give one in text/html or text/plain")
    return ()


def _with_the_rest(
    body: tuple[Block, ...], pictures: Pictures, lead: IncomingPicture | None
) -> tuple[Block, ...]:
    """Pictures that came along but stand nowhere are put below the text; the lead is not shown twice."""
    if body and lead is not None and isinstance(body[0], PictureInText) and body[0].picture == lead:
        body = body[1:]
    rest = tuple(PictureInText(each, each.caption) for each in pictures.unused(lead))
    if len(rest) > 1:
        return (*body, GalleryInText("", rest))
    return (*body, *rest)


def _byline(item: Object) -> tuple[tuple[IncomingPerson, ...], tuple[str, ...]]:
    """Who wrote it; and, from a byline such as “Name/Agency”, for whom."""
    people: dict[str, IncomingPerson] = {}
    agencies: dict[str, None] = {}
    for piece in _AND.split(_BY.sub("", line(item, "by"))):
        name, _, agency = piece.partition("/")
        if name.strip():
            people.setdefault(
                name.casefold().strip(), IncomingPerson(name=shortened(name.strip(), 120))
            )
        if agency.strip():
            agencies.setdefault(agency.strip())
    return tuple(people.values()), tuple(agencies)


def _topics(item: Object) -> tuple[IncomingTopic, ...]:
    found: dict[str, IncomingTopic] = {}
    for each in objects(item, "subjects"):
        name = shortened(line(each, "name", "subjects."), 80)
        if name:
            found.setdefault(name.casefold(), IncomingTopic(name=name))
    return tuple(found.values())[:_MOST_TOPICS]


def _sources(item: Object, agencies: tuple[str, ...]) -> tuple[IncomingSource, ...]:
    said = [line(each, "name", "infosources.") for each in objects(item, "infosources")]
    every = dict.fromkeys(name for name in [*said, *agencies] if name)
    return tuple(IncomingSource(shortened(name, 120)) for name in every)


def _standing(item: Object) -> Standing:
    said = line(item, "pubstatus").lower() or "usable"
    if said not in set(Standing):
        raise RefusedItemError("pubstatus must be usable, withheld or canceled")
    return Standing(said)


def _language(item: Object, house: House) -> Language:
    tag = line(item, "language")
    if not tag:
        return house.language
    primary = tag.lower().replace("_", "-").partition("-")[0]
    # ISO 639-1 spelled Indonesian "in" until 1989; Java and what is built on it still do.
    primary = {"in": "id", "ind": "id", "eng": "en"}.get(primary, primary)
    for language in house.languages:
        if language == primary:
            return language
    raise RefusedItemError(
        f"its language is {tag[:20]!r}, and this paper is published in {', '.join(house.languages)}"
    )


def _first_moment(item: Object, zone: ZoneInfo) -> datetime | None:
    for key in ("firstcreated", "versioncreated", "contentcreated"):
        if found := moment(item, key, zone):
            return found
    return None
