"""Search engines prove who they are: by DNS both ways, asked of a small name server on loopback, or by published ranges."""

import json
import socketserver
import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import dns.flags
import dns.message
import dns.rcode
import dns.resolver
import dns.rrset
import pytest

from tajuk.contracts.crawlers import (
    CRAWLERS,
    FAILED_FOR,
    MOST_FAILED,
    MOST_PROVED,
    PROVED_FOR,
    VERDICTS,
    Verdicts,
    claimed_by,
    unpacked_verdicts,
)
from tajuk.contracts.told import Claim
from tajuk.site.crawlers import Examiner
from tajuk.store import PageStore
from tajuk.wall.crawlers import UndecidedError, is_crawler
from tests.edge.cards import NOON

GOOGLE, LIAR, NAMELESS, BROKEN, V6 = (
    "203.0.113.1",
    "203.0.113.2",
    "203.0.113.3",
    "203.0.113.4",
    "2001:db8::1",
)
RECORDS = {
    ("1.113.0.203.in-addr.arpa.", "PTR"): ["crawl-203-0-113-1.googlebot.com."],
    ("crawl-203-0-113-1.googlebot.com.", "A"): ["203.0.113.99", GOOGLE],
    # Whoever runs an address's zone can name it as they like: the name doesn't lead back.
    ("2.113.0.203.in-addr.arpa.", "PTR"): ["crawl-203-0-113-1.googlebot.com.", "googlebot.com.evil.example."],
    ("googlebot.com.evil.example.", "A"): [LIAR],
    (f"{'.'.join(reversed(f'{0x20010db8:08x}' + '0' * 23 + '1'))}.ip6.arpa.", "PTR"): ["one.search.msn.com."],
    ("one.search.msn.com.", "AAAA"): [V6],
}  # fmt: skip


class NameServer(socketserver.BaseRequestHandler):
    """Answers over UDP from RECORDS; of BROKEN it says that it failed."""

    def handle(self) -> None:
        """One question."""
        asked = dns.message.from_wire(self.request[0])
        answer = dns.message.make_response(asked)
        answer.flags |= dns.flags.RA
        question = asked.question[0]
        name, kind = question.name.to_text().lower(), dns.rdatatype.to_text(question.rdtype)
        if name.startswith("4.113."):
            answer.set_rcode(dns.rcode.SERVFAIL)
        elif (name, kind) in RECORDS:
            answer.answer.append(dns.rrset.from_text(name, 60, "IN", kind, *RECORDS[name, kind]))
        elif not any(known == name for known, _ in RECORDS):
            answer.set_rcode(dns.rcode.NXDOMAIN)
        self.request[1].sendto(answer.to_wire(), self.client_address)


@pytest.fixture
def resolver() -> Iterator[dns.resolver.Resolver]:
    with socketserver.ThreadingUDPServer(("127.0.0.1", 0), NameServer) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        asking = dns.resolver.Resolver(configure=False)
        asking.nameservers = ["127.0.0.1"]
        asking.port = server.server_address[1]
        asking.lifetime = 3
        yield asking
        server.shutdown()
        thread.join()


def test_only_an_address_whose_name_is_the_engines_and_leads_back_is_the_engines(
    resolver: dns.resolver.Resolver, tmp_path: Path
) -> None:
    def proved(crawler: str, address: str) -> bool:
        return is_crawler(crawler, address, folder=tmp_path, resolver=resolver)

    assert proved("googlebot", GOOGLE)
    assert proved("bingbot", V6)
    assert not proved("bingbot", GOOGLE)  # an engine, but another one
    for address in (LIAR, NAMELESS, "no address", ""):
        assert not proved("googlebot", address)
    assert not proved("unheardbot", GOOGLE)
    with pytest.raises(UndecidedError):
        proved("googlebot", BROKEN)


def test_published_ranges_in_the_papers_folder_decide_alone(
    resolver: dns.resolver.Resolver, tmp_path: Path
) -> None:
    told = {"prefixes": [{"ipv4Prefix": "198.51.100.0/24"}, {"ipv6Prefix": "2001:db8:9::/48"}]}
    (tmp_path / "googlebot.json").write_text(json.dumps(told))
    found = {
        each: is_crawler("googlebot", each, folder=tmp_path, resolver=resolver)
        for each in ("198.51.100.7", "2001:db8:9::1", GOOGLE)
    }
    assert found == {"198.51.100.7": True, "2001:db8:9::1": True, GOOGLE: False}
    for broken in ("", "[]", '{"prefixes": [{}]}', '{"prefixes": [{"ipv4Prefix": "x"}]}'):
        (tmp_path / "googlebot.json").write_text(broken)
        assert is_crawler("googlebot", GOOGLE, folder=tmp_path, resolver=resolver)  # by DNS


def test_a_verdict_is_reached_in_the_background_and_stands_in_the_store_for_its_time(
    resolver: dns.resolver.Resolver, tmp_path: Path
) -> None:
    store = PageStore.open(tmp_path / "store")
    examiner = Examiner(lambda: store, tmp_path, ask=lambda: resolver, now=lambda: NOON)
    claims = [Claim("googlebot", each) for each in (GOOGLE, LIAR, BROKEN, GOOGLE)]
    examiner.take(claims)
    examiner.settle()
    told = store.mark(VERDICTS)
    assert told is not None
    verdicts = unpacked_verdicts(told)

    def at(address: str, after: timedelta) -> bool | None:
        return verdicts.of("googlebot", address, now=NOON + after)

    second = timedelta(seconds=1)
    assert [at(GOOGLE, each) for each in (timedelta(0), PROVED_FOR - second, PROVED_FOR)] == [
        True,
        True,
        None,
    ]
    assert [at(LIAR, each) for each in (timedelta(0), FAILED_FOR - second, FAILED_FOR)] == [
        False,
        False,
        None,
    ]
    assert at(BROKEN, timedelta(0)) is None
    assert verdicts.of("bingbot", GOOGLE, now=NOON) is None
    store.close()


def test_verdicts_are_kept_within_bounds_and_not_beyond_their_end() -> None:
    later = NOON + PROVED_FOR
    many = {("googlebot", str(number)): (True, later) for number in range(MOST_PROVED)}
    kept = Verdicts(many).with_more({("bingbot", "x"): (True, later)}, now=NOON)
    assert kept.of("bingbot", "x", now=NOON) is True
    assert kept.of("googlebot", "0", now=NOON) is None
    assert kept.of("googlebot", "1", now=NOON) is True
    assert Verdicts(many).with_more({}, now=later).packed() == b"[]"


def test_those_who_fail_drive_out_nobody_who_proved_it() -> None:
    later = NOON + PROVED_FOR
    verdicts = Verdicts({("googlebot", "66.249.66.1"): (True, later)})
    for number in range(MOST_FAILED * 2):
        verdicts = verdicts.with_more(
            {("googlebot", f"2001:db8::{number:x}"): (False, later)}, now=NOON
        )
    assert verdicts.of("googlebot", "66.249.66.1", now=NOON) is True
    assert verdicts.of("googlebot", "2001:db8::0", now=NOON) is None


def test_google_s_fetchers_that_anybody_can_send_are_no_crawler() -> None:
    assert CRAWLERS["googlebot"].domains == ("googlebot.com",)


def test_a_claim_is_read_from_the_user_agent() -> None:
    agent = b"Mozilla/5.0 AppleWebKit/537.36 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"
    assert claimed_by(agent) == "googlebot"
    assert claimed_by(b"Mozilla/5.0 (compatible; BingBot/2.0)") == "bingbot"
    assert claimed_by(b"Mozilla/5.0 (X11; Linux x86_64) Firefox/131.0") == ""
