"""Reading JSON that anybody may have written: each field by its type, refused in words where it is another."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from dateutil.parser import isoparse

from tajuk.wire.text import one_line, storable

_FIRST_YEAR, _LAST_YEAR = 1800, 2200

Object = Mapping[str, Any]


class RefusedItemError(Exception):
    """The item can't become a story; the text says which field is wrong and what it should be."""


def raw(item: Object, key: str, where: str = "") -> str:
    """A text as it stands, or "". Raises RefusedItemError where it is something else."""
    value = item.get(key)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise RefusedItemError(f"{where}{key} must be a text, not {_kind(value)}")
    return storable(value)


def line(item: Object, key: str, where: str = "") -> str:
    """A text on one line, or ""."""
    return one_line(raw(item, key, where))


def objects(item: Object, key: str, where: str = "") -> list[Object]:
    """A list of objects; empty where there is none."""
    value = item.get(key)
    if value is None:
        return []
    if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
        raise RefusedItemError(f"{where}{key} must be a list of objects, not {_kind(value)}")
    return value


def names(item: Object, key: str, where: str = "") -> list[Object]:
    """A list of objects or of bare names; a bare name is read as `{"name": …}`."""
    value = item.get(key)
    if value is None:
        return []
    if not isinstance(value, list) or not all(isinstance(each, str | dict) for each in value):
        raise RefusedItemError(
            f"{where}{key} must be a list of names or objects, not {_kind(value)}"
        )
    return [{"name": each} if isinstance(each, str) else each for each in value]


def lines(item: Object, key: str, where: str = "") -> tuple[str, ...]:
    """A list of texts."""
    value = item.get(key)
    if value is None:
        return ()
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise RefusedItemError(f"{where}{key} must be a list of texts, not {_kind(value)}")
    return tuple(text for text in map(one_line, value) if text)


def moment(item: Object, key: str, zone: ZoneInfo, where: str = "") -> datetime | None:
    """A moment in UTC; one without an offset is in the paper's own time zone."""
    text = line(item, key, where)
    if not text:
        return None
    try:
        read = isoparse(text)
    except (ValueError, OverflowError):
        read = None
    if read is None or not _FIRST_YEAR <= read.year <= _LAST_YEAR:
        raise RefusedItemError(
            f"{where}{key} must be a moment such as 2026-01-31T07:30:00+07:00, not {text[:40]!r}"
        )
    return (read if read.tzinfo else read.replace(tzinfo=zone)).astimezone(UTC)


def _kind(value: Any) -> str:
    match value:
        case bool():
            return "true or false"
        case int() | float():
            return "a number"
        case str():
            return "a text"
        case list():
            return (
                "a list"
                if all(isinstance(each, type(value[0])) for each in value)
                else "a mixed list"
            )
        case dict():
            return "an object"
        case _:
            return "empty"
