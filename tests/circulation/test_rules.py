"""Pure rules: where a reader may go on, and how long an entitlement lasts."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tajuk.circulation.rules import end_of_sign_ins, held_until, way_on
from tajuk.contracts.readers import Held
from tajuk.paywall.types import Entitlement

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
DAY = timedelta(days=1)
PREMIUM = Entitlement.PREMIUM


@pytest.mark.parametrize(
    "path",
    [
        "/", "/en/", "/latest", "/maritim/2026/03/10/7/kapal-tiba", "/en/topic/ferry#par-7", "/search?q=a%20b&before=3",
        "/maritim/2026/03/10/7/kapal-tiba/", "/topic/desk", "/deskripsi", "/meja/desk", "/account/subscribe", "/en/account/orders/0123456789ABCDEF", "/account/gift/a-code", "/b%C3%A9ras", "/béras",
    ],
)  # fmt: skip
def test_a_reader_goes_on_to_a_page_of_this_paper(path: str) -> None:
    assert way_on(path) == path


@pytest.mark.parametrize(
    "path",
    [
        # elsewhere
        "", "latest", "https://jahat.example/", "//jahat.example", "///jahat.example", "/\\jahat.example", "\\/jahat.example",
        "http:/jahat.example", "javascript:alert(1)", "/\tjahat", "/ jahat", "/\n/jahat.example", "/%0a", "/a//b", "/%2f%2fjahat.example",
        "/%5cjahat.example", "/\x00", " /latest", "data:text/html,x",
        # the desk, however it is spelled
        "/desk", "/desk/", "/DESK/", "/desk/login/?next=/", "/%64esk/", "/%2564esk/", "/%252564esk/", "/./desk/", "/x/../desk/",
        "/x/%2e%2e/desk/", "/%2e/desk", "/desk;a=1/", "/desk#x", "/desk?x", "/en/desk/", "/latest/../desk", "/.",
        # what signing in must not set off, and what is no page
        "/account/sign-out", "/en/account/", "/static/dress/dress.css", "/media/x.jpg", "/healthz",
        "/" + "a" * 2000,
    ],
)  # fmt: skip
def test_a_reader_goes_nowhere_else(path: str) -> None:
    assert way_on(path) == ""


@given(st.text(alphabet="/\\.%256dDeskEnN:@?#;&=2fFcC0aA\t\n \x00", max_size=40))
def test_no_spelling_leads_away_or_to_the_desk(asked: str) -> None:
    from posixpath import normpath
    from urllib.parse import unquote, urljoin, urlsplit

    found = way_on(asked)
    if found:
        there = urlsplit(urljoin("https://nusa.example/account/sign-in", found))
        assert there.netloc == "nusa.example"
        path = there.path
        for _ in range(9):
            path = unquote(path)
        assert normpath(path).casefold().split("/")[1] != "desk"


def test_an_entitlement_lasts_as_long_as_grants_follow_each_other() -> None:
    held = [
        Held(PREMIUM, NOON + DAY), Held(PREMIUM, NOON + 3 * DAY, NOON + DAY), Held(PREMIUM, NOON + 2 * DAY, NOON - DAY),
        Held(PREMIUM, NOON + 9 * DAY, NOON + 4 * DAY),
    ]  # fmt: skip
    assert held_until(held, PREMIUM, now=NOON) == (True, NOON + 3 * DAY)
    assert held_until(held, PREMIUM, now=NOON + 3 * DAY) == (False, None)
    assert held_until(held, Entitlement.AD_FREE, now=NOON) == (False, None)
    assert held_until([*held, Held(PREMIUM, None, NOON + 2 * DAY)], PREMIUM, now=NOON) == (
        True,
        None,
    )


def test_all_sign_ins_up_to_now_end_and_none_after() -> None:
    now = NOON + timedelta(microseconds=123_456)
    assert end_of_sign_ins(now) == NOON + timedelta(milliseconds=124)
