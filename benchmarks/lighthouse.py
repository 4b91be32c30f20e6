"""Lighthouse on the demo's home front and on a story, over the newsstand, phone and desktop: the four scores.

    python -m benchmarks lighthouse [--runs 3] [--url http://localhost:8000]

Lighthouse comes from npm, its release fixed in npm/package.json (12, for Debian 12's Node), and drives Debian's
Chromium; nothing leaves the machine. Medians of the runs. Every audit below 1 is named with what it found.
"""

import argparse
import contextlib
import json
import os
import shutil
import statistics
import subprocess
import sys
import urllib.request
from collections.abc import Iterator, Sequence
from typing import Any

from benchmarks.figures import Figure, Note, SkippedError
from benchmarks.loads import demand
from benchmarks.papers import BUILD, ROOT, environment, sample_paper
from benchmarks.processes import free_port, started
from benchmarks.readers import story_paths

TOOLS = BUILD / "lighthouse"
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
PRESETS = ("mobile", "desktop")
TIMES = {
    "first-contentful-paint": "first paint",
    "largest-contentful-paint": "largest paint",
    "total-blocking-time": "blocking time",
}
_CHROMIUM = (
    "--headless=new --no-sandbox --disable-gpu --disable-background-networking --disable-component-update "
    "--disable-sync --no-first-run"
)
_TRIES = 3


def figures(arguments: list[str]) -> Iterator[Figure | Note]:
    """Scores out of 100, layout shift, and the audits that are not whole."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks lighthouse")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--url", help="a paper that is served already, instead of the demo's")
    asked = parser.parse_args(arguments)
    demand("node", "npm", "chromium")
    _install()
    with _newsstand(asked.url) as (url, story):
        for page, path in {"front": "/", "story": story}.items():
            for preset in PRESETS:
                seen = [_run(url + path, preset) for _ in range(asked.runs)]
                yield from _scores(page, preset, seen)


@contextlib.contextmanager
def _newsstand(url: str | None) -> Iterator[tuple[str, str]]:
    """A newsstand's address, and the path of a story with a picture."""
    paper = sample_paper()
    paths = sorted(story_paths(paper))
    if url:
        yield url.rstrip("/"), _with_picture(url.rstrip("/"), paths)
        return
    port = free_port()
    command = [sys.executable, "-m", "tajuk.site.servers", "newsstand", "--port", str(port)]
    log = BUILD / "log" / "newsstand.log"
    with started(command, log=log, port=port, core=None, environment=environment(paper.folder)):
        # localhost: Chromium takes it for a secure origin, as the paper's own address would be.
        url = f"http://localhost:{port}"
        yield url, _with_picture(url, paths)


def _with_picture(url: str, paths: Sequence[str]) -> str:
    for path in paths:
        with urllib.request.urlopen(url + path) as response:
            if b"lead-picture" in response.read():
                return path
    raise SkippedError("no story of the demo has a picture")


def _install() -> None:
    """Lighthouse under build/, as the lock file has it."""
    wanted = (ROOT / "benchmarks" / "npm" / "package-lock.json").read_text()
    stamp = TOOLS / "installed.json"
    if stamp.is_file() and stamp.read_text() == wanted:
        return
    TOOLS.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copy(ROOT / "benchmarks" / "npm" / name, TOOLS / name)
    print("Installing Lighthouse (once) …", file=sys.stderr)
    done = subprocess.run(
        ["npm", "install", "--silent", "--no-save", "--ignore-scripts", "--no-audit", "--no-fund"],
        cwd=TOOLS, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        raise SkippedError(f"npm could not install Lighthouse: {done.stderr[-500:]}")
    stamp.write_text(wanted)


def _run(url: str, preset: str) -> dict[str, Any]:
    """One run's report. Chromium on a busy machine now and then loses the trace: then once more."""
    command = [
        "node", str(TOOLS / "node_modules" / "lighthouse" / "cli" / "index.js"), url, "--quiet",
        "--output=json", f"--only-categories={','.join(CATEGORIES)}", f"--chrome-flags={_CHROMIUM}",
        *(["--preset=desktop"] if preset == "desktop" else []),
    ]  # fmt: skip
    for _ in range(_TRIES):
        done = subprocess.run(
            command, cwd=TOOLS, capture_output=True, text=True, check=False,
            env=os.environ | {"CHROME_PATH": shutil.which("chromium") or ""},
        )  # fmt: skip
        if done.returncode == 0:
            seen: dict[str, Any] = json.loads(done.stdout)
            if all(seen["categories"][each]["score"] is not None for each in CATEGORIES):
                return seen
    raise SystemExit(f"Lighthouse failed at {url}:\n{done.stderr[-2000:]}")


def _scores(page: str, preset: str, seen: list[dict[str, Any]]) -> Iterator[Figure | Note]:
    named = f"lighthouse {page}, {preset}"
    for category in CATEGORIES:
        score = statistics.median(100 * each["categories"][category]["score"] for each in seen)
        yield Figure(f"{named}: {category}", score, "of 100", 100, higher_is_better=True)
    for audit, name in TIMES.items():
        took = statistics.median(each["audits"][audit]["numericValue"] for each in seen)
        yield Figure(f"{named}: {name}", took, "ms")
    shift = max(each["audits"]["cumulative-layout-shift"]["numericValue"] for each in seen)
    yield Figure(f"{named}: most layout shift", shift, "", 0)
    short = list(_short(seen))
    if short:
        yield Note(
            f"Audits below 1, {page}, {preset} (weight in the score; worst of {len(seen)} runs):\n\n"
            + "\n".join(short)
        )


def _short(seen: list[dict[str, Any]]) -> Iterator[str]:
    """Every audit below 1 in any run: its weight, its worst score, what it found."""
    for category in CATEGORIES:
        for each in seen[0]["categories"][category]["auditRefs"]:
            found = [run["audits"][each["id"]] for run in seen]
            scored = [audit for audit in found if audit["score"] is not None]
            worst = min(scored, key=lambda audit: float(audit["score"]), default=None)
            if worst is not None and worst["score"] < 1:
                shown = f" ({worst['displayValue']})" if worst.get("displayValue") else ""
                found_at = "; ".join(_items(worst))
                yield (
                    f"- {each['id']}: weight {each['weight']}, {worst['score']:g}{shown}"
                    + (f": {found_at}" if found_at else "")
                )


def _items(audit: dict[str, Any]) -> Iterator[str]:
    for item in (audit.get("details") or {}).get("items", [])[:3]:
        said = item.get("url") or (item.get("node") or {}).get("selector")
        if said:
            # Without the port, which changes.
            yield "/" + str(said).split("/", 3)[3] if str(said).startswith("http") else str(said)
