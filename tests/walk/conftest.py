"""The sample newspaper, made and served as `make demo` does it, for those who walk through it."""

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, BrowserContext

from tests.databases import scratch_database
from tests.running import Newspaper, free_port

DEMO = [sys.executable, "-m", "tajuk.site.commands", "demo"]


@dataclass
class Demo:
    """A running demo and the password of its cast."""

    paper: Newspaper
    password: str

    @property
    def url(self) -> str:
        """Where it is."""
        return f"http://localhost:{self.paper.port}"


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    folder = tmp_path_factory.mktemp("walk") / "demo"
    port = free_port()
    with scratch_database() as (database_url, _):
        paper = Newspaper(folder, port, database_url)
        made = subprocess.run(
            [*DEMO, "--dir", str(folder), "--port", str(port), "--prepare"],
            env=paper.environment(), capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert made.returncode == 0, made.stderr
        paper.start()
        password = json.loads((folder / "sign-ins.json").read_text())["password"]
        yield Demo(paper, password)
        paper.stop()


@pytest.fixture
def phone(browser: Browser) -> Iterator[BrowserContext]:
    with browser.new_context(
        viewport={"width": 360, "height": 740}, has_touch=True, locale="id-ID", color_scheme="dark"
    ) as context:
        yield context


@pytest.fixture
def desktop(browser: Browser) -> Iterator[BrowserContext]:
    with browser.new_context(viewport={"width": 1280, "height": 900}, locale="id-ID") as context:
        yield context
