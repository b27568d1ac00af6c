"""No feed leads us into the house: every connection goes to an address that the whole world can reach.

The address is checked where the socket is opened, on the very IP that is connected to, so neither a redirect nor a
name that resolves differently the second time gets round it. The exceptions are exact host:port pairs.

Behind a proxy the socket is the proxy's. Then what a URL says literally is checked here, port and address in whatever
spelling; what a name resolves to, only the proxy knows, and refusing the inner network is left to the proxy's rules.
"""

import asyncio
import ipaddress
import socket
from collections.abc import Iterable

import httpcore
import httpx

from bulletin.errors import FetchError
from bulletin.model import Trouble, place

_IN_USE = ipaddress.ip_network("2000::/3")  # all that IANA has given out of IPv6; the rest wraps IPv4 or is local
# What leads elsewhere than it says, or is kept for special use (IANA's two special-purpose address registries): not
# all of it is so to every Python that we run on. 2001::/23 holds Teredo, 2002::/16 is 6to4, 192.88.99.0/24 its relay.
_SPECIAL = tuple(
    map(
        ipaddress.ip_network,
        ("192.0.0.0/24", "192.88.99.0/24", "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20", "5f00::/16"),
    )
)
_PORTS = {"http": 80, "https": 443}  # of the web; any other only where it is allowed

_LONGEST_NAME = 253  # RFC 1035 2.3.4


def host_of(url: str) -> str:
    """The host:port that a URL leads to; empty when it leads to none."""
    try:
        return place_of(httpx.URL(url))
    except (httpx.InvalidURL, UnicodeError):
        return ""


def place_of(url: httpx.URL) -> str:
    """The host:port that a URL leads to; empty when it leads to none."""
    host = url.raw_host.decode("ascii").rstrip(".")
    return place(host, url.port or _PORTS.get(url.scheme, 0)) if host else ""


def is_public(address: str) -> bool:
    """Whether an IP address is one that anybody on the internet may reach; a name is none."""
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if (ip.version == 6 and ip not in _IN_USE) or any(ip in network for network in _SPECIAL):
        return False
    return ip.is_global and not ip.is_multicast


def check(url: httpx.URL) -> None:
    """Refuse what is no plain web address; raises FetchError, which never repeats a user name or password."""
    if url.userinfo:
        raise FetchError("address not allowed: it carries a user name", Trouble.NOT_ALLOWED)
    host = url.raw_host
    no_name = not 0 < len(host) <= _LONGEST_NAME or b"%" in host or host.startswith(b".")
    if url.scheme not in _PORTS or no_name:
        raise FetchError(f"address not allowed: {str(url)[:200]}", Trouble.NOT_ALLOWED)


def check_behind_proxy(url: httpx.URL, allowed: frozenset[str]) -> None:
    """Refuse what a URL literally says, since the proxy looks up its name; raises FetchError."""
    host, port = url.raw_host.decode("ascii").rstrip("."), url.port or _PORTS[url.scheme]
    address = _literal(host)
    inside = not is_public(address) if address else host == "localhost" or host.endswith(".localhost")
    if (inside or port not in _PORTS.values()) and place(host, port) not in allowed:
        raise _not_allowed(host, port)


class GuardedBackend(httpcore.AsyncNetworkBackend):
    """Opens sockets for the HTTP client, to public addresses and to those that are explicitly allowed."""

    def __init__(self, allowed: frozenset[str]) -> None:
        self._allowed = allowed
        self._inner = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Resolve once, check, and connect to an address that was checked; they share the seconds of `timeout`."""
        trouble: Exception | None = None
        addresses = await self._permitted(host, port, timeout)
        share = timeout and timeout / len(addresses)
        for address in addresses:
            try:
                return await self._inner.connect_tcp(address, port, share, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                trouble = error
        raise trouble or httpcore.ConnectError("no address")

    async def connect_unix_socket(
        self,
        path: str,
        timeout: float | None = None,  # noqa: ARG002 - the signature is httpcore's
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,  # noqa: ARG002
    ) -> httpcore.AsyncNetworkStream:
        """Refuse: no feed lives in a socket file."""
        raise FetchError(f"address not allowed: {path}", Trouble.NOT_ALLOWED)

    async def _permitted(self, host: str, port: int, seconds: float | None) -> list[str]:
        """Up to three addresses of a host that may be connected to: with more, none would get time enough."""
        addresses = await _addresses(host, port, seconds)
        permitted = [address for address in addresses if self._may_reach(host, address, port)]
        if not permitted:
            raise _not_allowed(host, port)
        return permitted[:3]

    def _may_reach(self, host: str, address: str, port: int) -> bool:
        named = {place(host, port), place(address, port)}
        return (is_public(address) and port in _PORTS.values()) or not self._allowed.isdisjoint(named)


async def _addresses(host: str, port: int, seconds: float | None) -> list[str]:
    try:
        return [str(ipaddress.ip_address(host))]  # a look-up would cost a thread's time
    except ValueError:
        pass
    try:
        async with asyncio.timeout(seconds):
            found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except TimeoutError as error:
        raise FetchError(f"no answer in time to where {host} is", Trouble.NO_HOST) from error
    except (OSError, UnicodeError) as error:
        raise FetchError(f"no such host: {host}", Trouble.NO_HOST) from error
    return list(dict.fromkeys(str(info[4][0]) for info in found))


def _literal(host: str) -> str:
    """The address that a host is by itself, as resolvers read decimal, octal and short ones; empty for a name."""
    try:
        return str(ipaddress.ip_address(host))
    except ValueError:
        pass
    try:
        return socket.inet_ntoa(socket.inet_aton(host))
    except OSError:
        return ""


def _not_allowed(host: str, port: int) -> FetchError:
    """One text for all that is refused, whether anybody listens there or not."""
    return FetchError(
        f"address not allowed: {place(host, port)} is inside a private network or no web port "
        "(BULLETIN_ALLOW_ADDRESSES may name host:port pairs that are safe)",
        Trouble.NOT_ALLOWED,
    )
