"""What fell over on the disk is not there: it is said once in the log, and the press writes over it."""

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from tajuk.contracts.pages import Fixed, PagePlan, page_of_story
from tajuk.contracts.readers import ReaderRow
from tajuk.store import PageStore
from tajuk.store.fragments import inflated
from tajuk.store.keys import MARK, RUN, fragment_key, plan_key, reader_key, surrogate_prefix

PLAN = PagePlan(200, (("content-type", "text/html"),), (Fixed("head"),), (page_of_story(1),))
ROW = ReaderRow(revoked_sessions=("AAAAAAAAAAA",))
LONG = "/" + "a" * 600


@pytest.fixture
def store(tmp_path: Path) -> Iterator[PageStore]:
    store = PageStore.open(tmp_path / "store")
    press(store)
    yield store
    store.close()


def press(store: PageStore) -> None:
    with store.batch(store.next_run()) as batch:
        batch.put_fragment("head", b"<head>" * 20)
        batch.put_plan("/satu", PLAN)
        batch.put_plan(LONG, PLAN)
        batch.put_reader(7, ROW)
        batch.put_mark("whole", b"dress")


def harm(store: PageStore, key: bytes, place: int, bit: int = 0) -> None:
    """One bit of what stands at this key falls over."""

    def work(transaction: object) -> None:
        value = bytearray(transaction.get(key))  # type: ignore[attr-defined]
        value[place] ^= 1 << bit
        transaction.put(key, bytes(value))  # type: ignore[attr-defined]

    store._environment.write(work)


def all_of(store: PageStore) -> list[object]:
    fragment = store.fragment("head")
    return [
        fragment and inflated(fragment), store.plan("/satu"), store.plan(LONG), store.reader(7), store.mark("whole"),
    ]  # fmt: skip


def test_no_bit_may_fall_over_unseen(store: PageStore) -> None:
    whole = all_of(store)
    keys = [fragment_key("head"), plan_key("/satu"), plan_key(LONG), reader_key(7), MARK + b"whole"]
    for number, key in enumerate(keys):
        length = len(next(value for found, value in store._walk(key) if found == key))
        for place in range(0, length, max(length // 40, 1)):
            harm(store, key, place, place % 8)
            assert all_of(store)[number] is None, (key, place)
            harm(store, key, place, place % 8)
    assert all_of(store) == whole


def test_what_stands_under_another_s_key_is_not_there(store: PageStore) -> None:
    with store.batch(store.next_run()) as batch:
        batch.put_fragment("other", b"<body>")
    own = fragment_key("head")
    store._environment.write(lambda it: it.put(own, it.get(fragment_key("other"))))
    assert store.fragment("head") is None


def test_the_press_writes_over_it_whatever_run_it_names(store: PageStore) -> None:
    whole = all_of(store)
    for key in (
        fragment_key("head"),
        plan_key("/satu"),
        plan_key(LONG),
        reader_key(7),
        MARK + b"whole",
    ):
        harm(store, key, 7, 7)  # the highest bit of the run: newer than any there will be
    harm(store, RUN, 7, 7)
    assert all_of(store) == [None] * 5

    press(store)

    assert all_of(store) == whole


def test_a_damaged_entry_of_the_index_leads_nowhere_and_stops_nobody(store: PageStore) -> None:
    entries = [key for key, _ in store._walk(surrogate_prefix(page_of_story(1)))]
    assert store.paths_with(page_of_story(1)) == sorted(["/satu", LONG])
    for key in entries:
        harm(store, key, 0, 7)  # no UTF-8 any more
    assert store.paths_with(page_of_story(1)) == []
    with store.snapshot() as snapshot:
        assert snapshot.path_with(page_of_story(1)) is None
    harm(store, plan_key(LONG), 12)
    assert list(store.paths()) == ["/satu"]


def test_it_is_said_once(store: PageStore, caplog: pytest.LogCaptureFixture) -> None:
    harm(store, fragment_key("head"), 60)
    with caplog.at_level(logging.ERROR):
        for _ in range(5):
            assert store.fragment("head") is None
            assert store.plan("/satu") is not None
    (said,) = caplog.messages
    assert said.startswith("store_value_damaged")
    assert "tajuk press --all" in said
