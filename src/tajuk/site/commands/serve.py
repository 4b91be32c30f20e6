"""Runs the newspaper: newsstand, desk, worker and scheduler, as one group of processes behind one port.

Ctrl-C or SIGTERM ends all of them cleanly. On several machines each runs what it is for with --role.
"""

from argparse import ArgumentParser, Namespace

from rich.console import Console

from tajuk.paywall.keyring import FILE_NAME, key_ring
from tajuk.site.commands.newspaper import folder_argument, paper_of, wake_django
from tajuk.site.processes import ROLES, serve
from tajuk.site.readiness import is_ready, make_ready
from tajuk.terms.clock import now
from tajuk.terms.paper import Paper

DEFAULT_PORT = 8000


def arguments(parser: ArgumentParser) -> None:
    """The command's options."""
    folder_argument(parser)
    parser.add_argument("--host", default="127.0.0.1", help="where to listen (default: 127.0.0.1)")
    parser.add_argument("--port", type=int, default=DEFAULT_PORT, help=f"default: {DEFAULT_PORT}")
    parser.add_argument(
        "--role",
        action="append",
        choices=sorted(ROLES),
        help="start only this part; may be given several times",
    )
    parser.add_argument("--workers", type=int, default=1, help="newsstand processes (default: 1)")


def run(options: Namespace) -> int:
    """Serves until told to stop."""
    paper = paper_of(options)
    get_ready(paper)
    Console(stderr=True).print(
        f"[bold]{paper.name}[/bold] at {paper.address}/ (listening on {options.host}:{options.port}), "
        f"its desk at {paper.address}/desk/. Ctrl-C ends it."
    )
    return serve(
        paper,
        host=options.host,
        port=options.port,
        roles=frozenset(options.role or ROLES),
        workers=options.workers,
    )


def get_ready(paper: Paper) -> None:
    """Makes the newspaper ready if anything has changed since it last was."""
    key_ring(paper.folder / FILE_NAME, now=now())  # made if it isn't there; broken, it says so here
    if is_ready(paper):
        return
    console = Console(stderr=True)
    with console.status("Getting ready: database, static files, the desk's groups …"):
        wake_django(paper)
        make_ready(paper)
