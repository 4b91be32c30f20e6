"""Each reader's own page out of the same fragments: body, gate, meter, picks, placements, account bar."""

import gzip
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tajuk.contracts.pages import (
    AccountSlot,
    BodySlot,
    Fixed,
    MeterSlot,
    PagePlan,
    Part,
    PlacementSlot,
    Standing,
    Tail,
    TailSlot,
    account_key,
    meter_key,
    tail_key,
)
from tajuk.contracts.readers import Held, ReaderRow
from tajuk.edge.newsstand import Newsstand
from tajuk.paywall import Access, Entitlement
from tajuk.paywall.meter import METER_COOKIE, MeterPolicy, opened_card
from tajuk.paywall.passes import PASS_COOKIE, RENEW_AFTER
from tajuk.paywall.policy import WallPolicy
from tajuk.store import PageStore
from tests.edge.asking import premises
from tests.edge.cards import AD_FREE, NOON, PREMIUM, a_pass, cookie, minutes, ring_in

HTML = (("content-type", "text/html; charset=utf-8"),)
GZIP = (b"accept-encoding", b"gzip, br")
SECRET = b"<p>SECRET</p>"


def a_story(number: int, access: Access) -> tuple[Part, ...]:
    return (
        Fixed("head"),
        AccountSlot("id", "/"),
        MeterSlot(number, access, "id"),
        BodySlot(number, access, "body", "closed", "closed-known"),
        PlacementSlot("aside", "id"),
        TailSlot("id", "/maritim", has_placements=True),
    )


FRAGMENTS = {
    "head": b"<head>", "body": SECRET, "closed": b"[preview, sign in]",
    "closed-known": b"[preview]", "picks:kopi": b"[kopi]", "picks:beras": b"[beras]",
    account_key("id", "/", Standing.UNKNOWN): b"[sign in]",
    account_key("id", "/", Standing.SIGNED_IN): b"[account]",
    account_key("id", "/", Standing.SUBSCRIBER): b"[subscriber]",
    **{meter_key("id", left, each): b"[%d left]" % left for left in range(2) for each in Standing},
    tail_key("id", "/maritim", Tail.WHOLE): b"[other][for all]</html>",
    tail_key("id", "/maritim", Tail.OPENING): b"[other]",
    tail_key("id", "/maritim", Tail.LATEST): b"[other][advert]",
    tail_key("id", "/maritim", Tail.REST): b"[other][advert][for all]</html>",
    tail_key("id", "", Tail.END): b"</html>",
}  # fmt: skip


class Clock:
    """Stands still until it is moved."""

    moment = NOON

    def __call__(self) -> datetime:
        return self.moment


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def stand(tmp_path: Path, clock: Clock) -> Newsstand:
    store = PageStore.open(tmp_path / "store")
    with store.batch(store.next_run()) as batch:
        for name, raw in FRAGMENTS.items():
            batch.put_fragment(name, raw)
        for number, access in enumerate(Access):
            batch.put_plan(f"/{access}", PagePlan(200, HTML, a_story(number, access)))
        for number in range(10, 14):
            plan = PagePlan(200, HTML, a_story(number, Access.METERED))
            batch.put_plan(f"/m/{number}", plan)
        batch.put_plan(
            "/feed.xml", PagePlan(200, (("content-type", "text/xml"),), (Fixed("head"),))
        )
        row = ReaderRow(entitlements=(Held(Entitlement.PREMIUM), Held(Entitlement.AD_FREE)),
                        picks=(("id", ("picks:kopi", "picks:lost", "picks:beras")),))  # fmt: skip
        batch.put_reader(7, row)
        batch.put_reader(8, ReaderRow())
        batch.put_reader(9, ReaderRow(entitlements=(Held(Entitlement.PREMIUM),)))
    store.close()
    ring_in(tmp_path)
    policy = WallPolicy(MeterPolicy(2, minutes(60)))
    return Newsstand(premises(tmp_path, wall=policy), now=clock)


def ask(
    stand: Newsstand, target: str, *headers: tuple[bytes, bytes], method: bytes = b"GET"
) -> tuple[str, dict[str, list[str]], bytes]:
    """Status line, headers, page."""
    answer = stand.at_once(method, target.encode(), [GZIP, *headers], b"\r\n")
    assert answer is not None
    head, body = answer.split(b"\r\n\r\n", 1)
    status, *lines = head.decode().split("\r\n")
    named: dict[str, list[str]] = {}
    for line in lines:
        name, _, value = line.partition(": ")
        named.setdefault(name, []).append(value)
    return status, named, gzip.decompress(body) if body else b""


def signed_in(stand_folder: Path, number: int, entitlements: frozenset[Entitlement]) -> bytes:
    return cookie(a_pass(number, entitlements), ring_in(stand_folder))


def test_everybody_gets_their_own_page_of_the_same_fragments(
    stand: Newsstand, tmp_path: Path
) -> None:
    ad_free = (b"cookie", signed_in(tmp_path, 7, AD_FREE))
    registered = (b"cookie", signed_in(tmp_path, 8, frozenset()))
    subscriber = (b"cookie", signed_in(tmp_path, 9, PREMIUM))
    said = {
        name: ask(stand, "/premium", *cookies)[2]
        for name, cookies in {
            "nobody": (), "registered": (registered,), "subscriber": (subscriber,), "ad-free": (ad_free,),
        }.items()
    }  # fmt: skip

    assert said == {
        "nobody": b"<head>[sign in][preview, sign in][other][advert][for all]</html>",
        "registered": b"<head>[account][preview][other][advert][for all]</html>",
        "subscriber": b"<head>[subscriber]" + SECRET + b"[other][advert][for all]</html>",
        "ad-free": b"<head>[subscriber]" + SECRET + b"[other][kopi][beras]</html>",
    }


def test_a_metered_story_is_counted_once_and_the_allowance_ends(
    stand: Newsstand, tmp_path: Path
) -> None:
    cookies = b""

    def read(number: int) -> bytes:
        nonlocal cookies
        _, headers, page = ask(stand, f"/m/{number}", (b"cookie", cookies))
        for made in headers.get("set-cookie", []):
            cookies = made.partition(";")[0].encode()
        return page

    assert read(10) == b"<head>[sign in][1 left]" + SECRET + b"[other][advert][for all]</html>"
    assert b"[1 left]" in read(10)
    assert b"[0 left]" in read(11)
    assert SECRET in read(10)
    assert read(12) == b"<head>[sign in][preview, sign in][other][advert][for all]</html>"
    card = opened_card(cookies.removeprefix(METER_COOKIE.encode() + b"="), ring_in(tmp_path))
    assert card is not None
    assert card.stories == (10, 11)


@pytest.mark.parametrize(
    "headers",
    [
        ((b"sec-purpose", b"prefetch;prerender"),),
        ((b"purpose", b"prefetch"),),
    ],
)
def test_what_is_fetched_ahead_is_not_counted_and_has_to_be_asked_for_again(
    stand: Newsstand, headers: tuple[tuple[bytes, bytes], ...]
) -> None:
    """A browser would show the gate to a reader who may read."""
    status, named, page = ask(stand, "/m/10", *headers)
    assert status == "HTTP/1.1 503 Service Unavailable"
    assert named["cache-control"] == ["no-store"]
    assert "set-cookie" not in named
    assert page == b""
    assert "200" in ask(stand, "/free", *headers)[0]
    assert "200" in ask(stand, "/premium", *headers)[0]


def test_headers_alone_are_not_counted(stand: Newsstand) -> None:
    opened = ask(stand, "/m/10")[1]
    status, named, page = ask(stand, "/m/10", method=b"HEAD")
    assert "200" in status
    assert "set-cookie" not in named
    assert page == b""
    assert named["etag"] != opened["etag"]


def test_neither_a_304_nor_a_page_of_everybody_s_carries_a_cookie(
    stand: Newsstand, tmp_path: Path, clock: Clock
) -> None:
    tag = ask(stand, "/m/10")[1]["etag"][0].encode()
    status, named, _ = ask(stand, "/m/10", (b"if-none-match", tag))
    assert "304" in status
    assert "set-cookie" not in named

    stale = (b"cookie", signed_in(tmp_path, 7, AD_FREE))
    clock.moment = NOON + RENEW_AFTER
    _, personal, _ = ask(stand, "/free", stale)
    _, shared, _ = ask(stand, "/feed.xml", stale)
    assert personal["set-cookie"][0].startswith(f"{PASS_COOKIE}=")
    assert personal["cache-control"] == ["private, no-cache"]
    assert personal["vary"] == ["accept-encoding, cookie"]
    assert "set-cookie" not in shared
    assert shared["cache-control"] == ["public, no-cache"]
    assert shared["vary"] == ["accept-encoding"]


def test_a_revoked_reader_is_nobody_from_the_next_request_on(
    stand: Newsstand, tmp_path: Path
) -> None:
    mine = (b"cookie", signed_in(tmp_path, 9, PREMIUM))
    assert SECRET in ask(stand, "/premium", mine)[2]
    store = PageStore.open(tmp_path / "store")
    with store.batch(store.next_run()) as batch:
        batch.put_reader(9, ReaderRow(revoked_before=NOON + minutes(1)))
    store.close()

    assert ask(stand, "/premium", mine)[2] == ask(stand, "/premium")[2]


def test_what_is_pressed_anew_is_shown_and_what_is_not_stays_as_it_was(
    stand: Newsstand, tmp_path: Path
) -> None:
    before = ask(stand, "/free")
    store = PageStore.open(tmp_path / "store")
    with store.batch(store.next_run()) as batch:
        batch.put_fragment("elsewhere", b"something else")
    assert ask(stand, "/free") == before
    with store.batch(store.next_run()) as batch:
        batch.put_fragment(tail_key("id", "/maritim", Tail.REST), b"</html>\n")
    store.close()

    _, named, page = ask(stand, "/free")
    assert page.endswith(b"</html>\n")
    assert named["etag"] != before[1]["etag"]


def test_the_desk_is_left_what_is_its_own(stand: Newsstand) -> None:
    for target in (
        b"/desk/",
        b"/not-pressed",
        b"/static/dress/dress.css",
        b"/%2e%2e/free",
        b"/fr\xffee",
    ):
        assert stand.at_once(b"GET", target, [], b"\r\n") is None


def test_clients_without_gzip_are_sent_the_same_page(stand: Newsstand) -> None:
    answer = stand.at_once(b"GET", b"/free?utm_source=x", [], b"\r\n")
    assert answer is not None
    head, body = answer.split(b"\r\n\r\n", 1)
    assert body == ask(stand, "/free")[2]
    assert b"content-encoding" not in head


@settings(
    deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=400
)
@given(
    target=st.binary(max_size=60).map(lambda text: b"/" + text),
    headers=st.lists(
        st.tuples(
            st.sampled_from(
                [b"cookie", b"accept-encoding", b"if-none-match", b"range", b"purpose"]
            ),
            st.binary(max_size=80),
        ),
        max_size=4,
    ),
    path=st.sampled_from([b"/free", b"/premium", b"/metered", b"/registered", b"/feed.xml"]),
)
def test_no_header_and_no_path_opens_a_body_or_raises(
    stand: Newsstand, target: bytes, headers: list[tuple[bytes, bytes]], path: bytes
) -> None:
    stand.at_once(b"GET", target, headers, b"\r\n")
    answer = stand.at_once(b"GET", path, headers, b"\r\n")
    assert answer is not None
    head, body = answer.split(b"\r\n\r\n", 1)
    assert head.startswith((b"HTTP/1.1 200 OK\r\n", b"HTTP/1.1 304 Not Modified\r\n"))
    page = gzip.decompress(body) if b"content-encoding: gzip" in head and body else body
    if path in {b"/premium", b"/registered"}:
        assert SECRET not in page
