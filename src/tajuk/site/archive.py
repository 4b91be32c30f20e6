"""A newspaper in one file: its database, media, settings and templates, with a checksum of every part.

SQLite is copied through its own online backup, PostgreSQL with its own pg_dump, so both are whole while the
paper goes on working. The page store is left out: the press makes it again.
"""

import hashlib
import json
import shutil
import sqlite3
import subprocess
import tarfile
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import IO, cast

from tajuk.paywall import keyring
from tajuk.site.commands.failure import CommandError
from tajuk.site.database import sqlite_path
from tajuk.terms.paper import FILE_NAME, Paper, read_paper

_MANIFEST = "manifest.json"
_SQLITE = "database.sqlite3"
_POSTGRES = "database.dump"
_FORMAT = 1

Progress = Callable[[str], None]


def back_up(paper: Paper, target: Path, *, now: datetime, progress: Progress) -> None:
    """Writes the newspaper to `target`, a new .tar.gz readable by its owner only. Raises CommandError."""
    if target.exists():
        raise CommandError(f"{target} exists. Choose another name: a backup never overwrites one.")
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".backup-") as scratch:
        database = _dump(paper, Path(scratch))
        files = {database.name: database} | dict(_files_of(paper))
        sums: dict[str, str] = {}
        unfinished = Path(scratch) / "archive"
        unfinished.touch(mode=0o600, exist_ok=False)  # it holds the paper's secrets
        with tarfile.open(unfinished, "w:gz", compresslevel=3) as archive:
            for name, path in files.items():
                progress(name)
                try:
                    sums[name] = _add(archive, path, name)
                except FileNotFoundError:
                    continue  # a picture deleted meanwhile; the database and settings were seen just now
            manifest = Path(scratch) / _MANIFEST
            manifest.write_text(
                json.dumps(
                    {"format": _FORMAT, "name": paper.name, "at": now.isoformat(), "sums": sums}
                ),
                encoding="utf-8",
            )
            archive.add(manifest, arcname=_MANIFEST)
        unfinished.rename(target)


def restore(source: Path, folder: Path, *, database_url: str | None, progress: Progress) -> Paper:
    """Makes the newspaper of a backup again in `folder`, which must be empty or not be there.

    Everything is checked before anything is put in its place. `database_url` names another PostgreSQL
    database than the backup's settings do; it must be empty. Raises CommandError.
    """
    if folder.exists() and any(folder.iterdir()):
        raise CommandError(f"{folder} is not empty. Restore into a new folder.")
    if not source.is_file():
        raise CommandError(f"There is no file {source}.")
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".restore-") as scratch:
        unpacked = Path(scratch) / "paper"
        unpacked.mkdir()
        _unpack(source, unpacked, progress)
        if database_url:
            _point_to(unpacked / FILE_NAME, database_url)
        _put_database(unpacked)
        (unpacked / "var" / "run").mkdir(parents=True, exist_ok=True)
        if folder.exists():
            folder.rmdir()
        shutil.move(unpacked, folder)
    return read_paper(folder)


def _files_of(paper: Paper) -> Iterator[tuple[str, Path]]:
    for name in (FILE_NAME, "secrets.toml", keyring.FILE_NAME, "settings.py"):
        if (paper.folder / name).is_file():
            yield name, paper.folder / name
    for folder in (paper.folder / "templates", paper.media_path):
        for path in sorted(folder.rglob("*")):
            if path.is_file() and not path.is_symlink():
                yield str(PurePosixPath(path.relative_to(paper.folder))), path


def _dump(paper: Paper, scratch: Path) -> Path:
    if not paper.database_url:
        source = sqlite_path(paper)
        if not source.is_file():
            raise CommandError(
                f"There is no database at {source}: start the paper once with `tajuk serve`."
            )
        target = scratch / _SQLITE
        with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(target)) as new:
            old.backup(new)
        return target
    target = scratch / _POSTGRES
    _run_tool(
        "pg_dump",
        "--format=custom",
        "--no-owner",
        f"--file={target}",
        f"--dbname={paper.database_url}",
    )
    return target


def _put_database(folder: Path) -> None:
    paper = read_paper(folder, environ={})
    sqlite, postgres = folder / _SQLITE, folder / _POSTGRES
    if sqlite.exists():
        if paper.database_url:
            raise CommandError(
                "The backup holds a SQLite database and can't be restored into PostgreSQL: restore it without "
                "--database-url."
            )
        sqlite_path(paper).parent.mkdir(parents=True, exist_ok=True)
        shutil.move(sqlite, sqlite_path(paper))
        return
    if not paper.database_url:
        raise CommandError(
            "The backup holds a PostgreSQL database, and its settings name none. Make an empty one (createdb) "
            "and name it with --database-url."
        )
    _refuse_unless_empty(paper.database_url)
    _run_tool(
        "pg_restore", "--no-owner", "--exit-on-error", "--single-transaction",
        f"--dbname={paper.database_url}", str(postgres),
    )  # fmt: skip
    postgres.unlink()


def _refuse_unless_empty(database_url: str) -> None:
    import psycopg

    try:
        with psycopg.connect(database_url) as connection:
            found = connection.execute(
                "SELECT count(*) FROM information_schema.tables WHERE table_schema = 'public'"
            ).fetchone()
    except psycopg.OperationalError as error:
        raise CommandError(
            f"The database can't be reached: {error}. Make an empty one (createdb) and name it with "
            "--database-url."
        ) from error
    if found and found[0]:
        raise CommandError(
            "The database is not empty. Make an empty one (createdb) and name it with --database-url."
        )


def _unpack(source: Path, target: Path, progress: Progress) -> None:
    try:
        with tarfile.open(source, "r:gz") as archive:
            for member in archive:
                progress(member.name)
                archive.extract(member, target, filter="data")
    except (tarfile.TarError, EOFError, OSError) as error:
        raise CommandError(
            f"{source} is not a whole backup ({error}). Take another copy of it."
        ) from error
    manifest = target / _MANIFEST
    if not manifest.is_file():
        raise CommandError(
            f"{source} is not a backup made by `tajuk backup`: its manifest is missing."
        )
    told = json.loads(manifest.read_text(encoding="utf-8"))
    if told["format"] != _FORMAT:
        raise CommandError(f"{source} was made by a newer release. Upgrade Tajuk, then restore.")
    for name, expected in told["sums"].items():
        if not (target / name).is_file() or _sum_of(target / name) != expected:
            raise CommandError(
                f"{name} in {source} is damaged or missing. Take another copy of the backup."
            )
    manifest.unlink()


def _point_to(settings: Path, database_url: str) -> None:
    lines = settings.read_text(encoding="utf-8").splitlines()
    kept = [line for line in lines if not line.lstrip().startswith("database_url")]
    # First in the file: at its end it would belong to whatever table stands last.
    settings.write_text(
        "\n".join([f"database_url = {json.dumps(database_url)}", *kept, ""]), encoding="utf-8"
    )


class _Summed:
    """A file that sums what is read of it, so that the sum is of what went into the archive."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.sum = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        """As the file does."""
        piece = self._file.read(size)
        self.sum.update(piece)
        return piece


def _add(archive: tarfile.TarFile, path: Path, name: str) -> str:
    with path.open("rb") as file:
        member = archive.gettarinfo(arcname=name, fileobj=file)
        summed = _Summed(file)
        archive.addfile(member, cast("IO[bytes]", summed))
        return summed.sum.hexdigest()


def _sum_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _run_tool(*command: str) -> None:
    if shutil.which(command[0]) is None:
        raise CommandError(f"{command[0]} is missing: apt install postgresql-client")
    outcome = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603  our own words
    if outcome.returncode:
        raise CommandError(f"{command[0]} failed: {outcome.stderr.strip()}")
