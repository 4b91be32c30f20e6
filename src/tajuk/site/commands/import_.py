"""Brings stories in from ninjs 2.x files: one JSON object a line (.jsonl, .ndjson, or -), or one a file (.json).

Files may be gzipped. What ninjs has no field for stands in the item's object "tajuk"; see docs/howto/import.md.
A file may be imported again: items that are the same as before are passed over, changed ones become a new version
of their story, unless the desk has changed it since. Items of ninjs 1.x and 3.x are refused until wire copy comes.
Exit code: 0 all is in, 1 some items were not, 2 nothing could be read.
"""

import sys
import time
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn

from tajuk.site.commands.failure import CommandError
from tajuk.site.commands.newspaper import folder_argument, paper_of, wake_django
from tajuk.terms.clock import now
from tajuk.terms.paper import Paper
from tajuk.wire.files import Line, UnreadableFileError, Where, lines_of, opened
from tajuk.wire.ninjs import House
from tajuk.wire.rules import Wish

if TYPE_CHECKING:
    from tajuk.site.intake import Intake, Tally

_STDIN = "-"
_SPEAK_EVERY = 5.0
"""Seconds between two lines of progress where there is no terminal to draw a bar on."""

Advance = Callable[[int, int, int], None]
"""Told the bytes of the files before this one, the bytes read of it, and the items of all."""


def arguments(parser: ArgumentParser) -> None:
    """The command's options."""
    folder_argument(parser)
    parser.add_argument("what", choices=["stories"], help="what the files hold")
    parser.add_argument("files", nargs="+", metavar="FILE", help="a file, or - for standard input")
    fate = parser.add_mutually_exclusive_group()
    fate.add_argument(
        "--publish", action="store_true", help="publish items without a time of publication too"
    )
    fate.add_argument("--draft", action="store_true", help="keep every story as a draft")
    parser.add_argument("--language", help="of items that say none (default: the paper's first)")
    parser.add_argument("--section", default="", help="of items that name none: a name or a slug")
    parser.add_argument(
        "--dry-run", action="store_true", help="say what would happen, change nothing"
    )


def run(options: Namespace) -> int:
    """Imports; says what was wrong on standard error and the sum of it on standard output."""
    paper = paper_of(options)
    house = _house(options, paper)
    wake_django(paper)
    from tajuk.site.intake import Intake
    from tajuk.site.schema import bring_up_to_date

    bring_up_to_date(paper)
    errors = Console(stderr=True, soft_wrap=True, highlight=False, markup=False, emoji=False)

    def say(where: Where, text: str) -> None:
        errors.print(f"{where}: {text}")

    intake = Intake(house, _wish(options), now, say, dry_run=options.dry_run)
    unreadable = 0
    with _progress(errors, _size(options.files)) as advance:
        before = 0
        for name in options.files:
            try:
                before += _import_file(name, intake, advance, before)
            except UnreadableFileError as error:
                unreadable += 1
                errors.print(str(error))
    _sum_up(intake.tally, dry_run=options.dry_run)
    if not unreadable and not intake.tally.bad:
        return 0
    return 1 if intake.tally.read > intake.tally.bad else 2


def _house(options: Namespace, paper: Paper) -> House:
    language = paper.first_language
    if options.language:
        named = [each for each in paper.languages if each == options.language]
        if not named:
            raise CommandError(
                f"--language must be one of this paper's: {', '.join(paper.languages)}."
            )
        language = named[0]
    return House(paper.languages, paper.time_zone, language, options.section.strip())


def _wish(options: Namespace) -> Wish:
    if options.draft:
        return Wish.DRAFT
    return Wish.PUBLISH if options.publish else Wish.AS_SENT


def _import_file(name: str, intake: "Intake", advance: Advance, before: int) -> int:
    """One file; returns its size. Raises UnreadableFileError."""
    if name == _STDIN:
        lines = lines_of(sys.stdin.buffer, "standard input")
        intake.take(_watched(lines, lambda: advance(before, 0, intake.tally.read)), Path.cwd())
        return 0
    path = Path(name)
    with opened(path) as stream:
        lines = lines_of(stream, name)
        intake.take(
            _watched(lines, lambda: advance(before, stream.tell(), intake.tally.read)), path.parent
        )
        return stream.tell()


def _watched(lines: Iterator[Line], watch: Callable[[], None]) -> Iterator[Line]:
    for line in lines:
        yield line
        watch()


def _size(files: list[str]) -> int | None:
    """Bytes of all files together; None where standard input is among them."""
    if _STDIN in files:
        return None
    return sum(path.stat().st_size for path in map(Path, files) if path.is_file())


@contextmanager
def _progress(console: Console, total: int | None) -> Iterator[Advance]:
    """A bar on a terminal, a line now and then elsewhere; both on standard error."""
    if not console.is_terminal:
        spoke = time.monotonic()

        def speak(_: int, __: int, items: int) -> None:
            nonlocal spoke
            if time.monotonic() - spoke > _SPEAK_EVERY:
                spoke = time.monotonic()
                console.print(f"{items} items …")

        yield speak
        return
    columns = (
        TextColumn("Importing"), BarColumn(), TaskProgressColumn(),
        TextColumn("{task.fields[items]} items"), TimeElapsedColumn(),
    )  # fmt: skip
    with Progress(*columns, console=console) as bar:
        task = bar.add_task("import", total=total, items=0)
        yield lambda before, at, items: bar.update(task, completed=before + at, items=items)


def _sum_up(tally: "Tally", *, dry_run: bool) -> None:
    console = Console(highlight=False, soft_wrap=True)
    console.print(
        f"{tally.created} created, {tally.updated} updated, {tally.unchanged} unchanged, "
        f"{tally.killed} killed, {tally.left_alone} left alone, {tally.bad} bad"
        + (f" ({tally.drafts} kept as drafts)" if tally.drafts else "")
        + (". Nothing was changed: this was a dry run." if dry_run else ".")
    )
