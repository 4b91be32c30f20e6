"""What the page store promises to the press and to the newsstand."""

import shutil
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tajuk.contracts.pages import (
    FORMAT,
    AccountSlot,
    BodySlot,
    Fixed,
    MeterSlot,
    PagePlan,
    PlacementSlot,
    TailSlot,
    packed_plan,
    unpacked_plan,
)
from tajuk.paywall import Access
from tajuk.store import Batch, Fragment, PageStore, ReadOnlyStoreError, compressed
from tajuk.store.environment import LOOK_AGAIN_SECONDS
from tajuk.store.errors import BatchInsideSnapshotError, NoSurrogateKeyError
from tajuk.store.fragments import inflated
from tajuk.terms.ids import RunNumber

PLAN = PagePlan(
    200,
    (("content-type", "text/html; charset=utf-8"),),
    (
        Fixed("head:1"),
        AccountSlot("id", "/maritim"),
        MeterSlot(1, Access.METERED, "id"),
        BodySlot(1, Access.PREMIUM, "body:1", "closed:1", "closed-to-signed-in:1"),
        TailSlot("id", "/maritim", has_placements=True),
        PlacementSlot("top", "id"),
    ),
    ("story-1", "section-2"),
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[PageStore]:
    store = PageStore.open(tmp_path / "store")
    yield store
    store.close()


def press(
    store: PageStore,
    path: str = "/maritim/satu",
    plan: PagePlan = PLAN,
    run: RunNumber | None = None,
    **fragments: bytes,
) -> Batch:
    with store.batch(run or store.next_run()) as batch:
        for name, raw in fragments.items():
            batch.put_fragment(name, raw)
        batch.put_plan(path, plan)
    return batch


def raw(fragment: Fragment | None) -> bytes:
    assert fragment is not None
    return inflated(fragment)


def status(store: PageStore, path: str) -> int:
    plan = store.plan(path)
    assert plan is not None
    return plan.status


def test_what_the_press_writes_the_newsstand_reads(store: PageStore) -> None:
    press(store, head=b"<head>" * 50)

    assert store.plan("/maritim/satu") == PLAN
    fragment = store.fragment("head")
    assert raw(fragment) == b"<head>" * 50
    assert fragment is not None
    assert (fragment.raw_length, fragment.crc) == (300, zlib.crc32(b"<head>" * 50))
    assert store.plan("/elsewhere") is None
    assert store.fragment("elsewhere") is None


def test_an_older_run_never_overwrites_a_newer_one_key_by_key(store: PageStore) -> None:
    old, new = store.next_run(), store.next_run()
    press(store, run=new, head=b"new")

    gone = PagePlan(410, (), ())
    with store.batch(old) as batch:
        batch.put_fragment("head", b"old")
        batch.put_plan("/maritim/satu", gone)
        batch.put_fragment("foot", b"only the old run wrote this")

    assert batch.passed_over == 2
    assert raw(store.fragment("head")) == b"new"
    assert store.plan("/maritim/satu") == PLAN
    assert raw(store.fragment("foot")) == b"only the old run wrote this"
    press(store, run=new, plan=gone)  # the same run may write again
    assert store.plan("/maritim/satu") == gone


def test_a_batch_that_fails_writes_nothing(store: PageStore) -> None:
    def fail(batch: Batch) -> None:
        batch.put_fragment("head", b"half")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError), store.batch(store.next_run()) as batch:
        fail(batch)

    assert store.fragment("head") is None


def test_a_snapshot_keeps_seeing_the_page_as_it_was(tmp_path: Path) -> None:
    """All of a change or none of it, also between the plan and its fragments."""
    store = PageStore.open(tmp_path / "store")
    press(store, head=b"before")
    with store.snapshot() as snapshot:
        before = snapshot.fragment("head")
        with pytest.raises(BatchInsideSnapshotError):
            press(store, run=RunNumber(2**62), head=b"after")
        assert raw(before) == b"before"
    press(store, head=b"after")
    assert raw(store.fragment("head")) == b"after"
    store.close()


def test_surrogate_keys_find_the_pages_that_depend_on_them(store: PageStore) -> None:
    press(store, path="/b", plan=PagePlan(200, (), (), ("story-1", "section-2")))
    press(store, path="/a", plan=PagePlan(200, (), (), ("story-1",)))
    assert store.paths_with("story-1") == ["/a", "/b"]

    press(store, path="/a", plan=PagePlan(410, (), (), ("story-9",)))

    assert store.paths_with("story-1") == ["/b"]
    assert store.paths_with("story-9") == ["/a"]
    assert store.paths_with("story") == []
    for wrong in ("", "two words", "säule", "x" * 201, "line\nbreak"):
        with pytest.raises(NoSurrogateKeyError):
            press(store, plan=PagePlan(200, (), (), (wrong,)))


def test_paths_longer_than_a_key_are_kept_and_listed(store: PageStore) -> None:
    long = "/" + "é" * 600
    other = "/" + "é" * 599 + "e"
    press(store, path=long)
    press(store, path=other, plan=PagePlan(404, (), ()))
    press(store, path="/en/short")

    assert store.plan(long) == PLAN
    assert status(store, other) == 404
    assert sorted(store.paths()) == sorted([long, other, "/en/short"])
    assert list(store.paths("/en")) == ["/en/short"]
    assert list(store.paths(long)) == [long]
    assert long in store.paths_with("story-1")


def test_more_paths_than_one_reading_takes_are_all_listed(store: PageStore) -> None:
    with store.batch(store.next_run()) as batch:
        for number in range(2500):
            batch.put_plan(f"/p/{number:05}", PagePlan(200, (), ()))

    assert list(store.paths("/p/")) == [f"/p/{number:05}" for number in range(2500)]


def test_a_full_store_grows_and_the_batch_is_made_whole(tmp_path: Path) -> None:
    store = PageStore.open(tmp_path / "store", map_size=1 << 18)
    noise = [zlib.compress(bytes([n % 251]) * n, 0) for n in range(2000, 2400)]
    with store.batch(store.next_run()) as batch:
        for number, text in enumerate(noise):
            batch.put_fragment(f"f:{number}", text * 20 if number % 50 == 0 else text)
            batch.put_plan(f"/{number}", PLAN)

    assert len(list(store.paths())) == 400
    assert raw(store.fragment("f:399")) == noise[399]
    store.close()


def test_the_newsstand_waits_for_a_store_and_outlives_its_deletion(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tajuk.store.environment.LOOK_AGAIN_SECONDS", 0)
    stand = PageStore.open(tmp_path / "store", readonly=True)
    assert LOOK_AGAIN_SECONDS > 0
    assert stand.plan("/maritim/satu") is None
    assert not stand.is_there()
    with pytest.raises(ReadOnlyStoreError), stand.batch(RunNumber(1)):
        pass

    writer = PageStore.open(tmp_path / "store")  # the press of the same process shares it
    first = press(writer, head=b"1")
    run_before = writer.next_run()
    assert first.passed_over == 0
    assert stand.plan("/maritim/satu") == PLAN

    shutil.rmtree(tmp_path / "store")
    assert stand.plan("/maritim/satu") is None
    press(writer, head=b"2")
    assert raw(stand.fragment("head")) == b"2"
    assert writer.next_run() > run_before
    stand.close()
    writer.close()


def test_a_run_under_way_when_the_store_was_deleted_stays_the_older_one(tmp_path: Path) -> None:
    store = PageStore.open(tmp_path / "store")
    under_way = RunNumber(store.next_run() + 10**15)
    press(store, run=under_way, head=b"under way")

    later = store.next_run()

    assert later > under_way
    press(store, run=later, head=b"later")
    assert raw(store.fragment("head")) == b"later"
    store.close()


def test_a_plan_of_another_format_is_no_plan() -> None:
    assert unpacked_plan(packed_plan(PLAN)) == PLAN
    assert unpacked_plan(packed_plan(PLAN).replace(b"[%d," % FORMAT, b"[999,", 1)) is None


names = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=400)


@settings(deadline=None)  # two busy cores make times unsteady
@given(st.lists(st.binary(max_size=3000), max_size=12))
def test_any_fragments_joined_inflate_to_their_bytes_joined(pieces: list[bytes]) -> None:
    joined = b"".join(bytes(compressed(piece).deflate) for piece in pieces) + b"\x03\x00"

    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    assert inflater.decompress(joined) + inflater.flush() == b"".join(pieces)
    assert inflater.eof


@settings(deadline=None, max_examples=50)  # each example waits for the disk
@given(names, names)
def test_every_name_leads_back_to_its_own_plan(
    tmp_path_factory: pytest.TempPathFactory, one: str, other: str
) -> None:
    folder: Path = tmp_path_factory.getbasetemp() / "names"
    store = PageStore.open(folder)
    try:
        press(store, path="/" + one, plan=PagePlan(200, (), ()))
        press(store, path="/" + other, plan=PagePlan(404, (), ()))
        assert status(store, "/" + other) == 404
        assert status(store, "/" + one) == (404 if one == other else 200)
        assert "/" + one in set(store.paths("/" + one))
    finally:
        store.close()
