"""The store as it was at one moment: a plan and its fragments from the same batch."""

from collections.abc import Callable, Iterable
from types import TracebackType
from typing import Self

import lmdb

from tajuk.contracts.pages import PagePlan, unpacked_plan
from tajuk.contracts.readers import ReaderRow, unpacked_reader
from tajuk.store import fragments
from tajuk.store.checks import CHECK_LENGTH, is_whole
from tajuk.store.environment import Environment
from tajuk.store.errors import DamagedStoreError
from tajuk.store.fragments import Fragment
from tajuk.store.keys import (
    MARK,
    NEWS,
    fragment_key,
    path_in_entry,
    plan_key,
    reader_key,
    surrogate_prefix,
)

Version = tuple[int, int]
"""Of the store as a whole: equal versions hold equal things. For this process only."""

RUN_LENGTH = 8
LENGTH_LENGTH = 2


class Snapshot:
    """Use as a context manager, and don't await inside: fragments are views into the store.

    While there is no store it is empty.
    """

    __slots__ = ("_environment", "_transaction", "stored", "version")

    def __init__(self, environment: Environment) -> None:
        """Made by `PageStore.snapshot`."""
        self._environment = environment
        self._transaction: lmdb.Transaction[memoryview] | None = None
        self.version: Version = (0, 0)
        """Changes with every batch, whatever it wrote."""
        self.stored: Callable[[bytes], memoryview | None] = _nothing
        """Looks a fragment up by its `fragment_key`, as it is stored; see `IDENTITY` and `DEFLATE`."""

    def __enter__(self) -> Self:
        environment = self._environment
        environment.gate.acquire()
        try:
            transaction = environment.begin_reading()
        except BaseException:
            environment.gate.release()
            raise
        environment.open_reads += 1
        if transaction is None:
            self.version = environment.generation, 0
        else:
            self._transaction = transaction
            self.version = environment.generation, transaction.id()
            self.stored = transaction.get
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        environment = self._environment
        if self._transaction is not None:
            self._transaction.abort()
            self._transaction = None
            self.stored = _nothing
        environment.open_reads -= 1
        environment.gate.release()
        if isinstance(error, lmdb.Error):
            environment.complain_of_files(error)
            raise DamagedStoreError(error) from error

    @property
    def is_there(self) -> bool:
        """Whether there is a store at all."""
        return self._transaction is not None

    def mark(self, name: str) -> bytes | None:
        """What a mark says; see `Batch.put_mark`."""
        if self._transaction is None:
            return None
        key = MARK + name.encode()
        value = self._transaction.get(key)
        if value is None or not self.is_whole(key, value):
            return None
        return bytes(value[RUN_LENGTH:-CHECK_LENGTH])

    def has_mark(self, name: str) -> bool:
        """Whether a mark stands there, be it damaged or not."""
        return (
            self._transaction is not None
            and self._transaction.get(MARK + name.encode()) is not None
        )

    def is_whole(self, key: bytes, value: bytes | memoryview) -> bool:
        """Whether a value out of this snapshot is as it was written; the log says of what isn't, once."""
        if is_whole(key, value):
            return True
        self._environment.complain_of(key)
        return False

    def are_whole(self, keys: Iterable[bytes]) -> bool:
        """Whether what stands at these keys is as it was written. Looked at once of each, until the next batch."""
        confirmed = self._environment.confirmed(self.version)
        if confirmed.issuperset(keys):
            return True
        stored = self.stored
        for key in keys:
            if key in confirmed:
                continue
            value = stored(key)
            if value is not None and not self.is_whole(key, value):
                return False
            confirmed.add(key)
        return True

    @property
    def has_news(self) -> bool:
        """Whether something was committed that the press has not delivered yet."""
        if self._transaction is None:
            return False
        cursor = self._transaction.cursor()
        return bool(cursor.set_range(NEWS) and bytes(cursor.key()[:1]) == NEWS)

    def path_with(self, surrogate_key: str) -> str | None:
        """A path whose plan carries this surrogate key; where it was moved from and to, where it is now."""
        if self._transaction is None:
            return None
        cursor = self._transaction.cursor()
        prefix = surrogate_prefix(surrogate_key)
        more = cursor.set_range(prefix)
        while more and bytes(cursor.key()[: len(prefix)]) == prefix:
            path = path_in_entry(surrogate_key, bytes(cursor.key()), bytes(cursor.value()))
            plan = None if path is None else self.plan(path)
            if plan is not None and plan.parts:
                return path
            more = cursor.next()
        return None

    def stored_reader(self, reader_id: int) -> bytes | None:
        """A reader's row as it is stored; equal bytes are an equal row."""
        if self._transaction is None:
            return None
        value = self._transaction.get(reader_key(reader_id))
        return None if value is None else bytes(value)

    def reader(self, reader_id: int) -> ReaderRow | None:
        """What the newsstand may know of a signed-in reader."""
        stored = self.stored_reader(reader_id)
        if stored is None or not self.is_whole(reader_key(reader_id), stored):
            return None
        return reader_of(stored)

    def stored_plan(self, path: str) -> bytes | None:
        """The path's plan as it is stored, for `plan_in`; equal bytes are an equal plan."""
        if self._transaction is None:
            return None
        value = self._transaction.get(plan_key(path))
        return None if value is None else bytes(value)

    def plan(self, path: str) -> PagePlan | None:
        """The path's plan; None if it isn't pressed."""
        stored = self.stored_plan(path)
        return None if stored is None else self.plan_in(path, stored)

    def plan_in(self, path: str, stored: bytes) -> PagePlan | None:
        """The plan in what is stored for a path; None for a damaged one, and for one of another format."""
        if not self.is_whole(plan_key(path), stored):
            return None
        return plan_of(stored[:-CHECK_LENGTH])

    def fragment(self, name: str) -> Fragment | None:
        """A fragment by its name."""
        key = fragment_key(name)
        value = self.stored(key)
        if value is None or not self.is_whole(key, value):
            return None
        return fragments.unpacked(value)


def _nothing(_key: bytes) -> None:
    return None


def reader_of(stored: bytes) -> ReaderRow | None:
    """The row in a whole value; None for one of another format."""
    return unpacked_reader(stored[RUN_LENGTH:-CHECK_LENGTH])


def plan_value(run: int, path: str, packed: bytes, *, long: bool) -> bytes:
    """A plan as it stands in the store before its check: run number, the path where the key can't say it, the plan."""
    spelled = path.encode() if long else b""
    return (
        run.to_bytes(RUN_LENGTH, "little")
        + len(spelled).to_bytes(LENGTH_LENGTH, "little")
        + spelled
        + packed
    )


def plan_of(stored: bytes) -> PagePlan | None:
    """The plan in such a value; None for one of another format."""
    return unpacked_plan(_packed(stored))


def _packed(value: bytes) -> bytes:
    start = RUN_LENGTH + LENGTH_LENGTH
    return value[start + int.from_bytes(value[RUN_LENGTH:start], "little") :]


def plan_path(value: bytes) -> str:
    """The path in such a value, where the key couldn't say it."""
    start = RUN_LENGTH + LENGTH_LENGTH
    length = int.from_bytes(value[RUN_LENGTH:start], "little")
    return value[start : start + length].decode()
