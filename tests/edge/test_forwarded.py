"""Where a reader really is."""

import pytest

from tajuk.edge.forwarded import TrustedProxies


def told(
    client: str | None, headers: dict[str, str], trusted: tuple[str, ...] = ("10.0.0.0/8", "::1")
) -> dict[str, str]:
    scope = {
        "client": None if client is None else (client, 1),
        "scheme": "http",
        "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
    }
    return {name.decode(): value.decode() for name, value in TrustedProxies(trusted).headers(scope)}


def test_a_stranger_can_not_say_who_he_is_a_trusted_proxy_can() -> None:
    claims = {
        "host": "uji.example",
        "x-forwarded-for": "198.51.100.7",
        "x-forwarded-proto": "https",
        "x-forwarded-host": "paper.example",
    }

    assert told("203.0.113.9", claims) == {
        "x-forwarded-for": "203.0.113.9",
        "x-forwarded-proto": "http",
        "x-forwarded-host": "uji.example",
    }
    for proxy in ("10.1.2.3", "::1", "::ffff:10.1.2.3"):
        assert told(proxy, claims) == {
            "x-forwarded-for": "198.51.100.7",
            "x-forwarded-proto": "https",
            "x-forwarded-host": "paper.example",
        }


@pytest.mark.parametrize(
    ("chain", "reader"),
    [
        ("198.51.100.7, 10.0.0.2", "198.51.100.7"),
        ("6.6.6.6, 198.51.100.7", "198.51.100.7"),
        ("10.0.0.3, 10.0.0.2", "10.0.0.3"),
        ("<script>, 10.0.0.2", "10.0.0.2"),
        ("", "10.0.0.1"),
        ("unknown", "10.0.0.1"),
    ],
)
def test_the_reader_is_the_last_who_is_no_proxy_of_ours(chain: str, reader: str) -> None:
    assert told("10.0.0.1", {"x-forwarded-for": chain})["x-forwarded-for"] == reader


def test_a_proxy_that_adds_a_line_of_its_own_is_believed_and_not_the_line_before_it() -> None:
    """As HAProxy does: what the client wrote stands before it."""
    proxies = TrustedProxies(("10.0.0.0/8",))
    headers = [
        (b"x-forwarded-for", b"203.0.113.9"), (b"x-forwarded-proto", b"https"),
        (b"x-forwarded-host", b"evil.example"), (b"x-forwarded-for", b"198.51.100.7"),
        (b"x-forwarded-proto", b"http"), (b"x-forwarded-host", b"paper.example"),
    ]  # fmt: skip
    assert proxies.client("10.1.2.3", headers) == "198.51.100.7"
    scope = {"client": ("10.1.2.3", 1), "scheme": "http", "headers": headers}
    assert dict(proxies.headers(scope)) == {
        b"x-forwarded-for": b"198.51.100.7",
        b"x-forwarded-proto": b"http",
        b"x-forwarded-host": b"paper.example",
    }


def test_an_ipv4_reader_is_one_however_the_address_is_spelled() -> None:
    chain = {"x-forwarded-for": "::ffff:198.51.100.7"}
    assert told("10.0.0.1", chain)["x-forwarded-for"] == "198.51.100.7"


def test_odd_peers_and_schemes_are_taken_as_they_are() -> None:
    assert told(None, {})["x-forwarded-for"] == ""
    assert told("10.0.0.1", {"x-forwarded-proto": "gopher"})["x-forwarded-proto"] == "http"
    with pytest.raises(ValueError, match="nonsense"):
        TrustedProxies(("nonsense",))
