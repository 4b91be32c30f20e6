"""The two servers of the process group, each in a process of its own: `python -m tajuk.site.servers …`.

The newsstand is served by `tajuk.edge.server`, without Django in it; the desk behind it is Granian with WSGI on a
Unix socket, whose threads let one editor's save wait for the database while another's list is made.
"""

import os
import signal
import socket
import sys
from argparse import ArgumentParser
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from tajuk.edge.server import Limits, keep_workers, listen, work
from tajuk.site.leash import die_with
from tajuk.terms.paper import Paper, find_folder, read_paper

DESK_THREADS = 8
_DESK_QUEUE = 256
_END_SECONDS = 6
"""What is under way may be finished for so long; less than the supervisor waits."""
_NEWSSTAND_LIMITS = Limits(end_seconds=_END_SECONDS)


def run_newsstand(paper: Paper, *, host: str, port: int, workers: int) -> int:
    """Serves readers until told to stop; the exit code."""

    def serve(sockets: Sequence[socket.socket]) -> None:
        from tajuk.site.newsstand import newsstand_of

        work(lambda: newsstand_of(paper), sockets, _NEWSSTAND_LIMITS)

    seats = [listen(host, port)]
    taken = seats[0][0].getsockname()[1]
    seats += [listen(host, taken) for _ in range(workers - 1)]
    return keep_workers(serve, seats, end_seconds=_END_SECONDS, die_with=die_with)


def run_desk(paper: Paper, *, threads: int = DESK_THREADS) -> None:
    """Serves Django on the paper's Unix socket until told to stop."""
    # In here: the newsstand's processes have no use for it.
    from granian.constants import Interfaces
    from granian.log import LogLevels
    from granian.server import Server

    paper.socket_path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    paper.socket_path.unlink(missing_ok=True)  # left behind by one that was killed

    def application() -> Any:
        from tajuk.site.wsgi import application

        return application

    Server(
        "desk",
        uds=paper.socket_path,
        uds_permissions=0o660,
        interface=Interfaces.WSGI,
        blocking_threads=threads,
        backpressure=_DESK_QUEUE,
        log_level=LogLevels.error,
        respawn_failed_workers=True,
        workers_kill_timeout=_END_SECONDS,
    ).serve(target_loader=_loader(application), wrap_loader=False)


def _loader(application: Callable[[], Any]) -> Callable[[], Any]:
    """Makes the application in Granian's worker process, which shall not outlive Granian's main one."""
    parent = os.getpid()

    def load() -> Any:
        if os.getpid() != parent:
            die_with(parent)
            # Forked with the main process's handlers, which would swallow a stop while Django wakes; Granian
            # sets the worker's own when the application is loaded.
            signal.signal(signal.SIGTERM, signal.SIG_DFL)
            signal.signal(signal.SIGINT, signal.SIG_DFL)
        return application()

    return load


def main() -> None:
    """`newsstand --host H --port P --workers N`, or `desk`; the newspaper is TAJUK_DIR's."""
    parser = ArgumentParser(prog="tajuk.site.servers")
    parser.add_argument("server", choices=["newsstand", "desk"])
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--workers", type=int, default=1)
    options = parser.parse_args()
    paper = read_paper(find_folder(Path.cwd()))
    if options.server == "desk":
        run_desk(paper)
    else:
        sys.exit(
            run_newsstand(paper, host=options.host, port=options.port, workers=options.workers)
        )


if __name__ == "__main__":
    main()
