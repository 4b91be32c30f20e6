"""Loads: wrk, which asks again as soon as it is answered, and openloop.c, which asks when it is time."""

import json
import os
import random
import shutil
import struct
import subprocess
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.figures import SkippedError
from benchmarks.papers import BUILD, ROOT
from benchmarks.processes import LOADS_CORE, on_core, undisturbed

PAIRS = 20_000
_SCRIPT = """
local all, at = {}, 0
function init(args)
    local text, place = io.open(args[1], 'rb'):read('*a'), 1
    while place < #text do
        local a, b, c, d = text:byte(place, place + 3)
        local length = a + b * 256 + c * 65536 + d * 16777216
        all[#all + 1] = text:sub(place + 4, place + 3 + length)
        place = place + 4 + length
    end
end
function request()
    at = at % #all + 1
    return all[at]
end
function done(summary, latency, requests)
    local e = summary.errors
    io.write(string.format('{"requests": %d, "us": %d, "bytes": %d, "p50": %f, "p99": %f, "errors": %d}\\n',
        summary.requests, summary.duration, summary.bytes, latency:percentile(50), latency:percentile(99),
        e.connect + e.read + e.write + e.status + e.timeout))
end
"""


class MissingToolError(SkippedError):
    """A program that measures is not here."""

    def __init__(self, what: str) -> None:
        super().__init__(f"{what} is not here; `scripts/set_up bench` installs it or says how.")


def demand(*programs: str) -> None:
    """Raises MissingToolError for the first that is missing."""
    for each in programs:
        where(each)


def where(program: str) -> str:
    """Its path; servers stand where not every account looks. Raises MissingToolError."""
    found = shutil.which(program, path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    if found is None:
        raise MissingToolError(program)
    return found


@dataclass(frozen=True, slots=True)
class Asking:
    """What is asked for: whole requests, in turn or by chance."""

    requests: tuple[bytes, ...]

    @classmethod
    def of(cls, paths: Sequence[str], cookies: Sequence[str] = ()) -> "Asking":
        """Each path once; with cookies, many pairs of a path and a reader, drawn by chance but always the same."""
        if not cookies:
            return cls(tuple(_request(path, "") for path in paths))
        chance = random.Random(7)
        pairs = ((chance.choice(paths), chance.choice(cookies)) for _ in range(PAIRS))
        return cls(tuple(_request(path, cookie) for path, cookie in pairs))

    def kept(self, name: str) -> Path:
        """The requests in a file, each after its length."""
        path = BUILD / "load" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"".join(struct.pack("<I", len(each)) + each for each in self.requests))
        return path


def _request(path: str, cookie: str) -> bytes:
    lines = [f"GET {path} HTTP/1.1", "Host: localhost", "Accept-Encoding: gzip"]
    if cookie:
        lines.append(f"Cookie: {cookie}")
    return "\r\n".join([*lines, "", ""]).encode()


@dataclass(frozen=True, slots=True)
class Closed:
    """What wrk saw; times in milliseconds."""

    rate: float
    p50: float
    p99: float
    size: float
    errors: int


@dataclass(frozen=True, slots=True)
class Opened:
    """What openloop.c saw; times in milliseconds from when a request was due. `share` is of those asked."""

    rate: float
    p50: float
    p99: float
    p999: float
    lag: float
    errors: int


def wrk(port: int, asking: Asking, *, connections: int, seconds: float) -> Closed:
    """As many requests as the server answers."""
    script = asking.kept("wrk-requests").with_name("wrk.lua")
    script.write_text(_SCRIPT)
    said = _said(
        ["wrk", "-t1", f"-c{connections}", f"-d{max(1, round(seconds))}s", "--timeout", "30s", "-s", str(script),
         f"http://127.0.0.1:{port}/", "--", str(script.with_name("wrk-requests"))]
    )  # fmt: skip
    return Closed(
        rate=said["requests"] / said["us"] * 1e6,
        p50=said["p50"] / 1000,
        p99=said["p99"] / 1000,
        size=said["bytes"] / max(said["requests"], 1),
        errors=int(said["errors"]),
    )


def open_loop(
    port: int, asking: Asking, *, rate: float, seconds: float, connections: int = 256
) -> Opened:
    """So many requests a second, whether the server keeps up or not."""
    command = open_loop_command(port, asking, rate=rate, seconds=seconds, connections=connections)
    return opened_of(_said(command, undisturbed))


def opened_of(said: Mapping[str, float]) -> Opened:
    """The generator's line."""
    return Opened(
        rate=said["answered"] / max(said["asked"], 1),
        p50=said["p50"] / 1000,
        p99=said["p99"] / 1000,
        p999=said["p999"] / 1000,
        lag=said["lag"] / 1000,
        errors=int(said["errors"]),
    )


def open_loop_command(
    port: int, asking: Asking, *, rate: float, seconds: float, connections: int = 256
) -> list[str]:
    """How the generator is called, compiled if it wasn't yet. Raises MissingToolError without a C compiler."""
    source, program = ROOT / "benchmarks" / "openloop.c", BUILD / "load" / "openloop"
    program.parent.mkdir(parents=True, exist_ok=True)
    if not program.is_file() or program.stat().st_mtime < source.stat().st_mtime:
        demand("gcc")
        subprocess.run(["gcc", "-O2", "-o", str(program), str(source), "-lm"], check=True)
    requests = asking.kept(f"requests-{port}")
    return [
        str(program),
        "127.0.0.1",
        str(port),
        f"{rate:.1f}",
        f"{seconds:.2f}",
        str(connections),
        str(requests),
    ]


def _said(command: Sequence[str], place: Callable[[int], None] = on_core) -> dict[str, float]:
    """The JSON line of a program on the loads' core."""
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, preexec_fn=lambda: place(LOADS_CORE)
    )
    lines = [line for line in done.stdout.splitlines() if line.startswith("{")]
    if done.returncode or not lines:
        raise SystemExit(
            f"{Path(command[0]).name} failed:\n{done.stdout[-1000:]}{done.stderr[-1000:]}"
        )
    said: dict[str, float] = json.loads(lines[-1])
    return said
