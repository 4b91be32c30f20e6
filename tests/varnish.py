"""Debian's Varnish for tests, with the VCL of the documentation, on ports of its own."""

import contextlib
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.running import free_port

VCL = Path(__file__).resolve().parent.parent / "docs/howto/tajuk.vcl"
_START_SECONDS = 30


@dataclass(frozen=True)
class Varnish:
    """Where it listens."""

    port: int
    process: subprocess.Popen[bytes]

    @property
    def address(self) -> str:
        """For readers."""
        return f"http://127.0.0.1:{self.port}"


def varnishd() -> str:
    """Where Varnish is. Skips the test where it or its xkey is missing; fails it where they must be."""
    found = shutil.which("varnishd") or shutil.which("varnishd", path="/usr/sbin")
    if found and any(Path("/usr/lib").glob("**/varnish/vmods/libvmod_xkey.so")):
        return found
    missing = (
        "Varnish is missing; this enables its tests: scripts/set_up varnish "
        "(apt install varnish varnish-modules)"
    )
    if os.environ.get("TAJUK_CI") == "1":
        pytest.fail(missing)
    pytest.skip(missing)


@contextlib.contextmanager
def varnish(folder: Path, *, backend: int, port: int) -> Iterator[Varnish]:
    """At work in front of the newsstand at port `backend` until the block ends."""
    program = varnishd()
    folder.mkdir(parents=True)
    told = VCL.read_text().replace('.port = "8000"', f'.port = "{backend}"')
    assert str(backend) in told
    (folder / "tajuk.vcl").write_text(told)
    with (folder / "varnish.log").open("wb") as log:
        process = subprocess.Popen(
            [program, "-F", "-j", "none", "-n", str(folder / "work"), "-f", str(folder / "tajuk.vcl"),
             "-a", f"127.0.0.1:{port}", "-T", "none", "-s", "malloc,32m"],
            stdout=log, stderr=subprocess.STDOUT,
        )  # fmt: skip
        try:
            _wait_for(port, process, folder / "varnish.log")
            yield Varnish(port, process)
        finally:
            process.terminate()
            process.wait(20)


def _wait_for(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    give_up_at = time.monotonic() + _START_SECONDS
    while process.poll() is None:
        with contextlib.suppress(OSError):
            socket.create_connection(("127.0.0.1", port)).close()
            return
        assert time.monotonic() < give_up_at
        time.sleep(0.05)
    pytest.fail(f"Varnish did not start:\n{log.read_text()}")


def two_ports() -> tuple[int, int]:
    """Two different free ports."""
    first = free_port()
    while (second := free_port()) == first:
        pass
    return first, second
