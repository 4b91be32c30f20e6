"""Access by address: the networks of groups, as the newsstand looks them up. Pure.

Subscriptions computes the rows, the press puts the packed table into the store as one value, the newsstand asks it for
every reader's address. IPv4 and IPv6; an IPv4 address written as IPv6 (`::ffff:192.0.2.1`) is the IPv4 address.
"""

import json
from bisect import bisect_right
from dataclasses import dataclass
from datetime import datetime
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Any

from tajuk.paywall.passes import milliseconds, moment_of
from tajuk.paywall.types import Entitlement

_FORMAT = 1
NETWORKS = f"networks-{_FORMAT}"
"""The mark under which the table stands in the store."""


@dataclass(frozen=True, slots=True)
class NetworkRow:
    """A network, and what whoever reads from it is entitled to from `starts_at` on until `ends_at`."""

    network: str
    """As `ipaddress` spells it: `203.0.113.0/24`, `2001:db8::/32`."""
    entitlements: tuple[Entitlement, ...]
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class _Stretch:
    last: int
    row: NetworkRow


class NetworkTable:
    """All of them, to be asked by address in a few microseconds: O(log n), and the networks around the address."""

    def __init__(self, rows: tuple[NetworkRow, ...]) -> None:
        """Networks may lie within each other; an address has what all of them give."""
        self._rows = rows
        self._firsts: dict[int, list[int]] = {4: [], 6: []}
        self._around: dict[int, list[tuple[_Stretch, ...]]] = {4: [], 6: []}
        for version in (4, 6):
            self._lay_out(version)

    def __bool__(self) -> bool:
        """Whether there is any network: addresses are looked at only then."""
        return bool(self._rows)

    def entitled(self, address: str, *, now: datetime) -> frozenset[Entitlement]:
        """What whoever comes from this address is entitled to; nothing for what is no address."""
        if not self._rows:
            return frozenset()
        try:
            asked = ip_address(address)
        except ValueError:
            return frozenset()
        if isinstance(asked, IPv6Address) and asked.ipv4_mapped is not None:
            asked = asked.ipv4_mapped
        return frozenset(
            each
            for stretch in self._at(asked)
            if stretch.row.starts_at <= now < stretch.row.ends_at
            for each in stretch.row.entitlements
        )

    def next_change(self, *, after: datetime) -> datetime | None:
        """When a network next begins or ceases to be entitled: what was answered holds until then."""
        moments = (at for row in self._rows for at in (row.starts_at, row.ends_at) if at > after)
        return min(moments, default=None)

    def packed(self) -> bytes:
        """As JSON, the format first."""
        rows = [
            [each.network, each.entitlements, milliseconds(each.starts_at), milliseconds(each.ends_at)]
            for each in self._rows
        ]  # fmt: skip
        return json.dumps([_FORMAT, rows], separators=(",", ":")).encode()

    def _at(self, asked: IPv4Address | IPv6Address) -> tuple[_Stretch, ...]:
        firsts = self._firsts[asked.version]
        place = bisect_right(firsts, int(asked)) - 1
        if place < 0:
            return ()
        return tuple(each for each in self._around[asked.version][place] if int(asked) <= each.last)

    def _lay_out(self, version: int) -> None:
        """By first address; beside each, the networks it lies in: networks hold each other whole or not at all."""
        found = []
        for row in self._rows:
            network = ip_network(row.network)
            if network.version == version:
                found.append(
                    (int(network.network_address), _Stretch(int(network.broadcast_address), row))
                )
        found.sort(key=lambda each: (each[0], -each[1].last))
        around: tuple[_Stretch, ...] = ()
        for first, stretch in found:
            around = (*(each for each in around if each.last >= first), stretch)
            if self._firsts[version] and self._firsts[version][-1] == first:
                self._around[version][-1] = around
            else:
                self._firsts[version].append(first)
                self._around[version].append(around)


def unpacked_networks(packed: bytes) -> NetworkTable | None:
    """The table again; None for one of another format. An entitlement this release does not know is passed over."""
    value: list[Any] = json.loads(packed)
    if value[0] != _FORMAT:
        return None
    return NetworkTable(
        tuple(
            NetworkRow(
                network,
                tuple(_KNOWN[name] for name in names if name in _KNOWN),
                moment_of(starts_at),
                moment_of(ends_at),
            )
            for network, names, starts_at, ends_at in value[1]
        )
    )


_KNOWN = {each.value: each for each in Entitlement}
