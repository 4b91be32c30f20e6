"""The command line: `tajuk …`. One module a command; each has `arguments(parser)` and `run(options) -> int`."""

import argparse
import importlib
import logging
import sys
from collections.abc import Sequence
from typing import Any

from tajuk.site.commands.failure import CommandError
from tajuk.terms.paper import SettingError

COMMANDS = {
    "new": "make a newspaper of your own in a folder",
    "serve": "run the newspaper: newsstand, desk, worker and scheduler",
    "worker": "run only the worker and the scheduler",
    "demo": "run the sample newspaper",
    "import": "bring stories in from ninjs files",
    "press": "press pages into the page store",
    "gateway-simulator": "run payment providers to try things with; no money moves",
    "keys": "list, change or drop the keys that sign readers' passes",
    "doctor": "say what is wrong and how to mend it",
    "backup": "write database, media and settings to one file",
    "restore": "make a newspaper again from a backup",
    "manage": "Django's own commands (migrate, createsuperuser, …)",
}

_FILES = {"import": "import_", "gateway-simulator": "gateway_simulator"}
"""Where a command's name is no name of Python's."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; returns its exit code. A foreseen failure is one line on standard error."""
    parser = argparse.ArgumentParser(prog="tajuk", description="A whole digital newspaper.")
    parser.add_argument("--verbose", action="store_true", help="log what happens inside")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    given = list(sys.argv[1:] if arguments is None else arguments)
    for name, purpose in COMMANDS.items():
        # Only the command asked for is imported: `tajuk serve` must not wait for what it doesn't use.
        module = _module(name) if name in given else None
        sub = commands.add_parser(
            name, help=purpose, description=module.__doc__ if module else purpose
        )
        if module is not None:
            module.arguments(sub)
    options = parser.parse_args(given)
    logging.basicConfig(
        level=logging.INFO if options.verbose else logging.WARNING,
        format="%(asctime)s %(levelname)s %(name)s %(message)s",
    )
    try:
        return int(_module(options.command).run(options))
    except (CommandError, SettingError) as error:
        sys.stderr.write(f"tajuk {options.command}: {error}\n")
        return 2
    except KeyboardInterrupt:
        return 130


def _module(name: str) -> Any:
    return importlib.import_module(f"tajuk.site.commands.{_FILES.get(name, name)}")
