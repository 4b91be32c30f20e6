"""The object `tajuk` of an item: what a newspaper has to say of a story and ninjs has no field for."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from tajuk.contracts.incoming import (
    IncomingCorrection,
    IncomingPerson,
    IncomingSection,
    IncomingSource,
    IncomingTopic,
)
from tajuk.paywall.types import Access
from tajuk.terms.addresses import slug_of
from tajuk.wire.fields import Object, RefusedItemError, line, lines, moment, names, objects
from tajuk.wire.text import shortened

KNOWN = frozenset({
    "access", "kicker", "standfirst", "dateline", "section", "other_sections", "topics", "byline", "sources",
    "corrections", "published_at", "updated_at", "expire_at", "embargo_note", "social_headline",
    "lead_picture", "social_picture", "slug", "translation_of", "old_paths",
})  # fmt: skip
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_WHERE = "tajuk."


@dataclass(frozen=True, slots=True)
class Extras:
    """The object `tajuk`, read. `missed` names keys nobody knows."""

    section: IncomingSection
    other_sections: tuple[IncomingSection, ...]
    topics: tuple[IncomingTopic, ...]
    byline: tuple[IncomingPerson, ...]
    sources: tuple[IncomingSource, ...]
    corrections: tuple[IncomingCorrection, ...]
    access: str
    kicker: str
    standfirst: str
    dateline: str
    slug: str
    social_headline: str
    lead_picture: str
    social_picture: str
    published_at: datetime | None
    updated_at: datetime | None
    expire_at: datetime | None
    embargo_note: str
    translation_of: str
    old_paths: tuple[str, ...]
    missed: tuple[str, ...]


def read(item: Object, *, zone: ZoneInfo, section: str) -> Extras:
    """The item's object `tajuk`; `section` holds where it names none.

    Raises RefusedItemError for a wrong value, and where no section is known at all.
    """
    own = item.get("tajuk")
    if own is None:
        own = {}
    if not isinstance(own, dict):
        raise RefusedItemError("tajuk must be an object")
    return Extras(
        section=_section(own, section),
        other_sections=tuple(
            _section_of(each, "tajuk.other_sections")
            for each in names(own, "other_sections", _WHERE)
        ),
        topics=_topics(own),
        byline=_byline(own),
        sources=_sources(own),
        corrections=_corrections(own, zone),
        access=_access(own),
        kicker=shortened(line(own, "kicker", _WHERE), 60),
        standfirst=line(own, "standfirst", _WHERE),
        dateline=line(own, "dateline", _WHERE),
        slug=_slug(own, "slug"),
        social_headline=shortened(line(own, "social_headline", _WHERE), 200),
        lead_picture=line(own, "lead_picture", _WHERE),
        social_picture=line(own, "social_picture", _WHERE),
        published_at=moment(own, "published_at", zone, _WHERE),
        updated_at=moment(own, "updated_at", zone, _WHERE),
        expire_at=moment(own, "expire_at", zone, _WHERE),
        embargo_note=shortened(line(own, "embargo_note", _WHERE), 200),
        translation_of=line(own, "translation_of", _WHERE),
        old_paths=_old_paths(own),
        missed=tuple(
            f"tajuk.{str(key)[:40]} isn't a field that is known" for key in own if key not in KNOWN
        ),
    )


def _section(own: Object, default: str) -> IncomingSection:
    given = own.get("section") or default
    if isinstance(given, dict):
        return _section_of(given, "tajuk.section")
    if isinstance(given, str) and given.strip():
        return _section_of({"name": given}, "tajuk.section")
    if given:
        raise RefusedItemError("tajuk.section must be a name, a slug or an object")
    raise RefusedItemError('it has no section: give tajuk: {"section": "…"}, or --section')


def _section_of(given: Object, where: str) -> IncomingSection:
    name = shortened(line(given, "name", f"{where}."), 80)
    slug = _slug(given, "slug", f"{where}.")
    if not slug and _SLUG.fullmatch(name) and len(name) <= 50:  # noqa: PLR2004
        # One word in small letters is a slug, and its name is its own business.
        slug, name = name, name.replace("-", " ").capitalize()
    if not slug and not name:
        raise RefusedItemError(f"{where} needs a name or a slug")
    return IncomingSection(
        slug=slug[:50].rstrip("-"),
        name=name or slug.replace("-", " ").capitalize(),
        name_second=shortened(line(given, "name_second", f"{where}."), 80),
        parent=_slug(given, "parent", f"{where}."),
    )


def _topics(own: Object) -> tuple[IncomingTopic, ...]:
    found: dict[str, IncomingTopic] = {}
    for each in names(own, "topics", _WHERE):
        name = shortened(line(each, "name", "tajuk.topics."), 80)
        slug = _slug(each, "slug", "tajuk.topics.")
        if name or slug:
            found.setdefault(
                (slug or name).casefold(),
                IncomingTopic(
                    slug=slug,
                    name=name or slug.replace("-", " ").capitalize(),
                    name_second=shortened(line(each, "name_second", "tajuk.topics."), 80),
                ),
            )
    return tuple(found.values())


def _byline(own: Object) -> tuple[IncomingPerson, ...]:
    found: dict[str, IncomingPerson] = {}
    for each in names(own, "byline", _WHERE):
        name = shortened(line(each, "name", "tajuk.byline."), 120)
        slug = _slug(each, "slug", "tajuk.byline.")
        if name or slug:
            found.setdefault(
                (slug or name).casefold(),
                IncomingPerson(
                    slug=slug,
                    name=name or slug.replace("-", " ").title(),
                    role=shortened(line(each, "role", "tajuk.byline."), 120),
                ),
            )
    return tuple(found.values())


def _sources(own: Object) -> tuple[IncomingSource, ...]:
    found = []
    for each in names(own, "sources", _WHERE):
        agency = line(each, "agency", "tajuk.sources.") or line(each, "name", "tajuk.sources.")
        if not agency:
            raise RefusedItemError("tajuk.sources: each needs an agency")
        found.append(
            IncomingSource(
                agency=shortened(agency, 120),
                medium=shortened(line(each, "medium", "tajuk.sources."), 120),
                quoted_on=_day(each, "date"),
                url=_url(each, "url"),
            )
        )
    return tuple(found)


def _corrections(own: Object, zone: ZoneInfo) -> tuple[IncomingCorrection, ...]:
    found = []
    for each in objects(own, "corrections", _WHERE):
        note = line(each, "note", "tajuk.corrections.")
        posted_at = moment(each, "posted_at", zone, "tajuk.corrections.")
        if not note or posted_at is None:
            raise RefusedItemError("tajuk.corrections: each needs a note and a posted_at")
        found.append(IncomingCorrection(note, posted_at))
    return tuple(found)


def _access(own: Object) -> str:
    said = line(own, "access", _WHERE).lower() or Access.FREE.value
    if said not in set(Access):
        raise RefusedItemError(f"tajuk.access must be one of {', '.join(Access)}")
    return said


def _slug(own: Object, key: str, where: str = _WHERE) -> str:
    said = line(own, key, where)
    if said and slug_of(said) != said:
        raise RefusedItemError(
            f"{where}{key} must be small letters, digits and hyphens, at most 80: {said[:40]!r}"
        )
    return said


def _day(own: Object, key: str) -> date | None:
    said = line(own, key, "tajuk.sources.")
    try:
        return date.fromisoformat(said[:10]) if said else None
    except ValueError as error:
        raise RefusedItemError(
            f"tajuk.sources.{key} must be a day such as 2026-01-31, not {said[:40]!r}"
        ) from error


def _url(own: Object, key: str) -> str:
    said = line(own, key, "tajuk.sources.")
    if not said:
        return ""
    try:
        parts = urlsplit(said)
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in {"http", "https"} or not parts.netloc or len(said) > 500:  # noqa: PLR2004
        raise RefusedItemError(f"tajuk.sources.{key} must be an http address, not {said[:60]!r}")
    return said


def _old_paths(own: Object) -> tuple[str, ...]:
    paths = lines(own, "old_paths", _WHERE)
    for path in paths:
        if not path.startswith("/") or path.startswith("//") or len(path) > 500:  # noqa: PLR2004
            raise RefusedItemError(
                f"tajuk.old_paths must be paths that start with a slash, not {path[:60]!r}"
            )
    return tuple(dict.fromkeys(path.rstrip("/") or "/" for path in paths))
