"""Static files of a release, and of those before it."""

import gzip
import os
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from tajuk.site.static_files import KEPT_FOR, collect
from tajuk.terms.paper import Paper

NOON = datetime(2026, 3, 10, 12, tzinfo=UTC)


@pytest.fixture
def sources(settings: Settings, tmp_path: Path) -> Path:
    """Where a release keeps its files; nothing else is collected."""
    folder = tmp_path / "sources"
    folder.mkdir()
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    settings.STATICFILES_DIRS = [folder]
    return folder


@pytest.fixture
def paper(settings: Settings, tmp_path: Path) -> Paper:
    """A newspaper with a folder of its own."""
    paper: Paper = replace(settings.PAPER, folder=tmp_path / "paper")
    settings.STATIC_ROOT = paper.static_path
    # As in a newspaper; most tests do without hashes.
    hashed = {"BACKEND": "tajuk.site.static_storage.HashedNames"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": hashed}
    return paper


def release(sources: Path, text: str) -> None:
    """A release whose sheet says this, with the times a package was built at: older than what was collected."""
    sheet = sources / "dress.css"
    sheet.write_text(text * 50)
    built_at = (NOON - timedelta(days=900)).timestamp()
    os.utime(sheet, (built_at, built_at))


def sheets(paper: Paper) -> set[str]:
    return {each.name for each in paper.static_path.glob("dress.*.css")}


def test_a_page_pressed_before_an_upgrade_keeps_its_dress(sources: Path, paper: Paper) -> None:
    release(sources, "p { color: red }")
    collect(paper, now=NOON)
    before = sheets(paper)
    release(sources, "p { color: blue }")
    collect(paper, now=NOON + timedelta(days=200))
    assert len(before) == 1
    assert before < sheets(paper)
    assert b"blue" in (paper.static_path / "dress.css").read_bytes()
    old = paper.static_path / before.pop()
    assert b"red" in old.read_bytes()
    assert b"red" in gzip.decompress(old.with_name(old.name + ".gz").read_bytes())


def test_the_dress_s_sheets_are_sent_without_what_is_for_those_who_write_them(
    sources: Path, paper: Paper, settings: Settings
) -> None:
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "tajuk.site.static_storage.HashedNames"},
    }
    for folder in ("dress", "desk"):
        (sources / folder).mkdir()
        (sources / folder / "a.css").write_text("/* why */\np {\n  color: red;\n}\n")
    collect(paper, now=NOON)
    sent = {each.read_text() for each in (paper.static_path / "dress").glob("*.css")}
    assert sent == {"p{color:red}"}
    assert "/* why */" in (paper.static_path / "desk/a.css").read_text()


def test_a_file_of_long_ago_is_forgotten_with_its_copy_and_the_release_is_not(
    sources: Path, paper: Paper
) -> None:
    release(sources, "p { color: red }")
    collect(paper, now=NOON)
    before = sheets(paper)
    release(sources, "p { color: blue }")
    collect(paper, now=NOON)
    upgraded = sheets(paper) - before
    collect(paper, now=NOON + KEPT_FOR - timedelta(seconds=1))
    assert sheets(paper) == before | upgraded
    collect(paper, now=NOON + KEPT_FOR + timedelta(seconds=1))
    assert sheets(paper) == upgraded
    left = {each.name for each in paper.static_path.iterdir()}
    assert left == {"dress.css", "dress.css.gz", "staticfiles.json"} | upgraded | {
        f"{each}.gz" for each in upgraded
    }
