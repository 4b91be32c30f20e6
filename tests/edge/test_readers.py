"""Who is asking: passes renewed silently, revoked at once, and nothing ever taken from a forged cookie."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tajuk.contracts.readers import Held, ReaderRow, packed_reader
from tajuk.edge.readers import Doorkeeper, Known
from tajuk.paywall import Entitlement
from tajuk.paywall.keyring import WatchedKeyRing, new_key, read_key_ring, rotated, write_key_ring
from tajuk.paywall.meter import METER_COOKIE, MeterCard, MeterPolicy, opened_card, sealed_card
from tajuk.paywall.passes import PASS_COOKIE, PASS_LIFE, RENEW_AFTER, opened_pass
from tajuk.paywall.policy import WallPolicy
from tajuk.store import PageStore, reader_key
from tajuk.store.checks import checked
from tests.edge.cards import NOON, PREMIUM, a_pass, cookie, minutes, ring_in

POLICY = MeterPolicy(3, minutes(60))
PAYING = ReaderRow(entitlements=(Held(Entitlement.PREMIUM),))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[PageStore]:
    store = PageStore.open(tmp_path / "store")
    yield store
    store.close()


def know(store: PageStore, row: ReaderRow, reader_id: int = 7) -> None:
    with store.batch(store.next_run()) as batch:
        batch.put_reader(reader_id, row)


def ask(
    store: PageStore, tmp_path: Path, cookies: bytes, *, now: datetime, keeper: Doorkeeper | None = None
) -> Known:  # fmt: skip
    ring_in(tmp_path)
    keeper = keeper or Doorkeeper(
        WatchedKeyRing(tmp_path / "pass-keys.json"), WallPolicy(POLICY), secure=True
    )
    with store.snapshot() as snapshot:
        return keeper.known(cookies, snapshot, now=now)


def test_a_valid_pass_makes_a_reader_known(store: PageStore, tmp_path: Path) -> None:
    know(store, PAYING)
    given = a_pass(entitlements=PREMIUM)

    known = ask(store, tmp_path, b"a=b; " + cookie(given, ring_in(tmp_path)), now=NOON)

    assert known.reader.reader_pass == given
    assert known.renewed is None


def test_a_pass_is_renewed_silently_and_even_after_it_ran_out(
    store: PageStore, tmp_path: Path
) -> None:
    know(store, PAYING)
    cookies = cookie(a_pass(entitlements=PREMIUM), ring_in(tmp_path))

    assert ask(store, tmp_path, cookies, now=NOON + RENEW_AFTER / 2).renewed is None
    for later in (RENEW_AFTER, PASS_LIFE, minutes(60 * 24 * 7)):
        known = ask(store, tmp_path, cookies, now=NOON + later)
        assert known.renewed is not None
        assert known.renewed.expires_at == NOON + later + PASS_LIFE
        assert known.reader.reader_pass == known.renewed
    at_the_end = ask(store, tmp_path, cookies, now=NOON + minutes(60 * 24 * 30))
    assert at_the_end.reader.reader_pass is None


def test_a_reader_the_store_has_not_heard_of_is_known_for_the_pass_s_own_short_life(
    store: PageStore, tmp_path: Path
) -> None:
    cookies = cookie(a_pass(entitlements=PREMIUM), ring_in(tmp_path))

    shortly = ask(store, tmp_path, cookies, now=NOON + PASS_LIFE - minutes(1))
    assert shortly.reader.reader_pass is not None
    assert shortly.renewed is None
    assert ask(store, tmp_path, cookies, now=NOON + PASS_LIFE).reader.reader_pass is None


@pytest.mark.parametrize(
    "row",
    [
        replace(PAYING, revoked_before=NOON + minutes(1)),
        replace(PAYING, revoked_sessions=("AAAAAAAAAAA",)),
        replace(PAYING, is_active=False),
    ],
)
def test_a_revocation_ends_the_pass_as_soon_as_it_stands_in_the_store(
    store: PageStore, tmp_path: Path, row: ReaderRow
) -> None:
    know(store, PAYING)
    cookies = cookie(a_pass(entitlements=PREMIUM), ring_in(tmp_path))
    keeper = Doorkeeper(
        WatchedKeyRing(tmp_path / "pass-keys.json"), WallPolicy(POLICY), secure=True
    )
    assert ask(store, tmp_path, cookies, now=NOON, keeper=keeper).reader.reader_pass is not None

    know(store, row)

    assert ask(store, tmp_path, cookies, now=NOON, keeper=keeper).reader.reader_pass is None
    late = ask(store, tmp_path, cookies, now=NOON + minutes(10), keeper=keeper)
    assert (late.reader.reader_pass, late.renewed) == (None, None)


def test_a_row_of_another_release_makes_nobody_known(store: PageStore, tmp_path: Path) -> None:
    """It may say that the pass was revoked."""
    key, row = reader_key(7), b"[999," + packed_reader(PAYING).partition(b",")[2]
    assert row != packed_reader(PAYING)
    value = (1).to_bytes(8, "little") + row
    store._environment.write(lambda it: it.put(key, checked(key, value)))
    cookies = cookie(a_pass(entitlements=PREMIUM), ring_in(tmp_path))
    assert ask(store, tmp_path, cookies, now=NOON).reader.reader_pass is None


def test_a_reader_s_two_cards_count_together_until_the_older_one_s_window_ends(
    store: PageStore, tmp_path: Path
) -> None:
    ring = ring_in(tmp_path)
    older = MeterCard(NOON - POLICY.window + minutes(3), (1,))
    know(store, replace(PAYING, entitlements=(), card=older))
    meter = sealed_card(MeterCard(NOON - minutes(10), (2, 3)), ring)
    cookies = cookie(a_pass(), ring) + f"; {METER_COOKIE}={meter}".encode()
    keeper = Doorkeeper(
        WatchedKeyRing(tmp_path / "pass-keys.json"), WallPolicy(POLICY), secure=True
    )

    both = ask(store, tmp_path, cookies, now=NOON, keeper=keeper).reader.card
    assert both is not None
    assert set(both.stories) == {1, 2, 3}
    newer = ask(store, tmp_path, cookies, now=NOON + minutes(3), keeper=keeper).reader.card
    assert newer is not None
    assert set(newer.stories) == {2, 3}


def test_what_one_reader_read_is_not_counted_to_another_in_the_same_browser(
    store: PageStore, tmp_path: Path
) -> None:
    ring = ring_in(tmp_path)
    know(store, replace(PAYING, entitlements=()), reader_id=7)
    know(store, replace(PAYING, entitlements=()), reader_id=8)
    keeper = Doorkeeper(
        WatchedKeyRing(tmp_path / "pass-keys.json"), WallPolicy(POLICY), secure=True
    )
    nobodys = f"{METER_COOKIE}={sealed_card(MeterCard(NOON, (1,)), ring)}".encode()
    first = ask(store, tmp_path, nobodys + b"; " + cookie(a_pass(7), ring), now=NOON, keeper=keeper)
    assert first.reader.card == MeterCard(NOON, (1,))
    (made,) = keeper.cookies(first, 2, now=NOON)
    firsts = made.partition(";")[0].encode()

    second = ask(store, tmp_path, firsts + b"; " + cookie(a_pass(8), ring), now=NOON, keeper=keeper)
    assert second.reader.card is None
    signed_out = ask(store, tmp_path, firsts, now=NOON, keeper=keeper).reader.card
    assert signed_out == MeterCard(NOON, (1, 2), reader=7)


def test_an_entitlement_that_was_taken_away_is_gone_before_the_pass_is_renewed(
    store: PageStore, tmp_path: Path
) -> None:
    know(store, ReaderRow())
    known = ask(store, tmp_path, cookie(a_pass(entitlements=PREMIUM), ring_in(tmp_path)), now=NOON)
    assert known.reader.reader_pass is not None
    assert known.reader.reader_pass.entitlements == frozenset()


def test_rotation_signs_nobody_out_and_a_dropped_key_does(store: PageStore, tmp_path: Path) -> None:
    know(store, PAYING)
    old = ring_in(tmp_path)
    cookies = cookie(a_pass(entitlements=PREMIUM), old)
    path = tmp_path / "pass-keys.json"
    moment = [0.0]
    keeper = Doorkeeper(
        WatchedKeyRing(path, monotonic=lambda: moment[0]), WallPolicy(POLICY), secure=True
    )
    new = rotated(old, new_key(now=NOON), now=NOON)
    write_key_ring(path, new)
    moment[0] += 2

    known = ask(store, tmp_path, cookies, now=NOON + RENEW_AFTER, keeper=keeper)
    (made,) = keeper.cookies(known, None, now=NOON + RENEW_AFTER)
    value = made.partition("=")[2].partition(";")[0].encode()
    assert value.startswith(new.keys[0].id.encode())
    assert opened_pass(value, read_key_ring(path)) == known.renewed

    write_key_ring(path, type(new)(new.keys[:1]))
    moment[0] += 2
    assert ask(store, tmp_path, cookies, now=NOON, keeper=keeper).reader.reader_pass is None


def test_cookies_are_for_this_site_alone_and_not_for_scripts(
    store: PageStore, tmp_path: Path
) -> None:
    know(store, PAYING)
    ring = ring_in(tmp_path)
    keeper = Doorkeeper(
        WatchedKeyRing(tmp_path / "pass-keys.json"), WallPolicy(POLICY), secure=True
    )
    known = ask(store, tmp_path, cookie(a_pass(), ring), now=NOON + RENEW_AFTER, keeper=keeper)

    made = keeper.cookies(known, 12, now=NOON + RENEW_AFTER)

    assert [each.partition("=")[0] for each in made] == [PASS_COOKIE, METER_COOKIE]
    for each in made:
        assert "; Path=/; HttpOnly; SameSite=Lax; Secure" in each
        assert "; Max-Age=" in each
    card = opened_card(made[1].partition("=")[2].partition(";")[0].encode(), ring)
    assert card == MeterCard(NOON + RENEW_AFTER, (12,), reader=7)


def test_the_meter_is_read_with_and_without_a_pass(store: PageStore, tmp_path: Path) -> None:
    ring = ring_in(tmp_path)
    card = MeterCard(NOON, (1, 2))
    meter = f"{METER_COOKIE}={sealed_card(card, ring)}".encode()

    assert ask(store, tmp_path, meter, now=NOON).reader.card == card
    both = ask(store, tmp_path, meter + b"; " + cookie(a_pass(), ring), now=NOON).reader
    assert (both.card, both.reader_pass is not None) == (card, True)


@settings(
    deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=300
)
@given(junk=st.binary(max_size=120), where=st.integers(0, 200))
def test_no_damaged_cookie_makes_a_reader_and_none_raises(
    store: PageStore, tmp_path: Path, junk: bytes, where: int
) -> None:
    know(store, PAYING)
    whole = cookie(a_pass(entitlements=PREMIUM), ring_in(tmp_path))
    damaged = whole[:where] + junk + whole[where + len(junk) :]
    for cookies in (junk, b"tajuk_pass=" + junk, b"tajuk_meter=" + junk, damaged):
        known = ask(store, tmp_path, cookies, now=NOON)
        if whole not in cookies:
            assert known.reader.reader_pass is None
