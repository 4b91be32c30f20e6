"""What the newsstand does for one reader, part by part, in this process: microseconds, medians of nine times."""

import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from benchmarks.figures import Figure
from benchmarks.papers import BUILD
from benchmarks.readers import cookies_of
from tajuk.contracts.pages import (
    AccountSlot,
    Fixed,
    PagePlan,
    Part,
    Standing,
    Tail,
    TailSlot,
    account_key,
    tail_key,
)
from tajuk.contracts.readers import ReaderRow, is_revoked
from tajuk.edge.assembly import Rack
from tajuk.edge.house_headers import house_headers
from tajuk.edge.readers import Doorkeeper
from tajuk.edge.slots import Reader
from tajuk.paywall import Access, ReaderPass, decide
from tajuk.paywall.keyring import FILE_NAME, WatchedKeyRing
from tajuk.paywall.meter import MeterPolicy
from tajuk.paywall.passes import opened_pass
from tajuk.paywall.policy import WallPolicy
from tajuk.store import PageStore
from tajuk.terms import clock
from tajuk.terms.paper import Paper

PARTS = 10
_OTHERS = 4
"""The account bar, what opens and what ends the tail, and a pick between them."""
_TIMES, _CALLS = 9, 2000
_GZIP = b"gzip"


def figures(paper: Paper, paths: Sequence[str]) -> Iterator[Figure]:
    """Assembly, the pass, the decision."""
    now = clock.now()
    with tempfile.TemporaryDirectory(dir=BUILD) as folder:
        yield from _assembly(paper, paths[0], Path(folder) / "store", now)
    yield from _pass(paper, paths, now)


def _assembly(paper: Paper, path: str, folder: Path, now: datetime) -> Iterator[Figure]:
    """A page as long as a real one, in ten parts, joined for a reader who has a pick of their own."""
    real = PageStore.open(paper.store_path, readonly=True)
    answer = Rack(real).answer(path, now=now)
    assert answer is not None, "the paper's stories are pressed"
    real.close()
    store = PageStore.open(folder)
    step = len(answer.body) // PARTS + 1
    pieces = [answer.body[place : place + step] for place in range(0, len(answer.body), step)]
    signed_in = ReaderPass(reader_id=1, expires_at=now + timedelta(hours=1))
    reader = Reader(signed_in, ReaderRow(picks=(("id", ("pick",)),)))
    own = [f"own-{number}" for number in range(PARTS - _OTHERS)]
    others = (
        account_key("id", "", Standing.SIGNED_IN),
        tail_key("id", "", Tail.OPENING),
        tail_key("id", "", Tail.END),
    )
    with store.batch(store.next_run()) as batch:
        for name, piece in zip([*own, *others], pieces, strict=False):
            batch.put_fragment(name, piece)
        batch.put_fragment("pick", pieces[-1])
        parts: tuple[Part, ...] = (
            AccountSlot("id", ""),
            *(Fixed(name) for name in own),
            TailSlot("id", "", has_placements=False),
        )
        headers = (("content-type", "text/html; charset=utf-8"),)
        batch.put_plan("/", PagePlan(200, headers, parts))
    rack = Rack(store, house_headers(secure=True))

    def page(_number: int) -> None:
        rack._pieces.clear()  # nothing that was joined before may help
        rack._endings.clear()
        same(0)

    def same(_number: int) -> None:
        with store.snapshot() as snapshot:
            assert rack.page(snapshot, "/", reader, _GZIP, b"", now=now) is not None

    yield Figure(f"assembly of a {PARTS}-part page, joined anew", _microseconds(page), "µs", 20)
    yield Figure(f"a {PARTS}-part page that was joined before", _microseconds(same), "µs")
    store.close()


def _pass(paper: Paper, paths: Sequence[str], now: datetime) -> Iterator[Figure]:
    cookies = [each.encode() for each in cookies_of("subscriber", paper, now=now)]
    keys = WatchedKeyRing(paper.folder / FILE_NAME)
    sealed = [each.split(b"=", 1)[1] for each in cookies]
    row = ReaderRow()

    def verify(number: int) -> None:
        found = opened_pass(sealed[number % len(sealed)], keys.ring)
        assert found is not None
        assert not is_revoked(found, row)
        decide(Access.PREMIUM, found, None, now=now)

    yield Figure("a pass verified, and the decision", _microseconds(verify), "µs")
    store = PageStore.open(paper.store_path, readonly=True)
    doorkeeper = Doorkeeper(keys, WallPolicy(MeterPolicy(5, timedelta(days=30))), secure=True)
    rack = Rack(store, house_headers(secure=True))

    def know(number: int) -> None:
        with store.snapshot() as snapshot:
            assert (
                doorkeeper.known(
                    cookies[number % len(cookies)], snapshot, now=now
                ).reader.reader_pass
                is not None
            )

    def whole(number: int) -> None:
        with store.snapshot() as snapshot:
            known = doorkeeper.known(cookies[number % len(cookies)], snapshot, now=now)
            path = paths[(number + number // len(cookies)) % len(paths)]  # a pair is met once
            assert rack.page(snapshot, path, known.reader, _GZIP, b"", now=now) is not None

    yield Figure("a reader known by their pass, seen before", _microseconds(know), "µs")
    yield Figure("a subscriber's own story page, from cookie to bytes", _microseconds(whole), "µs")
    store.close()


def _microseconds(do: Callable[[int], None]) -> float:
    """Of processor time, of one call; the number it is given goes on from call to call."""
    took = []
    number = 0
    for _ in range(_TIMES):
        begun = time.process_time()
        for _ in range(_CALLS):
            do(number)
            number += 1
        took.append((time.process_time() - begun) / _CALLS * 1e6)
    return statistics.median(took)
