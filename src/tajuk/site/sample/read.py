"""The files of the sample newspaper, read into arriving shapes. Times are told from the moment it is set up."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from tajuk.contracts.incoming import (
    IncomingCorrection,
    IncomingGallery,
    IncomingHousePage,
    IncomingPerson,
    IncomingPicture,
    IncomingSection,
    IncomingSource,
    IncomingStory,
    IncomingTopic,
    PictureInText,
)
from tajuk.site.sample.errors import SampleError
from tajuk.site.sample.markup import Marks, blocks_of, html_of
from tajuk.terms.language import Language

FOLDER = Path(__file__).resolve().parents[2] / "sample"
_SECOND = Language.ENGLISH
_LICENCE = "Drawn by code for Tajuk’s sample newspaper; under Tajuk’s own licence"


@dataclass(frozen=True, slots=True)
class Killed:
    """That a story was withdrawn, when and why."""

    uri: str
    at: datetime
    reason: str


@dataclass(slots=True)
class Sample:
    """The sample newspaper as it stands in its files."""

    now: datetime
    folder: Path = FOLDER
    facts: Mapping[str, Any] = field(default_factory=dict)
    _alts: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    _there: set[str] = field(default_factory=set)

    @classmethod
    def read(cls, now: datetime) -> "Sample":
        """The paper's own facts. Raises SampleError."""
        facts = _toml(FOLDER / "paper.toml")
        alts = FOLDER / "pictures" / "pictures.toml"
        return cls(
            now,
            facts=facts,
            _alts=_toml(alts) if alts.is_file() else {},
            _there={path.stem for path in (FOLDER / "pictures").glob("*.jpg")},
        )

    def before(self, hours: float) -> datetime:
        """So many hours before the paper is set up."""
        return self.now - timedelta(hours=float(hours))

    def picture(self, key: str) -> IncomingPicture | None:
        """The picture of an id; None where it has not been drawn."""
        if key not in self._there:
            return None
        said = self._alts.get(key, {})
        return IncomingPicture(
            path=f"{key}.jpg",
            title=said.get("title") or key.replace("-", " ").capitalize(),
            alt=said.get("alt", ""),
            caption=said.get("caption", ""),
            photographer=said.get("photographer", ""),
            agency=said.get("agency", "Ilustrasi Harian Nusa"),
            licence=said.get("licence", _LICENCE),
        )

    def sections(self) -> list[IncomingSection]:
        """In the order of the navigation."""
        return [
            IncomingSection(**_named(each), parent=each.get("parent", ""))
            for each in self.facts["sections"]
        ]

    def topics(self) -> list[IncomingTopic]:
        """All topics."""
        return [IncomingTopic(**_named(each)) for each in self.facts["topics"]]

    def people(self) -> list[IncomingPerson]:
        """All who write and photograph."""
        return [
            IncomingPerson(
                slug=each["slug"], name=each["name"], role=each.get("role", ""),
                role_second=each.get("role_en", ""), bio=each.get("bio", ""), bio_second=each.get("bio_en", ""),
                email=each.get("email", ""), portrait=self.picture(each.get("portrait", "")),
            )
            for each in self.facts["people"]
        ]  # fmt: skip

    def stories(self) -> Iterator[tuple[IncomingStory, Killed | None]]:
        """All stories of all languages. Raises SampleError, which names the file."""
        for path in sorted((self.folder / "stories").glob("*/*.md")):
            try:
                yield self._story(path)
            except (KeyError, TypeError, ValueError, SampleError) as error:
                raise SampleError(f"{path.parent.name}/{path.name}: {error!r}") from error

    def _story(self, path: Path) -> tuple[IncomingStory, Killed | None]:
        language, key = Language(path.parent.name), path.stem
        front, text = _parts(path)
        killed = front.get("killed")
        uri = uri_of(language, key)
        original = front.get("translation_of")
        updated = front.get("updated_hours_ago")
        story = IncomingStory(
            uri=uri,
            language=language,
            slug=key,
            headline=front["headline"],
            kicker=front.get("kicker", ""),
            standfirst=front.get("standfirst", ""),
            section=IncomingSection(slug=front["section"]),
            other_sections=tuple(
                IncomingSection(slug=each) for each in front.get("other_sections", ())
            ),
            byline=tuple(IncomingPerson(slug=each) for each in front.get("byline", ())),
            topics=tuple(IncomingTopic(slug=each) for each in front.get("topics", ())),
            dateline=front.get("dateline", ""),
            access=front.get("access", "free"),
            lead_picture=self.picture(front.get("picture", "")),
            lead_caption=front.get("caption", ""),
            body=blocks_of(text, Marks(partial(uri_of, language), self.picture)),
            sources=tuple(self._source(each) for each in front.get("sources", ())),
            social_headline=front.get("social_headline", ""),
            published_at=self.before(front["hours_ago"]),
            updated_at=None if updated is None else self.before(updated),
            corrections=tuple(
                IncomingCorrection(each["note"], self.before(each["hours_ago"]))
                for each in front.get("corrections", ())
            ),
            translation_of=uri_of(Language.INDONESIAN, original) if original else "",
            note=front.get("embargo_note", ""),
        )
        return story, Killed(
            uri, self.before(killed["hours_ago"]), killed["reason"]
        ) if killed else None

    def _source(self, said: Mapping[str, Any]) -> IncomingSource:
        quoted = self.before(said["hours_ago"]).date() if "hours_ago" in said else None
        return IncomingSource(said["agency"], said.get("medium", ""), quoted, said.get("url", ""))

    def galleries(self) -> Iterator[tuple[IncomingGallery, IncomingGallery]]:
        """Each gallery in both languages, the first language first."""
        names = {each["slug"]: each["name"] for each in self.facts["people"]}
        for said in self.facts["galleries"]:
            pairs = [(self.picture(each["picture"]), each) for each in said["items"]]
            author = names.get(said.get("author", ""), "")
            first, second = (
                IncomingGallery(
                    language=language,
                    headline=said[f"title{ending}"],
                    standfirst=said.get(f"standfirst{ending}", ""),
                    slug=said["key"] if not ending else "",
                    author=author,
                    published_at=self.before(said["hours_ago"]),
                    pictures=tuple(
                        PictureInText(picture, each[f"caption{ending}"])
                        for picture, each in pairs
                        if picture
                    ),
                )
                for language, ending in ((Language.INDONESIAN, ""), (_SECOND, "_en"))
            )
            yield first, second

    def house_pages(self) -> Iterator[IncomingHousePage]:
        """About, contact and the others, in each language."""
        for path in sorted((self.folder / "pages").glob("*/*.md")):
            language = Language(path.parent.name)
            front, text = _parts(path)
            marks = Marks(partial(uri_of, language), self.picture)
            yield IncomingHousePage(
                path.stem,
                language,
                front["title"],
                html_of(text, marks),
                front.get("standfirst", ""),
            )


def uri_of(language: Language, key: str) -> str:
    """What a sample story is known by."""
    return f"urn:tajuk:sample:{language}:{key}"


def _named(said: Mapping[str, Any]) -> dict[str, str]:
    return {
        "slug": said["slug"], "name": said["name"], "name_second": said.get("name_en", ""),
        "description": said.get("description", ""), "description_second": said.get("description_en", ""),
    }  # fmt: skip


def _parts(path: Path) -> tuple[dict[str, Any], str]:
    _, front, text = path.read_text(encoding="utf-8").split("+++", 2)
    return tomllib.loads(front), text


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise SampleError(f"{path.name} can't be read: {error}") from error
