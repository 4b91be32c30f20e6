"""Rows of a CSV file (RFC 4180) that a spreadsheet program opens without running anything in it. Pure."""

import csv
from collections.abc import Iterable, Iterator
from typing import Any

BYTE_ORDER_MARK = "\ufeff"
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a spreadsheet takes for the beginning of a formula (OWASP, CSV injection)."""


class _Echo:
    """A file that hands back what is written to it."""

    def write(self, text: str) -> str:
        return text


def guarded(cell: Any) -> Any:
    """The cell; text that would begin a formula gets an apostrophe ahead, which spreadsheets don't show."""
    if isinstance(cell, str) and cell.lstrip(" ").startswith(_FORMULA):
        return f"'{cell}"
    return cell


def csv_lines(
    head: Iterable[str], rows: Iterable[Iterable[Any]], *, separator: str, with_mark: bool
) -> Iterator[bytes]:
    """The file in UTF-8, a line at a time."""
    writer: Any = csv.writer(_Echo(), delimiter=separator)
    mark = BYTE_ORDER_MARK if with_mark else ""
    yield (mark + writer.writerow([guarded(each) for each in head])).encode()
    for row in rows:
        yield writer.writerow([guarded(each) for each in row]).encode()
