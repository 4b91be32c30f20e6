"""A new newspaper's database is copied from a template, and the template is what the migrations make."""

import gzip
import re
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import connection

from tajuk.site import schema
from tests.databases import is_postgres, scratch_database

_COLUMNS = """
SELECT table_name, column_name, data_type, is_nullable, column_default
FROM information_schema.columns WHERE table_schema = 'public'
"""
_INDEXES = "SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'"
_CONSTRAINTS = """
SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid)
FROM pg_constraint WHERE connamespace = 'public'::regnamespace
"""
_TRIGGERS = """
SELECT tgrelid::regclass::text, tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal
"""
_CASTS = re.compile(r"::(character varying|text)(\[\])?|[()]")
STALE = "The template databases are stale: run `make template` and commit what it makes."


def test_the_template_holds_every_migration_there_is() -> None:
    assert schema.migrations_in_template() == schema.migrations_on_disk(), STALE


@pytest.mark.django_db
@pytest.mark.skipif(is_postgres(), reason="the SQLite template")
def test_the_sqlite_template_is_what_the_migrations_made(tmp_path: Path) -> None:
    question = "SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'"
    with connection.cursor() as cursor:
        cursor.execute(question)
        migrated = set(cursor.fetchall())
    template = tmp_path / "template.sqlite3"
    template.write_bytes(gzip.decompress(schema.SQLITE.read_bytes()))
    with closing(sqlite3.connect(template)) as copied:
        assert set(copied.execute(question).fetchall()) == migrated, STALE


@pytest.mark.django_db
@pytest.mark.skipif(not is_postgres(), reason="the PostgreSQL template")
def test_the_postgresql_template_is_what_the_migrations_made() -> None:
    with scratch_database() as (address, _), psycopg.connect(address, autocommit=True) as copied:
        copied.execute(gzip.decompress(schema.POSTGRESQL.read_bytes()).decode())
        copied.execute("SET search_path TO public")
        for question in (_COLUMNS, _INDEXES, _CONSTRAINTS, _TRIGGERS):
            with connection.cursor() as cursor:
                cursor.execute(question)
                migrated = _facts(cursor.fetchall())
            assert _facts(copied.execute(question).fetchall()) == migrated, STALE


def _facts(rows: Any) -> set[tuple[str, ...]]:
    """Without casts and brackets: PostgreSQL spells a condition anew when it reads what it wrote."""
    return {tuple(_CASTS.sub("", str(field)) for field in row) for row in rows}
