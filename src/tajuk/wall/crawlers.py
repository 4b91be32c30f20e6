"""Does this address belong to the crawler it claims to be? By the engine's published ranges, or by DNS both ways.

Ranges stand in the newspaper's folder, `crawlers/googlebot.json`, as the engines publish them (`prefixes`, each with
`ipv4Prefix` or `ipv6Prefix`). Where there is such a file it alone decides. Otherwise the address's name must lie under
one of the engine's domains, and that name must lead back to the address; the resolver is the machine's own.
"""

import json
import logging
from collections.abc import Iterable
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from pathlib import Path

import dns.exception
import dns.name
import dns.resolver
import dns.reversename

from tajuk.contracts.crawlers import CRAWLERS

LOOK_UP_SECONDS = 5.0
_MOST_NAMES = 4

log = logging.getLogger(__name__)


class UndecidedError(Exception):
    """DNS gave no answer: nothing is known, and nothing is written down."""


def is_crawler(
    crawler: str, address: str, *, folder: Path, resolver: dns.resolver.Resolver
) -> bool:
    """Whether the address is that crawler's. Raises UndecidedError when the resolver can't be asked."""
    try:
        asked = ip_address(address)
    except ValueError:
        return False
    if crawler not in CRAWLERS:
        return False
    published = ranges_in(folder / f"{crawler}.json")
    if published is not None:
        return any(asked in each for each in published)
    names = _answers(resolver, dns.reversename.from_address(address), "PTR")[:_MOST_NAMES]
    domains = [dns.name.from_text(each) for each in CRAWLERS[crawler].domains]
    kind = "AAAA" if asked.version == 6 else "A"  # noqa: PLR2004
    for each in names:
        name = dns.name.from_text(each)
        if not any(name != domain and name.is_subdomain(domain) for domain in domains):
            continue
        if any(ip_address(found) == asked for found in _answers(resolver, name, kind)):
            return True
    return False


def ranges_in(path: Path) -> tuple[IPv4Network | IPv6Network, ...] | None:
    """The ranges an engine has published; None without a file, or with one that can't be read, which the log says."""
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        return tuple(
            ip_network(each.get("ipv4Prefix") or each["ipv6Prefix"]) for each in told["prefixes"]
        )
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        log.warning("crawler_ranges_unreadable", extra={"file": path.name, "reason": str(error)})
        return None


def resolver() -> dns.resolver.Resolver:
    """The machine's own."""
    made = dns.resolver.Resolver()
    made.lifetime = LOOK_UP_SECONDS
    return made


def _answers(resolver: dns.resolver.Resolver, name: dns.name.Name, kind: str) -> list[str]:
    try:
        found: Iterable[object] = resolver.resolve(name, kind, search=False)
    except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
        return []
    except (dns.exception.DNSException, OSError) as error:
        raise UndecidedError(str(error)) from error
    return [str(each) for each in found]
