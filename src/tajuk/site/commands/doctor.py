"""Looks the newspaper over and says what is wrong and how to mend it. Exit code 1 when something is."""

from argparse import ArgumentParser, Namespace

from rich.console import Console

from tajuk.site.commands.newspaper import folder_argument, paper_of, wake_django
from tajuk.terms.clock import now


def arguments(parser: ArgumentParser) -> None:
    """The command's options."""
    folder_argument(parser)


def run(options: Namespace) -> int:
    """Prints one line a check, and under it the remedy where one is needed."""
    paper = paper_of(options)
    wake_django(paper)
    from tajuk.site.checks import findings

    console = Console(highlight=False)
    ill = 0
    for finding in findings(paper, now=now()):
        mark = "[green]✓[/green]" if finding.is_well else "[red]✗[/red]"
        console.print(f"{mark} {finding.about}: {finding.found}", soft_wrap=True)
        if not finding.is_well:
            ill += 1
            console.print(f"    → {finding.remedy}", soft_wrap=True)
    console.print("All is well." if not ill else f"{ill} to mend.")
    return 1 if ill else 0
