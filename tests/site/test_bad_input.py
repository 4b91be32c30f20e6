"""Whatever strangers send a newspaper at work, they get a clean refusal or the page that anybody gets: never an error of
ours, never what is another reader's. Real processes, a real socket.
"""

import contextlib
import gzip
import socket
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta

import pytest

from tajuk.contracts.pages import WHOLE
from tajuk.paywall import Entitlement, ReaderPass
from tajuk.paywall.keyring import FILE_NAME, new_key, read_key_ring, rotated, write_key_ring
from tajuk.paywall.meter import MeterCard, sealed_card
from tajuk.paywall.passes import (
    PASS_LIFE,
    SESSION_LIFE,
    KeyRing,
    SigningKey,
    new_session,
    sealed_pass,
)
from tajuk.store import PageStore
from tajuk.terms.clock import now
from tests.reading import Matter, set_up
from tests.running import Newspaper, newspaper

pytestmark = [pytest.mark.processes, pytest.mark.xdist_group("bad input")]

SECRET = b"Rahasiadapur"
HOUSE_SECRETS = (b"secret_key", b"Traceback", b"root:x:")
NO_ERROR = range(200, 500)


@dataclass(frozen=True)
class Got:
    """An answer on the wire."""

    status: int
    head: bytes
    body: bytes

    @property
    def text(self) -> bytes:
        """The body, inflated."""
        return gzip.decompress(self.body) if b"content-encoding: gzip" in self.head else self.body


@dataclass(frozen=True)
class House:
    """A newspaper at work, and what is to be kept."""

    paper: Newspaper
    matter: Matter
    ring: KeyRing
    """Its first key seals, its second is retired."""
    dropped: KeyRing

    def wire(self, sent: bytes) -> Got:
        """Sends bytes and reads until the newsstand hangs up."""
        answer = b""
        with (
            socket.create_connection(("127.0.0.1", self.paper.port), timeout=30) as line,
            contextlib.suppress(ConnectionResetError, BrokenPipeError),
        ):
            line.sendall(sent)
            line.shutdown(socket.SHUT_WR)
            while piece := line.recv(1 << 16):
                answer += piece
        assert answer.startswith(b"HTTP/1.1 "), (sent[:300], answer[:300])
        head, _, body = answer.partition(b"\r\n\r\n")
        return Got(int(head[9:12]), head.lower(), body)

    def ask(self, target: bytes, *headers: bytes, method: bytes = b"GET", body: bytes = b"") -> Got:
        """One request on a line of its own."""
        host = b"Host: 127.0.0.1:%d" % self.paper.port
        lines = [method + b" " + target + b" HTTP/1.1", host, b"Connection: close", *headers]
        if body:
            lines.append(b"Content-Length: %d" % len(body))
        return self.wire(b"\r\n".join(lines) + b"\r\n\r\n" + body)

    def story(self, access: str) -> bytes:
        """A story's path."""
        return self.matter.path(access).encode()

    def a_pass(self, name: str, ring: KeyRing, *, hours_old: float = 0, **more: bool) -> bytes:
        """A reader's pass."""
        issued = now().replace(microsecond=0) - timedelta(hours=hours_old)
        paid = frozenset({Entitlement.PREMIUM, Entitlement.AD_FREE})
        held = paid if name == "ad-free" else frozenset()
        over = issued + PASS_LIFE if more.get("for_good") else issued + SESSION_LIFE
        given = ReaderPass(
            self.matter.readers[name], issued + PASS_LIFE, held, new_session(), issued, issued, over
        )
        return sealed_pass(given, ring).encode()


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with newspaper(tmp_path_factory.mktemp("bad") / "harian") as paper:
        paper.start()
        matter = set_up(paper)
        store = PageStore.open(paper.folder / "var/store", readonly=True)
        store.look_again()
        paper.wait_until(lambda: store.mark(WHOLE) and not store.announced(), "a whole store")
        store.close()
        keys = paper.folder / FILE_NAME
        before = read_key_ring(keys)
        ring = rotated(before, new_key(now=now()), now=now())
        write_key_ring(keys, ring)
        dropped = KeyRing((new_key(now=now()),))
        static = paper.folder / "var/static/a.txt"
        static.write_bytes(b"text" * 1000)
        picture = paper.folder / "var/media/images/a.jpg"
        picture.parent.mkdir(parents=True, exist_ok=True)
        picture.write_bytes(b"\xff\xd8" + b"picture" * 500)
        original = paper.folder / "var/media/original_images/o.jpg"
        original.parent.mkdir(parents=True, exist_ok=True)
        original.write_bytes(SECRET)
        made = House(paper, matter, ring, dropped)
        paper.wait_until(lambda: SECRET in made.ask(
            made.story("premium"), b"Cookie: tajuk_pass=" + made.a_pass("ad-free", ring)).text, "the new key")  # fmt: skip
        yield made
        log = (paper.folder / "serve.log").read_text(encoding="utf-8", errors="replace")
        assert "server_failed" not in log
        assert "request_failed" not in log


Make = Callable[[House], bytes]
COOKIES: dict[str, Make] = {
    "a pass that ended": lambda it: b"tajuk_pass=" + it.a_pass("ad-free", it.ring, hours_old=1, for_good=True),
    "a pass by a dropped key": lambda it: b"tajuk_pass=" + it.a_pass("ad-free", it.dropped),
    "a pass by another paper's key of the same name": lambda it: b"tajuk_pass=" + it.a_pass("ad-free", KeyRing((
        SigningKey(it.ring.keys[0].id, b"x" * 32, now()),))),
    "two passes cut together": lambda it: b"tajuk_pass=" + _cut(
        it.a_pass("registered", it.ring), it.a_pass("ad-free", it.ring)),
    "another's payload under my seal": lambda it: b"tajuk_pass=" + _cut(
        it.a_pass("ad-free", it.ring), it.a_pass("registered", it.ring)),
    "a pass cut off": lambda it: b"tajuk_pass=" + it.a_pass("ad-free", it.ring)[:-1],
    "a pass in capitals": lambda it: b"tajuk_pass=" + it.a_pass("ad-free", it.ring).upper(),
    "a pass in quotation marks": lambda it: b'tajuk_pass="' + it.a_pass("ad-free", it.ring) + b'"',
    "a pass after something else under its name": lambda it: b"tajuk_pass=x; tajuk_pass=" + it.a_pass("ad-free", it.ring),
    "a pass under another name": lambda it: b"Tajuk_Pass=" + it.a_pass("ad-free", it.ring),
    "a pass as a meter": lambda it: b"tajuk_meter=" + it.a_pass("ad-free", it.ring),
    "a meter as a pass": lambda it: b"tajuk_pass=" + sealed_card(MeterCard(now(), (1, 2)), it.ring).encode(),
    "a meter by a dropped key": lambda it: b"tajuk_meter=" + sealed_card(MeterCard(now(), tuple(range(90))), it.dropped).encode(),
    "a very long pass": lambda _: b"tajuk_pass=" + b"a" * 20_000,
    "300 cookies": lambda _: b"; ".join(b"tajuk_%d=%d" % (number, number) for number in range(300)),
    "300 passes": lambda _: b"; ".join([b"tajuk_pass=x.y.z"] * 300),
    "no value": lambda _: b"tajuk_pass; tajuk_pass=; =tajuk_pass; ;;,",
    "not UTF-8": lambda _: b"tajuk_pass=\xff\xfe.\xc0\xaf.\x80; \xe2\x28=\xa1",
}  # fmt: skip


def _cut(one: bytes, other: bytes) -> bytes:
    """The key and payload of one, the seal of the other."""
    return one.rpartition(b".")[0] + b"." + other.rpartition(b".")[2]


@pytest.mark.parametrize("case", COOKIES)
def test_a_cookie_that_is_none_of_ours_gives_the_page_that_anybody_gets(
    house: House, case: str
) -> None:
    cookie = b"Cookie: " + COOKIES[case](house)
    for target in (b"/", *map(house.story, ("free", "registered", "metered", "premium"))):
        anybody = house.ask(target, b"Accept-Encoding: gzip")
        got = house.ask(target, b"Accept-Encoding: gzip", cookie)
        assert (got.status, got.text) == (200, anybody.text), target
        assert b"tajuk_pass=" not in got.head
    for target in (
        b"/account/",
        b"/account/sign-in",
        b"/search?q=kapal",
        b"/tidak/ada",
        b"/healthz",
        b"/desk/",
    ):
        assert house.ask(target, cookie).status in NO_ERROR, target  # fmt: skip


def test_a_pass_by_a_retired_key_opens_what_is_the_reader_s_and_nothing_else(house: House) -> None:
    retired = KeyRing(house.ring.keys[1:])
    subscriber = b"Cookie: tajuk_pass=" + house.a_pass("ad-free", retired)
    registered = b"Cookie: tajuk_pass=" + house.a_pass("registered", retired)
    assert SECRET in house.ask(house.story("premium"), subscriber).text
    assert SECRET in house.ask(house.story("registered"), registered).text
    assert SECRET not in house.ask(house.story("premium"), registered).text


PREMIUM, STATIC, MEDIA = b"{premium}", b"/static/a.txt", b"/media/images/a.jpg"
TARGETS = [
    b"/" + PREMIUM, b"//" + PREMIUM, b"/." + PREMIUM, b"/x/.." + PREMIUM, b"/%2e%2e" + PREMIUM, PREMIUM + b"/.",
    PREMIUM + b"/..", PREMIUM + b"%00", PREMIUM + b"%ff", PREMIUM + b"%c0%af", PREMIUM + b"%2f", PREMIUM + b"%5c",
    PREMIUM + b"\\", PREMIUM + b";a=b", PREMIUM + b"?" + b"a" * 12_000, PREMIUM + b"?%00%ff&&==", PREMIUM + b"#a",
    PREMIUM + b"%20", PREMIUM + b"%e2%80%ae", PREMIUM + b"/" * 1500, PREMIUM + b"%EF%BC%8F", b"http://evil.example" + PREMIUM,
    b"http://evil.example:99999" + PREMIUM, b"https://[::1" + PREMIUM, b"//evil.example/%2f..", b"/%2f/evil.example",
    b"/\\evil.example", b"*", b"x", b"?", b"/?", b"/%", b"/%zz", b"/%u0041", b"/" + b"a" * 15_000, b"/" + b"a" * 60_000,
    b"/" + b"%2e%2e%2f" * 200, b"/" + b"../" * 200 + b"etc/passwd", b"/%252e%252e/etc/passwd", b"/...", b"/.git/config",
    b"/static/../../newspaper.toml", b"/static/%2e%2e/%2e%2e/newspaper.toml", b"/static/..%2f..%2fpass-keys.json",
    b"/static/%2e%2e%5c%2e%2e%5csecrets.toml", b"/static//etc/passwd", b"/static/%2fetc%2fpasswd", b"/static/\\..\\..\\secrets.toml",
    b"/static/a.txt/", b"/static/a.txt/..", b"/static/a.txt%00.css", b"/static/.%00./a.txt", b"/static/" + b"a" * 255,
    b"/static/" + b"a/" * 1000, b"/static", b"/static/", b"/media/original_images/o.jpg", b"/media/images/../original_images/o.jpg",
    b"/media/%6friginal_images/o.jpg", b"/media/./original_images/o.jpg", b"/MEDIA/original_images/o.jpg",
    b"/media/images/%2e%2e/original_images/o.jpg", b"/media/documents/x.pdf", b"/healthz/x", b"/healthz?a=%00",
    b"/search?q=%00", b"/search?q=%ff%fe", b"/search?q=" + b"a" * 10_000, b"/search?q=%22%28%2a*&before=" + b"9" * 400,
    b"/search?q=kapal&before=-1", b"/search?q=kapal&before=%D9%A1", b"/search?q=" + b"(" * 500, b"/search?q=" + b"a+OR+" * 300,
    b"/search?q=%ed%a0%80", b"/en/search?q=%00", b"/account/sign-in?next=//evil.example", b"/account/sign-in?next=%00",
    b"/account/sign-in?next=%ff&next=javascript:alert(1)", b"/account/%00", b"/account/..%2f..%2fdesk/", b"/account//", b"/desk/%2e%2e/",
    b"/desk/login/?next=%00", b"/desk/" + b"a" * 1900, b"/desk/pages/999999999999999999999/edit/", b"/desk/stories/%ff/",
    b"/latest/before/0", b"/latest/before/999999999999999999", b"/latest/before/9999999999999999999999", b"/latest/before/%D9%A1",
    b"/maritim/before/999999999999999999", b"/photo/999999999999999999/x", b"/photo/before/0", b"/epaper/0000-00-00",
    b"/epaper/9999-12-31", b"/epaper/0001-01-01", b"/epaper/%D9%A2%D9%A0%D9%A2%D9%A6-11-23", b"/sitemap-0000-00.xml", b"/sitemap-9999-12-9999.xml",
    b"/sitemap-%D9%A2%D9%A0%D9%A2%D9%A6-11.xml", b"/feeds/topic/" + b"a" * 500 + b".xml", b"/feeds/../x.xml", b"/topic/%00", b"/topic/" + b"%f0%9f%98%80" * 100,
    b"/maritim/2026/99/99/1/x", b"/maritim/2026/01/01/%D9%A1/x", b"/maritim/0000/00/00/999999999999999999/" + b"x" * 1500,
    b"/!not-here/id", b"/%21not-here/en", b"/en/!not-here/id", b"/en//", b"/en/en/", b"/%65n/",
]  # fmt: skip


def assert_clean(got: Got, about: object) -> None:
    """No error, nothing of a reader's and nothing of the house's."""
    assert got.status in NO_ERROR, (about, got.status, got.head[:300])
    text = got.text
    assert SECRET not in text, about
    assert not any(each in text for each in HOUSE_SECRETS), about


def test_no_path_is_a_trick(house: House) -> None:
    premium = house.story("premium")
    for target in TARGETS:
        for method in (b"GET", b"HEAD"):
            got = house.ask(target.replace(PREMIUM, premium), method=method)
            assert_clean(got, (method, target))
            assert got.status < 300 or b"location: //" not in got.head, target
            assert got.status < 300 or b"evil.example\r\n" not in got.head, target


HEADERS: dict[str, list[bytes]] = {
    "too many": [b"X: y"] * 150,
    "nearly too many": [b"X: y"] * 90,
    "64 kB of cookies": [b"Cookie: a=" + b"a" * 65_000],
    "30 kB of cookies": [b"Cookie: tajuk_pass=" + b"a" * 30_000],
    "many lines of cookies": [b"Cookie: tajuk_pass=a"] * 80,
    "two hosts": [b"Host: evil.example"],
    "ranges that are none": [b"Range: bytes=abc"],
    "a range backwards": [b"Range: bytes=5-1"],
    "1000 ranges": [b"Range: bytes=" + b",".join([b"0-"] * 1000)],
    "ranges within ranges": [b"Range: bytes=0-,1-,2-,3-,0-0,-1"],
    "a range beyond everything": [b"Range: bytes=" + b"9" * 400 + b"-" + b"9" * 400],
    "a range of minus nothing": [b"Range: bytes=-0", b"If-Range: \"x"],
    "a range in apples": [b"Range: apples=1-2", b"If-Range: Wed, 99 Foo"],
    "a bomb of tags": [b"If-None-Match: " + b'"a",' * 6000],
    "tags that are none": [b'If-None-Match: "\xff', b"If-None-Match: W/W/*,,,"],
    "a moment that is none": [b"If-Modified-Since: Wed, 99 Foo 99999 99:99:99 GMT"],
    "a moment long gone": [b"If-Modified-Since: -1", b"If-Unmodified-Since: \xff"],
    "gzip refused": [b"Accept-Encoding: gzip;q=0"],
    "gzip refused in capitals": [b"Accept-Encoding: gzip;Q=0"],
    "everything refused": [b"Accept-Encoding: *;q=0, identity;q=0"],
    "plain refused": [b"Accept-Encoding: identity;q=0"],
    "weights that are none": [b"Accept-Encoding: gzip;q=nan, *;q=1e999, br;q=-1, ;q=,"],
    "a bomb of codings": [b"Accept-Encoding: " + b"gzip;q=0.1," * 2500],
    "gzip twice": [b"Accept-Encoding: gzip", b"Accept-Encoding: identity"],
    "forged ways": [b"X-Forwarded-For: \xff, ::1, 999.1", b"X-Forwarded-Host: evil.example", b"Forwarded: for=\""],
    "another path": [b"X-Original-URL: /desk/", b"X-Rewrite-URL: /desk/", b"X-HTTP-Method-Override: DELETE"],
    "our own words": [b"X-Tajuk-Pressed: 1", b"X-Accel-Redirect: /media/original_images/o.jpg", b"X-Sendfile: /etc/passwd"],
    "not UTF-8": [b"User-Agent: \xff\xfe\xc0\xaf", b"Referer: \x80", b"Accept-Language: \xff, id;q=\xfe"],
    "a language bomb": [b"Accept-Language: " + b"id-" * 5000],
    "unknown expectations": [b"Expect: the unexpected"],
    "a switch": [b"Upgrade: websocket", b"Sec-WebSocket-Key: x", b"Sec-WebSocket-Version: 13"],
    "hop by hop": [b"TE: trailers", b"Proxy-Connection: x", b"Keep-Alive: timeout=999999999"],
}  # fmt: skip


@pytest.mark.parametrize("case", HEADERS)
def test_no_header_is_a_trick(house: House, case: str) -> None:
    for target in (house.story("premium"), STATIC, MEDIA, b"/search?q=kapal", b"/account/sign-in", b"/tidak/ada"):  # fmt: skip
        for method in (b"GET", b"HEAD"):
            got = house.ask(target, *HEADERS[case], method=method)
            assert_clean(got, (case, target, method))
            if method == b"GET" and got.status == 200 and b"content-length: " in got.head:
                said = int(got.head.split(b"content-length: ")[1].split(b"\r\n")[0])
                assert said == len(got.body), (case, target)
            if "refused" in case and case != "plain refused":
                assert b"content-encoding: gzip" not in got.head, (case, target)


METHODS = [
    b"POST", b"PUT", b"DELETE", b"PATCH", b"OPTIONS", b"TRACE", b"CONNECT", b"PROPFIND", b"PURGE", b"BREW", b"get", b"G\xc3\x89T",
]  # fmt: skip


def test_no_method_is_a_trick(house: House) -> None:
    for method in METHODS:
        for target in (house.story("premium"), STATIC, b"/search?q=kapal", b"/account/sign-in", b"/account/sign-out", b"/desk/login/", b"/healthz", b"/tidak/ada"):  # fmt: skip
            got = house.ask(target, method=method)
            assert got.status in _refusals(method, target), (method, target, got.status)
            assert_clean(got, (method, target))


def _refusals(method: bytes, target: bytes) -> set[int]:
    """How it may be answered: a client's error, save where it is harmless."""
    harmless = {200} if method == b"OPTIONS" else set()
    if target == b"/account/sign-out":
        harmless |= {303}  # somebody who isn't signed in is led to the account
    return {*range(400, 500), *harmless}


FORM = b"Content-Type: application/x-www-form-urlencoded"
BODIES: list[tuple[bytes, bytes]] = [
    (FORM, b"email=%00&password=%00"), (FORM, b"\xff\xfe\xfd"), (FORM, b"&".join([b"a=b"] * 5000)), (FORM, b"email=" + b"a" * 100_000),
    (b"Content-Type: multipart/form-data", b"--x"), (b"Content-Type: multipart/form-data; boundary=" + b"b" * 300, b"--b"),
    (b'Content-Type: multipart/form-data; boundary=x', b'--x\r\nContent-Disposition: form-data; name="email"; filename="\xff/../a"\r\n\r\n\x00\r\n--x--'),
    (b"Content-Type: application/x-www-form-urlencoded; charset=utf-7", b"email=+AGE-"), (b"Content-Type: \xff", b"x"),
    (b"Content-Type: text/plain; charset=nonsense", b"email=a"), (b"Content-Type: application/json", b"{" * 1000),
]  # fmt: skip


def test_no_body_is_a_trick(house: House) -> None:
    for kind, body in BODIES:
        for target in (
            b"/account/sign-in",
            b"/account/sign-out",
            b"/desk/login/",
            b"/search",
            house.story("free"),
        ):
            for more in (
                [],
                [b"Cookie: csrftoken=" + b"a" * 32 + b"; sessionid=\xff%00", b"X-CSRFToken: \xff"],
            ):
                got = house.ask(target, kind, *more, method=b"POST", body=body)
                about = kind, body[:60], target, got.status
                assert got.status in _refusals(b"POST", target), about
                assert_clean(got, about)


WIRES = [
    b"GET {0} HTTP/1.1\r\nHost: uji\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello",
    b"POST {0} HTTP/1.1\r\nHost: uji\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /desk/ HTTP/1.1\r\n\r\n",
    b"POST {0} HTTP/1.1\r\nHost: uji\r\nTransfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n", b"GET {0} HTTP/1.1\r\n\r\n",
    b"POST {0} HTTP/1.1\r\nHost: uji\r\nTransfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\n", b"GET {0}\r\n\r\n",
    b"POST {0} HTTP/1.1\r\nHost: uji\r\nContent-Length: 1e3\r\n\r\n", b"GET {0} HTTP/1.1\r\nHost: a b\r\nHost:\r\n\r\n",
    b"GET {0} HTTP/1.1\r\nHost: uji\r\n X: folded\r\n\r\n", b"GET {0} HTTP/1.1\nHost: uji\n\n", b"GET {0} HTTP/3.0\r\nHost: uji\r\n\r\n",
    b"GET\t{0} HTTP/1.1\r\nHost: uji\r\n\r\n", b"GET {0} HTTP/1.1\r\nHost: uji\r\nX: a\0b\r\n\r\n", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
    b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", b"\r\n\r\n\r\nGET {0} HTTP/1.1\r\nHost: uji\r\nX\r\n\r\n", b"GET {0} HTTP/1.1\r\nHost: uji\r\n: empty\r\n\r\n",
]  # fmt: skip


def test_what_can_be_read_in_two_ways_is_refused(house: House) -> None:
    for wire in WIRES:
        got = house.wire(wire.replace(b"{0}", house.story("premium")))
        assert 400 <= got.status < 500, (wire, got.status)
        assert_clean(got, wire)


HOSTS = [b"evil.example", b"", b"127.0.0.1:99999999", b"a@b", b"[::1", b"..", b"a" * 300, b"\xff\xfe", b"127.0.0.1/../", b"x\ty"]  # fmt: skip


def test_no_host_is_a_trick(house: House) -> None:
    for host in HOSTS:
        for target in (house.story("premium"), b"/search?q=kapal", b"/account/sign-in", b"/desk/", b"/tidak/ada", house.story("free") + b"/"):  # fmt: skip
            got = house.wire(
                b"GET %b HTTP/1.1\r\nHost: %b\r\nConnection: close\r\n\r\n" % (target, host)
            )
            assert_clean(got, (host, target))
            assert b"evil.example" not in got.head + got.body, (host, target)
