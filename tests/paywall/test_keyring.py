"""The key ring's file: made once, changed whole, watched."""

import json
import logging
import stat
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tajuk.paywall.keyring import (
    FILE_NAME,
    KEPT_FOR,
    WatchedKeyRing,
    key_ring,
    new_key,
    read_key_ring,
    rotated,
    without,
    write_key_ring,
)
from tajuk.paywall.passes import KeyRing, Purpose, opened, sealed
from tajuk.terms.paper import SettingError

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


class Clock:
    """A monotonic clock that stands until it is moved."""

    def __init__(self) -> None:
        self.at = 100.0

    def __call__(self) -> float:
        return self.at


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where a newspaper's ring stands."""
    return tmp_path / FILE_NAME


def test_a_missing_ring_is_made_for_its_owner_only(path: Path) -> None:
    ring = key_ring(path, now=NOON)
    assert len(ring.keys) == 1
    assert ring.keys[0].made_at == NOON
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert key_ring(path, now=NOON + timedelta(days=1)) == ring
    assert list(path.parent.iterdir()) == [path]


def test_processes_that_make_the_ring_at_once_get_the_same(path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        rings = set(pool.map(lambda _: key_ring(path, now=NOON), range(40)))
    assert len(rings) == 1
    assert list(path.parent.iterdir()) == [path]


def test_a_rotation_signs_nobody_out(path: Path) -> None:
    ring = key_ring(path, now=NOON)
    text = sealed(Purpose.PASS, b"reader 7", ring).encode()
    write_key_ring(path, rotated(ring, new_key(now=NOON), now=NOON))
    after = read_key_ring(path)
    assert len(after.keys) == 2
    assert after.keys[1] == ring.keys[0]
    assert opened(Purpose.PASS, text, after) == b"reader 7"
    assert not sealed(Purpose.PASS, b"reader 7", after).startswith(ring.keys[0].id)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_key_goes_forty_days_after_it_stopped_sealing_however_old_it_is() -> None:
    first = new_key(now=NOON - timedelta(days=400))
    second = new_key(now=NOON)
    ring = rotated(KeyRing((first,)), second, now=NOON)
    assert ring.keys == (second, first)
    for later, left in (
        (NOON + KEPT_FOR - timedelta(seconds=1), (second, first)),
        (NOON + KEPT_FOR, (second,)),
    ):
        third = new_key(now=later)
        assert rotated(ring, third, now=later).keys == (third, *left)


def test_what_a_dropped_key_sealed_opens_no_more(path: Path) -> None:
    ring = key_ring(path, now=NOON)
    text = sealed(Purpose.PASS, b"reader 7", ring).encode()
    ring = rotated(ring, new_key(now=NOON), now=NOON)
    left = without(ring, ring.keys[1].id)
    assert left == KeyRing(ring.keys[:1])
    assert opened(Purpose.PASS, text, left) is None
    assert without(left, left.keys[0].id) is None


@pytest.mark.parametrize(
    "told",
    [
        "",
        "{",
        "[]",
        "null",
        "7",
        '{"format": 1}',
        '{"format": 9, "keys": []}',
        '{"format": 1, "keys": []}',
        '{"format": 1, "keys": [7]}',
        '{"format": 1, "keys": [{"id": "aa", "secret": "AAAA", "made_at": "2026-11-23T12:00:00+00:00"}]}',
        '{"format": 1, "keys": [{"id": "a.a", "secret": "%s", "made_at": "2026-11-23T12:00:00+00:00"}]}',
        '{"format": 1, "keys": [{"id": "aa", "secret": "%s", "made_at": "2026-11-23T12:00:00"}]}',
        '{"format": 1, "keys": [{"id": "aa", "secret": "%s", "made_at": "yesterday"}]}',
        '{"format": 1, "keys": [{"id": "aa", "secret": "?", "made_at": "2026-11-23T12:00:00+00:00"}]}',
        '{"format": 1, "keys": [{"id": "a b", "secret": "%s", "made_at": "2026-11-23T12:00:00+00:00"}]}',
    ],
)
def test_a_broken_ring_is_a_setting_error_with_the_remedy(path: Path, told: str) -> None:
    path.write_text(told.replace("%s", "A" * 43 + "="), encoding="utf-8")
    for read in (read_key_ring, WatchedKeyRing, lambda it: key_ring(it, now=NOON)):
        with pytest.raises(SettingError, match=r"tajuk keys rotate"):
            read(path)


def test_a_ring_in_bytes_that_are_no_text_is_a_setting_error(path: Path) -> None:
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(SettingError, match=r"from a backup"):
        read_key_ring(path)


def test_a_missing_ring_says_how_to_make_one(path: Path) -> None:
    with pytest.raises(SettingError, match=r"missing.*tajuk keys rotate"):
        read_key_ring(path)
    with pytest.raises(SettingError, match=r"missing.*tajuk keys rotate"):
        WatchedKeyRing(path)


def test_a_watched_ring_follows_the_file_within_a_second(path: Path) -> None:
    first = key_ring(path, now=NOON)
    clock = Clock()
    watched = WatchedKeyRing(path, monotonic=clock)
    changed = rotated(first, new_key(now=NOON), now=NOON)
    write_key_ring(path, changed)
    clock.at += 0.9
    assert watched.ring == first
    clock.at += 0.1
    assert watched.ring == changed


def test_a_watched_ring_looks_at_the_file_once_a_second(path: Path) -> None:
    first = key_ring(path, now=NOON)
    clock = Clock()
    watched = WatchedKeyRing(path, monotonic=clock)
    clock.at += 1
    assert watched.ring == first
    write_key_ring(path, rotated(first, new_key(now=NOON), now=NOON))
    clock.at += 0.5
    assert watched.ring == first


def test_a_ring_that_breaks_later_leaves_readers_signed_in(
    path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    first = key_ring(path, now=NOON)
    kept = json.loads(path.read_text(encoding="utf-8"))
    clock = Clock()
    watched = WatchedKeyRing(path, monotonic=clock)
    with caplog.at_level(logging.ERROR):
        for broken in ("{", None):
            path.write_text(broken, encoding="utf-8") if broken else path.unlink()
            for _ in range(3):
                clock.at += 1
                assert watched.ring == first
    assert [record.message for record in caplog.records] == ["key_ring_unreadable"] * 2
    path.write_text(json.dumps(kept), encoding="utf-8")
    write_key_ring(path, rotated(first, new_key(now=NOON), now=NOON))
    clock.at += 1
    assert len(watched.ring.keys) == 2
