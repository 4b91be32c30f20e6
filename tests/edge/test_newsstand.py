"""The newsstand by itself: pressed pages, refusals, what it does without a desk."""

import asyncio
import gzip
import json
import socket
import time
from pathlib import Path

import pytest

from tajuk.contracts.pages import Fixed, PagePlan
from tajuk.edge.newsstand import Newsstand
from tajuk.store import PageStore
from tests.edge.asking import Said, ask, at

HTML = (("content-type", "text/html; charset=utf-8"),)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    store = PageStore.open(tmp_path / "store")
    with store.batch(store.next_run()) as batch:
        batch.put_fragment("page", b"<h1>Tajuk</h1>")
        for path in ("/", "/en/", "/maritim", "/topic/kopi-é"):
            batch.put_plan(path, PagePlan(200, HTML, (Fixed("page"),)))
        batch.put_plan("/gone", PagePlan(410, HTML, (Fixed("page"),)))
    store.close()
    return tmp_path


def test_pressed_pages_are_served_whatever_the_query_says(folder: Path) -> None:
    async def work(stand: Newsstand) -> None:
        for target in ("/", "/en/", "/maritim", "/maritim?utm_source=x", "/topic/kopi-%C3%A9"):
            said = await ask(stand, target, headers={"accept-encoding": "gzip"})
            assert (said.status, gzip.decompress(said.body)) == (200, b"<h1>Tajuk</h1>")
            again = await ask(
                stand,
                target,
                headers={"accept-encoding": "gzip", "if-none-match": said.headers["etag"]},
            )
            assert (again.status, again.body) == (304, b"")
        assert (await ask(stand, "/gone")).status == 410

    at(folder, work)


def test_head_says_what_get_would_and_sends_no_body(folder: Path) -> None:
    async def work(stand: Newsstand) -> None:
        got = await ask(stand, "/maritim")
        head = await ask(stand, "/maritim", method="HEAD")
        assert head.headers == got.headers
        assert head.body == b""

    at(folder, work)


def test_a_slash_too_many_or_too_few_leads_to_the_page(folder: Path) -> None:
    async def work(stand: Newsstand) -> None:
        for target, location in [
            ("/maritim/", "/maritim"),
            ("/maritim/?a=1", "/maritim?a=1"),
            ("/maritim///", "/maritim"),
            ("/en", "/en/"),
            ("/topic/kopi-%C3%A9/", "/topic/kopi-%C3%A9"),
            ("/maritim%2F", "/maritim"),
            ("//", "/"),
        ]:
            said = await ask(stand, target)
            assert (said.status, said.headers["location"]) == (308, location)

    at(folder, work)


def test_a_pressed_page_is_only_for_reading(folder: Path) -> None:
    async def work(stand: Newsstand) -> None:
        for method in ("POST", "PUT", "DELETE", "OPTIONS"):
            said = await ask(stand, "/maritim", method=method, body=b"x")
            assert (said.status, said.headers["allow"]) == (405, "GET, HEAD")

    at(folder, work)


def test_without_a_desk_pressed_pages_go_on_and_others_are_asked_to_wait(folder: Path) -> None:
    async def work(stand: Newsstand) -> None:
        assert (await ask(stand, "/maritim")).status == 200
        for target, method in [
            ("/maritim/not-pressed", "GET"),
            ("/desk/", "GET"),
            ("/search?q=kopi", "GET"),
            ("/en/search", "GET"),
            ("/latest/before/12", "GET"),
            ("/account/sign-in", "POST"),
        ]:
            said = await ask(stand, target, method=method)
            assert said.status == 503
            assert said.headers["retry-after"]
            text = said.body.decode()
            assert "coba lagi" in text
            assert "try again" in text
            assert "Harian Uji" in text
            assert "content-security-policy" in said.headers

    at(folder, work)


def test_health_tells_of_store_desk_and_database(tmp_path: Path, folder: Path) -> None:
    def told(said: Said) -> tuple[int, dict[str, bool | None]]:
        return said.status, json.loads(said.body)

    async def nothing_there(stand: Newsstand) -> None:
        none = {"ok": False, "store": False, "desk": False, "database": None}
        assert told(await ask(stand, "/healthz")) == (503, none)

    async def without_desk(stand: Newsstand) -> None:
        without = {"ok": False, "store": True, "desk": False, "database": None}
        assert told(await ask(stand, "/healthz")) == (200, without)

    async def with_silent_desk(stand: Newsstand) -> None:
        silent = {"ok": False, "store": True, "desk": True, "database": None}
        with socket.socket(socket.AF_UNIX) as desk:
            desk.bind(str(folder / "desk.sock"))
            desk.listen()
            asked_at = time.monotonic()
            assert told(await ask(stand, "/healthz")) == (200, silent)
            assert time.monotonic() - asked_at < 3
        (folder / "desk.sock").unlink()

    async def with_desk(stand: Newsstand) -> None:
        says = True

        async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await reader.readuntil(b"\r\n\r\n")
            body = json.dumps({"database": says}).encode()
            head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
            writer.write((head % len(body)).encode() + body)
            await writer.drain()
            writer.close()

        async with await asyncio.start_unix_server(answer, folder / "desk.sock"):
            state = {"store": True, "desk": True}
            assert told(await ask(stand, "/healthz")) == (
                200,
                {"ok": True, **state, "database": True},
            )
            says = False
            assert told(await ask(stand, "/healthz")) == (200, {"ok": False, **state, "database": False})  # fmt: skip

    (tmp_path / "empty").mkdir()
    at(tmp_path / "empty", nothing_there)
    at(folder, without_desk)
    at(folder, with_silent_desk)
    at(folder, with_desk)


@pytest.mark.parametrize(
    ("target", "status"),
    [
        ("/%00", 400),
        ("/maritim%00", 400),
        ("/%ff", 400),
        ("/%ed%a0%80", 400),
        ("/maritim%0d%0aset-cookie:%20a=b", 400),
        ("/%1b[31m", 400),
        ("*", 400),
        ("uji.example:80", 400),
        ("/" + "a" * 3000, 414),
        ("/" + "%C3%A9" * 2100, 414),
    ],
)
def test_addresses_that_are_none_are_refused_cleanly(
    folder: Path, target: str, status: int
) -> None:
    async def work(stand: Newsstand) -> None:
        said = await ask(stand, target)
        assert said.status == status
        assert "set-cookie" not in said.headers

    at(folder, work)


def test_what_is_sent_may_not_be_too_large(folder: Path) -> None:
    async def work(stand: Newsstand) -> None:
        for length in ("99999999999", "-1", "ten"):
            said = {"content-length": length}
            for path in ("/desk/pictures/add/", "/not-pressed"):
                assert (await ask(stand, path, method="POST", headers=said)).status == 413
            # What comes with a reading request isn't read: no desk is there to answer it, that is all.
            assert (await ask(stand, "/not-pressed", headers=said)).status == 503

    at(folder, work)
