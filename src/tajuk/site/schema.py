"""The database's schema: from the template in a moment, or by migrations.

Migrating from zero takes ten seconds and more. `make template` runs the real migrations once and keeps what came
out: an empty SQLite file and a PostgreSQL script, compressed, in `site/template/`. A test compares both with the
migrations, so a stale one can't land; and one that doesn't fit (an app of the newspaper's own) is passed over.
"""

import gzip
import json
from pathlib import Path

from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from tajuk.site.database import sqlite_path
from tajuk.terms.paper import Paper

TEMPLATE = Path(__file__).parent / "template"
SQLITE = TEMPLATE / "sqlite.gz"
POSTGRESQL = TEMPLATE / "postgresql.sql.gz"
NAMES = TEMPLATE / "migrations.json"


def migrations_on_disk() -> set[tuple[str, str]]:
    """All migrations of the installed apps as (app, name), found by file name: importing them takes seconds."""
    found: set[tuple[str, str]] = set()
    for app in apps.get_app_configs():
        for path in (Path(app.path) / "migrations").glob("*.py"):
            if not path.name.startswith("_"):
                found.add((app.label, path.stem))
    return found


def migrations_in_template() -> set[tuple[str, str]]:
    """What the template holds; nothing where it has not been made."""
    if not NAMES.is_file():
        return set()
    return {(app, name) for app, name in json.loads(NAMES.read_text(encoding="utf-8"))}


def is_current() -> bool:
    """Whether the database has every migration on disk. One query."""
    recorder = MigrationRecorder(connection)
    return recorder.has_table() and migrations_on_disk() <= set(recorder.applied_migrations())


def bring_up_to_date(paper: Paper) -> None:
    """Gives the database today's schema. Does nothing, quickly, when it has it."""
    if connection.vendor == "sqlite" and not sqlite_path(paper).exists():
        sqlite_path(paper).parent.mkdir(parents=True, exist_ok=True)
        if migrations_in_template() == migrations_on_disk():
            _copy_sqlite(sqlite_path(paper))
    if is_current():
        return
    if connection.vendor == "postgresql" and migrations_in_template() == migrations_on_disk():
        _load_postgresql()
    if not is_current():
        call_command("migrate", interactive=False, verbosity=0)


def _copy_sqlite(target: Path) -> None:
    unfinished = target.with_suffix(".unfinished")
    unfinished.write_bytes(gzip.decompress(SQLITE.read_bytes()))
    connection.close()
    unfinished.rename(target)


def _load_postgresql() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM information_schema.tables WHERE table_schema = 'public'"
        )
        (tables,) = cursor.fetchone()
        if not tables:
            cursor.execute(gzip.decompress(POSTGRESQL.read_bytes()).decode())
            # The script sets the session up for itself (an empty search path, among others).
            connection.close()
