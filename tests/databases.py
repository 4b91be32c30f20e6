"""Databases of their own for tests that start whole newspapers."""

import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit, urlunsplit

import psycopg
from django.conf import settings


def is_postgres() -> bool:
    """Whether this run of the tests is the one on PostgreSQL."""
    return bool(settings.DATABASES["default"]["ENGINE"].endswith("postgresql"))


def server() -> str:
    """The PostgreSQL server tests may make databases on."""
    return os.environ.get("TAJUK_TEST_POSTGRES", "postgres://127.0.0.1:5432")


def database_on(address: str, name: str) -> str:
    """The address of a database of that server."""
    parts = urlsplit(address)._replace(path=f"/{name}")
    # urlunsplit leaves out the slashes of an empty host, as there is with a Unix socket.
    return urlunsplit(parts).replace(f"{parts.scheme}:/{name}", f"{parts.scheme}:///{name}", 1)


@contextmanager
def scratch_database() -> Iterator[tuple[str, str]]:
    """Two empty PostgreSQL databases, dropped afterwards; two empty texts when the tests run on SQLite."""
    if not is_postgres():
        yield "", ""
        return
    names = [f"tajuk_{uuid.uuid4().hex[:12]}" for _ in range(2)]
    with psycopg.connect(database_on(server(), "postgres"), autocommit=True) as connection:
        for name in names:
            connection.execute(f'CREATE DATABASE "{name}"')
        try:
            yield database_on(server(), names[0]), database_on(server(), names[1])
        finally:
            for name in names:
                connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
