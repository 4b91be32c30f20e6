"""Two parts of a page compressed as one, with something of a fixed length in between."""

import gzip
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tajuk.contracts.pages import AccountSlot, Fixed, PagePlan, Standing, account_key
from tajuk.edge.assembly import Rack
from tajuk.store import PageStore, compressed
from tajuk.store.fragments import compressed_together, inflated

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
PLAN = PagePlan(
    200, (("content-type", "text/html"),), (Fixed("head"), AccountSlot("id", "/"), Fixed("story"))
)
ACCOUNT = account_key("id", "/", Standing.UNKNOWN)
HEAD = b"<title>Kapal pinisi tiba di dermaga baru Pulau Rampai</title>"
STORY = b"<h1>Kapal pinisi tiba di dermaga baru Pulau Rampai</h1>"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[PageStore]:
    store = PageStore.open(tmp_path / "store")
    yield store
    store.close()


@settings(deadline=None)
@given(st.binary(max_size=3000), st.binary(max_size=3000), st.binary(max_size=9000))
def test_what_stands_in_between_may_be_anything_of_that_length(
    first: bytes, then: bytes, between: bytes
) -> None:
    one, other = compressed_together(first, len(between), [then])
    deflate = b"".join(bytes(each.deflate) for each in (one, compressed(between), other))
    assert zlib.decompressobj(-zlib.MAX_WBITS).decompress(deflate) == first + between + then
    assert inflated(one) == first


def test_it_saves_what_both_say(store: PageStore) -> None:
    _, leaning = compressed_together(HEAD, 2000, [STORY])
    assert len(leaning.deflate) < len(compressed(STORY).deflate) / 2


def press(store: PageStore, account: bytes, *, head: bytes = HEAD, gap: int = 2000) -> None:
    with store.batch(store.next_run()) as batch:
        batch.put_fragment(ACCOUNT, account)
        batch.put_together(("head", head), gap, [("story", STORY)])
        batch.put_plan("/page", PLAN)


def page(store: PageStore) -> bytes | None:
    answer = Rack(store).answer("/page", now=NOON, accept_encoding=b"gzip")
    plain = Rack(store).answer("/page", now=NOON)
    if answer is None:
        assert plain is None
        return None
    assert plain is not None
    assert gzip.decompress(answer.body) == plain.body
    return plain.body


def test_a_page_is_joined_from_them_and_every_reader_has_it_whole(store: PageStore) -> None:
    press(store, b"a" * 2000)
    assert page(store) == HEAD + b"a" * 2000 + STORY


def test_a_slot_that_grew_makes_the_page_one_that_has_to_be_pressed_again(
    store: PageStore,
) -> None:
    press(store, b"a" * 2000)
    with store.batch(store.next_run()) as batch:
        batch.put_fragment(ACCOUNT, b"a" * 2001)
    assert page(store) is None

    press(store, b"a" * 2001, gap=2001)
    assert page(store) == HEAD + b"a" * 2001 + STORY


def test_another_head_under_a_story_that_leans_on_the_old_one_is_never_sent(
    store: PageStore,
) -> None:
    press(store, b"a" * 2000)
    with store.batch(store.next_run()) as batch:
        batch.put_fragment("head", b"<title>Other</title>")
    assert page(store) is None


def test_a_slot_of_the_same_length_may_say_something_else(store: PageStore) -> None:
    press(store, b"a" * 2000)
    with store.batch(store.next_run()) as batch:
        batch.put_fragment(ACCOUNT, b"b" * 2000)
    assert page(store) == HEAD + b"b" * 2000 + STORY
