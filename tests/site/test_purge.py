"""Caches in front are told what changed: each of them, twice, and for as long as it takes."""

import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tajuk.contracts.caches import path_key
from tajuk.contracts.pages import PagePlan
from tajuk.site import press_room, purge
from tajuk.site.purge import AGAIN_AFTER, Cache, PurgeRefusedError, keep_caches_fresh
from tajuk.store import PageStore
from tajuk.store.purges import ToPurge
from tests.caches import listening_cache, listening_cdn
from tests.pressed_paper import pressed_paper
from tests.running import Newspaper, free_port

DOCS = Path(__file__).resolve().parents[2] / "docs/howto"
LATER = AGAIN_AFTER.total_seconds() + 1


def noted(*keys: str, in_transaction: int = 1) -> list[ToPurge]:
    stamp = in_transaction.to_bytes(16, "little")
    return [ToPurge(key, stamp, datetime(2026, 3, 10, tzinfo=UTC)) for key in keys]


def test_a_cache_is_told_at_once_and_once_more() -> None:
    with listening_cache() as heard:
        cache = Cache(heard.url)
        pending = noted("p-1", "p-2")
        assert cache.tell(pending, now=0)
        assert not cache.tell(pending, now=cache.once["p-1"][1] + 1)
        assert not any(cache.is_done_with(each) for each in pending)
        assert cache.tell(pending, now=cache.once["p-1"][1] + LATER)
        assert all(cache.is_done_with(each) for each in pending)
        assert heard.requests == [["p-1", "p-2"]] * 2


def test_what_changes_between_is_told_anew() -> None:
    with listening_cache() as heard:
        cache = Cache(heard.url)
        cache.tell(noted("p-1"), now=0)
        (again,) = noted("p-1", in_transaction=2)
        assert cache.tell([again], now=1)
        assert not cache.is_done_with(again)
        assert heard.requests == [["p-1"]] * 2


def test_thousands_of_keys_go_in_requests_that_a_cache_can_read() -> None:
    keys = [path_key(f"/{number}") for number in range(2000)]
    with listening_cache() as heard:
        purge.purge(heard.url, keys)
        assert heard.keys == keys
        assert max(len(" ".join(each)) for each in heard.requests) <= purge.KEYS_BYTES
        assert len(heard.requests) < 7


def test_a_cache_that_refuses_or_is_away_has_not_been_told() -> None:
    with listening_cache() as heard:
        heard.status = 403
        cache = Cache(heard.url)
        with pytest.raises(PurgeRefusedError, match="403"):
            cache.tell(noted("p-1"), now=0)
        assert cache.once == {}
        heard.status = 200
        assert cache.tell(noted("p-1"), now=0)
    with pytest.raises(OSError):
        Cache(f"http://127.0.0.1:{free_port()}/").tell(noted("p-1"), now=0)


@pytest.fixture
def store() -> Iterator[PageStore]:
    with pressed_paper() as paper:
        paper.store.purged(paper.store.to_purge())
        yield paper.store


def test_a_cache_that_was_away_hears_of_it_and_holds_up_no_other(
    store: PageStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(purge, "AGAIN_AFTER", AGAIN_AFTER / 50)
    away = free_port()
    stop = threading.Event()
    with listening_cache() as heard:
        urls = [f"http://127.0.0.1:{away}/", heard.url]
        keeper = threading.Thread(target=keep_caches_fresh, args=(urls, stop))
        keeper.start()
        try:
            with store.batch(store.next_run(), for_caches=True) as batch:
                batch.put_plan("/old", PagePlan(301, (("location", "/new"),), ()))
            Newspaper.wait_until(lambda: len(heard.requests) == 2, "being told twice", 10)
            assert [each.key for each in store.to_purge()] == [path_key("/old")]
            with listening_cache(away) as back:
                Newspaper.wait_until(lambda: not store.to_purge(), "all to be told", 20)
                assert back.requests == [[path_key("/old")]] * 2
            assert heard.requests == [[path_key("/old")]] * 2
        finally:
            stop.set()
            keeper.join()
    assert press_room.store().to_purge() == []


@pytest.mark.processes
def test_the_adapter_of_the_documentation_tells_a_cdn(tmp_path: Path) -> None:
    code = (DOCS / "cdn.md").read_text().split("```python\n")[1].split("```")[0]
    (tmp_path / "adapter.py").write_text(code)
    keys = [path_key(f"/{number}") for number in range(300)]
    port = free_port()
    with listening_cdn() as heard:
        adapter = subprocess.Popen(
            [sys.executable, str(tmp_path / "adapter.py")],
            env={"CDN_API": heard.url, "CDN_TOKEN": "secret-of-the-cdn", "PORT": str(port)},
            stderr=subprocess.DEVNULL,
        )
        try:
            url = f"http://127.0.0.1:{port}/"
            Newspaper.wait_until(lambda: is_told(url, keys), "the adapter", 20)
            assert heard.requests[-2:] == [keys[:256], keys[256:]]
            heard.status = 503
            with pytest.raises(PurgeRefusedError, match="502"):
                purge.purge(url, keys)
        finally:
            adapter.terminate()
            adapter.wait()


def is_told(url: str, keys: list[str]) -> bool:
    try:
        purge.purge(url, keys)
    except ConnectionRefusedError:
        return False
    return True
