"""Makes a newspaper again from a backup, in an empty folder. Everything is checked before it is put in place."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from rich.console import Console


def arguments(parser: ArgumentParser) -> None:
    """The command's options."""
    parser.add_argument("file", type=Path, help="what `tajuk backup` wrote")
    parser.add_argument(
        "folder", type=Path, metavar="DIR", help="an empty folder, or one to be made"
    )
    parser.add_argument(
        "--database-url", help="another, empty PostgreSQL database than the backup's settings name"
    )


def run(options: Namespace) -> int:
    """Restores and says how to start."""
    from tajuk.site.archive import restore

    console = Console()
    with console.status("Restoring …") as status:
        paper = restore(
            options.file.resolve(),
            options.folder.resolve(),
            database_url=options.database_url,
            progress=lambda name: status.update(f"Restoring {name}"),
        )
    console.print(f"{paper.name} stands in {options.folder}. Start it with:")
    console.print(f"  tajuk press --all --dir {options.folder}")
    console.print(f"  tajuk serve --dir {options.folder}")
    return 0
