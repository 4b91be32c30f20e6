"""What may happen to a newspaper at work: its parts are taken away, and readers go on reading. Real processes."""

import asyncio
import contextlib
import json
import os
import resource
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tajuk.contracts.pages import WHOLE
from tajuk.paywall.keyring import FILE_NAME, read_key_ring
from tajuk.paywall.passes import opened_pass
from tajuk.store import PageStore
from tajuk.terms.clock import now
from tests.databases import is_postgres
from tests.outages import Gatekeeper, delete_store, postgres_taken_away, sqlite_taken_away
from tests.reading import Matter, Reader, due_pass, publish, set_up
from tests.running import Newspaper, newspaper

pytestmark = [pytest.mark.processes, pytest.mark.xdist_group("survival")]

SECRET = "Rahasiadapur"
REQUESTS, LINES = 10_000, 1_000


@dataclass
class House:
    """A newspaper at work, with all in it that readers of every kind read."""

    paper: Newspaper
    matter: Matter
    door: Gatekeeper | None

    def without_database(self) -> AbstractContextManager[None]:
        """Its database is away for the while."""
        if self.door is not None:
            return postgres_taken_away(self.door)
        return sqlite_taken_away(self.paper)

    def store(self) -> PageStore:
        """Its page store, to look into."""
        return PageStore.open(self.paper.folder / "var/store", readonly=True)

    def reader(self) -> Reader:
        """A browser."""
        return Reader(self.paper.address)

    def health(self) -> tuple[int, dict[str, bool | None]]:
        """What a monitor is told."""
        got = self.reader().ask("/healthz")
        return got.status, json.loads(got.body)

    def doctor(self) -> subprocess.CompletedProcess[str]:
        """`tajuk doctor`."""
        return subprocess.run(
            [sys.executable, "-m", "tajuk.site.commands", "doctor"], env=self.paper.environment(),
            capture_output=True, text=True, check=False, timeout=60,
        )  # fmt: skip

    def child(self, word: str) -> int:
        """The process whose command line has this word; the youngest where it is a family."""
        found = [pid for pid, command in self.paper.children().items() if word in command]
        return max(found)


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(most, 20_000), most))
    with newspaper(tmp_path_factory.mktemp("house") / "harian") as paper:
        door = Gatekeeper(paper.database_url) if is_postgres() else None
        if door is not None:
            paper.database_url = door.url
        paper.start()
        yield House(paper, _set_up(paper), door)


def _set_up(paper: Newspaper) -> Matter:
    matter = set_up(paper)
    _wait_until_whole(paper)
    anybody = Reader(paper.address)
    for path in matter.stories.values():
        paper.wait_until(lambda path=path: anybody.ask(path[1]).status == 200, path[1])
    return matter


def _wait_until_whole(paper: Newspaper, seconds: float = 60) -> None:
    store = PageStore.open(paper.folder / "var/store", readonly=True)
    store.look_again()  # not at one that was deleted
    paper.wait_until(
        lambda: bool(store.mark(WHOLE)) and not store.announced(), "a whole store", seconds
    )
    store.close()


PUBLIC = ("/", "/en/", "/maritim", "/latest", "/feeds/latest.xml", "/sitemap.xml", "/robots.txt")


def test_every_pressed_page_is_served_to_every_reader_while_the_database_is_away(
    house: House,
) -> None:
    """With passes by the form and with one that has to be renewed; and the outage is said where one looks for it."""
    signed_in = {name: house.reader() for name in ("registered", "ad-free")}
    for name, each in signed_in.items():
        each.sign_in(f"{name}@pembaca.example")
    _wait_until_whole(house.paper)
    assert house.health() == (200, {"ok": True, "store": True, "desk": True, "database": True})
    pressed = _pressed(house)
    assert {*PUBLIC, *(path for _, path in house.matter.stories.values())} <= pressed.keys()

    with house.without_database():
        told = {"ok": False, "store": True, "desk": True, "database": False}
        house.paper.wait_until(lambda: house.health()[1]["database"] is False, "the outage", 10)
        assert house.health() == (200, told)

        due = house.reader()
        due.hold("tajuk_pass", due_pass(house.paper, house.matter.readers["ad-free"], now=now()))
        readers = {"anonymous": house.reader(), "due": due, **signed_in}
        for name, reader in readers.items():
            for path, status in pressed.items():
                assert reader.ask(path).status == status, (name, path)
        for name, opened in {
            "anonymous": {"free": True, "registered": False, "premium": False},
            "registered": {"free": True, "registered": True, "premium": False},
            "ad-free": {"free": True, "registered": True, "premium": True},
            "due": {"free": True, "registered": True, "premium": True},
        }.items():
            for access, is_open in opened.items():
                text = readers[name].ask(house.matter.path(access)).text
                assert (SECRET in text) is is_open, (name, access)
        ring = read_key_ring(house.paper.folder / FILE_NAME)
        renewed = opened_pass(due.cookies["tajuk_pass"].encode(), ring)
        assert renewed is not None
        assert renewed.expires_at > now()
        # What isn't there is said by the newsstand alone; what only the desk can say fails cleanly.
        assert house.reader().ask("/no/such/page").status == 404
        assert house.reader().ask("/account/sign-in").status in {200, 500}
        found = house.doctor()
        assert found.returncode == 1
        assert "✗ database" in found.stdout
        assert "Traceback" not in found.stdout + found.stderr

    house.paper.wait_until(lambda: house.health()[1]["ok"] is True, "all to be well", 30)
    assert "✓ database" in house.doctor().stdout
    path = publish(house.paper, "Basis data kembali")
    house.paper.wait_until(lambda: house.reader().ask(path).status == 200, "the next story", 30)


def _pressed(house: House) -> dict[str, int]:
    """Every pressed path, and how it is answered."""
    store = house.store()
    plans = {path: store.plan(path) for path in store.paths("/")}
    store.close()
    return {path: plan.status for path, plan in plans.items() if plan is not None}


@contextmanager
def reading_on(
    house: House, *paths: str, allowed: frozenset[int] = frozenset({200})
) -> Iterator[Counter[int]]:
    """A reader who asks for these pages again and again; fails at the end if one was not served."""
    stop, met = threading.Event(), Counter[int]()

    def read() -> None:
        reader = house.reader()
        while not stop.is_set():
            for path in paths:
                met[reader.ask(path).status] += 1

    thread = threading.Thread(target=read)
    thread.start()
    try:
        yield met
    finally:
        stop.set()
        thread.join()
    assert set(met) <= allowed, met
    assert met[200]


def test_pages_go_on_when_the_worker_is_killed_and_what_was_committed_appears(
    house: House,
) -> None:
    before = house.child("commands worker")
    with reading_on(house, "/", house.matter.path("free"), "/feeds/latest.xml"):
        os.kill(before, signal.SIGSTOP)  # so that it can't have the news before it dies
        path = publish(house.paper, "Pekerja jatuh")
        assert "Pekerja jatuh" not in house.reader().ask("/feeds/latest.xml").text
        os.kill(before, signal.SIGKILL)
        anybody = house.reader()
        house.paper.wait_until(
            lambda: "Pekerja jatuh" in anybody.ask("/feeds/latest.xml").text, "the news", 40
        )
        assert anybody.ask(path).status == 200
    assert house.child("commands worker") != before


def test_a_store_deleted_while_serving_is_served_through_and_made_whole_again(
    house: House,
) -> None:
    subscriber = house.reader()
    subscriber.sign_in("subscriber@pembaca.example")
    _wait_until_whole(house.paper)
    before = {path for path, status in _pressed(house).items() if status == 200}
    texts = {path: house.reader().ask(path).text for path in PUBLIC}
    with reading_on(house, "/", house.matter.path("free"), "/maritim", "/feeds/latest.xml"):
        deleted = delete_store(house.paper)
        for path, text in texts.items():
            got = house.reader().ask(path)
            assert (got.status, len(got.text) > len(text) // 2) == (200, True), path
        house.paper.wait_until(deleted.exists, "a store", 20)
        _wait_until_whole(house.paper)
    assert _pressed(house).keys() >= before
    assert SECRET in subscriber.ask(house.matter.path("premium")).text
    assert SECRET not in house.reader().ask(house.matter.path("premium")).text
    assert house.health()[1]["ok"] is True


def test_ten_thousand_requests_at_once_for_an_unpressed_page_press_it_once(house: House) -> None:
    path = f"/latest/before/{house.matter.stories['free id'][0] + 1}"
    store = house.store()
    _wait_until_whole(house.paper)
    _stay_clear_of_the_quarter(house)
    assert store.plan(path) is None
    first = _next_run(house)
    desk = house.child("servers desk")
    os.kill(desk, signal.SIGSTOP)
    try:
        answers = asyncio.run(_storm(house.paper.port, path, lambda: os.kill(desk, signal.SIGCONT)))
    finally:
        os.kill(desk, signal.SIGCONT)

    assert sum(answers.values()) == REQUESTS
    assert len(answers) == 1, [each[:300] for each in answers]
    (answer,) = answers
    assert answer.startswith(b"HTTP/1.1 200 ")
    assert b"Kabar" in answer
    # The run that pressed it, and the number it took afterwards to see whether a run had begun meanwhile.
    assert _next_run(house) - first == 3
    store.close()


def _next_run(house: House) -> int:
    """Takes a run number, as anybody may who presses."""
    code = "from tajuk.site.press_room import store\nimport json\nprint(json.dumps(store().next_run()))"
    return int(house.paper.django(code))


def _stay_clear_of_the_quarter(house: House) -> None:
    """The clock presses every quarter of an hour, and such a run would be counted."""
    house.paper.wait_until(lambda: 5 < time.time() % 900 < 870, "the quarter to pass", 60)


async def _storm(port: int, path: str, release: Callable[[], None]) -> Counter[bytes]:
    """All requests at once over many lines, let go when all are sent; the answers without their dates."""
    each = REQUESTS // LINES
    request = f"GET {path} HTTP/1.1\r\nHost: uji\r\nAccept-Encoding: identity\r\n\r\n".encode()
    lines = await asyncio.gather(
        *(asyncio.open_connection("127.0.0.1", port, limit=1 << 22) for _ in range(LINES))
    )
    for _, writer in lines:
        writer.write(request * each)
    await asyncio.gather(*(writer.drain() for _, writer in lines))
    release()
    read = await asyncio.wait_for(
        asyncio.gather(*(_read(reader, each) for reader, _ in lines)), timeout=120
    )
    for _, writer in lines:
        writer.close()
    total: Counter[bytes] = Counter()
    for some in read:
        total.update(some)
    return total


async def _read(reader: asyncio.StreamReader, answers: int) -> Counter[bytes]:
    met: Counter[bytes] = Counter()
    for _ in range(answers):
        head = await reader.readuntil(b"\r\n\r\n")
        length = int(head.lower().split(b"content-length: ")[1].split(b"\r\n")[0])
        lines = [each for each in head.split(b"\r\n") if not each.lower().startswith(b"date:")]
        met[b"\r\n".join(lines) + await reader.readexactly(length)] += 1
    return met


def test_oversized_headers_and_bodies_are_cut_off_and_others_served(house: House) -> None:
    with reading_on(house, "/", house.matter.path("free")):
        for sent, status in (
            (b"GET / HTTP/1.1\r\nHost: uji\r\nCookie: " + b"a" * 40_000 + b"\r\n\r\n", b"431"),
            (b"GET / HTTP/1.1\r\nHost: uji\r\n" + b"X: y\r\n" * 101 + b"\r\n", b"431"),
            (b"GET / HTTP/1.1\r\nHost: uji\r\nX: " + b"a" * 200_000, b"431"),
            (b"GET /" + b"a" * 20_000 + b" HTTP/1.1\r\nHost: uji\r\n\r\n", b"414"),
            (
                b"POST /account/sign-in HTTP/1.1\r\nHost: uji\r\nContent-Length: 100000000\r\n\r\n",
                b"413",
            ),
        ):
            answer = asyncio.run(_told(house.paper.port, sent))
            assert answer.startswith(b"HTTP/1.1 " + status), answer[:200]


async def _told(port: int, sent: bytes) -> bytes:
    """Sends bytes, and reads until the line is cut."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        writer.write(sent)
        return await asyncio.wait_for(reader.read(1 << 16), 60)
    finally:
        writer.close()


@pytest.mark.prove
def test_slow_clients_are_cut_off_and_others_served(house: House) -> None:
    """A thousand who send a byte a second, some who stop in a body, some who don't take what they asked for."""
    cut = asyncio.run(_slow(house))
    assert cut["in the headers"] < 14
    assert cut["in the body"] < 34
    assert cut["taking nothing"] < 45  # what the kernel takes for them comes first
    assert cut["longest page meanwhile"] < 2


async def _slow(house: House) -> dict[str, float]:
    port, began = house.paper.port, time.monotonic()
    took: dict[str, float] = {}

    async def dribble() -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(b"GET / HTTP/1.1\r\nHost: uji\r\n")
        gone = asyncio.ensure_future(reader.read())
        while not gone.done():
            writer.write(b"X")
            await asyncio.wait([gone], timeout=1)
        writer.close()
        took["in the headers"] = time.monotonic() - began

    async def stop_in_the_body() -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(
            b"POST /account/sign-in HTTP/1.1\r\nHost: uji\r\nContent-Length: 1000\r\n\r\nemail="
        )
        await reader.read()
        writer.close()
        took["in the body"] = time.monotonic() - began

    async def take_nothing() -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=1)
        try:
            while True:
                writer.write(b"GET / HTTP/1.1\r\nHost: uji\r\n\r\n" * 20)
                await writer.drain()
                await asyncio.sleep(0.2)
        except OSError:
            took["taking nothing"] = time.monotonic() - began
        assert reader is not None

    async def read_meanwhile(stop: asyncio.Event) -> float:
        longest = 0.0
        while not stop.is_set():
            asked_at = time.monotonic()
            got = await asyncio.to_thread(house.reader().ask, "/")
            assert got.status == 200
            longest = max(longest, time.monotonic() - asked_at)
        return longest

    stop = asyncio.Event()
    meanwhile = asyncio.ensure_future(read_meanwhile(stop))
    slow = [dribble() for _ in range(1000)]
    slow += [stop_in_the_body() for _ in range(20)]
    slow += [take_nothing() for _ in range(3)]
    await asyncio.wait_for(asyncio.gather(*slow), 60)
    stop.set()
    took["longest page meanwhile"] = await meanwhile
    return took


def test_a_full_disk_refuses_and_the_old_page_stays(tmp_path: Path) -> None:
    """The store is on a disk of its own, of a few megabytes, which something else fills."""
    folder = tmp_path / "harian"
    with newspaper(folder) as paper, small_disk(folder / "var/store") as disk:
        paper.start()
        matter = set_up(paper)
        _wait_until_whole(paper)
        reader = Reader(paper.address)
        paper.wait_until(lambda: "Kabar free" in reader.ask("/").text, "the first stories")
        store = PageStore.open(folder / "var/store", readonly=True)
        before = {path: reader.ask(path).body for path in ("/", matter.path("free"), "/maritim")}
        filling = disk / "filling"
        fill(filling)

        path = publish(paper, "Cakram penuh", digits=1_000_000)
        paper.wait_until(lambda: said_full(paper), "the store to refuse", 30)
        for each, body in before.items():
            assert reader.ask(each).body == body, each
        assert [each for each in store.paths("/") if "cakram" in each] == []

        filling.unlink()
        paper.wait_until(lambda: "Cakram penuh" in reader.ask("/").text, "the delivery", 60)
        assert reader.ask(path).status == 200
        store.close()


@contextmanager
def small_disk(folder: Path) -> Iterator[Path]:
    """A disk of a few megabytes at this folder."""
    folder.mkdir(parents=True, exist_ok=True)
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=4m,mode=0750", "tmpfs", str(folder)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if mounted.returncode:
        pytest.skip(f"no disk of its own can be mounted here (as root it can): {mounted.stderr}")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


def fill(file: Path) -> None:
    """Takes all that is left of a disk."""
    with file.open("wb", buffering=0) as filling, contextlib.suppress(OSError):
        while filling.write(b"x" * 4096):
            pass


def said_full(paper: Newspaper) -> bool:
    """Whether a message waits for a disk that has room."""
    code = (
        "import json\nfrom tajuk.outbox.queries import undelivered\n"
        "print(json.dumps(undelivered().last_error))"
    )
    return "space" in str(paper.django(code)).lower()
