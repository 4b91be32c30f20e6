"""Making a newspaper ready to be served, and knowing without Django that it is.

Waking Django takes seconds, so a start that finds nothing changed must not need it: what the last preparation
was made from is kept as a fingerprint.
"""

import hashlib
from importlib.metadata import version
from pathlib import Path

from tajuk.terms.clock import now
from tajuk.terms.paper import Paper

_PACKAGE = Path(__file__).resolve().parent.parent
_MADE_FROM = ("migrations/*.py", "static/**/*", "templates/**/*")


def is_ready(paper: Paper) -> bool:
    """Whether nothing has changed since the newspaper was last made ready."""
    stamp = _stamp(paper)
    return stamp.is_file() and stamp.read_text(encoding="utf-8") == _fingerprint(paper)


def make_ready(paper: Paper) -> None:
    """Brings schema, static files and the desk's groups and workflow up to date. Needs Django awake."""
    from tajuk.circulation.desk.set_up import set_up_circulation_desk
    from tajuk.newsroom.actions.set_up_desk import set_up_desk
    from tajuk.newsroom.actions.set_up_fronts import set_up_fronts
    from tajuk.site.schema import bring_up_to_date
    from tajuk.site.static_files import collect

    _stamp(paper).unlink(missing_ok=True)
    bring_up_to_date(paper)
    collect(paper, now=now())
    set_up_desk()
    set_up_circulation_desk()
    set_up_fronts()
    _stamp(paper).parent.mkdir(parents=True, exist_ok=True)
    _stamp(paper).write_text(_fingerprint(paper), encoding="utf-8")


def _stamp(paper: Paper) -> Path:
    return paper.var / "ready"


def _fingerprint(paper: Paper) -> str:
    """Of the releases in use, the package's own migrations and files, and the paper's settings."""
    told = hashlib.sha256(f"{version('tajuk')} {version('django')} {version('wagtail')}".encode())
    told.update(repr(paper.database_url).encode())
    for pattern in _MADE_FROM:
        for path in sorted(_PACKAGE.glob(f"*/{pattern}")):
            if path.is_file():
                state = path.stat()
                told.update(f"{path} {state.st_mtime_ns} {state.st_size}".encode())
    return told.hexdigest()
