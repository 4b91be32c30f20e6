"""A whole newspaper in processes of its own, for tests that walk through it or kill it."""

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.databases import scratch_database

_START_SECONDS = 120


@dataclass
class Answer:
    """What the newsstand answered."""

    status: int
    text: str
    headers: dict[str, str]


@dataclass
class Newspaper:
    """A newspaper's folder, and the process group that serves it."""

    folder: Path
    port: int
    database_url: str
    _group: subprocess.Popen[bytes] | None = field(default=None)

    @property
    def address(self) -> str:
        """Where it is served."""
        return f"http://127.0.0.1:{self.port}"

    def environment(self) -> dict[str, str]:
        """For processes that belong to this newspaper."""
        kept = {key: value for key, value in os.environ.items() if not key.startswith("TAJUK_D")}
        if self.database_url:
            kept["TAJUK_DATABASE_URL"] = self.database_url
        return kept | {
            "TAJUK_DIR": str(self.folder),
            "DJANGO_SETTINGS_MODULE": "tajuk.site.settings",
        }

    def django(self, code: str) -> Any:
        """Runs code in a fresh Django of this newspaper; what it prints last is read as JSON."""
        done = subprocess.run(
            [sys.executable, "-c", f"import django; django.setup()\n{code}"],
            env=self.environment(), capture_output=True, text=True, check=False, timeout=120,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        lines = done.stdout.strip().splitlines()
        return json.loads(lines[-1]) if lines else None

    def start(self, *options: str) -> None:
        """`tajuk serve`; returns when the newsstand and the desk behind it answer."""
        with (self.folder / "serve.log").open("ab") as log:
            self._group = subprocess.Popen(
                [sys.executable, "-m", "tajuk.site.commands", "serve", "--port", str(self.port), *options],
                env=self.environment(), start_new_session=True, stdout=log, stderr=subprocess.STDOUT,
            )  # fmt: skip
        self.wait_until(lambda: self.get("/desk/login/").status == 200, "the desk to answer")

    def stop(self) -> None:
        """Ends the group as Ctrl-C does, and waits."""
        if self._group is not None:
            self._group.send_signal(signal.SIGINT)
            try:
                self._group.wait(20)
            except subprocess.TimeoutExpired:
                self.kill()
            self._group = None

    def kill(self) -> None:
        """kill -9 of the supervisor; its children have to notice by themselves."""
        if self._group is not None:
            self._group.kill()
            self._group.wait()
            self._group = None

    def children(self) -> dict[int, str]:
        """The living processes under the supervisor: process id to command line."""
        assert self._group is not None
        found: dict[int, str] = {}
        parents = [self._group.pid]
        while parents:
            parent = parents.pop()
            for task in Path(f"/proc/{parent}/task").glob("*/children"):
                for text in task.read_text().split():
                    with contextlib.suppress(OSError):
                        command = (
                            Path(f"/proc/{text}/cmdline").read_bytes().replace(b"\0", b" ").decode()
                        )
                        found[int(text)] = command
                        parents.append(int(text))
        return found

    def get(self, path: str, **headers: str) -> Answer:
        """One GET, redirects followed; status 0 when nobody listens."""
        request = urllib.request.Request(self.address + path, headers=headers)
        try:
            with urllib.request.urlopen(request, timeout=30) as response:
                return Answer(response.status, response.read().decode(), dict(response.headers))
        except urllib.error.HTTPError as error:
            return Answer(error.code, error.read().decode(), dict(error.headers))
        except OSError:
            return Answer(0, "", {})

    @staticmethod
    def wait_until(holds: Any, what: str, seconds: float = _START_SECONDS) -> None:
        """Waits for something that must come true."""
        give_up_at = time.monotonic() + seconds
        while not holds():
            assert time.monotonic() < give_up_at, f"waited {seconds} s for {what}"
            time.sleep(0.05)


def free_port() -> int:
    """A port nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def newspaper(folder: Path, *, languages: str = "id,en") -> Iterator[Newspaper]:
    """A new newspaper, on the database these tests run on; ended and forgotten afterwards."""
    with scratch_database() as (database_url, _):
        port = free_port()
        made = subprocess.run(
            [sys.executable, "-m", "tajuk.site.commands", "new", str(folder), "--name", "Harian Uji",
             "--languages", languages, "--address", f"http://127.0.0.1:{port}"],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert made.returncode == 0, made.stderr
        paper = Newspaper(folder, port, database_url)
        try:
            yield paper
        finally:
            paper.stop()
