"""Newspapers to measure: made once under build/bench, pressed again when the code has changed.

`real_paper()` holds 2,000 real stories (CLICK-ID) with the sample's advertisements, half of the stories free, three in ten
metered, two in ten premium, by their addresses' checksums. `sample_paper()` is the demo's, with pictures. Measures that write work on a `copy_of` it.
"""

import contextlib
import gzip
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from scripts.clickid_to_ninjs import items

from benchmarks.figures import SkippedError
from tajuk.terms.paper import Paper, read_paper

ROOT = Path(__file__).resolve().parent.parent
BUILD = ROOT / "build" / "bench"
DATA = ROOT.parent / "shared" / "data" / "id_news_clickid_dev.jsonl.gz"
STORIES = 2000
EDITOR = "ukur@uji.example"
_ACCESS_BELOW_OF_100 = {"free": 50, "metered": 80, "premium": 100}


class NoDataError(SkippedError):
    """The evaluation data is not here."""

    def __init__(self) -> None:
        super().__init__(
            f"{DATA.name} is not beside the checkout (in ../shared/data); it is evaluation data and not part "
            "of the project."
        )


def real_paper() -> Paper:
    """The paper of 2,000 real stories, pressed by the code as it is. Raises NoDataError."""
    if not DATA.is_file():
        raise NoDataError
    folder = BUILD / "real"
    _made(folder, _build_real)
    return _pressed(folder)


def sample_paper() -> Paper:
    """The demo's paper."""
    folder = BUILD / "sample"
    _made(folder, _build_sample)
    return _pressed(folder)


@contextlib.contextmanager
def copy_of(paper: Paper) -> Iterator[Paper]:
    """The same newspaper in a folder of its own, gone afterwards."""
    BUILD.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="copy-", dir=BUILD) as folder:
        there = Path(folder) / "paper"
        subprocess.run(
            ["cp", "-r", "--reflink=auto", "--sparse=auto", str(paper.folder), str(there)],
            check=True,
        )
        shutil.rmtree(there / "var" / "run", ignore_errors=True)
        (there / "var" / "run").mkdir()
        yield read_paper(there)


def tajuk(folder: Path, *arguments: str) -> None:
    """A command of the newspaper's; its output only when it fails."""
    command = [sys.executable, "-m", "tajuk.site.commands", *arguments]
    run(command, folder)


def run(command: list[str], folder: Path) -> str:
    """A process for this newspaper; what it said on standard output."""
    done = subprocess.run(
        command, cwd=ROOT, env=environment(folder), capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise SystemExit(f"{' '.join(command)} failed:\n{done.stdout[-2000:]}{done.stderr[-4000:]}")
    return done.stdout


def environment(folder: Path) -> dict[str, str]:
    """Of a process that belongs to this newspaper."""
    given = os.environ | {"TAJUK_DIR": str(folder)}
    given.pop("TAJUK_DATABASE_URL", None)
    return given


# ---- made once ----------------------------------------------------------------------------------------------------


def _made(folder: Path, build: Callable[[Path], None]) -> None:
    """Builds the newspaper beside its place if what it is made from has changed."""
    wanted = _fingerprint(
        [*ROOT.glob("src/tajuk/*/migrations/*.py"), *ROOT.glob("src/tajuk/site/sample/**/*"),
         ROOT / "scripts/clickid_to_ninjs.py", Path(__file__), Path(__file__).with_name("paper_desk.py")]
    )  # fmt: skip
    stamp = folder / "made"
    if stamp.is_file() and stamp.read_text() == wanted:
        return
    print(f"Making {folder.relative_to(ROOT)} (once) …", file=sys.stderr)
    shutil.rmtree(folder, ignore_errors=True)
    folder.parent.mkdir(parents=True, exist_ok=True)
    build(folder)
    stamp.write_text(wanted)


def _pressed(folder: Path) -> Paper:
    """Presses everything anew if any file of the package has changed since."""
    wanted = _fingerprint(
        each
        for each in ROOT.glob("src/tajuk/**/*")
        if each.is_file() and "__pycache__" not in each.parts and each.suffix != ".pyc"
    )
    stamp = folder / "pressed"
    if not stamp.is_file() or stamp.read_text() != wanted:
        print(f"Pressing {folder.relative_to(ROOT)} …", file=sys.stderr)
        shutil.rmtree(folder / "var" / "store", ignore_errors=True)
        tajuk(folder, "press", "--dir", str(folder), "--all")
        run([sys.executable, "-m", "benchmarks.paper_desk", "ready"], folder)
        stamp.write_text(wanted)
    return read_paper(folder)


def _fingerprint(paths: Iterable[Path]) -> str:
    told = hashlib.sha256()
    for path in sorted(paths):
        if path.is_file():
            told.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    return told.hexdigest()


def _build_real(folder: Path) -> None:
    tajuk(folder, "new", str(folder), "--name", "Harian Ukur", "--languages", "id")
    lines = folder / "stories.jsonl.gz"
    with gzip.open(lines, "wt", encoding="utf-8", compresslevel=1) as file:
        for item in _chosen():
            file.write(json.dumps(item, ensure_ascii=False) + "\n")
    tajuk(folder, "import", "--dir", str(folder), "stories", str(lines))
    run([sys.executable, "-m", "benchmarks.paper_desk", "fill"], folder)


def _chosen() -> list[dict[str, Any]]:
    """Stories that have a body, in the order of their checksums, each with an access level."""
    checked = sorted(
        (zlib.crc32(str(each["uri"]).encode()), each["uri"], each)
        for each in items(DATA)
        if "bodies" in each
    )
    return [
        item | {"tajuk": item["tajuk"] | {"access": _access(checksum)}}
        for checksum, _, item in checked[:STORIES]
    ]


def _access(checksum: int) -> str:
    place = checksum % 100
    return next(access for access, below in _ACCESS_BELOW_OF_100.items() if place < below)


def _build_sample(folder: Path) -> None:
    tajuk(folder, "demo", "--dir", str(folder), "--prepare")
