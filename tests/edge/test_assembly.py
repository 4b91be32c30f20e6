"""A page out of its parts."""

import gzip
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tajuk.contracts.pages import (
    AccountSlot,
    BodySlot,
    Fixed,
    PagePlan,
    Part,
    PlacementSlot,
    Standing,
    account_key,
    placement_key,
)
from tajuk.edge import assembly
from tajuk.edge.assembly import Answer, Rack
from tajuk.edge.house_headers import STRICT_POLICY, house_headers
from tajuk.edge.slots import Reader
from tajuk.paywall import Access, Entitlement, ReaderPass
from tajuk.store import PageStore
from tests.edge.cards import PREMIUM, a_pass

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
HTML = (("content-type", "text/html; charset=utf-8"),)
SECRET = b"<p>Only for those who pay.</p>"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[PageStore]:
    store = PageStore.open(tmp_path / "store")
    yield store
    store.close()


def press(
    store: PageStore, parts: tuple[Part, ...], fragments: dict[str, bytes], *, status: int = 200
) -> None:
    with store.batch(store.next_run()) as batch:
        for name, raw in fragments.items():
            batch.put_fragment(name, raw)
        batch.put_plan("/page", PagePlan(status, HTML, parts))


def ask(
    store: PageStore,
    *,
    accept_encoding: bytes = b"gzip",
    if_none_match: bytes = b"",
    reader: Reader | None = None,
) -> Answer:
    answer = Rack(store, house_headers(secure=True)).answer(
        "/page",
        now=NOON,
        accept_encoding=accept_encoding,
        if_none_match=if_none_match,
        reader=reader or Reader(),
    )
    assert answer is not None
    return answer


def named(answer: Answer) -> dict[bytes, bytes]:
    assert len({name for name, _ in answer.headers}) == len(answer.headers)
    return dict(answer.headers)


STORY: tuple[Part, ...] = (
    Fixed("head"),
    AccountSlot("id", "/"),
    BodySlot(7, Access.PREMIUM, "body", "preview", "preview"),
    PlacementSlot("top", "id"),
    Fixed("foot"),
)


def press_story(store: PageStore) -> None:
    press(
        store,
        STORY,
        {
            "head": b"<head>",
            account_key("id", "/", Standing.UNKNOWN): b"[sign in]",
            account_key("id", "/", Standing.SUBSCRIBER): b"[my account]",
            account_key("id", "/", Standing.SIGNED_IN): b"[my account]",
            "body": SECRET,
            "preview": b"<p>Two paragraphs.</p>",
            "foot": b"</html>",
        },
    )


def test_a_page_is_one_gzip_member_that_every_reader_of_gzip_opens(
    store: PageStore, tmp_path: Path
) -> None:
    press_story(store)

    answer = ask(store)

    assert gzip.decompress(answer.body) == b"<head>[sign in]<p>Two paragraphs.</p></html>"
    file = tmp_path / "page.gz"
    file.write_bytes(answer.body)
    subprocess.run(["gzip", "-t", file], check=True)
    out = subprocess.run(["gzip", "-dc", file], check=True, capture_output=True).stdout
    assert out == gzip.decompress(answer.body)
    headers = named(answer)
    assert headers[b"content-encoding"] == b"gzip"
    assert headers[b"vary"] == b"accept-encoding, cookie"
    assert int(headers[b"content-length"]) == len(answer.body)
    assert headers[b"content-security-policy"] == STRICT_POLICY.encode()


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.binary(max_size=2000), max_size=8))
def test_whatever_the_parts_hold_the_page_is_their_joining(
    store: PageStore, pieces: list[bytes]
) -> None:
    fragments = {f"part{number}": piece for number, piece in enumerate(pieces)}
    press(store, tuple(Fixed(name) for name in fragments), fragments)

    packed, plain = ask(store), ask(store, accept_encoding=b"")

    assert (gzip.decompress(packed.body) if packed.body else b"") == b"".join(pieces)
    assert plain.body == b"".join(pieces)


def test_clients_without_gzip_get_the_same_page_inflated_under_another_tag(
    store: PageStore,
) -> None:
    press_story(store)

    packed, plain = ask(store), ask(store, accept_encoding=b"br")

    assert plain.body == gzip.decompress(packed.body)
    assert b"content-encoding" not in named(plain)
    assert named(plain)[b"vary"] == b"accept-encoding, cookie"
    assert named(plain)[b"etag"] != named(packed)[b"etag"]
    assert int(named(plain)[b"content-length"]) == len(plain.body)


def test_only_a_pass_that_is_paid_for_and_still_runs_opens_the_body(store: PageStore) -> None:
    press_story(store)
    premium = frozenset({Entitlement.PREMIUM})
    running = ReaderPass(7, datetime(2026, 11, 24, tzinfo=UTC), premium)
    over = ReaderPass(7, NOON, premium)
    unpaid = ReaderPass(7, datetime(2026, 11, 24, tzinfo=UTC))

    assert SECRET in gzip.decompress(ask(store, reader=Reader(running)).body)
    for reader in (Reader(), Reader(over), Reader(unpaid)):
        assert SECRET not in gzip.decompress(ask(store, reader=reader).body)


def test_access_is_decided_before_a_304(store: PageStore) -> None:
    """The subscriber's tag is no answer to somebody who may only have the preview."""
    press_story(store)
    subscriber = Reader(
        ReaderPass(7, datetime(2026, 11, 24, tzinfo=UTC), frozenset({Entitlement.PREMIUM}))
    )
    theirs = named(ask(store, reader=subscriber))[b"etag"]

    assert ask(store, reader=subscriber, if_none_match=theirs).status == 304
    assert ask(store, if_none_match=theirs).status == 200


def test_a_304_confirms_what_the_reader_has_and_nothing_more(store: PageStore) -> None:
    press_story(store)
    first = named(ask(store))
    tag = first[b"etag"]
    assert tag.startswith(b'"')  # strong

    again = ask(store, if_none_match=b'"other", ' + tag)

    assert (again.status, again.body) == (304, b"")
    assert named(again)[b"etag"] == tag
    assert named(again)[b"cache-control"] == first[b"cache-control"]
    assert b"content-length" not in named(again)
    assert b"content-encoding" not in named(again)
    press(store, STORY, {"head": b"<head lang=id>"})
    changed = ask(store, if_none_match=tag)
    assert changed.status == 200
    assert named(changed)[b"etag"] != tag


def test_what_nobody_bought_leaves_no_gap_but_a_missing_body_is_no_page(store: PageStore) -> None:
    press_story(store)
    press(store, STORY, {placement_key("top", "id"): b"[advert]"})
    assert (
        gzip.decompress(ask(store).body) == b"<head>[sign in]<p>Two paragraphs.</p>[advert]</html>"
    )

    press(store, (Fixed("head"), BodySlot(7, Access.PREMIUM, "body", "lost", "lost")), {})

    assert Rack(store).answer("/page", now=NOON) is None
    press(store, (Fixed("head"), Fixed("lost")), {})
    assert Rack(store).answer("/page", now=NOON) is None
    assert Rack(store).answer("/elsewhere", now=NOON) is None


def test_pages_of_readers_are_private_and_others_may_be_shared(store: PageStore) -> None:
    press_story(store)
    assert named(ask(store))[b"cache-control"] == b"private, no-cache"

    press(store, (Fixed("head"),), {})

    assert named(ask(store))[b"cache-control"] == b"public, no-cache"


def test_a_plan_may_set_headers_of_its_own_and_they_win(store: PageStore) -> None:
    policy = f"{STRICT_POLICY};frame-src https:"
    own = (*HTML, ("content-security-policy", policy), ("cache-control", "public, max-age=300"))
    with store.batch(store.next_run()) as batch:
        batch.put_fragment("head", b"<head>")
        batch.put_plan("/page", PagePlan(200, own, (Fixed("head"),)))

    headers = named(ask(store))

    assert headers[b"content-security-policy"] == policy.encode()
    assert headers[b"cache-control"] == b"public, max-age=300"


def test_redirects_and_withdrawn_pages_are_answered_as_planned(store: PageStore) -> None:
    with store.batch(store.next_run()) as batch:
        batch.put_plan("/page", PagePlan(301, (("location", "/page/new"),), ()))
    moved = ask(store, if_none_match=b"*")
    assert (moved.status, moved.body, named(moved)[b"content-length"]) == (301, b"", b"0")
    assert named(moved)[b"location"] == b"/page/new"
    assert b"content-encoding" not in named(moved)

    press(store, (Fixed("gone"),), {"gone": b"Withdrawn: the source took it back."}, status=410)

    gone = ask(store, if_none_match=b"*")
    assert gone.status == 410
    assert b"took it back" in gzip.decompress(gone.body)
    assert b"etag" not in named(gone)


def test_many_different_readers_of_a_page_each_get_their_own(store: PageStore) -> None:
    """More kinds of readers than are kept from one asking to the next."""
    rack = Rack(store)
    for number in range(100):
        press(store, STORY, {placement_key("top", "id"): b"advert %d" % number})
        press_story(store)
        answer = rack.answer("/page", now=NOON, accept_encoding=b"gzip")
        assert answer is not None
        assert b"advert %d</html>" % number in gzip.decompress(answer.body)


def test_what_is_kept_is_counted_right_and_never_grows_beyond_its_limit(
    store: PageStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Many pages, pressed anew again and again, for many kinds of readers."""
    monkeypatch.setattr(assembly, "MOST_BYTES_KEPT", 40_000)
    rack = Rack(store)
    for turn in range(6):
        with store.batch(store.next_run()) as batch:
            for name in ("head", "foot", "preview", "body"):
                batch.put_fragment(name, name.encode() * (50 + turn))
            for standing in Standing:
                batch.put_fragment(account_key("id", "/", standing), b"[account]")
            for number in range(12):
                batch.put_plan(f"/{number}", PagePlan(200, HTML, STORY))
        for number in range(12):
            for reader in (Reader(), Reader(a_pass()), Reader(a_pass(entitlements=PREMIUM))):
                answer = rack.answer(f"/{number}", now=NOON, accept_encoding=b"gzip", reader=reader)
                assert answer is not None
                assert rack._pieces.weight <= 40_000
                assert rack._endings.weight <= 10_000
