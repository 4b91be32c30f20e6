"""How often somebody may try to sign in: so many failures for an address and for a client in five minutes.

Counted in Django's cache, hashed: it holds no address. A newspaper with several desks gives them one cache.
"""

import hashlib
from collections.abc import Iterable
from ipaddress import IPv6Address, ip_address

from django.core.cache import cache
from django.http import HttpRequest

MOST_TRIES = 10
WINDOW = 300
"""Seconds."""
_NETWORK = 64  # bits: a household's IPv6 addresses are one client


def keys_of(email: str, request: HttpRequest) -> tuple[str, ...]:
    """What a try is counted under: the address it is for, and the client it comes from."""
    return _key("address", email.strip().casefold()), _key("client", client_of(request))


def may_try(keys: Iterable[str]) -> bool:
    """Counts a try; False when there were too many. Counted first, so that tries at once don't slip through."""
    return max([_counted(key) for key in keys]) <= MOST_TRIES


def forgive(keys: Iterable[str]) -> None:
    """A try that succeeded is none."""
    for key in keys:
        try:
            cache.decr(key)
        except ValueError:
            continue  # its five minutes ended meanwhile


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
