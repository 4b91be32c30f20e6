"""A Cookie header, whatever it says, makes nobody a reader who doesn't hold that reader's pass."""

from datetime import datetime
from pathlib import Path

from tajuk.edge.readers import Doorkeeper, Known
from tajuk.paywall.keyring import WatchedKeyRing
from tajuk.paywall.meter import METER_COOKIE
from tajuk.paywall.passes import PASS_COOKIE, RENEW_AFTER, opened_pass
from tajuk.paywall.policy import WallPolicy
from tajuk.store import PageStore
from tests.edge.cards import NOON, minutes
from tests.fuzz.surface import (
    EXPIRED,
    FOREIGN,
    METER,
    NOW,
    PASSES,
    POLICY,
    REVOKED,
    RING,
    ROWS,
    UNHEARD_OF,
    Surface,
    press,
    write_keys,
)

_MOMENTS = (NOW, NOON + RENEW_AFTER, NOON + minutes(60 * 24))


class Cookies(Surface):
    """The doorkeeper."""

    def __init__(self, folder: Path) -> None:
        self._store = PageStore.open(folder / "store")
        press(self._store)
        self._keeper = Doorkeeper(
            WatchedKeyRing(write_keys(folder)), WallPolicy(POLICY), secure=True
        )

    def __call__(self, data: bytes) -> None:
        for now in _MOMENTS:
            with self._store.snapshot() as snapshot:
                known = self._keeper.known(data, snapshot, now=now)
                again = self._keeper.known(data, snapshot, now=now)
            assert known == again
            reader = known.reader
            held = reader.reader_pass
            if held is None:
                assert reader.row is None
                assert known.renewed is None
            else:
                assert any(
                    text in data for text, whose in PASSES.items() if whose == held.reader_id
                )
                assert held.reader_id != REVOKED
                assert now < held.expires_at
                assert reader.row == ROWS.get(held.reader_id)
                assert held.reader_id != UNHEARD_OF or known.renewed is None
                others = {f"pick:{each}" for each in ROWS if each != held.reader_id}
                assert others.isdisjoint(reader.picks("id", now=now))
            assert reader.card is None or METER in data
            self._look_at_what_is_sent(data, known, now)

    def _look_at_what_is_sent(self, data: bytes, known: Known, now: datetime) -> None:
        for made in self._keeper.cookies(known, 12, now=now):
            assert made.isascii()
            assert made.isprintable()
            name, _, value = made.partition(";")[0].partition("=")
            if name == PASS_COOKIE:
                given = opened_pass(value.encode(), RING)
                assert given == known.renewed
                assert given is not None
                assert any(
                    text in data for text, whose in PASSES.items() if whose == given.reader_id
                )

    def close(self) -> None:
        self._store.close()

    @staticmethod
    def seeds() -> list[bytes]:
        name, meter = PASS_COOKIE.encode(), METER_COOKIE.encode()
        passes = [name + b"=" + each for each in (*PASSES, *FOREIGN, EXPIRED, METER)]
        first, second, *_ = passes
        half = len(first) // 2
        return [
            b"", b"a=b; c", *passes,
            meter + b"=" + METER, first + b"; " + meter + b"=" + METER, first + b"; " + second,
            second + b";" + first, first[:half] + second[half:], name + b'="' + next(iter(PASSES)) + b'"',
            name + b"=; " + first, name + b" = " + next(iter(PASSES)), first.upper(),
            b"; ".join([first] * 30), b"a=" + b"b" * 600 + b"; " + first, meter + b"=" + next(iter(PASSES)),
        ]  # fmt: skip
