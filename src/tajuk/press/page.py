"""A page on its way to the store: the dress's parts, and from them fragments and a plan."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import assert_never

from tajuk.contracts.pages import (
    AccountSlot,
    BodySlot,
    Fixed,
    PagePlan,
    Part,
    PlacementSlot,
)
from tajuk.press import dress, keys
from tajuk.press.dress import Account, Body, DressPart, Own, Placement, Shared
from tajuk.terms.language import Language

HTML = "text/html; charset=utf-8"
Header = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the dress at its path."""

    path: str
    language: Language
    parts: tuple[DressPart, ...]
    surrogate_keys: tuple[str, ...]
    status: int = 200
    headers: tuple[Header, ...] = ()


@dataclass(frozen=True, slots=True)
class Written:
    """What a page becomes: its plan, its own fragments, and the shared parts it stands on."""

    path: str
    plan: PagePlan
    fragments: tuple[tuple[str, bytes], ...]
    shared: tuple[Shared, ...] = ()
    language: Language | None = None
    """The edition its shared parts are of; None for a document, which has none."""


def written(page: Page) -> Written:
    """The page rendered. Own parts that follow each other are one fragment: fewer compress better."""
    fragments: list[tuple[str, bytes]] = []
    shared: list[Shared] = []
    plan: list[Part] = []
    for place, part in enumerate(_joined(page.parts)):
        match part:
            case list():
                key = keys.own(page.path, place)
                fragments.append((key, _bytes(part, page.language)))
                plan.append(Fixed(key))
            case Shared():
                shared.append(part)
                plan.append(Fixed(keys.shared(page.language, part.name)))
            case Account():
                plan.append(AccountSlot(page.language.value))
            case Body(access, body, preview):
                names = keys.body(page.path), keys.preview(page.path)
                fragments.append((names[0], _bytes([body], page.language)))
                fragments.append((names[1], _bytes([preview], page.language)))
                plan.append(BodySlot(access, *names))
            case Placement(name):
                plan.append(PlacementSlot(name, page.language.value))
            case _:
                assert_never(part)
    headers = (("content-type", HTML), ("content-language", page.language.value), *page.headers)
    return Written(
        page.path,
        PagePlan(page.status, headers, tuple(plan), page.surrogate_keys),
        tuple(fragments),
        tuple(shared),
        page.language,
    )


def document(path: str, mime: str, content: bytes, *surrogate_keys: str) -> Written:
    """A document for machines: one fragment."""
    key = keys.own(path, 0)
    plan = PagePlan(200, (("content-type", mime),), (Fixed(key),), surrogate_keys)
    return Written(path, plan, ((key, content),))


def redirect(path: str, location: str, *surrogate_keys: str) -> Written:
    """A path that has moved for good."""
    plan = PagePlan(301, (("location", location),), (), surrogate_keys)
    return Written(path, plan, ())


def shared_fragment(part: Shared, language: Language) -> tuple[str, bytes]:
    """A shared part's fragment."""
    return keys.shared(language, part.name), dress.rendered(part, language).encode()


def _joined(
    parts: Iterable[DressPart],
) -> Iterator[list[Own] | Shared | Account | Body | Placement]:
    waiting: list[Own] = []
    for part in parts:
        if isinstance(part, Own):
            waiting.append(part)
            continue
        if waiting:
            yield waiting
            waiting = []
        yield part
    if waiting:
        yield waiting


def _bytes(parts: list[Own], language: Language) -> bytes:
    return "".join(dress.rendered(part, language) for part in parts).encode()
