"""Debian's Chromium for tests, and what a page said while a test drove it."""

import os
import re
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Error, Page, sync_playwright

from tests.live_desk import Desk

FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--no-first-run",
)  # fmt: skip


def chromium() -> str:
    """Where Chromium is. Skips the test where there is none; fails it where there must be one."""
    found = os.environ.get("TAJUK_CHROMIUM") or shutil.which("chromium")
    if found:
        return found
    missing = (
        "Chromium is missing; this enables the browser tests: sudo apt-get install -y chromium"
    )
    if os.environ.get("TAJUK_CI") == "1":
        pytest.fail(missing)
    pytest.skip(missing)


@contextmanager
def launched() -> Iterator[Browser]:
    """A running Chromium.

    Playwright keeps an event loop running in this thread as long as it lives. Django would refuse its database
    meanwhile, and `asyncio.run` of other tests would fail: so it lives no longer than a module of tests.
    """
    path = chromium()
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
            try:
                yield browser
            finally:
                browser.close()
    finally:
        if before is None:
            del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]
        else:
            os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = before


_LISTEN = """
document.addEventListener("securitypolicyviolation", (event) => {
  console.error(`CSP: ${event.effectiveDirective} blocked ${event.blockedURI} ` +
    `(${event.sourceFile || event.target?.outerHTML?.slice(0, 200)}:${event.lineNumber} ${event.sample})`);
});
"""


@dataclass
class Listener:
    """What a page complained of: violations of its security policy, errors in scripts, failed and foreign requests."""

    page: Page
    own: str
    complaints: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Begins to listen, in the page and all its frames."""
        self.page.add_init_script(_LISTEN)
        self.page.on("console", self._console)
        self.page.on("pageerror", self._error)
        self.page.on("request", self._request)
        self.page.on("response", self._response)

    def _note(self, text: str) -> None:
        self.complaints.append(f"{self.page.url.removeprefix(self.own)}: {text}")

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            self._note(message.text)

    def _error(self, error: Error) -> None:
        self._note(f"script error: {error}")

    def _request(self, request: Any) -> None:
        if not request.url.startswith((self.own, "data:", "blob:", "about:")):
            self._note(f"called out to {request.url}")

    def _response(self, response: Any) -> None:
        # 400 is how autosave says that a form isn't filled in yet.
        if response.status > 400:
            self._note(f"{response.status} from {response.url.removeprefix(self.own)}")

    def assert_silent(self, *, but_for: Iterable[str] = ()) -> None:
        """Fails with everything that was said, but for what these patterns know, and forgets it."""
        said, self.complaints = sorted(set(self.complaints)), []
        heard = [each for each in said if not any(re.search(known, each) for known in but_for)]
        assert not heard, "\n".join(heard)


class Desktop:
    """A colleague at the desk, in a browser that says what goes wrong."""

    def __init__(self, page: Page, desk: Desk) -> None:
        """Sits down."""
        self.page, self.desk = page, desk
        self.listener = Listener(page, desk.url)

    def open(self, path: str) -> None:
        """Goes to a screen."""
        self.page.goto(f"{self.desk.url}{path}", wait_until="load")

    def sign_in(self, email: str = "", password: str = "") -> None:
        """Signs in; as who may do everything, unless told who."""
        self.open("/desk/login/")
        self.page.fill("[name=username]", email or self.desk.email)
        self.page.fill("[name=password]", password or self.desk.password)
        self.page.click("button[type=submit]")
        self.page.wait_for_url("**/desk/")
