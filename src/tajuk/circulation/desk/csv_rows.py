"""Rows of a CSV file (RFC 4180) that a spreadsheet program opens without running anything in it. Pure."""

import csv
import re
from collections.abc import Iterable, Iterator
from typing import Any

BYTE_ORDER_MARK = "\ufeff"
_UNSEEN = "[\\s\\0-\\x1f\\xad\\u061c\\u180e\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u206f\\ufeff]*"
"""Spaces, and characters that show nothing: a spreadsheet may drop them."""
_SIGN = "=+\\-@＝＋－＠"
_FORMULA = re.compile(rf"\A(?={_UNSEEN}[{_SIGN}\t\r\n])|(?<=[;,\t\r\n])(?={_UNSEEN}[{_SIGN}])")
"""Where a spreadsheet takes a formula to begin (OWASP, CSV injection): at the start of a cell, or after what it takes for a
separator when the file was made with another."""


class _Echo:
    """A file that hands back what is written to it."""

    def write(self, text: str) -> str:
        return text


def guarded(cell: Any) -> Any:
    """The cell; what would begin a formula gets an apostrophe ahead, which spreadsheets don't show at a cell's start."""
    return _FORMULA.sub("'", cell) if isinstance(cell, str) else cell


def csv_lines(
    head: Iterable[str], rows: Iterable[Iterable[Any]], *, separator: str, with_mark: bool
) -> Iterator[bytes]:
    """The file in UTF-8, a line at a time."""
    writer: Any = csv.writer(_Echo(), delimiter=separator)
    mark = BYTE_ORDER_MARK if with_mark else ""
    yield (mark + writer.writerow([guarded(each) for each in head])).encode()
    for row in rows:
        yield writer.writerow([guarded(each) for each in row]).encode()
