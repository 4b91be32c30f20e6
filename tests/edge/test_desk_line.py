"""What the newsstand passes to the desk behind it, over a real socket."""

import asyncio
import json
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tajuk.edge.asgi import Event
from tajuk.edge.body import LARGEST_BODY
from tajuk.edge.desk_line import MOST_AT_ONCE
from tajuk.edge.newsstand import Newsstand
from tests.edge.asking import Said, ask, at

pytestmark = pytest.mark.processes


CHUNKED = {"transfer-encoding": "chunked"}


def start_desk(folder: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.edge.desk", str(folder / "desk.sock"), str(folder)],
        cwd=Path(__file__).parents[2],
    )


def wait_for(holds: Callable[[], bool]) -> None:
    give_up_at = time.monotonic() + 20
    while not holds():
        assert time.monotonic() < give_up_at
        threading.Event().wait(0.02)


def somebody_listens(path: Path) -> bool:
    """The socket's file is there a moment before anybody listens."""
    with socket.socket(socket.AF_UNIX) as line:
        return line.connect_ex(str(path)) == 0


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("desk")
    desk = start_desk(folder)
    wait_for(lambda: somebody_listens(folder / "desk.sock"))
    yield folder
    desk.send_signal(signal.SIGTERM)
    assert desk.wait(20) == 0


def count(folder: Path, what: str) -> int:
    log = folder / f"{what}.log"
    return len(log.read_text().splitlines()) if log.exists() else 0


def test_an_unpressed_page_is_pressed_once_however_many_ask(folder: Path) -> None:
    async def work(stand: Newsstand) -> None:
        before = count(folder, "pressed")
        answers = await asyncio.gather(*[ask(stand, "/slow/many") for _ in range(200)])
        assert {(said.status, said.body) for said in answers} == {(200, b"<h1>Pressed</h1>")}
        assert count(folder, "pressed") == before + 1
        head = await ask(stand, "/slow/headed", method="HEAD")
        assert (head.status, head.body) == (200, b"")
        assert (await ask(stand, "/slow/many")).headers["etag"]
        assert count(folder, "pressed") == before + 2

    at(folder, work)


def test_a_first_reader_who_leaves_takes_nobody_with_him(folder: Path) -> None:
    async def work(stand: Newsstand) -> None:
        first = asyncio.create_task(ask(stand, "/slow/left"))
        await asyncio.sleep(0.1)
        others = [asyncio.create_task(ask(stand, "/slow/left")) for _ in range(5)]
        await asyncio.sleep(0.05)
        first.cancel()
        answers = await asyncio.gather(*others)
        assert {said.status for said in answers} == {200}

    at(folder, work)


def test_what_the_desk_does_not_press_everybody_is_given_as_it_is(folder: Path) -> None:
    async def work(stand: Newsstand) -> None:
        answers = await asyncio.gather(*[ask(stand, "/nowhere") for _ in range(20)])
        assert {(said.status, said.body) for said in answers} == {(404, b"no such page")}
        assert "default-src 'none'" in answers[0].headers["content-security-policy"]

    at(folder, work)


def test_the_desk_learns_where_the_reader_is_and_is_told_nothing_forged(folder: Path) -> None:
    async def work(stand: Newsstand) -> None:
        said = await ask(
            stand,
            "/account/echo?a=%2F&b=é",
            headers={
                "x-forwarded-for": "6.6.6.6",
                "x-forwarded-proto": "https",
                "x-tajuk-pressed": "1",
                "connection": "keep-alive, x-hop",
                "x-hop": "1",
                "x-kept": "café",
                "cookie": "a=1",
            },
        )
        told = json.loads(said.body)["environ"]
        assert told["HTTP_X_FORWARDED_FOR"] == "203.0.113.9"
        assert told["HTTP_X_FORWARDED_PROTO"] == "http"
        assert told["HTTP_HOST"] == told["HTTP_X_FORWARDED_HOST"] == "uji.example"
        assert told["HTTP_COOKIE"] == "a=1"
        assert told["QUERY_STRING"].startswith("a=%2F&b=")
        assert "HTTP_X_HOP" not in told
        assert "HTTP_X_TAJUK_PRESSED" not in told
        assert "HTTP_ACCEPT_ENCODING" not in told
        assert "HTTP_USER_AGENT" not in told

    at(folder, work)


def test_bodies_go_through_whole_and_too_large_ones_not_at_all(folder: Path) -> None:
    async def send(stand: Newsstand, body: bytes, headers: dict[str, str] | None = None) -> Said:
        return await ask(stand, "/account/echo", method="POST", body=body, headers=headers)

    async def work(stand: Newsstand) -> None:
        body = bytes(range(256)) * 4000
        for said in (
            await send(stand, body),
            await send(stand, body, CHUNKED),
        ):
            assert json.loads(said.body)["length"] == len(body)
            assert json.loads(said.body)["sum"] == sum(body)
        large = b"x" * (LARGEST_BODY + 1)
        assert (await send(stand, large)).status == 413
        unsaid = await send(stand, large, CHUNKED)
        assert unsaid.status == 413

    at(folder, work)


async def one_byte_a_moment() -> Event:
    await asyncio.sleep(0.05)
    return {"type": "http.request", "body": b"x", "more_body": True}


@pytest.mark.parametrize(
    ("method", "target"), [("POST", "/account/echo"), ("GET", "/slow/with-a-body")]
)
def test_who_sends_slowly_keeps_nobody_from_the_desk(
    folder: Path, method: str, target: str
) -> None:
    async def work(stand: Newsstand) -> None:
        slow = [
            asyncio.create_task(
                ask(stand, target, method=method, headers=CHUNKED, receive=one_byte_a_moment)
            )
            for _ in range(MOST_AT_ONCE + 6)
        ]
        await asyncio.sleep(0.2)
        async with asyncio.timeout(2):
            assert (await ask(stand, "/account/echo")).status == 200
            assert (await ask(stand, "/slow/with-a-body")).status == 200
        statuses = {said.status for said in await asyncio.gather(*slow)}
        assert statuses == ({408} if method == "POST" else {200})

    at(folder, work, body_seconds=3)


def test_answers_come_through_without_what_concerns_the_line_alone(folder: Path) -> None:
    async def work(stand: Newsstand) -> None:
        said = await ask(stand, "/desk/large")
        assert len(said.body) == 3_000_000
        assert "x-secret" not in said.headers
        assert "transfer-encoding" not in said.headers
        assert said.headers["x-content-type-options"] == "nosniff"
        own = await ask(stand, "/desk/own")
        assert own.headers["content-security-policy"] == "default-src 'self'"
        assert "x-tajuk-pressed" not in own.headers
        # The desk sets its own policy, or has none: the reader's would break its scripts.
        assert "content-security-policy" not in said.headers
        crashed = await ask(stand, "/desk/crash")
        assert crashed.status in {500, 502}

    at(folder, work)


def test_a_desk_that_is_started_again_is_waited_for(tmp_path: Path) -> None:
    async def work(stand: Newsstand) -> None:
        asked = asyncio.create_task(ask(stand, "/slow/early"))
        await asyncio.sleep(0.05)
        desk = start_desk(tmp_path)
        try:
            assert (await asked).status == 200
        finally:
            desk.terminate()  # killed, it would leave its own child behind
            desk.wait()
        assert (await ask(stand, "/slow/early")).status == 200  # pressed: no desk needed

    at(tmp_path, work, patience=20)


def test_a_desk_that_stays_away_is_waited_for_once(tmp_path: Path) -> None:
    async def work(stand: Newsstand) -> None:
        answers = await asyncio.gather(*[ask(stand, f"/page/{number}") for number in range(20)])
        assert {said.status for said in answers} == {503}
        before = time.monotonic()
        assert (await ask(stand, "/page/late")).status == 503
        assert time.monotonic() - before < 0.4

    at(tmp_path, work, patience=0.5)
