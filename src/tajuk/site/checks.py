"""What `tajuk doctor` looks at: each check answers with what it found and, where that is wrong, the remedy."""

import shutil
import sqlite3
import stat
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from tajuk.terms.paper import Paper

_LEAST_FREE_BYTES = 500 * 1024 * 1024
_OLDEST_MESSAGE = timedelta(seconds=30)
_LONGEST_UNTOLD = timedelta(minutes=1)
_OLDEST_SQLITE = (3, 35, 0)
_OLDEST_POSTGRES = 130000


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at. Without a remedy it is well."""

    about: str
    found: str
    remedy: str = ""

    @property
    def is_well(self) -> bool:
        """Whether nothing needs doing."""
        return not self.remedy


def findings(paper: Paper, *, now: datetime) -> Iterator[Finding]:
    """All checks, cheapest first. Needs Django awake. A check that fails itself is a finding too."""
    checks: dict[str, Callable[[], Finding]] = {
        "Python": _python,
        "folder": partial(_folder, paper),
        "secrets": partial(_secrets, paper),
        "pass keys": partial(_pass_keys, paper),
        "address": partial(_address, paper),
        "debug": partial(_debug, paper),
        "database": _database,
        "schema": _schema,
        "static files": partial(_static, paper),
        "page store": partial(_store, paper),
        "outbox": partial(_outbox, now=now),
        "scheduler": partial(_scheduler, now=now),
        "caches in front": partial(_caches, paper, now=now),
        "mail": partial(_mail, paper),
        "managers": _managers,
    }
    for about, check in checks.items():
        try:
            yield check()
        except Exception as error:  # noqa: BLE001  the doctor must finish the round
            found = f"{type(error).__name__}: {error}".strip()
            yield Finding(about, found, "Mend what is said above, then ask again.")


def _python() -> Finding:
    return Finding("Python", sys.version.split()[0])


def _folder(paper: Paper) -> Finding:
    paper.var.mkdir(parents=True, exist_ok=True)
    probe = paper.var / ".doctor"
    try:
        probe.write_text("", encoding="utf-8")
        probe.unlink()
    except OSError as error:
        return Finding(
            "folder",
            str(error),
            f"Give the account that runs Tajuk the right to write in {paper.var}.",
        )
    free = shutil.disk_usage(paper.var).free
    told = f"{paper.folder}, {free / 1e9:.1f} GB free"
    return Finding(
        "folder", told, "" if free > _LEAST_FREE_BYTES else "Make room: under 0.5 GB is free."
    )


def _secrets(paper: Paper) -> Finding:
    path = paper.folder / "secrets.toml"
    if not path.is_file():
        return Finding("secrets", "from the environment")
    remedy = f"Others on this machine can read it: chmod 600 {path}" if _is_open(path) else ""
    return Finding("secrets", path.name, remedy)


def _pass_keys(paper: Paper) -> Finding:
    from tajuk.paywall.keyring import FILE_NAME, read_key_ring

    path = paper.folder / FILE_NAME
    if not path.exists():
        return Finding("pass keys", "none yet: tajuk serve makes them at its start")
    if _is_open(path):
        # A rotation alone would not do: what an older key sealed still opens.
        remedy = (
            f"chmod 600 {path}. Whoever has read it can make any reader's pass: if somebody may have, drop every key "
            "(tajuk keys, tajuk keys drop KEY); a new one is made, and readers sign in again."
        )
        return Finding("pass keys", "others on this machine can read or change them", remedy)
    return Finding("pass keys", f"{len(read_key_ring(path).keys)} in {path.name}")


def _is_open(path: Path) -> bool:
    return bool(stat.S_IMODE(path.stat().st_mode) & (stat.S_IRWXG | stat.S_IRWXO))


def _address(paper: Paper) -> Finding:
    remedy = "" if paper.is_secure or _is_local(paper) else (
        "Serve it over HTTPS (docs/howto/deploy.md) and write https:// in newspaper.toml: sign-ins travel "
        "readable otherwise."
    )  # fmt: skip
    return Finding("address", paper.address, "" if paper.demo else remedy)


def _is_local(paper: Paper) -> bool:
    return "//localhost" in paper.address or "//127." in paper.address


def _debug(paper: Paper) -> Finding:
    if paper.debug and paper.is_secure:
        return Finding(
            "debug", "on", "Take debug = true out of newspaper.toml: it shows settings to visitors."
        )
    return Finding("debug", "on" if paper.debug else "off")


def _database() -> Finding:
    from django.db import DatabaseError, OperationalError, connection

    from tajuk.site.health import read_a_row

    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        if connection.introspection.table_names():
            read_a_row()
    except DatabaseError as error:
        remedy = (
            "Start the database, or correct database_url."
            if isinstance(error, OperationalError)
            else "Put a backup in its place (tajuk restore)."
        )
        return Finding(
            "database", str(error).strip(), f"{remedy} Pressed pages are served meanwhile."
        )
    if connection.vendor == "sqlite":
        old = sqlite3.sqlite_version_info < _OLDEST_SQLITE
        told = f"SQLite {sqlite3.sqlite_version}"
        return Finding("database", told, "Upgrade SQLite to 3.35 or newer." if old else "")
    version = connection.pg_version  # type: ignore[attr-defined]  # PostgreSQL's wrapper has it
    return Finding(
        "database", f"PostgreSQL {version // 10000}",
        "Upgrade PostgreSQL to 13 or newer." if version < _OLDEST_POSTGRES else "",
    )  # fmt: skip


def _schema() -> Finding:
    from tajuk.site.schema import is_current

    if is_current():
        return Finding("schema", "up to date")
    remedy = "tajuk serve brings it up to date at its start; tajuk manage migrate does so now."
    return Finding("schema", "behind this release", remedy)


def _static(paper: Paper) -> Finding:
    count = sum(1 for _ in paper.static_path.rglob("*.css")) if paper.static_path.is_dir() else 0
    return Finding(
        "static files",
        f"{count} style sheets",
        "" if count else "tajuk serve gathers them at its start.",
    )


def _store(paper: Paper) -> Finding:
    from tajuk.store import PageStore

    if not Path(paper.store_path).exists():
        return Finding(
            "page store", "not there yet", "tajuk serve makes it; tajuk press --all fills it."
        )
    count = sum(1 for _ in PageStore.open(paper.store_path, readonly=True).paths())
    return Finding("page store", f"{count} pages", "" if count else "tajuk press --all")


def _outbox(*, now: datetime) -> Finding:
    from tajuk.outbox.queries import undelivered

    waiting = undelivered()
    if waiting.last_error:
        return Finding(
            "outbox", waiting.last_error, "Mend what it says; it is tried again by itself."
        )
    if waiting.oldest_put_at and now - waiting.oldest_put_at > _OLDEST_MESSAGE:
        since = f"{waiting.count} undelivered, the oldest since {waiting.oldest_put_at:%Y-%m-%d %H:%M} UTC"
        return Finding("outbox", since, "Start the worker: tajuk serve, or tajuk worker.")
    return Finding("outbox", f"{waiting.count} undelivered")


def _scheduler(*, now: datetime) -> Finding:
    from tajuk.outbox.models import Lease

    lease = Lease.objects.filter(expires_at__gt=now).first()
    if lease is None:
        return Finding(
            "scheduler", "nobody keeps the clock", "Start it: tajuk serve, or tajuk worker."
        )
    return Finding("scheduler", lease.holder)


def _caches(paper: Paper, *, now: datetime) -> Finding:
    from http.client import HTTPException

    from tajuk.site.purge import PurgeRefusedError, purge
    from tajuk.store import PageStore

    if not paper.purge_urls:
        return Finding("caches in front", "none")
    for url in paper.purge_urls:
        try:
            purge(url, ["doctor"])
        except PurgeRefusedError as error:
            return Finding("caches in front", str(error), f"Let this machine purge at {url}.")
        except (OSError, HTTPException) as error:
            return Finding(
                "caches in front", f"{url}: {error}",
                "Start it, or correct purge_urls: until it is told, it gives readers old feeds. It is told by itself "
                "when it is back.",
            )  # fmt: skip
    waiting = PageStore.open(paper.store_path, readonly=True).to_purge()
    late = [each for each in waiting if now - each.noted_at > _LONGEST_UNTOLD]
    return Finding(
        "caches in front", f"{len(paper.purge_urls)}, {len(late)} changes they have not been told of",
        "Start the worker: tajuk serve, or tajuk worker." if late else "",
    )  # fmt: skip


def _mail(paper: Paper) -> Finding:
    if not paper.mail_url:
        remedy = "" if paper.demo or _is_local(paper) else (
            "Set mail_url (docs/howto/accounts.md): readers who register or sign in with a code wait for mail."
        )  # fmt: skip
        return Finding("mail", "kept at the desk, under Mail", remedy)
    by = paper.mail_url.removeprefix("anymail:").partition("?")[0]
    return Finding("mail", f"by {by}" if paper.mail_url.startswith("anymail:") else "by SMTP")


def _managers() -> Finding:
    from django.contrib.auth import get_user_model

    if get_user_model().objects.filter(is_active=True, is_superuser=True).exists():
        return Finding("administrators", "there is one")
    return Finding(
        "administrators", "nobody can administer the desk", "tajuk manage createsuperuser"
    )
