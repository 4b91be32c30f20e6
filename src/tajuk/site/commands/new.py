"""Makes a newspaper of your own: settings, secrets, an empty folder for what it writes.

Nothing is overwritten: a folder that holds a newspaper already is refused.
"""

import re
import secrets
from argparse import ArgumentParser, Namespace
from pathlib import Path

from rich.console import Console

from tajuk.paywall import keyring
from tajuk.site.commands.failure import CommandError
from tajuk.terms.clock import now
from tajuk.terms.language import Language
from tajuk.terms.paper import FILE_NAME, read_paper

_SETTINGS = '''"""Django's settings of {name}: what newspaper.toml can't say (caches, storages, logging) goes here."""

from tajuk.site.settings import *
'''


def arguments(parser: ArgumentParser) -> None:
    """The command's options."""
    parser.add_argument(
        "folder", type=Path, metavar="DIR", help="where to make it; made if it isn't there"
    )
    parser.add_argument("--name", help="the paper's name (default: made of the folder's)")
    parser.add_argument(
        "--languages",
        default="id",
        help="one or two of id, en; the first has no prefix (default: id)",
    )
    parser.add_argument("--time-zone", default="Asia/Jakarta", help="default: Asia/Jakarta")
    parser.add_argument(
        "--address", default="http://localhost:8000", help="the public origin of the site"
    )


def run(options: Namespace) -> int:
    """Makes the newspaper and says how to go on."""
    folder: Path = options.folder.resolve()
    name = options.name or re.sub(r"[-_]+", " ", folder.name).strip().title() or "My newspaper"
    make(
        folder,
        name=name,
        languages=options.languages.split(","),
        time_zone=options.time_zone,
        address=options.address,
    )
    console = Console()
    console.print(f"[bold]{name}[/bold] stands in {folder}.")
    console.print("Now:")
    console.print(f"  cd {options.folder}")
    console.print("  tajuk manage createsuperuser   [dim]# who signs in at the desk first[/dim]")
    console.print("  tajuk serve                    [dim]# the paper, and its desk at /desk/[/dim]")
    return 0


def make(
    folder: Path, *, name: str, languages: list[str], time_zone: str, address: str, extra: str = ""
) -> None:
    """Writes the files of a newspaper. Raises CommandError if one stands there, SettingError if a value is wrong."""
    if (folder / FILE_NAME).exists():
        raise CommandError(f"There is a newspaper in {folder} already. Choose another folder.")
    existed = folder.exists()
    folder.mkdir(parents=True, exist_ok=True)
    names = (FILE_NAME, "secrets.toml", "settings.py", keyring.FILE_NAME)
    written = [folder / name for name in names]
    try:
        written[0].write_text(
            f"# The settings of {name}. `tajuk doctor` says whether they hold together.\n"
            f"name = {_quoted(name)}\n"
            f"address = {_quoted(address)}\n"
            f"languages = [{', '.join(_quoted(tag.strip()) for tag in languages)}]  # of: {', '.join(Language)}\n"
            f"time_zone = {_quoted(time_zone)}\n{extra}",
            encoding="utf-8",
        )
        written[1].touch(mode=0o600)
        written[1].write_text(
            "# Not for version control, not for anybody's eyes.\n"
            f"secret_key = {_quoted(secrets.token_urlsafe(50))}\n",
            encoding="utf-8",
        )
        written[2].write_text(_SETTINGS.format(name=name.replace('"', "'")), encoding="utf-8")
        keyring.key_ring(written[3], now=now())
        paper = read_paper(folder)
    except BaseException:
        for path in written:
            path.unlink(missing_ok=True)
        if not existed:
            folder.rmdir()
        raise
    for path in (paper.var / "run", paper.media_path):
        path.mkdir(parents=True, exist_ok=True)
    (folder / ".gitignore").write_text(
        f"var/\nsecrets.toml\n{keyring.FILE_NAME}\n", encoding="utf-8"
    )


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ")
    return f'"{escaped}"'
