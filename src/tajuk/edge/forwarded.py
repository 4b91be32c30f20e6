"""Who asks, from where, over what: told to the desk in X-Forwarded headers that a client can't forge."""

from collections.abc import Iterable
from functools import lru_cache
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network

from tajuk.edge.asgi import Scope, every, header, peer_of
from tajuk.edge.assembly import Header

FORGEABLE = frozenset({
    b"forwarded", b"x-forwarded-for", b"x-forwarded-host", b"x-forwarded-port", b"x-forwarded-proto",
    b"x-real-ip",
})  # fmt: skip
"""Never passed on as they came."""


class TrustedProxies:
    """The proxies in front of this newsstand whose word is taken."""

    def __init__(self, addresses: tuple[str, ...]) -> None:
        """Addresses or networks. Raises ValueError, which names the wrong one."""
        self._networks: tuple[IPv4Network | IPv6Network, ...] = tuple(
            ip_network(address, strict=False) for address in addresses
        )
        self._trusts = lru_cache(maxsize=4096)(self._look_up)

    def _look_up(self, address: str) -> bool:
        try:
            parsed = ip_address(address)
        except ValueError:
            return False
        mapped = getattr(parsed, "ipv4_mapped", None)
        return any((mapped or parsed) in network for network in self._networks)

    def client(self, peer: str, headers: Iterable[Header]) -> str:
        """The reader's own address, as far as the proxies in front can be believed."""
        if self._trusts(peer):
            return self._reader(peer, every(headers, b"x-forwarded-for"))
        return peer

    def headers(self, scope: Scope) -> list[Header]:
        """X-Forwarded-For (the reader's own address alone), -Proto and -Host for the desk."""
        peer = peer_of(scope)
        address = self.client(peer, scope["headers"])
        proto, host = str(scope.get("scheme") or "http"), header(scope, b"host")
        if self._trusts(peer):
            said = _last(scope, b"x-forwarded-proto").lower()
            if said in {b"http", b"https"}:
                proto = said.decode()
            host = _last(scope, b"x-forwarded-host") or host
        headers = [(b"x-forwarded-for", address.encode()), (b"x-forwarded-proto", proto.encode())]
        return [*headers, (b"x-forwarded-host", host)] if host else headers

    def _reader(self, peer: str, chain: bytes) -> str:
        """The last address of the chain that isn't one of our proxies; what stands before it may be forged."""
        address = peer
        for each in reversed(chain.decode("latin-1").split(",")):
            try:
                told = ip_address(each.strip())
            except ValueError:
                return address
            address = str(getattr(told, "ipv4_mapped", None) or told)
            if not self._trusts(address):
                return address
        return address


def _last(scope: Scope, name: bytes) -> bytes:
    """What the proxy next to us says: it may have added its own behind what somebody else had written."""
    return every(scope["headers"], name).rpartition(b",")[2].strip()
