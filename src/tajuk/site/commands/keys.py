"""The keys that sign readers' passes: lists them, puts a new one first, or drops one that leaked.

A rotation signs nobody out: what older keys signed still opens. Running newsstands and desks follow within a second.
"""

from argparse import ArgumentParser, Namespace

from rich.console import Console
from rich.table import Table

from tajuk.paywall.keyring import (
    FILE_NAME,
    KEPT_FOR,
    key_ring,
    new_key,
    rotated,
    without,
    write_key_ring,
)
from tajuk.paywall.passes import KeyRing
from tajuk.site.commands.failure import CommandError
from tajuk.site.commands.newspaper import folder_argument, paper_of
from tajuk.terms.clock import now
from tajuk.terms.paper import Paper


def arguments(parser: ArgumentParser) -> None:
    """The command's options."""
    folder_argument(parser)
    parser.add_argument(
        "action", nargs="?", choices=["list", "rotate", "drop"], default="list",
        help="list (default); rotate: a new key signs from now on; drop: KEY's passes end at once",
    )  # fmt: skip
    parser.add_argument("key", nargs="?", metavar="KEY", help="for drop: a key's id")


def run(options: Namespace) -> int:
    """Does it and lists what there is."""
    if (options.action == "drop") != (options.key is not None):
        raise CommandError("Say it so: tajuk keys, tajuk keys rotate, or tajuk keys drop KEY.")
    paper = paper_of(options)
    console = Console()
    match options.action:
        case "rotate":
            ring = _rotate(paper)
            console.print(f"{ring.keys[0].id} signs from now on. Nobody is signed out.")
        case "drop":
            ring = _drop(paper, options.key)
            console.print(
                f"{options.key} is gone: passes it signed are worth nothing, and their readers sign in again."
            )
        case _:
            ring = key_ring(paper.folder / FILE_NAME, now=now())
    console.print(_table(ring))
    return 0


def _rotate(paper: Paper) -> KeyRing:
    path = paper.folder / FILE_NAME
    moment = now()
    if not path.exists():
        return key_ring(path, now=moment)
    ring = rotated(key_ring(path, now=moment), new_key(now=moment), now=moment)
    write_key_ring(path, ring)
    return ring


def _drop(paper: Paper, key_id: str) -> KeyRing:
    path = paper.folder / FILE_NAME
    moment = now()
    ring = key_ring(path, now=moment)
    if key_id not in {key.id for key in ring.keys}:
        raise CommandError(f"There is no key {key_id}. `tajuk keys` lists them.")
    # The only key goes too, for a new one: dropping is for a key that somebody else may have.
    left = without(ring, key_id) or KeyRing((new_key(now=moment),))
    write_key_ring(path, left)
    return left


def _table(ring: KeyRing) -> Table:
    table = Table(box=None, padding=(0, 2))
    for heading in ("key", "made", ""):
        table.add_column(heading)
    for place, key in enumerate(ring.keys):
        kept = "" if place == 0 else f"{ring.keys[place - 1].made_at + KEPT_FOR:%Y-%m-%d}"
        told = f"opens passes; may go after {kept}" if kept else "signs"
        table.add_row(key.id, f"{key.made_at:%Y-%m-%d %H:%M} UTC", told)
    return table
