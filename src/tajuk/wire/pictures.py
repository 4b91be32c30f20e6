"""The pictures of an item: its associations, found by name, by address, or by a path in the text."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from tajuk.contracts.incoming import IncomingPicture
from tajuk.wire.fields import Object, RefusedItemError, line, objects, raw
from tajuk.wire.text import shortened, storable, without_tags

_LEADS = ("main", "mainpic", "lead", "featured", "featuremedia", "hero")
_ENDINGS = {".jpg", ".jpeg", ".png", ".webp", ".gif", ".avif"}


def local_path(href: str) -> str | None:
    """A relative path within the folder the item came in; None for an address on the network.

    Raises RefusedItemError for a path that leads elsewhere on this machine.
    """
    try:
        parts = urlsplit(href)
    except ValueError:
        return None
    if parts.scheme or parts.netloc:
        if parts.scheme == "file" or (len(parts.scheme) == 1):
            raise RefusedItemError(f"{href[:80]!r}: a picture's path must be relative to its file")
        return None
    path = PurePosixPath(storable(unquote(href, errors="ignore")).replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts:
        raise RefusedItemError(
            f"{href[:80]!r}: a picture may not lie outside the folder of its file"
        )
    return str(path) if path.name and path.suffix.lower() in _ENDINGS else None


@dataclass(slots=True)
class Pictures:
    """What came along with one item. `missed` says which pictures are not at hand."""

    by_name: dict[str, IncomingPicture] = field(default_factory=dict)
    by_address: dict[str, IncomingPicture] = field(default_factory=dict)
    missed: list[str] = field(default_factory=list)
    _all: list[IncomingPicture] = field(default_factory=list)
    _used: set[IncomingPicture] = field(default_factory=set)

    @classmethod
    def of(cls, item: Object) -> "Pictures":
        """The picture associations of an item."""
        pictures = cls()
        for each in objects(item, "associations"):
            kind = line(each, "type", "associations.")
            if kind not in {"", "picture", "graphic"}:
                continue
            pictures._add(each)
        return pictures

    def _add(self, item: Object) -> None:
        name = line(item, "name", "associations.")
        renditions = objects(item, "renditions", "associations.")
        addresses = [line(each, "href", "renditions.") for each in renditions]
        local = [
            (_width(rendition), path)
            for rendition, href in zip(renditions, addresses, strict=True)
            if href and (path := local_path(href)) is not None
        ]
        if not local:
            if any(addresses):
                self.missed.append(
                    f"picture {name or '?'} was left out: {next(filter(None, addresses))[:120]} would have to be "
                    "fetched; put the file beside the item and give its path"
                )
            return
        picture = _picture(item, max(local, key=lambda pair: pair[0])[1])
        self._all.append(picture)
        self.by_name.setdefault(name, picture)
        for href in addresses:
            self.by_address.setdefault(href, picture)

    def find(self, source: str, association: str) -> IncomingPicture | None:
        """The picture an `<img>` means."""
        found = self.by_name.get(association) or self.by_address.get(source)
        if found is None and (path := local_path(source)) is not None:
            found = self.by_address.setdefault(source, IncomingPicture(path))
        if found is not None:
            self._used.add(found)
        return found

    def named(self, name: str) -> IncomingPicture:
        """The association of this name. Raises RefusedItemError where there is none."""
        if name not in self.by_name:
            raise RefusedItemError(
                f"tajuk names a picture {name[:60]!r} that is no local association"
            )
        self._used.add(self.by_name[name])
        return self.by_name[name]

    def lead(self, name: str) -> IncomingPicture | None:
        """The lead picture: the one asked for, one named as such, or the first that isn't in the text."""
        if name:
            return self.named(name)
        for known in _LEADS:
            if known in self.by_name:
                return self.by_name[known]
        return next(iter(self.unused(None)), None)

    def unused(self, lead: IncomingPicture | None) -> Iterable[IncomingPicture]:
        """Associations that neither the text nor the lead shows."""
        return [
            each for each in dict.fromkeys(self._all) if each not in self._used and each != lead
        ]


def _width(rendition: Object) -> float:
    width = rendition.get("width")
    return float(width) if isinstance(width, int | float) and abs(width) < 1e6 else 0.0  # noqa: PLR2004


def _picture(item: Object, path: str) -> IncomingPicture:
    caption = next(
        (
            without_tags(text)
            for each in objects(item, "descriptions", "associations.")
            if (text := raw(each, "value", "descriptions."))
        ),
        "",
    )
    headline = next(
        (line(each, "value") for each in objects(item, "headlines", "associations.")), ""
    )
    photographer, _, agency = line(item, "by", "associations.").partition("/")
    return IncomingPicture(
        path=path,
        title=shortened(headline or PurePosixPath(path).stem, 200),
        alt=shortened(headline, 250),
        caption=caption,
        photographer=shortened(photographer.strip(), 120),
        agency=shortened(agency.strip() or line(item, "copyrightholder", "associations."), 120),
        licence=shortened(line(item, "usageterms", "associations."), 200),
    )
