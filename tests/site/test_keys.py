"""`tajuk keys`: the keys that sign readers' passes, listed and changed from the command line."""

import json
import os
import stat
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tajuk.paywall.keyring import FILE_NAME, KEPT_FOR, read_key_ring

RUN = [sys.executable, "-m", "tajuk.site.commands"]


def tajuk(*arguments: str) -> subprocess.CompletedProcess[str]:
    clean = {key: value for key, value in os.environ.items() if not key.startswith("TAJUK_D")}
    return subprocess.run(
        [*RUN, *arguments], capture_output=True, text=True, check=False, env=clean
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A new newspaper."""
    made = tmp_path / "harian"
    assert tajuk("new", str(made)).returncode == 0
    return made


def ids(folder: Path) -> list[str]:
    return [key.id for key in read_key_ring(folder / FILE_NAME).keys]


def test_a_new_newspaper_has_a_key_that_stays_out_of_version_control(folder: Path) -> None:
    assert len(ids(folder)) == 1
    assert stat.S_IMODE((folder / FILE_NAME).stat().st_mode) == 0o600
    assert FILE_NAME in (folder / ".gitignore").read_text(encoding="utf-8").splitlines()
    listed = tajuk("keys", "--dir", str(folder)).stdout
    assert ids(folder)[0] in listed
    assert "signs" in listed
    secret = json.loads((folder / FILE_NAME).read_text(encoding="utf-8"))["keys"][0]["secret"]
    assert secret not in listed


def test_a_rotation_puts_a_new_key_first_and_keeps_the_old_until_it_may_go(folder: Path) -> None:
    (first,) = ids(folder)
    outcome = tajuk("keys", "rotate", "--dir", str(folder))
    assert "Nobody is signed out" in outcome.stdout
    second, kept = ids(folder)
    assert kept == first != second
    told = json.loads((folder / FILE_NAME).read_text(encoding="utf-8"))
    long_ago = datetime.now(UTC) - KEPT_FOR - timedelta(days=1)  # noqa: TID251
    told["keys"][0]["made_at"] = long_ago.isoformat()
    (folder / FILE_NAME).write_text(json.dumps(told), encoding="utf-8")
    tajuk("keys", "rotate", "--dir", str(folder))
    assert ids(folder)[1:] == [second]


def test_a_key_that_leaked_is_dropped_even_if_it_is_the_only_one(folder: Path) -> None:
    (first,) = ids(folder)
    outcome = tajuk("keys", "drop", first, "--dir", str(folder))
    assert "sign in again" in " ".join(outcome.stdout.split())
    assert len(ids(folder)) == 1
    assert first not in ids(folder)


@pytest.mark.parametrize(
    ("arguments", "remedy"),
    [
        (("drop",), "tajuk keys drop KEY"),
        (("drop", "entah"), "There is no key entah"),
        (("rotate", "entah"), "Say it so"),
    ],
)
def test_what_makes_no_sense_is_refused_and_changes_nothing(
    folder: Path, arguments: tuple[str, ...], remedy: str
) -> None:
    before = (folder / FILE_NAME).read_bytes()
    outcome = tajuk("keys", *arguments, "--dir", str(folder))
    assert outcome.returncode == 2
    assert remedy in outcome.stderr
    assert (folder / FILE_NAME).read_bytes() == before


def test_a_broken_ring_is_said_with_the_remedy(folder: Path) -> None:
    (folder / FILE_NAME).write_text("{", encoding="utf-8")
    for command in (("keys",), ("keys", "rotate")):
        outcome = tajuk(*command, "--dir", str(folder))
        assert outcome.returncode == 2
        assert "from a backup" in outcome.stderr
        assert "Traceback" not in outcome.stderr
