"""What was met lately, kept within bounds."""

from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


def _one(_value: object) -> int:
    return 1


class Recent(Generic[Key, Value]):
    """Two halves: when the newer is full the older is let go, and what is met again in time moves over.

    That is near to keeping what was used last, for the price of one look into a dictionary: no order is kept, and
    nothing is ever searched for what to throw away.
    """

    __slots__ = ("_half", "_new", "_old", "_weigh", "_weight")

    def __init__(self, most: int, weigh: Callable[[Value], int] = _one) -> None:
        """Keeps no more than `most` altogether, as `weigh` counts it, but always what was put last."""
        self._half = most // 2
        self._weigh = weigh
        self._new: dict[Key, Value] = {}
        self._old: dict[Key, Value] = {}
        self._weight = 0

    def get(self, key: Key) -> Value | None:
        """What was put there, if it is still kept."""
        found = self._new.get(key)
        if found is None and (found := self._old.pop(key, None)) is not None:
            self.put(key, found)
        return found

    def put(self, key: Key, value: Value) -> None:
        """Keeps it, instead of what may have stood there."""
        before = self._new.get(key)
        if before is not None:
            self._weight -= self._weigh(before)
        else:
            self._old.pop(key, None)
        more = self._weigh(value)
        if self._new and self._weight + more > self._half:
            self._old, self._new, self._weight = self._new, {}, 0
            self._old.pop(key, None)
        self._new[key] = value
        self._weight += more

    def clear(self) -> None:
        """Forgets everything."""
        self._new, self._old, self._weight = {}, {}, 0

    def __len__(self) -> int:
        return len(self._new) + len(self._old)

    @property
    def weight(self) -> int:
        """Of all that is kept."""
        return self._weight + sum(self._weigh(each) for each in self._old.values())
