"""The LMDB files of one store: opened when they are there, again when they were deleted, grown when full.

LMDB's own rules: one environment per process and path, none taken through a fork, no transaction open in
this process while the map grows. `writemap` is off: a crash can't leave half a transaction.
"""

import logging
import os
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import lmdb

from tajuk.store.errors import (
    BatchInsideSnapshotError,
    OpenedBeforeForkError,
    ReadOnlyStoreError,
)

FIRST_MAP_SIZE = 1 << 30
"""Address space, not disk; doubled when full."""
MOST_READERS = 1024
_MOST_COMPLAINTS = 1000
_MOST_CONFIRMED = 1 << 16
LOOK_AGAIN_SECONDS = 0.25
"""How often a reader looks whether the store was made, or deleted and made again."""

_log = logging.getLogger(__name__)
_Answer = TypeVar("_Answer")


class Environment:
    """One store's files, shared by all who open them in this process."""

    _all: "dict[Path, Environment]" = {}

    @classmethod
    def shared(cls, path: Path, *, readonly: bool, map_size: int = FIRST_MAP_SIZE) -> "Environment":
        """The environment of this path, which may already be open in this process."""
        path = path.resolve()
        with _registry:
            here = cls._all.get(path)
            if here is None:
                here = cls._all[path] = cls(path, readonly=readonly, map_size=map_size)
            elif not readonly:
                here.make_writable()
            here.holders += 1
        return here

    def __init__(self, path: Path, *, readonly: bool, map_size: int) -> None:
        """Opens nothing yet, unless it is to be written."""
        self.path = path
        self.readonly = readonly
        self.holders = 0
        self.gate = threading.RLock()
        """Held through every transaction of this process, so that growing and reopening find none open."""
        self.open_reads = 0
        self.generation = 0
        """How often the files were opened: a store made anew counts its transactions from the start."""
        self._map_size = map_size
        self._data = path / "data.mdb"
        self._file: tuple[int, int] | None = None
        self._env: lmdb.Environment | None = None
        self._look_at = 0.0
        self._complaint = ""
        self._confirmed: set[bytes] = set()
        self._confirmed_in = (0, 0)
        self._damaged: set[bytes] = set()
        self._forked = False
        if not readonly:
            self._open()

    def make_writable(self) -> None:
        """What was opened to read becomes the press's own."""
        with self.gate:
            if self.readonly:
                self._refuse_inside_snapshot()
                self._close()
                self.readonly = False
                self._open()

    def look_again(self) -> None:
        """Whether the files were made or deleted is looked at before the next transaction."""
        self._look_at = 0.0

    def confirmed(self, version: tuple[int, int]) -> set[bytes]:
        """The keys at which all was found as it was written, in this version of the store; to be added to."""
        if self._confirmed_in != version or len(self._confirmed) > _MOST_CONFIRMED:
            self._confirmed_in = version
            self._confirmed.clear()
        return self._confirmed

    def complain_of(self, key: bytes) -> None:
        """Something in the store is not as it was written: said once of each, as long as the files are open."""
        if key not in self._damaged and len(self._damaged) < _MOST_COMPLAINTS:
            self._damaged.add(key)
            _log.error(
                "store_value_damaged path=%s key=%r remedy=%r",
                self.path, key[:200], "tajuk press --all",
            )  # fmt: skip

    def complain_of_files(self, error: Exception) -> None:
        """LMDB can't read its own files: said once, as long as they are open."""
        if str(error) != self._complaint:
            self._complaint = str(error)
            _log.error(
                "store_damaged path=%s error=%s remedy=%r", self.path, error, "delete the store"
            )

    def release(self) -> None:
        """One holder less; the last one closes the files."""
        with _registry:
            self.holders -= 1
            if self.holders <= 0:
                with self.gate:
                    self._close()
                self._all.pop(self.path, None)

    def begin_reading(self) -> "lmdb.Transaction[memoryview] | None":
        """A read transaction; None while there is no store. The caller holds the gate."""
        if time.monotonic() >= self._look_at:
            self._look()
        env = self._env
        if env is None:
            return None
        try:
            return env.begin(None, None, False, True)  # noqa: FBT003  by name it takes twice as long
        except lmdb.MapResizedError:
            self._adopt_size(env)
        except lmdb.ReadersFullError:
            env.reader_check()
        return env.begin(buffers=True)

    def write(self, work: Callable[["lmdb.Transaction[bytes]"], _Answer]) -> _Answer:
        """Does the work in one transaction. It is done again from the start when the store had to grow."""
        if self.readonly:
            raise ReadOnlyStoreError
        with self.gate:
            self._refuse_inside_snapshot()
            self._look()
            while True:
                env = self._opened()
                env.reader_check()
                try:
                    with env.begin(write=True) as transaction:
                        return work(transaction)
                except lmdb.MapFullError:
                    self._map_size = max(self._map_size, env.info()["map_size"]) * 2
                    env.set_mapsize(self._map_size)
                    _log.info("store_grown map_size=%d", self._map_size)
                except lmdb.MapResizedError:
                    self._adopt_size(env)

    def _refuse_inside_snapshot(self) -> None:
        if self.open_reads:
            raise BatchInsideSnapshotError

    def _opened(self) -> lmdb.Environment:
        if self._env is None:
            self._open()
        assert self._env is not None
        return self._env

    def _adopt_size(self, env: lmdb.Environment) -> None:
        """Another process let the store grow."""
        self._refuse_inside_snapshot()
        env.set_mapsize(0)
        self._map_size = max(self._map_size, env.info()["map_size"])

    def _look(self) -> None:
        """Opens what has appeared, leaves what was deleted."""
        if self._forked:
            raise OpenedBeforeForkError
        self._look_at = time.monotonic() + LOOK_AGAIN_SECONDS
        if self.open_reads:
            return
        found = self._found()
        if found == self._file and found is not None:
            return
        self._close()
        if not self.readonly:
            self._open()
        elif found is not None:
            try:
                self._open()
            except lmdb.Error as error:
                # Half made by a writer this very moment, or no store at all: said once.
                if str(error) != self._complaint:
                    self._complaint = str(error)
                    _log.warning("store_not_readable path=%s error=%s", self.path, error)

    def _found(self) -> tuple[int, int] | None:
        try:
            status = self._data.stat()
        except OSError:
            return None
        return status.st_dev, status.st_ino

    def _open(self) -> None:
        if not self.readonly:
            self.path.mkdir(parents=True, exist_ok=True)
            # A writer's process has threads: they go on while LMDB waits for the disk.
            lmdb.enable_drop_gil()
        env = lmdb.open(
            str(self.path),
            map_size=self._map_size,
            readonly=self.readonly,
            create=not self.readonly,
            max_readers=MOST_READERS,
            max_spare_txns=8,
            readahead=False,
            mode=0o640,
        )
        env.reader_check()
        self._env = env
        self.generation += 1
        self._file = self._found()
        self._complaint = ""
        self._damaged.clear()

    def _close(self) -> None:
        if self._env is not None and not self._forked:
            self._env.close()
        self._env = None
        self._file = None

    @classmethod
    def after_fork(cls) -> None:
        """The child's copies refuse use. They aren't closed: that would free the parent's reader slots."""
        for environment in cls._all.values():
            environment.refuse_from_now_on()

    def refuse_from_now_on(self) -> None:
        """Every use raises OpenedBeforeForkError."""
        self._forked = True
        self._look_at = 0.0
        self.gate = threading.RLock()  # the parent's may have been held by a thread that isn't here


_registry = threading.RLock()
os.register_at_fork(after_in_child=Environment.after_fork)
