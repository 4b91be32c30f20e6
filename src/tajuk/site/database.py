"""The database: SQLite in `var/` on the first day, PostgreSQL when the paper grows."""

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from tajuk.terms.paper import Paper, SettingError

SQLITE_BUSY_SECONDS = 20


def sqlite_path(paper: Paper) -> Path:
    """Where the embedded database stands."""
    return paper.var / "tajuk.sqlite3"


def database_of(paper: Paper) -> dict[str, Any]:
    """Django's DATABASES entry for this paper. Raises SettingError for an address it can't use."""
    if not paper.database_url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": sqlite_path(paper),
            "OPTIONS": {
                # Immediate: a transaction that will write waits its turn at the start, instead of failing
                # in the middle when a reader's snapshot can't be upgraded.
                "transaction_mode": "IMMEDIATE",
                "timeout": SQLITE_BUSY_SECONDS,
                "init_command": (
                    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
                    "PRAGMA mmap_size=268435456; PRAGMA cache_size=-32000; PRAGMA temp_store=MEMORY"
                ),
            },
        }
    parts = urlsplit(paper.database_url)
    if parts.scheme not in {"postgres", "postgresql"} or not parts.path.strip("/"):
        raise SettingError(
            "database_url must be postgres://user:password@host:5432/name, "
            "or be left out for SQLite in the newspaper's var folder."
        )
    # A machine that is away must not hold up the desk's few threads for minutes.
    options = {"connect_timeout": "5", **dict(parse_qsl(parts.query))}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or "") or options.pop("host", ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }
