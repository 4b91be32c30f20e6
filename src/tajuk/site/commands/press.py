"""Presses pages into the page store: all of them, or those of the paths given.

Nobody has to run this: what is published is pressed by the worker, and what isn't pressed yet when it is asked
for. It is for a store that was lost, and after templates have changed.
"""

from argparse import ArgumentParser, Namespace

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from tajuk.site.commands.failure import CommandError
from tajuk.site.commands.newspaper import folder_argument, paper_of, wake_django
from tajuk.site.commands.serve import get_ready
from tajuk.terms.clock import now
from tajuk.terms.paper import Paper


def arguments(parser: ArgumentParser) -> None:
    """The command's options."""
    folder_argument(parser)
    parser.add_argument("--all", action="store_true", help="every page")
    parser.add_argument("paths", nargs="*", metavar="PATH", help="such as / or /en/latest")


def run(options: Namespace) -> int:
    """Presses, with a progress bar."""
    if not options.all and not options.paths:
        raise CommandError("Say what to press: --all, or paths such as / and /latest.")
    paper = paper_of(options)
    get_ready(paper)
    wake_django(paper)
    if options.all:
        press_everything(paper)
    missing = [path for path in options.paths if not _press_one(paper, path)]
    if missing:
        raise CommandError(f"There is no page at {', '.join(missing)}.")
    return 0


def press_everything(paper: Paper) -> None:
    """Presses every page, with a progress bar on standard error."""
    from tajuk.circulation.queries import active_reader_ids
    from tajuk.discovery.actions import index_everything
    from tajuk.press.readers import press_readers
    from tajuk.press.whole import press_all
    from tajuk.site.rebuild import fingerprint
    from tajuk.store import PageStore

    with Progress(
        TextColumn("Pressing"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(),
        console=Console(stderr=True),
    ) as bar:  # fmt: skip
        task = bar.add_task("press", total=None)
        store, moment = PageStore.open(paper.store_path), now()
        press_readers(store, active_reader_ids(now=moment), now=moment)
        press_all(
            store,
            now=moment,
            made_from=fingerprint(),
            progress=lambda done, of: bar.update(task, completed=done, total=of),
        )
    index_everything(now=now())


def _press_one(paper: Paper, path: str) -> bool:
    from tajuk.press.on_demand import press_path
    from tajuk.press.page import Written
    from tajuk.store import PageStore

    return isinstance(press_path(PageStore.open(paper.store_path), path, now=now()), Written)
