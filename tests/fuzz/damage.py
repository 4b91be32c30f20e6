"""Whatever becomes of what stands in the store, a page is right or not sent, and the press can write over it."""

import logging
from pathlib import Path
from zlib import crc32

import lmdb

from tajuk.contracts.pages import WHOLE, page_of_story
from tajuk.edge.directory import AskTheDesk, Moved, NotHere, look_up
from tajuk.edge.newsstand import Newsstand
from tajuk.edge.server.application import Header
from tajuk.paywall.passes import PASS_COOKIE
from tajuk.paywall.policy import WallPolicy
from tajuk.store import PageStore
from tajuk.store.keys import FRAGMENT, MARK, PLAN, READER, RUN, SURROGATE
from tests.edge.asking import premises
from tests.fuzz.pages import from_the_wire, text_of
from tests.fuzz.surface import (
    OPTIONAL,
    PASSES,
    POLICY,
    STORIES,
    Surface,
    press,
    standing_still,
    write_keys,
)

_GZIP: Header = (b"accept-encoding", b"gzip")
_READERS = [b"", *(PASS_COOKIE.encode() + b"=" + each for each in PASSES)]
_PATHS = [*(path for _, path in STORIES.values()), "/feed.xml", "/old"]


class Damage(Surface):
    """Groups of four bytes: which value, what is done to it, where, and with what."""

    def __init__(self, folder: Path) -> None:
        logging.getLogger("tajuk.store.environment").setLevel(logging.CRITICAL)
        self._store = PageStore.open(folder / "store")
        self._press()
        self._keys = sorted(
            key
            for kind in (PLAN, FRAGMENT, READER, MARK, RUN, SURROGATE)
            for key, _ in self._store._walk(kind)
        )
        write_keys(folder)
        self._stand = Newsstand(premises(folder, wall=WallPolicy(POLICY)), now=standing_still)
        self._right = {
            (path, cookies): self._page(path, cookies) for path in _PATHS for cookies in _READERS
        }
        assert None not in self._right.values()

    def _press(self) -> None:
        press(self._store)
        with self._store.batch(self._store.next_run()) as batch:
            batch.put_mark(WHOLE, b"dress")

    def __call__(self, data: bytes) -> None:
        groups = [data[place : place + 4] for place in range(0, min(len(data), 64), 4)]
        self._store._environment.write(
            lambda it: [self._harm(it, *each) for each in groups if len(each) == 4]
        )
        cookies = _READERS[crc32(data) % len(_READERS)]
        asked = [(path, each) for path in _PATHS for each in {b"", cookies}]
        for path, cookies in asked:
            page, right = self._page(path, cookies), self._right[path, cookies]
            assert page is None or page in self._allowed(path, right), (
                path,
                cookies,
                page,
            )
        self._ask_the_directory()
        self._press()
        for path, cookies in asked:
            assert self._page(path, cookies) == self._right[path, cookies], f"{path} was not mended"

    def _harm(
        self, transaction: "lmdb.Transaction[bytes]", which: int, what: int, where: int, byte: int
    ) -> None:
        key = self._keys[which % len(self._keys)]
        value = bytearray(transaction.get(key) or b"")
        place = where % (len(value) or 1)
        match what % 6:
            case 0 | 1 if value:
                value[place] ^= 1 << byte % 8
            case 2 if value:
                value[place] = byte
            case 3:
                value = value[:place]
            case 4:
                value = value[:place] + bytes([byte]) * (where % 9) + value[place:]
            case 5:
                value = bytearray(transaction.get(self._keys[where % len(self._keys)]) or b"")
        transaction.put(key, bytes(value))

    def _page(self, path: str, cookies: bytes) -> tuple[int, bytes, bytes] | None:
        """Status, where it leads to, text; the same for clients with gzip and without."""
        found = [
            self._stand.at_once(b"GET", path.encode(), [(b"cookie", cookies), *more], b"\r\n")
            for more in ((_GZIP,), ())
        ]
        if found[0] is None or found[1] is None:
            assert found == [None, None]
            return None
        packed, plain = from_the_wire(found[0]), from_the_wire(found[1])
        text = text_of(packed, is_head=False)
        assert text == text_of(plain, is_head=False)
        return packed.status, packed.headers.get(b"location", b""), text

    def _allowed(self, path: str, right: tuple[int, bytes, bytes] | None) -> list[object]:
        """The page, without what it stands without; and that of a reader nobody knows, whose row can't be read."""
        nobody = self._right[path, b""]
        pages = [each for each in (right, nobody) if each is not None]
        return [
            (status, location, left)
            for status, location, text in pages
            for left in _without(text)
        ]  # fmt: skip

    def _ask_the_directory(self) -> None:
        number, path = next(iter(STORIES.values()))
        with self._store.snapshot() as snapshot:
            found = look_up(snapshot, f"/maritim/2020/01/01/{number}/lain", self._stand._premises)
            assert snapshot.path_with(page_of_story(number)) in {path, None}
            for each in _PATHS:
                assert isinstance(look_up(snapshot, each, self._stand._premises), AskTheDesk)
        assert found == Moved(path) or isinstance(found, AskTheDesk | NotHere)

    def close(self) -> None:
        self._stand._store.close()
        self._store.close()
        logging.getLogger("tajuk.store.environment").setLevel(logging.NOTSET)

    @staticmethod
    def seeds() -> list[bytes]:
        return [
            bytes([key, what, 30 + 7 * what, 3]) for key in range(0, 90, 3) for what in range(6)
        ]


def _without(text: bytes) -> list[bytes]:
    """The page with each of what it stands without, or not."""
    found = [text]
    for each in OPTIONAL:
        found += [left.replace(each.encode(), b"") for left in found if each.encode() in left]
    return found
