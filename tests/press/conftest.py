"""A press of each test's own: its store, its folder; the database is the tests'."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings
from tests.pressed_paper import PressedPaper, pressed_paper


@pytest.fixture
def paper(tmp_path: Path, settings: Settings) -> Iterator[PressedPaper]:
    """A newspaper with an empty page store."""
    settings.PAPER = replace(settings.PAPER, folder=tmp_path)
    with pressed_paper() as made:
        yield made
