"""The readers' search index: one row a published story, holding the words anybody may read of it.

PostgreSQL: a `tsvector` with a GIN index. SQLite: an FTS5 table, and queries start from it. Both are given
words already split (`rules.words_in`), so the two databases find the same. Rows are written in short
transactions of their own; `moment` is the publication in microseconds, for the order and the cursor.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import connection, transaction

from tajuk.discovery.rules import Term, finds_longer_words
from tajuk.terms.ids import StoryId
from tajuk.terms.language import Language

TABLE = "discovery_searchtext"
CREATE = {
    "postgresql": [
        f"CREATE TABLE {TABLE} (story_id bigint PRIMARY KEY, language varchar(5) NOT NULL,"
        " moment bigint NOT NULL, words tsvector NOT NULL)",
        f"CREATE INDEX {TABLE}_words ON {TABLE} USING gin (words)",
    ],
    "sqlite": [
        f"CREATE VIRTUAL TABLE {TABLE} USING fts5"
        "(words, language UNINDEXED, moment UNINDEXED, tokenize = 'unicode61', prefix = '5')"
    ],
}
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LAST_POSITION = 16_383  # of a tsvector


@dataclass(frozen=True, slots=True)
class Entry:
    """A story as the index keeps it."""

    story_id: StoryId
    language: Language
    published_at: datetime
    words: list[str]


def write(entries: Collection[Entry], *, gone: Collection[StoryId]) -> None:
    """Puts these stories into the index in place of what it held of them, and takes `gone` out."""
    ids = [*(each.story_id for each in entries), *gone]
    if not ids:
        return
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {TABLE} WHERE {_key()} IN ({_marks(ids)})", ids)  # noqa: S608  names of ours
        if entries:
            cursor.executemany(_insert(), [_row(each) for each in entries])


def find(
    terms: Collection[Term], language: Language, *, at_most: int, before: StoryId | None
) -> list[StoryId]:
    """Stories that hold all the terms, newest first, from after `before` on. One query, two with `before`."""
    if not terms:
        return []
    where, values = _matches(terms)
    with connection.cursor() as cursor:
        if before is not None:
            cursor.execute(f"SELECT moment FROM {TABLE} WHERE {_key()} = %s", [before])  # noqa: S608  names of ours
            edge = cursor.fetchone()
            if edge is None:
                return []
            where += f" AND (moment < %s OR (moment = %s AND {_key()} < %s))"
            values += [edge[0], edge[0], before]
        cursor.execute(
            f"SELECT {_key()} FROM {TABLE} WHERE {where} AND language = %s"  # noqa: S608  names of ours
            f" ORDER BY moment DESC, {_key()} DESC LIMIT %s",
            [*values, language.value, at_most],
        )
        return [StoryId(row[0]) for row in cursor.fetchall()]


def indexed_ids(*, step: int) -> Iterator[list[StoryId]]:
    """Every story the index holds, in steps. One query a step."""
    above = -1
    while True:
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT {_key()} FROM {TABLE} WHERE {_key()} > %s ORDER BY {_key()} LIMIT %s",  # noqa: S608  names of ours
                [above, step],
            )
            ids = [StoryId(row[0]) for row in cursor.fetchall()]
        if not ids:
            return
        yield ids
        above = ids[-1]


def _is_postgresql() -> bool:
    return connection.vendor == "postgresql"


def _key() -> str:
    return "story_id" if _is_postgresql() else "rowid"


def _marks(values: Collection[object]) -> str:
    return ", ".join(["%s"] * len(values))


def _insert() -> str:
    cast = "::tsvector" if _is_postgresql() else ""
    return f"INSERT INTO {TABLE} ({_key()}, language, moment, words) VALUES (%s, %s, %s, %s{cast})"  # noqa: S608  names of ours


def _row(entry: Entry) -> tuple[int, str, int, str]:
    words = _vector(entry.words) if _is_postgresql() else " ".join(entry.words)
    moment = (entry.published_at - _EPOCH) // timedelta(microseconds=1)
    return entry.story_id, entry.language.value, moment, words


def _vector(words: Iterable[str]) -> str:
    """A tsvector spelled out: the database's own parser would split addresses and numbers its own way."""
    return " ".join(
        f"'{word}':{min(place, _LAST_POSITION)}" for place, word in enumerate(words, start=1)
    )


def _matches(terms: Collection[Term]) -> tuple[str, list[Any]]:
    if _is_postgresql():
        asked = " & ".join(
            f"'{term[0]}':*"
            if finds_longer_words(term)
            else "(" + " <-> ".join(f"'{word}'" for word in term) + ")"
            for term in terms
        )
        return "words @@ %s::tsquery", [asked]
    asked = " ".join(
        '"' + " ".join(term) + '"' + ("*" if finds_longer_words(term) else "") for term in terms
    )
    return f"{TABLE} MATCH %s", [asked]
