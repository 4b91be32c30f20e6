"""Static files as the newsstand sends them: names with a hash in them, and a gzip copy beside each text.

Pressed pages name the files they were pressed with, and copies of those pages lie in browsers and at CDNs. So the files
of the releases before stay for a while: a page pressed yesterday is dressed today, though nobody has pressed it anew.
"""

import gzip
import json
import os
import zlib
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from django.core.management import call_command

from tajuk.terms.paper import Paper

KEPT_FOR = timedelta(days=90)
"""How long a file stays that no longer belongs to the release."""

_TEXT = {".css", ".js", ".svg", ".json", ".map", ".txt", ".html", ".webmanifest"}
_WORTH_IT = 0.9
_MANIFEST = "staticfiles.json"


def collect(paper: Paper, *, now: datetime) -> None:
    """Gathers the static files of all apps in `paper.static_path`, and compresses what gets smaller by it."""
    folder = paper.static_path
    before = _of_the_release(folder)
    _take_plain_names_away(folder)
    call_command("collectstatic", interactive=False, verbosity=0)
    belongs = _of_the_release(folder)
    for path in _with_copies(before - belongs):
        os.utime(path, (now.timestamp(), now.timestamp()))  # its time runs from here
    _forget(folder, belongs, since=now - KEPT_FOR)
    for path in belongs:
        if path.suffix in _TEXT and path.is_file():
            _compress(path)


def _manifest(folder: Path) -> dict[str, str]:
    """Plain name → name with a hash."""
    path = folder / _MANIFEST
    if not path.is_file():
        return {}
    named: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))["paths"]
    return named


def _of_the_release(folder: Path) -> set[Path]:
    """What the manifest names, with and without hashes, and itself."""
    named = _manifest(folder)
    return {folder / _MANIFEST, *(folder / each for pair in named.items() for each in pair)}


def _take_plain_names_away(folder: Path) -> None:
    """Django keeps a file that is younger than its source, and an older release's may well be."""
    for name in _manifest(folder):
        (folder / name).unlink(missing_ok=True)


def _with_copies(paths: set[Path]) -> Iterator[Path]:
    for path in paths:
        for each in (path, _copy_of(path)):
            if each.is_file():
                yield each


def _forget(folder: Path, belongs: set[Path], *, since: datetime) -> None:
    kept = belongs | {_copy_of(path) for path in belongs}
    for path in [*folder.rglob("*")]:
        if path not in kept and path.is_file() and path.stat().st_mtime < since.timestamp():
            path.unlink()


def _copy_of(path: Path) -> Path:
    return path.with_name(f"{path.name}.gz")


def _compress(path: Path) -> None:
    raw = path.read_bytes()
    small = gzip.compress(raw, compresslevel=zlib.Z_BEST_COMPRESSION, mtime=0)
    if len(small) < len(raw) * _WORTH_IT:
        _copy_of(path).write_bytes(small)
    else:
        _copy_of(path).unlink(missing_ok=True)
