"""Writes the newspaper to one file: database, media, settings and secrets. The paper may go on working."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from rich.console import Console

from tajuk.site.commands.newspaper import folder_argument, paper_of
from tajuk.terms.clock import now


def arguments(parser: ArgumentParser) -> None:
    """The command's options."""
    folder_argument(parser)
    parser.add_argument(
        "file", type=Path, nargs="?", help="a new .tar.gz (default: named by day and time)"
    )


def run(options: Namespace) -> int:
    """Backs up and names the file."""
    from tajuk.site.archive import back_up

    paper = paper_of(options)
    moment = now()
    stamp = moment.astimezone(paper.time_zone).strftime("%Y-%m-%d-%H%M%S")
    target: Path = (options.file or Path(f"{paper.folder.name}-{stamp}.tar.gz")).resolve()
    console = Console()
    with console.status("Backing up …") as status:
        back_up(
            paper, target, now=moment, progress=lambda name: status.update(f"Backing up {name}")
        )
    console.print(
        f"{target} holds all of {paper.name}, its secrets included: keep it where only you can read."
    )
    return 0
