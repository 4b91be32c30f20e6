"""Files of items: JSON lines, or one item a file; plain or gzipped. Read in a stream, a line at a time."""

import gzip
import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, NamedTuple

from tajuk.wire.fields import RefusedItemError

LONGEST_LINE = 16_000_000
_BOM = b"\xef\xbb\xbf"


class Where(NamedTuple):
    """A place in a file, as it is said to whoever has to mend it."""

    file: str
    line: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


@dataclass(frozen=True, slots=True)
class Line:
    """One item's JSON as it stands in the file, or why it could not be read."""

    where: Where
    text: str = ""
    wrong: str = ""


class UnreadableFileError(Exception):
    """Not one line of the file can be read; the text says why."""


def is_one_item(name: str) -> bool:
    """Whether a file of this name holds one item; otherwise each line does."""
    return name.removesuffix(".gz").endswith(".json")


def lines_of(stream: IO[bytes], name: str) -> Iterator[Line]:
    """The items of an open file. A broken end is told as a line that is wrong.

    Raises UnreadableFileError where even the first byte can't be had.
    """
    if name.endswith(".gz"):
        stream = gzip.GzipFile(fileobj=stream)  # type: ignore[assignment]
    number = 0
    try:
        if is_one_item(name):
            yield from _whole(stream, name)
            return
        while piece := stream.readline(LONGEST_LINE + 1):
            number += 1
            if len(piece) > LONGEST_LINE:
                _skip_to_end_of_line(stream)
                yield Line(Where(name, number), wrong=f"longer than {LONGEST_LINE} bytes")
            elif piece.strip():
                yield _decoded(piece, Where(name, number))
    except (EOFError, OSError, zlib.error) as error:
        if number == 0:
            raise UnreadableFileError(f"{name} can't be read: {error}") from error
        yield Line(Where(name, number + 1), wrong=f"the rest of the file can't be read: {error}")


def _whole(stream: IO[bytes], name: str) -> Iterator[Line]:
    """One item over many lines; a file of JSON lines that calls itself .json is taken as what it is."""
    content = stream.read(LONGEST_LINE + 1)
    if len(content) > LONGEST_LINE:
        yield Line(
            Where(name, 1), wrong=f"longer than {LONGEST_LINE} bytes: use .jsonl, an item a line"
        )
        return
    rows = [(n, row) for n, row in enumerate(content.split(b"\n"), start=1) if row.strip()]
    if len(rows) > 1 and all(
        row.lstrip(_BOM).strip()[:1] == b"{" and row.strip()[-1:] == b"}" for _, row in rows
    ):
        for number, row in rows:
            yield _decoded(row, Where(name, number))
    elif rows:
        yield _decoded(content, Where(name, rows[0][0]))


def _decoded(piece: bytes, where: Where) -> Line:
    try:
        return Line(where, piece.removeprefix(_BOM).decode("utf-8").strip())
    except UnicodeDecodeError as error:
        return Line(where, wrong=f"not UTF-8: {error.reason} at byte {error.start}")


def _skip_to_end_of_line(stream: IO[bytes]) -> None:
    while (piece := stream.readline(LONGEST_LINE)) and not piece.endswith(b"\n"):
        pass


def parsed(text: str) -> Any:
    """The JSON of a line. Raises RefusedItemError, which says where it breaks."""
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        place = (
            f"line {error.lineno}, column {error.colno}"
            if error.lineno > 1
            else f"column {error.colno}"
        )
        raise RefusedItemError(f"not JSON: {error.msg} at {place}") from error
    except (ValueError, RecursionError) as error:
        raise RefusedItemError(
            "not JSON that can be read: nested too deep, or a number too long"
        ) from error


def opened(path: Path) -> IO[bytes]:
    """The file, for reading. Raises UnreadableFileError."""
    try:
        return path.open("rb")
    except OSError as error:
        raise UnreadableFileError(f"{path} can't be read: {error.strerror}") from error
