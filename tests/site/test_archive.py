"""A backup restored into an empty folder is the same newspaper."""

import hashlib
import itertools
import json
import os
import subprocess
import sys
import tarfile
import threading
from argparse import Namespace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings

from tajuk.site.archive import back_up
from tajuk.site.commands.newspaper import paper_of
from tests.databases import scratch_database

RUN = [sys.executable, "-m", "tajuk.site.commands"]
FILL = """
import django; django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from django.contrib.auth import get_user_model
get_user_model().objects.create_superuser("ratri@nusa.example", "rahasia", name="Ratri")
from tajuk.newsroom.models import Section
Section.objects.create(name="Maritim", slug="maritim")
"""
TELL = """
import django; django.setup()
import json
from django.core.serializers import serialize
from django.contrib.auth import get_user_model
from tajuk.newsroom.models import Section
rows = [*get_user_model().objects.order_by("pk"), *Section.objects.order_by("pk")]
print(serialize("json", rows))
"""


def tajuk(
    *arguments: str, environ: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    clean = {key: value for key, value in os.environ.items() if not key.startswith("TAJUK_D")}
    return subprocess.run(
        [*RUN, *arguments], capture_output=True, text=True, check=False, env=clean | (environ or {})
    )


def django(code: str, folder: Path) -> str:
    environ = os.environ | {
        "TAJUK_DIR": str(folder),
        "DJANGO_SETTINGS_MODULE": "tajuk.site.settings",
    }
    environ.pop("TAJUK_DATABASE_URL", None)
    return subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environ
    ).stdout


@pytest.fixture
def newspaper(tmp_path: Path) -> Path:
    folder = tmp_path / "harian"
    outcome = tajuk("new", str(folder), "--languages", "id,en")
    assert outcome.returncode == 0, outcome.stderr
    with (folder / "newspaper.toml").open("a", encoding="utf-8") as settings_file:
        settings_file.write('\n[taglines]\nid = "Harian dari tepi laut"\n')
    (folder / "var" / "media" / "images").mkdir(parents=True)
    (folder / "var" / "media" / "images" / "perahu.jpg").write_bytes(os.urandom(5000))
    (folder / "templates" / "dress").mkdir(parents=True)
    (folder / "templates" / "dress" / "foot.html").write_text("own", encoding="utf-8")
    return folder


def sums(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
        and "sqlite3" not in path.name
        and path.name not in {".gitignore", "ready"}
    }


@pytest.mark.processes
def test_a_backup_restored_into_an_empty_folder_is_the_same_newspaper(
    newspaper: Path, tmp_path: Path
) -> None:
    with scratch_database() as (database_url, other_url):
        if database_url:
            toml = newspaper / "newspaper.toml"
            toml.write_text(f'database_url = "{database_url}"\n{toml.read_text()}')
        django(FILL, newspaper)
        backup, again = tmp_path / "b.tar.gz", tmp_path / "again"
        assert tajuk("backup", "--dir", str(newspaper), str(backup)).returncode == 0
        assert backup.stat().st_mode & 0o077 == 0, "it holds secrets"
        elsewhere = ["--database-url", other_url] if other_url else []
        outcome = tajuk("restore", str(backup), str(again), *elsewhere)
        assert outcome.returncode == 0, outcome.stderr
        before, after = sums(newspaper), sums(again)
        if database_url:
            before.pop("newspaper.toml")
            after.pop("newspaper.toml")
        assert after == before
        assert json.loads(django(TELL, again)) == json.loads(django(TELL, newspaper))

        refused = tajuk("restore", str(backup), str(again))
        assert refused.returncode == 2
        assert "not empty" in refused.stderr
        refused = tajuk("backup", "--dir", str(newspaper), str(backup))
        assert "never overwrites" in refused.stderr


@pytest.mark.processes
def test_a_damaged_backup_is_refused_and_leaves_nothing(newspaper: Path, tmp_path: Path) -> None:
    if settings.DATABASES["default"]["ENGINE"].endswith("postgresql"):
        pytest.skip("the same on both databases; run on SQLite")
    django(FILL, newspaper)
    backup = tmp_path / "b.tar.gz"
    tajuk("backup", "--dir", str(newspaper), str(backup))
    cut = tmp_path / "cut.tar.gz"
    cut.write_bytes(backup.read_bytes()[:-2000])
    forged = tmp_path / "forged.tar.gz"
    with tarfile.open(backup) as old, tarfile.open(forged, "w:gz") as new:
        for member in old:
            data = old.extractfile(member)
            if member.name.endswith("perahu.jpg"):
                (tmp_path / "x").write_bytes(b"other")
                new.add(tmp_path / "x", arcname=member.name)
            else:
                new.addfile(member, data)
    for damaged in (cut, forged):
        outcome = tajuk("restore", str(damaged), str(tmp_path / "again"))
        assert outcome.returncode == 2
        assert "another copy" in outcome.stderr
        assert not (tmp_path / "again").exists()
        assert not list(tmp_path.glob(".restore-*"))


@pytest.mark.processes
def test_a_backup_made_while_pictures_change_and_go_is_whole(
    newspaper: Path, tmp_path: Path
) -> None:
    if settings.DATABASES["default"]["ENGINE"].endswith("postgresql"):
        pytest.skip("the same on both databases; run on SQLite")
    django(FILL, newspaper)
    images = newspaper / "var" / "media" / "images"
    changing, going = images / "berubah.jpg", images / "pergi.jpg"
    versions = [bytes([each]) * 8_000_000 for each in (1, 2)]
    changing.write_bytes(versions[0])
    going.write_bytes(b"sudah tidak dipakai")
    done = threading.Event()

    def retouch() -> None:
        with changing.open("r+b", buffering=0) as file:
            for version in itertools.cycle(versions):
                if done.is_set():
                    return
                file.seek(0)
                file.write(version)

    def delete(name: str) -> None:
        """The backup has listed its files and is about to read the first."""
        del name
        going.unlink(missing_ok=True)

    busy = threading.Thread(target=retouch)
    busy.start()
    backup = tmp_path / "b.tar.gz"
    try:
        paper = paper_of(Namespace(dir=newspaper))
        back_up(paper, backup, now=datetime(2026, 3, 10, tzinfo=UTC), progress=delete)
    finally:
        done.set()
        busy.join()
    outcome = tajuk("restore", str(backup), str(tmp_path / "again"))
    assert outcome.returncode == 0, outcome.stderr
    again = tmp_path / "again" / "var" / "media" / "images"
    assert sorted(each.name for each in again.iterdir()) == ["berubah.jpg", "perahu.jpg"]
    assert (again / "berubah.jpg").stat().st_size == len(versions[0])
