"""The wall at the newsstand: the policy the desk posted, networks, gift links. Fast lane and slow lane alike."""

import asyncio
import gzip
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tajuk.contracts.crawlers import VERDICTS, Verdicts
from tajuk.contracts.networks import NETWORKS, NetworkRow, NetworkTable, unpacked_networks
from tajuk.contracts.pages import (
    BodySlot,
    Fixed,
    MeterSlot,
    PagePlan,
    Part,
    PlacementSlot,
    Standing,
    meter_key,
    placement_key,
)
from tajuk.contracts.readers import ReaderRow
from tajuk.contracts.wall import WALL, packed_wall
from tajuk.edge.newsstand import Newsstand
from tajuk.paywall import Access, Entitlement
from tajuk.paywall.gifts import Gift, opened_gift, sealed_gift
from tajuk.paywall.meter import METER_COOKIE, MeterCard, MeterPolicy, opened_card, sealed_card
from tajuk.paywall.passes import Purpose, sealed
from tajuk.paywall.policy import SectionRule, WallPolicy
from tajuk.store import PageStore
from tests.edge.asking import ask, premises
from tests.edge.cards import NOON, a_pass, cookie, minutes, ring_in

SECRET = b"<p>SECRET</p>"
AD_FREE, PREMIUM = (Entitlement.AD_FREE,), (Entitlement.PREMIUM,)
HTML = (("content-type", "text/html; charset=utf-8"),)
FREE_SECTION, STRICT, ORDINARY = 1, 2, 3
POLICY = WallPolicy(
    MeterPolicy(3, minutes(60), unregistered=1),
    referrers=("berita.example",),
    sections={
        FREE_SECTION: SectionRule(is_free=True),
        STRICT: SectionRule(limit=0, takes_referrers=False),
    },
)


def a_story(number: int, access: Access, section: int) -> PagePlan:
    parts: tuple[Part, ...] = (
        Fixed("head"),
        MeterSlot(number, access, "id"),
        BodySlot(number, access, "body", "closed", "closed-known", section, "closed-register"),
        PlacementSlot("story", "id"),
    )
    return PagePlan(200, HTML, parts)


@pytest.fixture
def store(tmp_path: Path) -> PageStore:
    made = PageStore.open(tmp_path / "store")
    texts = {
        "head": b"<head>", "body": SECRET, "closed": b"[closed]", "closed-known": b"[closed, known]",
        "closed-register": b"[register]", placement_key("story", "id"): b"[advert]",
        **{meter_key("id", left, each): b"[%d left]" % left for left in range(3) for each in Standing},
    }  # fmt: skip
    with made.batch(made.next_run()) as batch:
        for name, raw in texts.items():
            batch.put_fragment(name, raw)
        for number in range(1, 6):
            batch.put_plan(f"/m/{number}", a_story(number, Access.METERED, ORDINARY))
        batch.put_plan("/free-section", a_story(20, Access.METERED, FREE_SECTION))
        batch.put_plan("/strict", a_story(21, Access.METERED, STRICT))
        batch.put_plan("/premium", a_story(22, Access.PREMIUM, ORDINARY))
        batch.put_plan("/registered", a_story(23, Access.REGISTERED, ORDINARY))
        batch.put_reader(8, ReaderRow())
    post(made, WALL, packed_wall(POLICY))
    return made


def post(store: PageStore, name: str, value: bytes) -> None:
    with store.batch(store.next_run()) as batch:
        batch.put_mark(name, value)


class Visitor:
    """Asks one newsstand in both lanes, and fails if they differ."""

    def __init__(self, folder: Path, **more: object) -> None:
        self.moment = NOON
        ring_in(folder)
        self.stand = Newsstand(premises(folder, **more), now=lambda: self.moment)

    def get(
        self, target: str, *, cookies: bytes = b"", peer: str = "203.0.113.9", **headers: str
    ) -> tuple[bytes, dict[str, str]]:
        """The page and its headers."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        if cookies:
            named["cookie"] = cookies.decode()
        named["accept-encoding"] = "gzip"
        pairs = [(name.encode(), value.encode()) for name, value in named.items()]
        answer = self.stand.at_once(b"GET", target.encode(), pairs, b"\r\n", lambda: peer)
        assert answer is not None
        head, _, body = answer.partition(b"\r\n\r\n")
        told = dict(line.split(": ", 1) for line in head.decode().split("\r\n")[1:])
        slow = asyncio.run(ask(self.stand, target, headers=named, client=peer))
        assert slow.body == body
        assert told.get("set-cookie") == slow.headers.get("set-cookie")
        return gzip.decompress(body), told


@pytest.fixture
def visitor(tmp_path: Path, store: PageStore) -> Visitor:
    return Visitor(tmp_path, wall=WallPolicy(MeterPolicy(9, minutes(60))))


def test_after_the_first_story_an_account_is_asked_for_and_then_the_allowance_goes_on(
    visitor: Visitor, tmp_path: Path
) -> None:
    page, told = visitor.get("/m/1")
    assert SECRET in page
    assert b"[0 left]" in page
    meter = told["set-cookie"].split(";")[0].encode()
    page, told = visitor.get("/m/2", cookies=meter)
    assert page == b"<head>[register][advert]"
    assert "set-cookie" not in told
    known = cookie(a_pass(8), ring_in(tmp_path)) + b"; " + meter
    page, _ = visitor.get("/m/2", cookies=known)
    assert SECRET in page
    assert b"[1 left]" in page
    full = sealed_card(MeterCard(NOON, (1, 2, 3)), ring_in(tmp_path)).encode()
    known = cookie(a_pass(8), ring_in(tmp_path)) + b"; tajuk_meter=" + full
    assert b"[closed, known]" in visitor.get("/m/4", cookies=known)[0]
    # An account would help nobody any more who has read as much without one.
    assert b"[closed]" in visitor.get("/m/4", cookies=b"tajuk_meter=" + full)[0]


def test_a_free_section_counts_nothing_and_a_strict_one_opens_to_nobody(visitor: Visitor) -> None:
    page, told = visitor.get("/free-section")
    assert SECRET in page
    assert b"left]" not in page
    assert "set-cookie" not in told
    assert SECRET not in visitor.get("/strict")[0]


def test_a_free_referrer_opens_metered_stories_uncounted_and_nothing_else(visitor: Visitor) -> None:
    for number in range(1, 6):
        page, told = visitor.get(f"/m/{number}", referer="https://www.berita.example/hari-ini")
        assert SECRET in page
        assert "set-cookie" not in told
    for path in ("/premium", "/registered", "/strict"):
        assert SECRET not in visitor.get(path, referer="https://berita.example/")[0]
    for other in ("https://lain.example/", "https://berita.example.lain.example/"):
        assert "set-cookie" in visitor.get("/m/1", referer=other)[1]


def test_a_new_policy_holds_from_the_next_request_on(visitor: Visitor, store: PageStore) -> None:
    assert SECRET in visitor.get("/m/1")[0]
    post(store, WALL, packed_wall(WallPolicy()))
    assert SECRET not in visitor.get("/m/1")[0]
    post(store, WALL, packed_wall(POLICY))
    assert SECRET in visitor.get("/m/1")[0]


def test_a_reader_reads_on_with_what_the_store_says_they_have_opened_elsewhere(
    visitor: Visitor, store: PageStore, tmp_path: Path
) -> None:
    known = cookie(a_pass(8), ring_in(tmp_path))
    assert SECRET in visitor.get("/m/4", cookies=known)[0]
    with store.batch(store.next_run()) as batch:
        batch.put_reader(8, ReaderRow(card=MeterCard(NOON - minutes(5), (1, 2, 3))))
    assert SECRET not in visitor.get("/m/4", cookies=known)[0]
    assert SECRET in visitor.get("/m/2", cookies=known)[0]
    visitor.moment = NOON + minutes(55)  # an hour after the first of them
    renewed = cookie(a_pass(8, issued_at=visitor.moment), ring_in(tmp_path))
    assert SECRET in visitor.get("/m/4", cookies=renewed)[0]


@pytest.fixture
def library(store: PageStore) -> Callable[..., None]:
    def opened(*networks: str) -> None:
        rows = [(AD_FREE, minutes(30)), (PREMIUM, minutes(90))]
        table = tuple(
            NetworkRow(each, held, NOON, NOON + lasts) for each in networks for held, lasts in rows
        )
        post(store, NETWORKS, NetworkTable(table).packed())

    return opened


def test_readers_in_a_network_read_everything_without_advertisements(
    visitor: Visitor, library: Callable[..., None]
) -> None:
    library("203.0.113.0/24", "2001:db8:7::/48")
    for peer in ("203.0.113.9", "2001:db8:7::1", "::ffff:203.0.113.255"):
        for path in ("/premium", "/registered", "/strict", "/m/1"):
            page, told = visitor.get(path, peer=peer)
            assert page == b"<head>" + SECRET
            assert "set-cookie" not in told
            assert told["cache-control"] == "private, no-cache"
    for peer in ("203.0.112.255", "203.0.114.0", "2001:db8:8::1", "", "no address"):
        assert SECRET not in visitor.get("/premium", peer=peer)[0]
    visitor.moment += minutes(30)  # the half of their contract that ends
    assert visitor.get("/premium")[0] == b"<head>" + SECRET + b"[advert]"


def test_an_address_is_taken_from_proxies_that_are_trusted_and_from_nobody_else(
    tmp_path: Path, store: PageStore, library: Callable[..., None]
) -> None:
    library("203.0.113.0/24")
    visitor = Visitor(tmp_path, trusted_proxies=("10.0.0.0/8",))
    inside = {"x_forwarded_for": "203.0.113.9"}
    assert SECRET in visitor.get("/premium", peer="10.1.2.3", **inside)[0]
    assert SECRET not in visitor.get("/premium", peer="198.51.100.7", **inside)[0]
    forged = {"x_forwarded_for": "203.0.113.9, 198.51.100.7"}
    assert SECRET not in visitor.get("/premium", peer="10.1.2.3", **forged)[0]


def test_networks_that_overlap_give_what_each_of_them_gives() -> None:
    table = NetworkTable((
        NetworkRow("10.0.0.0/8", (Entitlement.EPAPER,), NOON, NOON + minutes(9)),
        NetworkRow("10.1.0.0/16", PREMIUM, NOON, NOON + minutes(1)),
        NetworkRow("10.1.0.0/16", AD_FREE, NOON, NOON + minutes(9)),
        NetworkRow("ffff::/16", PREMIUM, NOON, NOON + minutes(9)),
    ))  # fmt: skip
    places = unpacked_networks(table.packed())
    assert places is not None

    def at(address: str, now: datetime = NOON) -> set[str]:
        return {each.value for each in places.entitled(address, now=now)}

    assert at("10.0.255.255") == {"epaper"}
    assert at("10.1.0.0") == at("10.1.255.255") == {"epaper", "premium", "ad_free"}
    assert at("10.1.0.0", NOON + minutes(1)) == {"epaper", "ad_free"}
    assert at("10.1.9.9", NOON - minutes(1)) == set()
    assert at("10.2.0.0") == {"epaper"}
    assert at("11.0.0.0") == at("9.255.255.255") == set()
    assert at("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff") == {"premium"}
    assert not NetworkTable(())


def a_gift(folder: Path, story: int, ends: datetime = NOON + timedelta(days=14)) -> str:
    return sealed_gift(Gift(story, ends, giver_id=8), ring_in(folder))


def test_a_gift_link_opens_exactly_its_story_for_its_life_and_spends_nothing(
    visitor: Visitor, tmp_path: Path
) -> None:
    gift = a_gift(tmp_path, 22)
    page, told = visitor.get(f"/premium?utm_source=wa&gift={gift}")
    assert SECRET in page
    assert told["cache-control"] == "private, no-cache"
    assert "set-cookie" not in told
    for path in ("/strict", "/registered"):
        assert SECRET not in visitor.get(f"{path}?gift={gift}")[0]
    assert SECRET not in visitor.get("/premium")[0]
    # The tag of the open page confirms nothing to somebody without the gift.
    closed, _ = visitor.get("/premium", if_none_match=told["etag"])
    assert SECRET not in closed
    visitor.moment += timedelta(days=14)
    assert SECRET not in visitor.get(f"/premium?gift={gift}")[0]


def test_a_gift_of_a_metered_story_takes_nothing_off_the_meter(
    visitor: Visitor, tmp_path: Path
) -> None:
    page, told = visitor.get(f"/m/1?gift={a_gift(tmp_path, 1)}")
    assert SECRET in page
    assert "set-cookie" not in told
    # Another story with the same link is counted as any other.
    _, told = visitor.get(f"/m/2?gift={a_gift(tmp_path, 1)}")
    name, _, value = told["set-cookie"].split(";")[0].partition("=")
    card = opened_card(value.encode(), ring_in(tmp_path))
    assert (name, card and card.stories) == (METER_COOKIE, (2,))


def test_what_is_no_gift_of_ours_is_nothing(visitor: Visitor, tmp_path: Path) -> None:
    ring = ring_in(tmp_path)
    good = a_gift(tmp_path, 22)
    other_purpose = sealed(Purpose.METER, b"\x01" + bytes(20), ring)
    bad = ["", "x", good[:-1], good + "A", good.replace(".", "%2E"), "A" * 3000, other_purpose]
    bad += [
        good[:at] + ("A" if good[at] != "A" else "B") + good[at + 1 :]
        for at in range(0, len(good), 7)
    ]
    for each in bad:
        assert SECRET not in visitor.get(f"/premium?gift={each}")[0], each
    assert opened_gift(good.encode(), ring, now=NOON) == Gift(22, NOON + timedelta(days=14), 8)
    assert SECRET not in visitor.get(f"/premium?other={good}")[0]
    # The first counts: nobody opens a story by adding a second.
    assert SECRET not in visitor.get(f"/premium?gift=x&gift={good}")[0]


BOT = "Mozilla/5.0 (compatible; Googlebot/2.1)"


def test_a_crawler_reads_everything_once_it_has_proved_to_be_one_and_never_before(
    visitor: Visitor, store: PageStore
) -> None:
    verdicts = Verdicts({
        ("googlebot", "203.0.113.9"): (True, NOON + minutes(5)),
        ("googlebot", "203.0.113.10"): (False, NOON + minutes(5)),
    }).packed()  # fmt: skip
    post(store, VERDICTS, verdicts)
    assert SECRET not in visitor.get("/premium", user_agent=BOT)[0]  # off, as it comes
    post(store, WALL, packed_wall(replace(POLICY, verifies_crawlers=True)))
    for path in ("/premium", "/registered", "/strict", "/m/1"):
        page, told = visitor.get(path, user_agent=BOT)
        assert SECRET in page
        assert "set-cookie" not in told
        assert told["cache-control"] == "private, no-cache"
        for other in ({"user_agent": "Mozilla/5.0"}, {"user_agent": BOT, "peer": "203.0.113.10"}, {"user_agent": BOT, "peer": "203.0.113.11"}, {"user_agent": "bingbot"}):  # fmt: skip
            if path != "/m/1":
                assert SECRET not in visitor.get(path, **other)[0]
    visitor.moment += minutes(5)
    assert SECRET not in visitor.get("/premium", user_agent=BOT)[0]
