"""Makes the template databases of `tajuk/site/schema.py` from the real migrations. Run by `make template`.

Needs a PostgreSQL server to make databases in (TAJUK_TEST_POSTGRES, without a database's name:
`postgres://user@host:5432`) and its pg_dump.
"""

import gzip
import os
import re
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

SCRATCH_DATABASE = "tajuk_template"


def newspaper(folder: Path, database_url: str = "") -> dict[str, str]:
    """The environment of a bare newspaper in `folder`."""
    folder.mkdir(exist_ok=True)
    (folder / "var").mkdir(exist_ok=True)
    (folder / "newspaper.toml").write_text('name = "Template"\naddress = "http://localhost"\n')
    return os.environ | {
        "TAJUK_DIR": str(folder),
        "TAJUK_SECRET_KEY": "only-for-the-template-0123456789-0123456789",
        "TAJUK_DATABASE_URL": database_url,
        "DJANGO_SETTINGS_MODULE": "tajuk.site.settings",
    }


def django(code: str, environment: dict[str, str]) -> str:
    """Runs `code` in a fresh Django of that newspaper; returns what it printed."""
    return subprocess.run(
        [sys.executable, "-c", f"import django; django.setup()\n{code}"],
        env=environment, check=True, capture_output=True, text=True,
    ).stdout  # fmt: skip


MIGRATE = "from django.core.management import call_command; call_command('migrate', verbosity=0)"
LIST = "import json; from tajuk.site.schema import migrations_on_disk as m; print(json.dumps(sorted(m())))"
TARGET = "from tajuk.site.schema import TEMPLATE; print(TEMPLATE)"


def make_sqlite(target: Path, folder: Path) -> None:
    """Migrates an empty SQLite database and keeps it."""
    environment = newspaper(folder)
    django(MIGRATE, environment)
    database = folder / "var" / "tajuk.sqlite3"
    with sqlite3.connect(database) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.execute("PRAGMA journal_mode=DELETE")
        connection.execute("VACUUM")
    target.write_bytes(gzip.compress(database.read_bytes(), mtime=0))


def make_postgresql(target: Path, folder: Path, server: str) -> None:
    """Migrates an empty PostgreSQL database and keeps it as a script any later server can run."""
    subprocess.run(
        ["dropdb", "--if-exists", f"--maintenance-db={server}/postgres", SCRATCH_DATABASE],
        check=True,
    )
    subprocess.run(
        ["createdb", f"--maintenance-db={server}/postgres", SCRATCH_DATABASE], check=True
    )
    try:
        django(MIGRATE, newspaper(folder, f"{server}/{SCRATCH_DATABASE}"))
        script = subprocess.run(
            ["pg_dump", "--inserts", "--no-owner", "--no-privileges", f"--dbname={server}/{SCRATCH_DATABASE}"],
            check=True, capture_output=True, text=True,
        ).stdout  # fmt: skip
    finally:
        subprocess.run(
            ["dropdb", f"--maintenance-db={server}/postgres", SCRATCH_DATABASE], check=True
        )
    # psql's own commands, and settings that only some versions of the server know.
    script = re.sub(
        r"^(\\.*|SET (transaction_timeout|idle_in_transaction_session_timeout|row_security).*)$",
        "",
        script,
        flags=re.MULTILINE,
    )
    target.write_bytes(gzip.compress(script.encode(), mtime=0))


def main() -> None:
    """Makes both templates and the list of migrations they hold."""
    server = os.environ.get("TAJUK_TEST_POSTGRES", "postgres://127.0.0.1:5432").rstrip("/")
    with tempfile.TemporaryDirectory() as scratch:
        first = newspaper(Path(scratch) / "list")
        target = Path(django(TARGET, first).strip())
        target.mkdir(exist_ok=True)
        make_sqlite(target / "sqlite.gz", Path(scratch) / "sqlite")
        make_postgresql(target / "postgresql.sql.gz", Path(scratch) / "postgresql", server)
        (target / "migrations.json").write_text(django(LIST, first))
    for path in sorted(target.iterdir()):
        print(f"{path.name}: {path.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
