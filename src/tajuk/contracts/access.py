"""Access by address: which entitlements readers have by the network they read from. One value in the store.

Whoever keeps the contracts of groups gives `Network`s; they become ranges that don't overlap, in order, so that the
newsstand finds an address in O(log n).
"""

import json
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from ipaddress import IPv4Network, IPv6Network
from socket import AF_INET, AF_INET6, inet_pton

from tajuk.contracts.readers import Held
from tajuk.paywall.passes import milliseconds, moment_of
from tajuk.paywall.types import Entitlement

_FORMAT = 1
PLACES = f"places-{_FORMAT}"
"""The name of the mark."""

_LENGTH = 16
_MAPPED = b"\0" * 10 + b"\xff\xff"
"""What IPv4 addresses are written behind, so that there is one order of all."""
_LAST = (1 << 128) - 1
_KNOWN = {each.value: each for each in Entitlement}


@dataclass(frozen=True, slots=True)
class Network:
    """A group's network and what its readers have there; IPv4 and IPv6."""

    network: IPv4Network | IPv6Network
    held: tuple[Held, ...]


class Places:
    """Ranges of addresses in order, none of which overlap."""

    __slots__ = ("_ends", "_held", "_starts")

    def __init__(self, ranges: Sequence[tuple[bytes, bytes, tuple[Held, ...]]]) -> None:
        """(first address, last address, what is held there) of each, as `packed_address` writes them."""
        self._starts = [start for start, _, _ in ranges]
        self._ends = [end for _, end, _ in ranges]
        self._held = [held for _, _, held in ranges]

    def __bool__(self) -> bool:
        return bool(self._starts)

    def entitlements(self, address: str, *, now: datetime) -> frozenset[Entitlement]:
        """What somebody has who reads from this address now; nothing for what is no address."""
        packed = packed_address(address)
        if packed is None:
            return frozenset()
        at = bisect_right(self._starts, packed) - 1
        if at < 0 or packed > self._ends[at]:
            return frozenset()
        return frozenset(each.entitlement for each in self._held[at] if each.holds(now=now))


NOWHERE = Places(())


def packed_address(address: str) -> bytes | None:
    """An address in 16 bytes, IPv4 as IPv6 maps it (RFC 4291, 2.5.5.2); None for what is none."""
    try:
        if ":" in address:
            return inet_pton(AF_INET6, address.partition("%")[0])
        return _MAPPED + inet_pton(AF_INET, address)
    except OSError:
        return None


def packed_places(networks: Iterable[Network]) -> bytes:
    """As JSON: the ranges in order, with all that holds in each."""
    begins: dict[int, list[tuple[Held, ...]]] = {}
    ends: dict[int, list[tuple[Held, ...]]] = {}
    for each in networks:
        offset = int.from_bytes(_MAPPED + bytes(4), "big") if each.network.version == 4 else 0  # noqa: PLR2004
        begins.setdefault(offset + int(each.network[0]), []).append(each.held)
        ends.setdefault(offset + int(each.network[-1]) + 1, []).append(each.held)
    rows = []
    open_now: list[tuple[Held, ...]] = []
    edges = sorted(begins.keys() | ends.keys())
    for place, edge in enumerate(edges):
        for held in ends.get(edge, ()):
            open_now.remove(held)
        open_now += begins.get(edge, ())
        if open_now:
            last = edges[place + 1] - 1
            every = dict.fromkeys(each for held in open_now for each in held)
            rows.append([_hex(edge), _hex(min(last, _LAST)), [_packed(each) for each in every]])
    return json.dumps(rows, separators=(",", ":")).encode()


def unpacked_places(packed: bytes) -> Places:
    """The table again. An entitlement this release does not know is passed over."""
    return Places([
        (
            bytes.fromhex(start),
            bytes.fromhex(end),
            tuple(
                Held(_KNOWN[name], _moment(ends_at), _moment(starts_at))
                for name, ends_at, starts_at in held
                if name in _KNOWN
            ),
        )
        for start, end, held in json.loads(packed)
    ])  # fmt: skip


def _hex(address: int) -> str:
    return address.to_bytes(_LENGTH, "big").hex()


def _packed(held: Held) -> list[str | int | None]:
    moments = (
        None if each is None else milliseconds(each) for each in (held.ends_at, held.starts_at)
    )
    return [held.entitlement.value, *moments]


def _moment(since_epoch: int | None) -> datetime | None:
    return None if since_epoch is None else moment_of(since_epoch)
