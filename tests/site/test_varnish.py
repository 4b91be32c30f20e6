"""Behind Debian's Varnish with the VCL of docs/howto: what is kept, what is forgotten, and what never is anybody else's."""

import socket
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread

import pytest

from tajuk.contracts.caches import path_key
from tajuk.edge.forwarded import TrustedProxies
from tajuk.paywall.gifts import Gift, sealed_gift
from tajuk.paywall.keyring import FILE_NAME, read_key_ring
from tajuk.site.purge import PurgeRefusedError, purge
from tajuk.store import PageStore
from tajuk.terms.clock import now
from tests.reading import Got, Matter, Reader, due_pass, publish, set_up
from tests.running import Newspaper, newspaper
from tests.varnish import Varnish, two_ports, varnish, varnishd

pytestmark = [pytest.mark.processes, pytest.mark.xdist_group("varnish")]

SECRET = "Rahasiadapur"
FEED = "/feeds/latest.xml"
OTHERS = ("/en/feeds/latest.xml", "/feeds/section/ekonomi.xml", "/robots.txt", "/favicon.ico")


@dataclass
class Behind:
    """A newspaper at work, Varnish in front of it."""

    paper: Newspaper
    matter: Matter
    varnish: Varnish
    store: PageStore

    def reader(self) -> Reader:
        """A browser that knows Varnish's address only."""
        return Reader(self.varnish.address)

    def wait_until_told(self) -> None:
        """Until nothing is left to be forgotten."""
        self.paper.wait_until(lambda: not self.store.to_purge(), "all to be forgotten", 60)


@pytest.fixture(scope="module")
def behind(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Behind]:
    varnishd()
    folder = tmp_path_factory.mktemp("behind")
    port, _ = two_ports()
    with newspaper(folder / "harian") as paper:
        settings = paper.folder / "newspaper.toml"
        told = settings.read_text().replace(paper.address, f"http://127.0.0.1:{port}")
        told = f'purge_urls = ["http://127.0.0.1:{port}/"]\ntrusted_proxies = ["127.0.0.1"]\n{told}'
        settings.write_text(told)
        with varnish(folder / "varnish", backend=paper.port, port=port) as at_work:
            paper.start()
            matter = set_up(paper)
            store = PageStore.open(paper.folder / "var/store", readonly=True)
            found = Behind(paper, matter, at_work, store)
            reader = found.reader()
            paper.wait_until(lambda: "Kabar" in reader.ask(FEED).text, "the stories to be pressed")
            found.wait_until_told()
            yield found
            store.close()


def cached(got: Got) -> str:
    return got.said("x-cache")


def test_what_is_the_same_for_everybody_is_kept(behind: Behind) -> None:
    reader = behind.reader()
    first = reader.ask(FEED, accept_encoding="gzip")
    again = behind.reader().ask(FEED, accept_encoding="gzip")
    assert (first.status, again.status, cached(again)) == (200, 200, "hit")
    assert again.body == first.body
    assert again.said("content-encoding") == "gzip"
    assert again.said("cache-control") == "public, no-cache"
    # What is said to caches stays there.
    assert not again.said("cdn-cache-control") + again.said("surrogate-key") + again.said("xkey")
    known = reader.ask(FEED, if_none_match=again.said("etag"), accept_encoding="gzip")
    assert (known.status, cached(known)) == (304, "hit")
    plain = reader.ask(FEED, accept_encoding="identity")
    assert "<rss" in plain.text
    assert cached(plain) == "hit"


def test_static_files_are_kept(behind: Behind) -> None:
    page = behind.reader().ask("/").text
    sheet = page.split('rel="stylesheet" href="')[-1].split('"')[0] if "stylesheet" in page else ""
    path = sheet or page.split('src="')[1].split('"')[0]
    assert path.startswith("/static/")
    first, again = (behind.reader().ask(path) for _ in range(2))
    assert (first.status, cached(again)) == (200, "hit")
    assert "immutable" in again.said("cache-control")


def test_a_publication_is_seen_at_once_and_nothing_else_is_forgotten(behind: Behind) -> None:
    reader = behind.reader()
    for path in (FEED, *OTHERS):
        assert reader.ask(path).status == 200
        assert cached(reader.ask(path)) == "hit"

    publish(behind.paper, "Dermaga baru dibuka")

    behind.paper.wait_until(lambda: "Dermaga baru" in reader.ask(FEED).text, "the feed", 5)
    for path in OTHERS:
        assert cached(reader.ask(path)) == "hit", path
    # The second time too.
    behind.wait_until_told()
    for path in OTHERS:
        assert cached(reader.ask(path)) == "hit", path
    assert "Dermaga baru" in reader.ask(FEED).text
    assert cached(reader.ask(FEED)) == "hit"


PICTURES = """
import io, json
from django.core.files.base import ContentFile
from PIL import Image
from tajuk.pictures.models import Picture
files = []
for name in ("satu", "dua"):
    file = io.BytesIO()
    Image.new("RGB", (300, 200), "#20425c").save(file, "JPEG")
    row = Picture.objects.create(title=name, file=ContentFile(file.getvalue(), f"{name}.jpg"))
    files.append(row.get_rendition("width-200|format-jpeg").url)
print(json.dumps(files))
"""
DELETE = """
from tajuk.pictures.models import Picture
Picture.objects.get(title="satu").delete()
"""


def test_a_picture_that_is_taken_away_is_forgotten_and_no_other(behind: Behind) -> None:
    reader = behind.reader()
    away, other = behind.paper.django(PICTURES)
    for path in (away, other):
        assert reader.ask(path).said("content-type") == "image/jpeg"
        again = reader.ask(path)
        assert cached(again) == "hit"
        assert not again.said("surrogate-key") + again.said("xkey")

    behind.paper.django(DELETE)

    behind.paper.wait_until(lambda: reader.ask(away).status == 404, "the picture to be gone", 5)
    behind.wait_until_told()
    assert reader.ask(away).status == 404
    assert cached(reader.ask(other)) == "hit"


@pytest.mark.parametrize("access", ["registered", "metered", "premium"])
def test_a_readers_own_page_is_nobody_elses(behind: Behind, access: str) -> None:
    path = behind.matter.path(access, "en")
    subscriber = behind.reader()
    subscriber.sign_in("ad-free@pembaca.example")
    for _ in range(2):
        own = subscriber.ask(path)
        assert SECRET in own.text
        assert (cached(own), own.said("cache-control")) == ("miss", "private, no-cache")
        stranger = behind.reader().ask(path)
        # The meter gives strangers their first stories; the rest is closed to them.
        assert (SECRET in stranger.text) is (access == "metered")
        assert cached(stranger) == "miss"
        assert b"tajuk_pass" not in stranger.body
    known = subscriber.ask(path, if_none_match=own.said("etag"), accept_encoding="identity")
    assert known.status == 304
    assert behind.reader().ask(path, if_none_match=own.said("etag")).status == 200


def test_a_gift_link_opens_its_story_through_the_cache_and_leaves_nothing_behind(
    behind: Behind,
) -> None:
    path = behind.matter.path("premium")
    ring = read_key_ring(behind.paper.folder / FILE_NAME)
    gift = sealed_gift(Gift(int(path.split("/")[-2]), now() + timedelta(hours=1)), ring)
    for _ in range(2):
        given = behind.reader().ask(f"{path}?gift={gift}")
        assert SECRET in given.text
        assert (cached(given), given.said("cache-control")) == ("miss", "private, no-cache")
        for other in (path, f"{path}?gift=", f"{path}?gift={gift[:-1]}"):
            assert SECRET not in behind.reader().ask(other).text
        assert behind.reader().ask(path, if_none_match=given.said("etag")).status == 200


def test_no_cookie_is_given_to_anybody_but_its_reader(behind: Behind) -> None:
    metered, feed = behind.matter.path("metered"), FEED
    first = behind.reader()
    assert first.ask(metered).set_cookies == ["tajuk_meter"]
    # A second look takes nothing off the meter.
    assert first.ask(metered).set_cookies == []
    other = behind.reader()
    assert other.ask(metered).set_cookies == ["tajuk_meter"]
    assert first.cookies.keys() == other.cookies.keys() == {"tajuk_meter"}

    cookie = due_pass(behind.paper, behind.matter.readers["ad-free"], now=now())
    for path, renews in ((feed, False), ("/", True), (behind.matter.path("premium"), True)):
        due = behind.reader()
        due.hold("tajuk_pass", cookie)
        assert due.ask(path).set_cookies == (["tajuk_pass"] if renews else []), path
        for _ in range(2):
            assert behind.reader().ask(path).set_cookies == [], path
    assert cached(behind.reader().ask(feed)) == "hit"


def test_signing_in_and_out_through_the_cache(behind: Behind) -> None:
    path = behind.matter.path("premium")
    reader = behind.reader()
    assert SECRET not in reader.ask(path).text
    reader.sign_in("subscriber@pembaca.example")
    assert SECRET in reader.ask(path).text
    assert reader.ask("/account/").status == 200
    assert reader.ask(FEED).status == 200
    held = dict(reader.cookies)
    reader.sign_out()
    assert "tajuk_pass" not in reader.cookies
    assert SECRET not in reader.ask(path).text
    # Nor with the pass of before, kept by somebody else.
    thief = behind.reader()
    thief.hold("tajuk_pass", held["tajuk_pass"])
    behind.paper.wait_until(lambda: SECRET not in thief.ask(path).text, "the pass to end", 5)


def test_only_a_worker_may_have_something_forgotten(behind: Behind) -> None:
    reader = behind.reader()
    keys = path_key(FEED)
    assert cached(reader.ask(FEED)) in {"hit", "miss"}
    line = f"PURGE / HTTP/1.1\r\nHost: uji\r\nConnection: close\r\nxkey-purge: {keys}\r\n"
    through_a_proxy = f"{line}X-Forwarded-For: 203.0.113.9\r\n\r\n"
    assert b" 405 " in wire(behind.varnish.port, through_a_proxy)
    assert b" 405 " in wire(behind.varnish.port, f"{line}\r\n", source="127.0.0.2")
    without_keys = "PURGE / HTTP/1.1\r\nHost: uji\r\nConnection: close\r\n\r\n"
    assert b" 400 " in wire(behind.varnish.port, without_keys)
    assert cached(reader.ask(FEED)) == "hit"

    purge(behind.varnish.address, [keys])

    assert cached(reader.ask(FEED)) == "miss"
    with pytest.raises(PurgeRefusedError):  # the newsstand itself keeps nothing to forget
        purge(behind.paper.address, [keys])


def test_the_doctor_says_when_a_cache_can_not_be_told(behind: Behind) -> None:
    behind.wait_until_told()
    away, _ = two_ports()
    for url, found in (
        ("", "✓ caches in front: 1, 0 changes"),
        (f"http://127.0.0.1:{away}/", "✗ caches in front: http://127.0.0.1"),
        (behind.paper.address, f"✗ caches in front: {behind.paper.address} answers 405 to PURGE"),
    ):
        environment = behind.paper.environment() | ({"TAJUK_PURGE_URLS": url} if url else {})
        done = subprocess.run(
            [sys.executable, "-m", "tajuk.site.commands", "doctor"], env=environment,
            capture_output=True, text=True, check=False, timeout=60,
        )  # fmt: skip
        assert found in done.stdout


def test_what_was_kept_is_given_while_the_newsstand_is_away(behind: Behind) -> None:
    reader = behind.reader()
    for path in (FEED, *OTHERS):
        reader.ask(path)
    forgotten = OTHERS[0]
    behind.wait_until_told()
    behind.paper.stop()
    try:
        purge(behind.varnish.address, [path_key(forgotten)])
        for path in (FEED, *OTHERS):
            for _ in range(2):
                assert reader.ask(path).status == 200, path
        for path in ("/", behind.matter.path("premium"), "/account/sign-in"):
            assert reader.ask(path).status == 503, path
    finally:
        behind.paper.start()
    headline = "Sesudah padam"
    publish(behind.paper, headline)
    behind.paper.wait_until(lambda: headline in reader.ask(FEED).text, "the feed, fresh", 20)
    assert reader.ask("/").status == 200


def wire(port: int, sent: str, source: str = "127.0.0.1") -> bytes:
    """Sends bytes from an address, and reads to the end."""
    with socket.create_connection(("127.0.0.1", port), 20, (source, 0)) as line:
        line.sendall(sent.encode())
        answer = b""
        while piece := line.recv(1 << 16):
            answer += piece
        return answer


BEGUN, LET_GO = Event(), Event()


@pytest.fixture(scope="module")
def mirror(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """Varnish's port, in front of a server that says what it was asked, and answers what it is asked to."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            body = str(self.headers).encode()
            if self.path == "/held":
                BEGUN.set()
                LET_GO.wait(10)
            self.send_response(int(self.headers.get("x-status", 200)))
            self.send_header("content-length", str(len(body)))
            for name, value in self.headers.items():
                if name.lower().startswith("x-answer-"):
                    self.send_header(name[9:], value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """Not on the tests' output."""

    varnishd()
    port, _ = two_ports()
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        folder: Path = tmp_path_factory.mktemp("mirror") / "varnish"
        try:
            with varnish(folder, backend=server.server_port, port=port):
                yield port
        finally:
            server.shutdown()
            thread.join()


KEPT = "x-answer-cdn-cache-control: public, max-age=60\r\n"


def asked(port: int, path: str, *lines: str, source: str = "127.0.0.1") -> tuple[bytes, bytes]:
    """The head and the body of one answer."""
    sent = f"GET {path} HTTP/1.1\r\nHost: uji\r\nConnection: close\r\n{''.join(lines)}\r\n"
    head, _, body = wire(port, sent, source).partition(b"\r\n\r\n")
    return head.lower(), body


@pytest.mark.parametrize(
    "unsafe",
    [
        "x-answer-set-cookie: tajuk_pass=x\r\n",
        "x-answer-cache-control: private\r\n",
        "x-answer-cache-control: no-store\r\n",
        "x-answer-vary: accept-encoding, Cookie\r\n",
        "x-answer-vary: *\r\n",
    ],
)
def test_what_is_for_one_reader_is_not_kept_whatever_else_is_said(mirror: int, unsafe: str) -> None:
    path = f"/unsafe/{hash(unsafe)}"
    for reader in ("a", "b", "c"):
        head, body = asked(mirror, path, KEPT, unsafe, f"Cookie: reader={reader}\r\n")
        assert b"x-cache: miss" in head
        assert f"reader={reader}".encode() in body


def test_what_says_nothing_to_caches_is_not_kept(mirror: int) -> None:
    for number in range(3):
        head, body = asked(mirror, "/silent", f"Cookie: reader={number}\r\n")
        assert b"x-cache: miss" in head
        assert f"reader={number}".encode() in body


def test_the_readers_own_address_arrives(mirror: int) -> None:
    """Whether they come by themselves, through the proxy that ends HTTPS, or write headers of their own."""
    forged = "X-Forwarded-For: 10.9.9.9\r\nX-Forwarded-Proto: https\r\nX-Forwarded-Host: evil\r\n"
    proxied = "X-Forwarded-For: 10.9.9.9, 203.0.113.9\r\nX-Forwarded-Proto: https\r\n"
    for lines, source, address, proto in (
        ("", "127.0.0.2", "127.0.0.2", "http"),
        (forged, "127.0.0.2", "127.0.0.2", "http"),
        (proxied, "127.0.0.1", "203.0.113.9", "https"),
    ):
        _, body = asked(mirror, f"/account/{source}", lines, source=source)
        told = dict(told_headers(body))
        arrived = dict(
            TrustedProxies(("127.0.0.1",)).headers(
                {"client": ("127.0.0.1", 1), "headers": list(told.items()), "scheme": "http"}
            )
        )
        assert arrived[b"x-forwarded-for"] == address.encode()
        assert arrived[b"x-forwarded-proto"] == proto.encode()
        assert arrived[b"x-forwarded-host"] == b"uji"


def told_headers(body: bytes) -> Iterator[tuple[bytes, bytes]]:
    for line in body.strip().splitlines():
        name, _, value = line.partition(b": ")
        yield name.lower(), value


def test_nothing_the_newsstand_needs_is_taken_out(mirror: int) -> None:
    lines = (
        "Cookie: tajuk_pass=a; tajuk_meter=b\r\n",
        "Accept-Language: id\r\n",
        'If-None-Match: "tag"\r\n',
        "Sec-Purpose: prefetch\r\n",
        "User-Agent: uji\r\n",
    )
    asked(mirror, "/own", *lines)  # only now Varnish knows that it is passed
    _, body = asked(mirror, "/own", *lines)
    for line in lines:
        assert line.strip().lower().encode() in body.lower(), line


def test_an_answer_under_way_when_a_cache_is_told_is_forgotten_the_second_time(mirror: int) -> None:
    """It was made before the change and arrives after the news of it: why caches are told twice."""
    told = (KEPT, "x-answer-surrogate-key: p-slow\r\n")
    with ThreadPoolExecutor(1) as others:
        slow = others.submit(asked, mirror, "/held", *told, "x-of: before\r\n")
        assert BEGUN.wait(10)
        purge(f"http://127.0.0.1:{mirror}/", ["p-slow"])
        LET_GO.set()
        assert b"before" in slow.result()[1]
    head, body = asked(mirror, "/held", *told, "x-of: after\r\n")
    assert b"x-cache: hit" in head
    assert b"before" in body

    purge(f"http://127.0.0.1:{mirror}/", ["p-slow"])

    assert b"after" in asked(mirror, "/held", *told, "x-of: after\r\n")[1]
