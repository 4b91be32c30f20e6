"""A page on its way to the store: the dress's parts, and from them fragments and a plan."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import assert_never

from tajuk.channels.types import Document
from tajuk.contracts.pages import (
    AccountSlot,
    BodySlot,
    Fixed,
    MeterSlot,
    PagePlan,
    Part,
    PlacementSlot,
    TailSlot,
)
from tajuk.paywall.types import Access
from tajuk.press import dress, keys
from tajuk.press.dress import Account, Body, DressPart, Meter, Own, Placement, Shared, Tail
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
    extras: tuple[tuple[str, Own], ...] = ()
    """Fragments that follow from the same facts and stand on other pages, by their names."""


@dataclass(frozen=True, slots=True)
class Written:
    """What a page becomes: its plan, its own fragments, and the shared parts, account bars and tails it stands on."""

    path: str
    plan: PagePlan
    fragments: tuple[tuple[str, bytes], ...]
    shared: tuple[Shared, ...] = ()
    accounts: tuple[Account, ...] = ()
    tails: tuple[Tail, ...] = ()
    together: tuple[str, ...] = ()
    """The names of its own fragments before and after the account bar: see `Batch.put_together`."""
    language: Language | None = None
    """The edition its shared parts are of; None for a document, which has none."""


def written(page: Page) -> Written:
    """The page rendered.

    A page's own parts that follow each other are one fragment, and what stands around a body is one with it:
    few large fragments compress much better than many small ones.
    """
    fragments: list[tuple[str, bytes]] = []
    shared: list[Shared] = []
    accounts: list[Account] = []
    tails: list[Tail] = []
    plan: list[Part] = []
    language = page.language
    for place, part in enumerate(_joined(page.parts)):
        match part:
            case list():
                plan.append(_own(part, page, place, fragments))
            case Shared():
                shared.append(part)
                plan.append(Fixed(keys.shared(language, part.name)))
            case Account():
                accounts.append(part)
                plan.append(AccountSlot(language.value, part.place))
            case Placement(name):
                plan.append(PlacementSlot(name, language.value))
            case Tail(section=section):
                tails.append(part)
                plan.append(TailSlot(language.value, section, part.has_placements))
            case Meter(story_id, access):
                plan.append(MeterSlot(story_id, access, language.value))
            case _:
                assert_never(part)
    fragments += [(key, dress.rendered(own, language).encode()) for key, own in page.extras]
    headers = (("content-type", HTML), ("content-language", language.value), *page.headers)
    return Written(
        page.path,
        PagePlan(page.status, headers, tuple(plan), page.surrogate_keys),
        tuple(fragments),
        tuple(shared),
        tuple(accounts),
        tuple(tails),
        _together(plan),
        language,
    )


def _together(plan: list[Part]) -> tuple[str, ...]:
    """The page's first part and what may follow it behind the account bar."""
    match plan:
        case [Fixed(first), AccountSlot(), Fixed(then), *_]:
            return first, then
        case [Fixed(first), AccountSlot(), BodySlot() as story, *_]:
            return first, story.body, *_closed(story)
        case [Fixed(first), AccountSlot(), MeterSlot(), BodySlot() as story, *_]:
            # Over an open story may stand how many are left: its body is compressed alone.
            return first, *_closed(story)
        case _:
            return ()


def _closed(story: BodySlot) -> tuple[str, ...]:
    """All a story may look like that isn't open."""
    closed = story.closed, story.closed_to_signed_in, story.closed_to_register
    return tuple(filter(None, closed))


def document(path: str, mime: str, content: bytes, *surrogate_keys: str) -> Written:
    """A document for machines: one fragment."""
    key = keys.own(path, 0)
    plan = PagePlan(200, (("content-type", mime),), (Fixed(key),), surrogate_keys)
    return Written(path, plan, ((key, content),))


def feed_document(feed: Document) -> Written:
    """A feed, found by every story in it."""
    told = (keys.story(each) for each in sorted(feed.stories))
    return document(feed.path, feed.mime, feed.content, keys.document("feed"), *told)


def redirect(path: str, location: str, *surrogate_keys: str) -> Written:
    """A path that has moved for good."""
    plan = PagePlan(301, (("location", location),), (), surrogate_keys)
    return Written(path, plan, ())


def shared_fragment(part: Shared, language: Language) -> tuple[str, bytes]:
    """A shared part's fragment."""
    return keys.shared(language, part.name), dress.rendered(part, language).encode()


def _joined(
    parts: Iterable[DressPart],
) -> Iterator[list[Own | Body] | Shared | Account | Placement | Tail | Meter]:
    waiting: list[Own | Body] = []
    for part in parts:
        if isinstance(part, Own | Body):
            waiting.append(part)
            continue
        if waiting:
            yield waiting
            waiting = []
        yield part
    if waiting:
        yield waiting


def _own(
    run: list[Own | Body], page: Page, place: int, fragments: list[tuple[str, bytes]]
) -> Fixed | BodySlot:
    """The fragments of a page's own parts; of gated ones there are several, and a response holds one of them."""
    gated = next(
        (part for part in run if isinstance(part, Body) and part.access is not Access.FREE), None
    )
    html = {id(part): "" if part is gated else _html(part, page.language) for part in run}
    if gated is None:
        key = keys.own(page.path, place)
        fragments.append((key, "".join(html.values()).encode()))
        return Fixed(key)
    slot = BodySlot(
        gated.story_id,
        gated.access,
        keys.body(page.path),
        keys.closed(page.path),
        keys.closed_to_signed_in(page.path),
        gated.section,
        keys.closed_to_register(page.path) if gated.closed_to_register else "",
    )
    for key, own in (
        (slot.body, gated.body),
        (slot.closed, gated.closed),
        (slot.closed_to_signed_in, gated.closed_to_signed_in),
        (slot.closed_to_register, gated.closed_to_register),
    ):
        if own is None:
            continue
        html[id(gated)] = dress.rendered(own, page.language)
        fragments.append((key, "".join(html.values()).encode()))
    return slot


def _html(part: Own | Body, language: Language) -> str:
    return dress.rendered(part.body if isinstance(part, Body) else part, language)
