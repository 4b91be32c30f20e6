"""A page is right or not sent: what is damaged in the store is asked of the desk, and opens nothing for anybody."""

from collections.abc import Iterator
from pathlib import Path

import lmdb
import pytest

from tajuk.contracts.pages import WHOLE, Standing, meter_key, placement_key
from tajuk.contracts.wall import WALL, packed_wall
from tajuk.edge.assembly import Rack
from tajuk.edge.directory import AskTheDesk, look_up
from tajuk.edge.newsstand import Newsstand
from tajuk.paywall import Access
from tajuk.paywall.meter import MeterPolicy
from tajuk.paywall.passes import PASS_COOKIE
from tajuk.paywall.policy import WallPolicy
from tajuk.store import PageStore, Snapshot, fragment_key, reader_key
from tajuk.store.keys import MARK, plan_key
from tests.edge.asking import ask, at, premises
from tests.fuzz.surface import (
    PASSES,
    PAYING,
    POLICY,
    REVOKED,
    STORIES,
    press,
    standing_still,
    write_keys,
)
from tests.store.test_damage import harm

NUMBER, PREMIUM = STORIES[Access.PREMIUM]
FREE = STORIES[Access.FREE][1]
BODY = f"[the body of {NUMBER}]".encode()
COOKIES = {whose: PASS_COOKIE.encode() + b"=" + text for text, whose in PASSES.items()}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_keys(tmp_path)
    return tmp_path


@pytest.fixture
def store(folder: Path) -> Iterator[PageStore]:
    store = PageStore.open(folder / "store")
    press(store)
    with store.batch(store.next_run()) as batch:
        batch.put_mark(WHOLE, b"dress")
    yield store
    store.close()


@pytest.fixture
def stand(folder: Path, store: PageStore) -> Newsstand:
    return Newsstand(premises(folder, wall=WallPolicy(POLICY)), now=standing_still)


def page(stand: Newsstand, path: str, reader: int | None = None) -> bytes | None:
    cookie = COOKIES[reader] if reader else b""
    found = stand.at_once(b"GET", path.encode(), [(b"cookie", cookie)], b"\r\n")
    return None if found is None else found.split(b"\r\n\r\n", 1)[1]


@pytest.mark.parametrize("key", [plan_key(PREMIUM), fragment_key(f"body:{NUMBER}")])
def test_a_damaged_page_is_asked_of_the_desk_and_comes_back_when_pressed(
    store: PageStore, stand: Newsstand, key: bytes
) -> None:
    right = page(stand, PREMIUM, PAYING)
    assert right is not None
    assert BODY in right
    assert Rack(store).is_whole(PREMIUM)

    harm(store, key, 60)

    # What was joined before stays right as long as nothing says that it is another.
    assert page(stand, PREMIUM, PAYING) in {right, None}
    fresh = Newsstand(stand._premises, now=standing_still)
    assert page(fresh, PREMIUM, PAYING) is None
    assert not Rack(store).is_whole(PREMIUM)
    with store.snapshot() as snapshot:
        assert look_up(snapshot, PREMIUM, stand._premises) == AskTheDesk()
    press(store)
    assert page(fresh, PREMIUM, PAYING) == right
    assert Rack(store).is_whole(PREMIUM)


def test_without_a_desk_that_is_a_503_and_never_a_way_in_a_circle(
    folder: Path, store: PageStore
) -> None:
    harm(store, fragment_key(f"own:{NUMBER}"), 60)

    async def work(stand: Newsstand) -> None:
        assert (await ask(stand, PREMIUM)).status == 503
        assert (await ask(stand, FREE)).status == 200

    at(folder, work)


def test_a_reader_whose_row_is_damaged_is_nobody_and_a_revoked_one_stays_so(
    store: PageStore, stand: Newsstand
) -> None:
    nobody = page(stand, PREMIUM)
    assert page(stand, PREMIUM, REVOKED) == nobody
    for reader in (PAYING, REVOKED):
        for place in range(8, 40):
            harm(store, reader_key(reader), place)
            assert page(stand, PREMIUM, reader) == nobody, place
            harm(store, reader_key(reader), place)
    assert BODY in (page(stand, PREMIUM, PAYING) or b"")


def test_what_a_page_stands_without_is_left_out_when_it_is_damaged(
    store: PageStore, stand: Newsstand
) -> None:
    whole = page(stand, FREE)
    assert whole is not None
    harm(store, fragment_key(placement_key("aside", "id")), 64)
    harm(store, fragment_key(meter_key("id", 1, Standing.UNKNOWN)), 64)
    fresh = Newsstand(stand._premises, now=standing_still)
    assert page(fresh, FREE) == whole.replace(b"[aside advert]", b"")
    metered = page(fresh, STORIES[Access.METERED][1])
    assert metered is not None
    assert b"left]" not in metered


def test_a_wall_that_can_not_be_read_gives_nothing_that_is_counted(
    store: PageStore, folder: Path
) -> None:
    """It may have been stricter than the one in the paper's own settings."""
    metered = STORIES[Access.METERED][1]
    strict = WallPolicy(MeterPolicy(0, POLICY.window))
    with store.batch(store.next_run()) as batch:
        batch.put_mark(WALL, packed_wall(strict))
    stand = Newsstand(premises(folder, wall=WallPolicy(POLICY)), now=standing_still)
    closed = page(stand, metered)
    harm(store, MARK + WALL.encode(), 20)
    fresh = Newsstand(premises(folder, wall=WallPolicy(POLICY)), now=standing_still)
    assert page(fresh, metered) == page(stand, metered) == closed
    assert f"[the body of {STORIES[Access.METERED][0]}]".encode() not in (closed or b"")


def test_files_that_lmdb_can_not_read_are_asked_of_the_desk(
    store: PageStore, stand: Newsstand, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unreadable(_key: bytes) -> None:
        raise lmdb.CorruptedError("mdb_get")

    enter = Snapshot.__enter__

    def damaged(self: Snapshot) -> Snapshot:
        enter(self)
        self.stored = unreadable
        return self

    monkeypatch.setattr(Snapshot, "__enter__", damaged)
    assert page(stand, FREE) is None

    async def work(stand: Newsstand) -> None:
        assert (await ask(stand, FREE)).status == 503  # nobody listens at this desk

    at(folder, work)
