"""The desk at a thousand, a hundred thousand and a million stories: list, search, open, draft, publish, create.

    python -m benchmarks desk                       1 thousand and 100 thousand, SQLite and PostgreSQL
    python -m benchmarks desk --million             1 million as well (some minutes, 15 GB)
    python -m benchmarks desk --database sqlite --stories 20000

Through Django's test client with all middleware, as an administrator. The sizes take turns, and the fastest of nine
counts: other work on the machine only adds to it. Queries are counted in a separate request. PostgreSQL: TAJUK_TEST_POSTGRES (default postgres://127.0.0.1:5432), where a database is made and dropped.
"""

import argparse
import contextlib
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from benchmarks.figures import Figure

GOAL = 1.5
SMALL, LARGE, MILLION = 1_000, 100_000, 1_000_000
ROUNDS = 9
READY = "ready"
ACTIONS = ("home", "list", "search", "open", "draft", "publish", "create")
_SECTIONS = 12


def figures(arguments: list[str]) -> Iterator[Figure]:
    """Milliseconds and queries at each size, and what the larger cost beside a thousand."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks desk")
    parser.add_argument("--million", action="store_true", help="measure 1 million stories as well")
    parser.add_argument("--database", choices=("sqlite", "postgres"), help="only this one")
    parser.add_argument("--stories", type=int, help="this many instead of 100 thousand")
    asked = parser.parse_args(arguments)
    sizes = [SMALL, asked.stories or LARGE, *([MILLION] if asked.million else [])]
    for database in (asked.database,) if asked.database else ("sqlite", "postgres"):
        with contextlib.ExitStack() as opened:
            desks = {size: opened.enter_context(desk_of(database, size)) for size in sizes}
            for action in ACTIONS:
                yield from _measured(database, action, desks)


def _measured(database: str, action: str, desks: "dict[int, Desk]") -> Iterator[Figure]:
    """One action on every desk, turn by turn, so that other work on the machine meets all of them alike."""
    took: dict[int, list[float]] = {size: [] for size in desks}
    for turn in range(ROUNDS + 1):
        for size, desk in desks.items():
            milliseconds, _ = desk.act(action, turn)
            if turn:  # the first one warms up
                took[size].append(milliseconds)
    for size, desk in desks.items():
        name = f"desk {action}, {database}, {size:,} stories"
        _, queries = desk.act(action, ROUNDS + 1, counting=True)
        yield Figure(name, min(took[size]), "ms")
        yield Figure(f"{name}: queries", queries, "queries")
    for size in [size for size in desks if size != SMALL]:
        ratio = min(took[size]) / min(took[SMALL])
        yield Figure(f"desk {action}, {database}, {size:,} beside {SMALL:,}", ratio, "×", GOAL)


class Desk:
    """A desk of so many stories, in a process of its own that does as it is told."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        """The process has said that it is ready."""
        self._process = process

    def act(self, action: str, turn: int, *, counting: bool = False) -> tuple[float, int]:
        """How long it took in milliseconds, and how many queries if they were counted."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps([action, turn, counting]) + "\n")
        self._process.stdin.flush()
        milliseconds, queries = json.loads(self._process.stdout.readline())
        return milliseconds, queries


@contextlib.contextmanager
def desk_of(database: str, size: int) -> Iterator[Desk]:
    """A newspaper of its own with so many stories, gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="tajuk-bench-") as folder:
        paper = Path(folder)
        (paper / "var").mkdir()
        (paper / "newspaper.toml").write_text(
            'name = "Harian Ukur"\naddress = "http://testserver"\nlanguages = ["id", "en"]\n'
            'secret_key = "only-for-benchmarks-0123456789-0123456789-01234"\n',
            encoding="utf-8",
        )
        environ = os.environ | {
            "TAJUK_DIR": folder, "DJANGO_SETTINGS_MODULE": "benchmarks.desk_settings",
        }  # fmt: skip
        server = os.environ.get("TAJUK_TEST_POSTGRES", "postgres://127.0.0.1:5432")
        name = f"tajuk_bench_{os.getpid()}_{size}"
        if database == "postgres":
            _on_server(server, f'CREATE DATABASE "{name}"')
            environ["TAJUK_DATABASE_URL"] = urlunsplit(urlsplit(server)._replace(path=f"/{name}"))
        command = [sys.executable, "-m", "benchmarks.desk_at_scale", str(size)]
        try:
            with subprocess.Popen(
                command, env=environ, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
            ) as process:
                assert process.stdout is not None
                if process.stdout.readline().strip() != READY:
                    raise SystemExit(f"The desk of {size:,} stories did not open; see above.")
                yield Desk(process)
                process.terminate()
        finally:
            if database == "postgres":
                _on_server(server, f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def _on_server(server: str, statement: str) -> None:
    import psycopg

    with psycopg.connect(
        urlunsplit(urlsplit(server)._replace(path="/postgres")), autocommit=True
    ) as connection:
        connection.execute(statement.encode())


# ---- in the process of its own ------------------------------------------------------------------------------------


def serve(size: int) -> None:
    """Fills the newspaper, says so, and does what each line asks."""
    import django

    django.setup()
    from django.test import Client

    from benchmarks.desk_archive import found_archive
    from tajuk.newsroom.models import Section

    first, user = found_archive("ukur@uji.example", size, sections=_SECTIONS, topics=3)
    section = Section.objects.order_by("pk")[1].pk
    client = Client()
    client.force_login(user)
    known = _actions(client, first.pk, size, section)
    print(READY, flush=True)
    for line in sys.stdin:
        action, turn, counting = json.loads(line)
        print(json.dumps(_timed(known[action], turn, counting=counting)), flush=True)


def _actions(client: Any, first: int, size: int, section: int) -> dict[str, Callable[[int], None]]:
    from django.urls import reverse

    def page(view: str, *given: int) -> str:
        return reverse(f"wagtailsnippets_newsroom_story:{view}", args=given)

    def some(turn: int) -> int:
        return first + 1 + (turn * 7919) % (size - 1)

    def get(url: str) -> None:
        answer = client.get(url)
        assert answer.status_code == 200, (url, answer.status_code)

    def post(url: str, **given: str) -> None:
        answer = client.post(url, form_of_story(section) | given)
        assert answer.status_code == 302, (url, answer.status_code)

    return {
        "home": lambda _: get(reverse("wagtailadmin_home")),
        "list": lambda _: get(page("list")),
        "search": lambda _: get(page("list") + "?q=garam"),
        "open": lambda turn: get(page("edit", some(turn))),
        "draft": lambda turn: post(page("edit", some(turn))),
        "publish": lambda turn: post(
            page("edit", some(turn)), **{"action-publish": "action-publish"}
        ),
        "create": lambda _: post(page("add")),
    }


def form_of_story(section: int) -> dict[str, Any]:
    """What the editing screen sends."""
    from wagtail.test.utils.form_data import (
        inline_formset,
        nested_form_data,
        rich_text,
        streamfield,
    )

    paragraph = rich_text(
        "<p>Kabar dari dermaga tentang garam dan harga yang naik lagi.</p>", features=[]
    )
    blank = (
        "kicker standfirst dateline lead_picture lead_caption embargo_until embargo_note slug published_at go_live_at "
        "expire_at social_headline social_picture translation_of"
    )
    data: dict[str, Any] = nested_form_data({
        **dict.fromkeys(blank.split(), ""), "language": "id", "section": section, "headline": "Kabar yang diukur",
        "access": "free", "body": streamfield([("paragraph", paragraph)] * 12),
        **{rows: inline_formset([]) for rows in ("bylines", "topics", "sources", "other_sections")},
    })  # fmt: skip
    return data


def _timed(act: Callable[[int], None], turn: int, *, counting: bool) -> tuple[float, int]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    if counting:
        with CaptureQueriesContext(connection) as counted:
            act(turn)
        return 0, len(counted)
    begun = time.perf_counter()
    act(turn)
    return (time.perf_counter() - begun) * 1000, 0


if __name__ == "__main__":
    serve(int(sys.argv[1]))
