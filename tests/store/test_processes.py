"""The store between processes: two presses, a killed one, a fork, a reader beside a growing store."""

import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path
from typing import IO

import pytest

from tajuk.store import Fragment, OpenedBeforeForkError, PageStore
from tajuk.store.fragments import inflated
from tajuk.terms.ids import RunNumber

pytestmark = pytest.mark.processes

PREAMBLE = """
import sys, os
from pathlib import Path
from tajuk.contracts.pages import PagePlan
from tajuk.store import PageStore
store = PageStore.open(Path(sys.argv[1]))
"""


def another(code: str, *arguments: object) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", PREAMBLE + textwrap.dedent(code), *map(str, arguments)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def said(process: subprocess.Popen[str]) -> str:
    return given(process.stdout).readline()


def given(pipe: IO[str] | None) -> IO[str]:
    assert pipe is not None
    return pipe


def raw(fragment: Fragment | None) -> bytes:
    assert fragment is not None
    return inflated(fragment)


def finish(process: subprocess.Popen[str]) -> None:
    with process:
        given(process.stdin).close()
        assert process.wait(30) == 0


def test_two_presses_write_at_once_and_the_newest_run_stands(tmp_path: Path) -> None:
    code = """
    for _ in range(150):
        run = store.next_run()
        with store.batch(run) as batch:
            batch.put_fragment("shared", str(run).encode())
            batch.put_fragment(f"own:{sys.argv[2]}", str(run).encode())
    print(run)
    """
    presses = [another(code, tmp_path / "store", name) for name in ("one", "two")]
    last = [int(said(press)) for press in presses]
    for press in presses:
        finish(press)

    store = PageStore.open(tmp_path / "store", readonly=True)
    assert last[0] != last[1]
    assert int(raw(store.fragment("shared"))) == max(last)
    assert [int(raw(store.fragment(f"own:{name}"))) for name in ("one", "two")] == last
    store.close()


def test_a_press_killed_inside_a_batch_leaves_the_store_whole(tmp_path: Path) -> None:
    """Killed at whatever moment, each batch is there wholly or not at all."""
    code = """
    print("ready", flush=True)
    while True:
        run = store.next_run()
        with store.batch(run) as batch:
            for number in range(300):
                batch.put_fragment(f"f:{number}", str(run).encode() * 50)
                batch.put_plan(f"/{number}", PagePlan(200, (("x", str(run)),), ()))
    """
    for patience in (0.05, 0.11, 0.17, 0.23):
        press = another(code, tmp_path / "store")
        with press:
            assert said(press) == "ready\n"
            with pytest.raises(subprocess.TimeoutExpired):
                press.wait(patience)
            press.send_signal(signal.SIGKILL)
        store = PageStore.open(tmp_path / "store")
        plans = [store.plan(f"/{number}") for number in range(300)]
        fragments = [store.fragment(f"f:{number}") for number in range(300)]
        assert len({plan and plan.headers for plan in plans}) == 1
        assert len({fragment and fragment.digest for fragment in fragments}) == 1
        run = store.next_run()  # nobody holds the writers' lock
        with store.batch(run) as batch:
            batch.put_fragment("after", b"after the crash")
        store.close()


def test_a_newsstand_follows_a_store_that_another_process_lets_grow(tmp_path: Path) -> None:
    code = """
    with store.batch(store.next_run()) as batch:
        batch.put_fragment("small", b"small")
    print("small", flush=True)
    sys.stdin.readline()
    with store.batch(store.next_run()) as batch:
        for number in range(30):
            batch.put_fragment(f"f:{number}", os.urandom(100_000))
    print("large", flush=True)
    """
    press = another(code, tmp_path / "store")
    assert said(press) == "small\n"
    stand = PageStore.open(tmp_path / "store", readonly=True, map_size=1 << 20)
    assert raw(stand.fragment("small")) == b"small"

    given(press.stdin).write("\n")
    given(press.stdin).flush()
    assert said(press) == "large\n"

    assert len(raw(stand.fragment("f:29"))) == 100_000
    finish(press)
    stand.close()


def test_a_store_taken_through_a_fork_says_what_to_do(tmp_path: Path) -> None:
    store = PageStore.open(tmp_path / "store")
    with store.batch(RunNumber(1)) as batch:
        batch.put_fragment("head", b"head")
    child = os.fork()
    if child == 0:  # nothing of pytest may run in here
        answer = 1
        try:
            PageStore.open(tmp_path / "store").fragment("head")
        except OpenedBeforeForkError:
            answer = 0
        finally:
            os._exit(answer)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert raw(store.fragment("head")) == b"head"
    store.close()
