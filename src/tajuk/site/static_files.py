"""Static files as the newsstand sends them: names with a hash in them, and a gzip copy beside each text."""

import gzip
import zlib
from pathlib import Path

from django.core.management import call_command

from tajuk.terms.paper import Paper

_TEXT = {".css", ".js", ".svg", ".json", ".map", ".txt", ".html", ".webmanifest"}
_WORTH_IT = 0.9


def collect(paper: Paper) -> None:
    """Gathers the static files of all apps in `paper.static_path`, and compresses what gets smaller by it."""
    call_command("collectstatic", interactive=False, verbosity=0, clear=paper.static_path.exists())
    for path in paper.static_path.rglob("*"):
        if path.suffix in _TEXT and path.is_file():
            _compress(path)


def _compress(path: Path) -> None:
    raw = path.read_bytes()
    small = gzip.compress(raw, compresslevel=zlib.Z_BEST_COMPRESSION, mtime=0)
    if len(small) < len(raw) * _WORTH_IT:
        path.with_name(f"{path.name}.gz").write_bytes(small)
