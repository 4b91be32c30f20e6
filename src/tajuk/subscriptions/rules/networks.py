"""Access by address: which networks a group reads from. IPv4 and IPv6."""

from ipaddress import IPv4Network, IPv6Network, ip_network

_WIDEST = {4: 8, 6: 19}
"""The widest network a group may have, as the prefix's length: what nobody but a registry holds is a slip."""


def network_of(text: str) -> IPv4Network | IPv6Network:
    """The network written so (`203.0.113.0/24`, `2001:db8::/32`, one address). Raises ValueError with the remedy."""
    try:
        found = ip_network(text.strip(), strict=False)
    except ValueError as error:
        raise ValueError(
            f"{text!r} is no network: write one such as 203.0.113.0/24 or 2001:db8::/32."
        ) from error
    if isinstance(found, IPv6Network) and found.network_address.ipv4_mapped is not None:
        raise ValueError(f"{text!r} is an IPv4 address written as IPv6: write it as IPv4.")
    if found.prefixlen < _WIDEST[found.version]:
        raise ValueError(f"{found} is far too wide for one group: write its own networks.")
    return found
