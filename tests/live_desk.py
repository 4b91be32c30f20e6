"""A newspaper of its own with a desk to drive: a server process, its database, and a little to work on.

Run as a program it is the server: it prints its port and serves until it is ended.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.databases import scratch_database

EMAIL = "redpel@nusa.example"
PASSWORD = "sangat-rahasia-1"


@dataclass(frozen=True)
class Desk:
    """Where it is and who may do everything there."""

    url: str
    folder: Path
    email: str = EMAIL
    password: str = PASSWORD


@contextmanager
def running_desk(folder: Path) -> Iterator[Desk]:
    """A desk at work until the block ends."""
    (folder / "var").mkdir(parents=True)
    (folder / "newspaper.toml").write_text(
        'name = "Harian Uji"\naddress = "http://127.0.0.1"\nlanguages = ["id", "en"]\n'
        'secret_key = "only-for-tests-0123456789-0123456789-0123456789"\n',
        encoding="utf-8",
    )
    with scratch_database() as (database, _):
        environ = {
            **os.environ,
            "TAJUK_DIR": str(folder),
            "DJANGO_SETTINGS_MODULE": "tests.live_settings",
        }
        environ.pop("TAJUK_DATABASE_URL", None)
        if database:
            environ["TAJUK_DATABASE_URL"] = database
        log = folder / "server.log"
        with log.open("w") as errors:
            server = subprocess.Popen(
                [sys.executable, "-m", "tests.live_desk"],
                env=environ, stdout=subprocess.PIPE, stderr=errors, text=True,
            )  # fmt: skip
            with server:
                try:
                    assert server.stdout is not None
                    port = server.stdout.readline().strip()
                    assert port, f"The desk did not start:\n{log.read_text()}"
                    yield Desk(f"http://127.0.0.1:{port}", folder)
                finally:
                    server.terminate()


def _fill() -> None:
    from django.contrib.auth import get_user_model

    from tests.standing_matter import person, picture, section, story, topic

    get_user_model().objects.create_superuser(EMAIL, PASSWORD, name="Redaktur Pelaksana")
    section("maritim")
    section("ekonomi")
    topic("pelabuhan")
    person()
    picture("dermaga")
    picture("kapal")
    for each in range(3):
        written = story(f"Kapal ke-{each} tiba", topics=["pelabuhan"], people=["Ratri Wulandaru"])
        written.save_revision()
        written.headline += " lagi"
        written.save_revision().publish()


def _serve() -> None:
    import django

    from tajuk.site.leash import die_with

    die_with(os.getppid())
    django.setup()
    from django.contrib.staticfiles.handlers import StaticFilesHandler
    from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
    from django.core.wsgi import get_wsgi_application

    from tajuk.newsroom.actions.set_up_desk import set_up_desk
    from tajuk.newsroom.actions.set_up_fronts import set_up_fronts
    from tajuk.site.schema import bring_up_to_date
    from tajuk.site.settings import PAPER

    bring_up_to_date(PAPER)
    set_up_desk()
    _fill()
    set_up_fronts()
    server = ThreadedWSGIServer(("127.0.0.1", 0), WSGIRequestHandler)
    server.daemon_threads = True
    server.set_app(StaticFilesHandler(get_wsgi_application()))
    print(server.server_port, flush=True)  # noqa: T201  for running_desk to read
    server.serve_forever()


if __name__ == "__main__":
    _serve()
