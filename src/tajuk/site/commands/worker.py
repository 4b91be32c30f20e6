"""Runs the worker, which takes messages to their steps, and the scheduler, which keeps the clock.

Ends cleanly on SIGTERM or Ctrl-C: the message in hand is finished first.
"""

import os
import signal
import socket
import threading
from argparse import ArgumentParser, Namespace
from types import FrameType

from tajuk.site.commands.newspaper import folder_argument, paper_of, wake_django


def arguments(parser: ArgumentParser) -> None:
    """The command's options."""
    folder_argument(parser)


def run(options: Namespace) -> int:
    """Works until told to stop."""
    wake_django(paper_of(options))
    from django.conf import settings

    from tajuk.outbox.bell import Bell, bell_path, ring
    from tajuk.outbox.scheduler import keep_time
    from tajuk.outbox.worker import work
    from tajuk.site.flow import DUTIES, FLOW, FORESIGHTS
    from tajuk.site.purge import keep_caches_fresh
    from tajuk.site.rebuild import keep_whole
    from tajuk.subscriptions.cashier import keep_till

    stop = threading.Event()

    def end(_number: int, _frame: FrameType | None) -> None:
        stop.set()
        ring()

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)
    machine = socket.gethostname()
    clock = threading.Thread(
        target=keep_time,
        args=(DUTIES, stop),
        kwargs={
            "holder": f"{machine}:{settings.PAPER.folder}:{os.getpid()}",
            "foresights": FORESIGHTS,
        },
        name="scheduler",
    )
    rebuilder = threading.Thread(target=keep_whole, args=(stop,), name="rebuilder", daemon=True)
    caches = threading.Thread(
        target=keep_caches_fresh, args=(settings.PAPER.purge_urls, stop), name="caches", daemon=True
    )
    cashier = threading.Thread(target=keep_till, args=(stop,), name="cashier", daemon=True)
    with Bell(bell_path()) as bell:
        # Only who can listen ticks: half a process would keep the lease and deliver nothing.
        clock.start()
        rebuilder.start()
        caches.start()
        cashier.start()
        try:
            work(FLOW, bell, stop, by=machine)
        finally:
            stop.set()
            for thread in (clock, rebuilder, caches, cashier):
                thread.join()
    return 0
