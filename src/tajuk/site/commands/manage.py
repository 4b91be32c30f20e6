"""Django's own commands for this newspaper: `tajuk manage migrate`, `tajuk manage createsuperuser`, …"""

import argparse
from argparse import ArgumentParser, Namespace

from tajuk.site.commands.newspaper import folder_argument, paper_of, wake_django


def arguments(parser: ArgumentParser) -> None:
    """The command's options; everything after them goes to Django."""
    folder_argument(parser)
    parser.add_argument("rest", nargs=argparse.REMAINDER, metavar="DJANGO COMMAND")


def run(options: Namespace) -> int:
    """Hands over to Django."""
    wake_django(paper_of(options))
    from django.core.management import execute_from_command_line

    execute_from_command_line(["tajuk manage", *options.rest])
    return 0
