"""The door to the page store."""

import secrets
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import lmdb

from tajuk.contracts.caches import path_key
from tajuk.contracts.pages import Fixed, PagePlan, packed_plan
from tajuk.contracts.readers import ReaderRow, packed_reader
from tajuk.store import fragments
from tajuk.store.checks import CHECK_LENGTH, checked, is_whole
from tajuk.store.environment import FIRST_MAP_SIZE, Environment
from tajuk.store.errors import NoSurrogateKeyError
from tajuk.store.fragments import IDENTITY, Fragment, compressed, compressed_together
from tajuk.store.keys import (
    LONG_PLAN,
    MARK,
    NEWS,
    PLAN,
    PURGE,
    RUN,
    SELF,
    fragment_key,
    is_surrogate_key,
    news_key,
    path_in_entry,
    plan_key,
    purge_key,
    reader_key,
    surrogate_entry,
    surrogate_prefix,
)
from tajuk.store.purges import ToPurge, purge_value, to_purge
from tajuk.store.snapshot import RUN_LENGTH, Snapshot, Version, plan_of, plan_path, plan_value
from tajuk.terms.ids import RunNumber

_AT_A_TIME = 1000


class PageStore:
    """Plans and fragments, by path and name. Open it after any fork; all who open a path share it."""

    def __init__(self, environment: Environment) -> None:
        """Use `PageStore.open`."""
        self._environment = environment

    @classmethod
    def open(
        cls, path: Path, *, readonly: bool = False, map_size: int = FIRST_MAP_SIZE
    ) -> "PageStore":
        """The store in this folder.

        With `readonly` it may not be there yet, and may be deleted and made again: until it is there it
        reads as empty. `map_size` is the address space to begin with; the store doubles it when full.
        """
        return cls(Environment.shared(path, readonly=readonly, map_size=map_size))

    def close(self) -> None:
        """Nobody reads through this door any more."""
        self._environment.release()

    def snapshot(self) -> Snapshot:
        """The store as it is now, for as long as the `with` lasts."""
        return Snapshot(self._environment)

    def look_again(self) -> None:
        """The next snapshot sees a store that was made, or made anew, this very moment."""
        self._environment.look_again()

    def version(self) -> Version:
        """Of the store as a whole, for this process: changes with every write."""
        with self.snapshot() as snapshot:
            return snapshot.version

    def identity(self) -> bytes:
        """What this store was given when it was first asked: one made anew in its place has another."""
        return self._environment.write(_identity)

    def is_there(self) -> bool:
        """Whether there is a store at all."""
        with self.snapshot() as snapshot:
            return snapshot.is_there

    def plan(self, path: str) -> PagePlan | None:
        """The path's plan; None if it isn't pressed."""
        with self.snapshot() as snapshot:
            return snapshot.plan(path)

    def fragment(self, name: str) -> Fragment | None:
        """A fragment, copied out of the store."""
        with self.snapshot() as snapshot:
            found = snapshot.fragment(name)
            return None if found is None else found._replace(deflate=bytes(found.deflate))

    def paths(self, prefix: str = "") -> Iterator[str]:
        """The pressed paths that begin with `prefix`, in the order of their bytes; very long ones last.

        Read a thousand at a time, so that no transaction is held while they are used.
        """
        kind = PLAN + prefix.encode()[:500]
        for key, _ in self._walk(kind):
            path = key[1:].decode()
            if path.startswith(prefix):
                yield path
        for key, value in self._walk(LONG_PLAN):
            path = plan_path(value) if is_whole(key, value) else ""
            if path and path.startswith(prefix):
                yield path

    def paths_with(self, surrogate_key: str) -> list[str]:
        """The paths whose plan carries this surrogate key, sorted."""
        entries = self._walk(surrogate_prefix(surrogate_key))
        found = (path_in_entry(surrogate_key, *each) for each in entries)
        return sorted(path for path in found if path is not None)

    def next_run(self) -> RunNumber:
        """A new run number, higher than any before it. Taken before the rows are read that it will write.

        The first one of a new store is the clock in microseconds, so that a store made anew counts on
        from where the deleted one stood.
        """
        return self._environment.write(_take_run)

    @contextmanager
    def batch(self, run: RunNumber, *, for_caches: bool = False) -> Iterator["Batch"]:
        """Gathers writes and makes them in one transaction at the end; none of them if the block raises.

        What already stands there under a newer run is left as it is. `for_caches`: what caches in front have to forget
        is noted in the same transaction, so that no crash comes between; see `to_purge`.
        """
        batch = Batch(run, for_caches=for_caches)
        yield batch
        batch.passed_over = self._environment.write(batch.write)

    def reader(self, reader_id: int) -> ReaderRow | None:
        """What the newsstand may know of a signed-in reader."""
        with self.snapshot() as snapshot:
            return snapshot.reader(reader_id)

    def mark(self, name: str) -> bytes | None:
        """What a mark says; see `Batch.put_mark`."""
        with self.snapshot() as snapshot:
            return snapshot.mark(name)

    def announce(self, message_ids: Iterable[int]) -> None:
        """Messages were committed: until they are delivered, what isn't in the store may well be in the paper."""
        ids = list(message_ids)
        if ids:
            self._environment.write(lambda it: [it.put(news_key(each), b"") for each in ids])

    def delivered(self, message_ids: Iterable[int]) -> None:
        """The press has had these messages."""
        ids = list(message_ids)
        if ids:
            self._environment.write(lambda it: [it.delete(news_key(each)) for each in ids])

    def announced(self) -> list[int]:
        """The messages that were announced and not yet delivered."""
        return [int.from_bytes(key[1:], "big") for key, _ in self._walk(NEWS)]

    def to_purge(self) -> list[ToPurge]:
        """What caches in front have to forget, in the order of the keys."""
        return [to_purge(key, value) for key, value in self._walk(PURGE)]

    def purged(self, told: Iterable[ToPurge]) -> None:
        """All caches were told; what was noted anew meanwhile stays."""
        gone = {purge_key(each.key): each.noted for each in told}
        if gone:
            self._environment.write(
                lambda it: [it.delete(key) for key, noted in gone.items() if it.get(key) == noted]
            )

    def _walk(self, prefix: bytes) -> Iterator[tuple[bytes, bytes]]:
        after = prefix
        while True:
            found: list[tuple[bytes, bytes]] = []
            environment = self._environment
            with environment.gate:
                transaction = environment.begin_reading()
                if transaction is None:
                    return
                with transaction:
                    cursor = transaction.cursor()
                    more = cursor.set_range(after)
                    while more and len(found) < _AT_A_TIME:
                        key, value = cursor.item()
                        if bytes(key[: len(prefix)]) != prefix:
                            break
                        found.append((bytes(key), bytes(value)))
                        more = cursor.next()
            yield from found
            if len(found) < _AT_A_TIME:
                return
            after = found[-1][0] + b"\0"


class Batch:
    """The writes of one press run that readers see all of, or none."""

    def __init__(self, run: RunNumber, *, for_caches: bool = False) -> None:
        """Made by `PageStore.batch`."""
        self._run = run
        self._for_caches = for_caches
        self._to_purge: set[str] = set()
        self._fragments: dict[str, bytes] = {}
        self._plans: dict[str, PagePlan] = {}
        self._rows: dict[bytes, bytes] = {}
        self._marks: dict[bytes, tuple[bytes, bytes | None]] = {}
        self.passed_over = 0
        """After the batch: how many writes were skipped because a newer run stood there."""
        self.changed_paths: list[str] = []
        """After the batch: the paths whose plan is another now."""
        self.changed_fragments: list[str] = []
        """After the batch: the fragments that hold something else now."""

    def put_fragment(self, name: str, raw: bytes) -> None:
        """The fragment of this name shall be these bytes. They are compressed here, outside of any lock."""
        self._fragments[name] = fragments.packed(self._run, compressed(raw))

    def put_together(
        self, first: tuple[str, bytes], gap: int, then: Iterable[tuple[str, bytes]]
    ) -> None:
        """Fragments of one page: `first`, then always so many raw bytes of something else, then one of `then`.

        What they have in common is compressed once.
        """
        rest = list(then)
        made = compressed_together(first[1], gap, (raw for _, raw in rest))
        for (name, _), fragment in zip([first, *rest], made, strict=True):
            self._fragments[name] = fragments.packed(self._run, fragment)

    def put_plan(self, path: str, plan: PagePlan) -> None:
        """The path shall be answered so. Raises NoSurrogateKeyError for a key no header could carry."""
        for key in plan.surrogate_keys:
            if not is_surrogate_key(key):
                raise NoSurrogateKeyError(key)
        self._plans[path] = plan

    def put_reader(self, reader_id: int, row: ReaderRow) -> None:
        """The newsstand shall know this of a reader."""
        self._rows[reader_key(reader_id)] = packed_reader(row)

    def put_mark(self, name: str, value: bytes, *, only_in: bytes | None = None) -> None:
        """A fact about the store as a whole, such as that everything is pressed.

        With `only_in`, only if the store is still the one of that `PageStore.identity`.
        """
        self._marks[MARK + name.encode()] = (value, only_in)

    def forget(self, surrogate_key: str) -> None:
        """Caches in front have to forget what carries this key, if there are any."""
        self._to_purge.add(surrogate_key)

    def write(self, transaction: "lmdb.Transaction[bytes]") -> int:
        """Makes the writes; how many were passed over. May be done again from the start."""
        self.changed_paths, self.changed_fragments = [], []
        forgotten = set(self._to_purge)
        passed_over = self._write_fragments(transaction)
        passed_over += self._write_plans(transaction, forgotten)
        rows = dict(self._rows)
        for key, (value, only_in) in self._marks.items():
            if only_in is None or transaction.get(SELF) == only_in:
                rows[key] = value
        for key, value in rows.items():
            if self._may_write(_standing(transaction, key)):
                _put(transaction, key, self._run.to_bytes(RUN_LENGTH, "little") + value)
            else:
                passed_over += 1
        if self._for_caches:
            for each in forgotten:
                transaction.put(purge_key(each), purge_value(transaction.id()))
        if self._run > _last_run(transaction):
            # The store was deleted and made again while this run was under way.
            _put(transaction, RUN, self._run.to_bytes(RUN_LENGTH, "little"))
        return passed_over

    def _write_fragments(self, transaction: "lmdb.Transaction[bytes]") -> int:
        passed_over = 0
        for name, value in self._fragments.items():
            key = fragment_key(name)
            before = _standing(transaction, key)
            if self._may_write(before):
                _put(transaction, key, value)
                if before is None or before[IDENTITY] != value[IDENTITY]:
                    self.changed_fragments.append(name)
            else:
                passed_over += 1
        return passed_over

    def _write_plans(self, transaction: "lmdb.Transaction[bytes]", forgotten: set[str]) -> int:
        """Adds to `forgotten` what caches in front may hold and is another now."""
        passed_over = 0
        fragments_changed = set(self.changed_fragments)
        for path, plan in self._plans.items():
            key = plan_key(path)
            before = _standing(transaction, key)
            if not self._may_write(before):
                passed_over += 1
                continue
            value = plan_value(self._run, path, packed_plan(plan), long=key[:1] == LONG_PLAN)
            _put(transaction, key, value)
            is_changed = before is None or before[RUN_LENGTH:] != value[RUN_LENGTH:]
            if is_changed:
                self.changed_paths.append(path)
            old = plan_of(before) if before is not None else None
            self._index(transaction, path, old, plan)
            if _may_be_kept(before, old, plan) and (is_changed or _shows(plan, fragments_changed)):
                forgotten.add(path_key(path))
        return passed_over

    def _may_write(self, before: bytes | None) -> bool:
        return before is None or int.from_bytes(before[:RUN_LENGTH], "little") <= self._run

    def _index(
        self,
        transaction: "lmdb.Transaction[bytes]",
        path: str,
        old: PagePlan | None,
        plan: PagePlan,
    ) -> None:
        had = set(old.surrogate_keys) if old is not None else set()
        has = set(plan.surrogate_keys)
        for key in had - has:
            transaction.delete(surrogate_entry(key, path))
        for key in has - had:
            transaction.put(surrogate_entry(key, path), path.encode())


def _may_be_kept(before: bytes | None, old: PagePlan | None, plan: PagePlan) -> bool:
    """Whether a cache in front may hold what stands or stood at a path."""
    if not plan.is_personal:
        return True
    return before is not None and (old is None or not old.is_personal)


def _shows(plan: PagePlan, fragments_changed: set[str]) -> bool:
    return any(
        isinstance(part, Fixed) and part.fragment in fragments_changed for part in plan.parts
    )


def _standing(transaction: "lmdb.Transaction[bytes]", key: bytes) -> bytes | None:
    """What stands at a key, without its check; nothing where it is damaged, for its run can't be believed either."""
    value = transaction.get(key)
    return value[:-CHECK_LENGTH] if value is not None and is_whole(key, value) else None


def _put(transaction: "lmdb.Transaction[bytes]", key: bytes, value: bytes) -> None:
    transaction.put(key, checked(key, value))


def _identity(transaction: "lmdb.Transaction[bytes]") -> bytes:
    found = transaction.get(SELF)
    if found is None:
        found = secrets.token_bytes(16)
        transaction.put(SELF, found)
    return bytes(found)


def _last_run(transaction: "lmdb.Transaction[bytes]") -> int:
    return int.from_bytes(_standing(transaction, RUN) or b"", "little")


def _take_run(transaction: "lmdb.Transaction[bytes]") -> RunNumber:
    last = _last_run(transaction)
    run = last + 1 if last else time.time_ns() // 1000
    _put(transaction, RUN, run.to_bytes(RUN_LENGTH, "little"))
    return RunNumber(run)
