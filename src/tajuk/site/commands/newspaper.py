"""Finding the newspaper a command is about, and waking Django for it."""

import os
from argparse import ArgumentParser, Namespace
from pathlib import Path

from tajuk.terms.paper import Paper, find_folder, read_paper


def folder_argument(parser: ArgumentParser) -> None:
    """Adds `--dir`."""
    parser.add_argument(
        "--dir", type=Path, help="the newspaper's folder (default: here, or TAJUK_DIR)"
    )


def paper_of(options: Namespace) -> Paper:
    """The paper's settings; its folder is put into the environment for every process started from here."""
    if options.dir is not None:
        os.environ["TAJUK_DIR"] = str(options.dir.resolve())
    folder = find_folder(Path.cwd())
    os.environ["TAJUK_DIR"] = str(folder)
    return read_paper(folder)


def wake_django(paper: Paper) -> None:
    """Sets Django up with the newspaper's own settings module if it has one, else with ours."""
    import sys

    import django

    if (paper.folder / "settings.py").is_file():
        sys.path.insert(0, str(paper.folder))
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "settings")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tajuk.site.settings")
    django.setup()
