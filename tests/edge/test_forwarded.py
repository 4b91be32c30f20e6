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


def test_odd_peers_and_schemes_are_taken_as_they_are() -> None:
    assert told(None, {})["x-forwarded-for"] == ""
    assert told("10.0.0.1", {"x-forwarded-proto": "gopher"})["x-forwarded-proto"] == "http"
    with pytest.raises(ValueError, match="nonsense"):
        TrustedProxies(("nonsense",))
