"""How often somebody may try to sign in: so many failures for an address and for a client in five minutes.

Counted in Django's cache, hashed: it holds no address. A newspaper with several desks gives them one cache.
"""

import contextlib
import hashlib
from ipaddress import IPv6Address, ip_address
from typing import NamedTuple

from django.core.cache import cache
from django.http import HttpRequest

MOST_TRIES = 10
WINDOW = 300
"""Seconds."""
_NETWORK = 64  # bits: a household's IPv6 addresses are one client


class Tries(NamedTuple):
    """What a try is counted under: the address it is for, and the client it comes from."""

    address: str
    client: str


def tries_of(email: str, request: HttpRequest) -> Tries:
    """Where a try to sign in as `email` is counted."""
    return Tries(_key("address", email.strip().casefold()), _key("client", client_of(request)))


def may_try(tries: Tries) -> bool:
    """Counts a try; False when there were too many. Counted first, so that tries at once don't slip through."""
    return max([_counted(key) for key in tries]) <= MOST_TRIES


def forgive(tries: Tries) -> None:
    """A try that succeeded is none, and the address's own failures are forgotten; the client's others stay."""
    cache.delete(tries.address)
    with contextlib.suppress(ValueError):  # its five minutes ended meanwhile
        cache.decr(tries.client)


def client_of(request: HttpRequest) -> str:
    """The reader's own address, which the newsstand says; the network of an IPv6 address."""
    told = request.META.get("HTTP_X_FORWARDED_FOR") or request.META.get("REMOTE_ADDR", "")
    try:
        address = ip_address(told.strip())
    except ValueError:
        return ""
    if isinstance(address, IPv6Address):
        return str(address.ipv4_mapped or int(address) >> _NETWORK)
    return str(address)


def _key(kind: str, text: str) -> str:
    return f"sign-in:{kind}:{hashlib.sha256(text.encode()).hexdigest()[:32]}"


def _counted(key: str) -> int:
    cache.add(key, 0, timeout=WINDOW)
    try:
        return cache.incr(key)
    except ValueError:  # it ended between the two
        cache.set(key, 1, timeout=WINDOW)
        return 1
