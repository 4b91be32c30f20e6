"""What is sent to the desk, all of it together, has a ceiling: at a real server, with a desk behind it."""

import contextlib
import json
import os
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tajuk.edge import body
from tajuk.edge.newsstand import Newsstand
from tests.edge.asking import premises
from tests.edge.serving import Said, Served, answers, read_all, served
from tests.edge.test_desk_line import somebody_listens, start_desk, wait_for

pytestmark = pytest.mark.processes
MIB = 1 << 20


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("desk")
    desk = start_desk(folder)
    wait_for(lambda: somebody_listens(folder / "desk.sock"))
    yield folder
    desk.terminate()
    assert desk.wait(20) == 0


@pytest.fixture
def at_work(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Served]:
    """A server that holds three MiB and a little more for small bodies."""
    monkeypatch.setattr(body, "MOST_HELD", 3 * MIB)
    monkeypatch.setattr(body, "FOR_SMALL_ONES", MIB // 8)
    with served(paper=Newsstand(premises(folder))) as at_work:  # type: ignore[arg-type]  an application, too
        yield at_work
    assert body.ROOM.held == 0


def head(length: int, *lines: str) -> bytes:
    more = "".join(
        f"{line}\r\n" for line in (f"Content-Length: {length}", "Connection: close", *lines)
    )
    return f"POST /account/echo HTTP/1.1\r\nHost: uji.example\r\n{more}\r\n".encode()


def under_way(at_work: Served, length: int, sent: int) -> socket.socket:
    """A line on which so much of a body has arrived."""
    before = body.ROOM.held
    line = at_work.connect()
    line.sendall(head(length) + bytes(sent))
    wait_for(lambda: body.ROOM.held >= before + sent)
    return line


def sent_whole(at_work: Served, length: int) -> Said:
    line = at_work.connect()
    line.sendall(head(length) + bytes(length))
    return answer_on(line)


def answer_on(line: socket.socket) -> Said:
    with line:
        (said,) = answers(read_all(line), "POST")
    return said


def length_of(said: Said) -> int:
    assert said.status == 200
    return int(json.loads(said.body)["length"])


def test_when_too_much_is_under_way_uploads_come_again_and_forms_go_on(at_work: Served) -> None:
    size = MIB + MIB // 4
    first, second = (under_way(at_work, size, size - 1) for _ in range(2))

    with at_work.connect() as line:  # nothing of its body is asked for
        line.sendall(head(MIB, "Expect: 100-continue"))
        (refused,) = answers(read_all(line), "POST")
    assert (refused.status, refused.headers["retry-after"]) == (503, "5")
    assert "no-store" in refused.headers["cache-control"]
    assert length_of(sent_whole(at_work, MIB // 4)) == MIB // 4

    first.sendall(b"x")
    assert length_of(answer_on(first)) == size
    second.close()  # gone in the middle: its room is free again
    wait_for(lambda: body.ROOM.held == 0)
    assert length_of(sent_whole(at_work, 3 * MIB)) == 3 * MIB


def test_who_only_says_that_much_will_come_takes_no_room(at_work: Served) -> None:
    waiting = [under_way(at_work, 2 * MIB, 1) for _ in range(20)]
    assert length_of(sent_whole(at_work, 2 * MIB)) == 2 * MIB
    for line in waiting:
        line.close()
    wait_for(lambda: body.ROOM.held == 0)


def test_what_does_not_say_its_length_is_cut_off_at_the_ceiling(at_work: Served) -> None:
    held = under_way(at_work, 3 * MIB, 2 * MIB)
    piece = b"10000\r\n" + os.urandom(1 << 16) + b"\r\n"
    start = (
        b"POST /account/echo HTTP/1.1\r\nHost: uji.example\r\nTransfer-Encoding: chunked\r\n\r\n"
    )
    (refused,) = answers(at_work.wire(start, *[piece] * 20, b"0\r\n\r\n"), "POST")
    assert (refused.status, refused.headers["retry-after"]) == (503, "5")
    held.close()
    wait_for(lambda: body.ROOM.held == 0)


def test_small_bodies_have_their_end_too(at_work: Served) -> None:
    full = under_way(at_work, 3 * MIB, 3 * MIB - 1)
    small = [under_way(at_work, MIB // 16, MIB // 16 - 1) for _ in range(2)]
    assert sent_whole(at_work, 64).status == 503
    for line in (full, *small):
        line.close()
    wait_for(lambda: body.ROOM.held == 0)


def test_who_sent_quickly_at_first_has_no_time_left_over_for_dawdling(folder: Path) -> None:
    with served(paper=Newsstand(premises(folder, body_seconds=0.5))) as at_work:  # type: ignore[arg-type]
        line = under_way(at_work, 2 * MIB, MIB)
        begun = time.monotonic()
        with contextlib.suppress(OSError):  # until it is cut
            while time.monotonic() < begun + 10:
                line.sendall(b"x")
                time.sleep(0.1)
        assert time.monotonic() < begun + 5
        line.close()
    assert body.ROOM.held == 0
