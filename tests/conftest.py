"""What all tests share."""

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from tests.live_desk import Desk

if os.environ.get("TAJUK_TEST_DATABASE") == "postgres":
    # These open no database: they have run with SQLite.
    collect_ignore = ["edge", "fuzz", "paywall", "store", "press/test_dress_browser.py"]


@pytest.fixture(scope="module")
def browser() -> "Iterator[Browser]":
    """Chromium, for the tests of one module; see tests/browser.py for where there is none."""
    from tests.browser import launched

    with launched() as running:
        yield running


@pytest.fixture(scope="session")
def live_desk(tmp_path_factory: pytest.TempPathFactory) -> "Iterator[Desk]":
    """A desk at work in a process of its own, shared by all tests that sign in at one."""
    from tests.live_desk import running_desk

    with running_desk(tmp_path_factory.mktemp("desk") / "harian") as desk:
        yield desk
