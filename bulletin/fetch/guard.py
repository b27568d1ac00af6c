"""No feed leads us into the house: every connection goes to an address that the whole world can reach.

The address is checked where the socket is opened, on the very IP that is connected to, so neither a redirect nor a
name that resolves differently the second time gets round it. The exceptions are exact host:port pairs.
"""

import asyncio
import ipaddress
import socket
from collections.abc import Iterable

import httpcore

from bulletin.errors import FetchError

_TRANSLATED = (
    ipaddress.ip_network("::ffff:0:0/96"),  # IPv4-mapped
    ipaddress.ip_network("64:ff9b::/96"),  # NAT64
    ipaddress.ip_network("64:ff9b:1::/48"),
    ipaddress.ip_network("2002::/16"),  # 6to4
    ipaddress.ip_network("2001::/32"),  # Teredo
    ipaddress.ip_network("fec0::/10"),  # site-local, deprecated
)


def is_public(address: str) -> bool:
    """Whether an IP address is one that anybody on the internet may reach; a name is none."""
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    return ip.is_global and not ip.is_multicast and not any(ip in network for network in _TRANSLATED)


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
        """Resolve once, check, and connect to the address that was checked."""
        trouble: httpcore.ConnectError | None = None
        for address in await self._permitted(host, port, timeout):
            try:
                return await self._inner.connect_tcp(address, port, timeout, local_address, socket_options)
            except httpcore.ConnectError as error:
                trouble = error
        raise trouble or httpcore.ConnectError("no address")

    async def connect_unix_socket(
        self,
        path: str,
        timeout: float | None = None,  # noqa: ARG002 - the signature is httpcore's
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,  # noqa: ARG002
    ) -> httpcore.AsyncNetworkStream:
        """Refuse: no feed lives in a socket file."""
        raise FetchError(f"address not allowed: {path}")

    async def sleep(self, seconds: float) -> None:
        """Wait, for the client's retries."""
        await self._inner.sleep(seconds)

    async def _permitted(self, host: str, port: int, seconds: float | None) -> list[str]:
        try:
            async with asyncio.timeout(seconds):
                found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            raise FetchError(f"no such host: {host}") from error
        addresses = list(dict.fromkeys(str(info[4][0]) for info in found))
        permitted = [address for address in addresses if self._may_reach(host, address, port)]
        if not permitted:
            raise FetchError(
                f"address not allowed: {host}:{port} is inside a private network "
                "(BULLETIN_ALLOW_ADDRESSES may name host:port pairs that are safe)"
            )
        return permitted

    def _may_reach(self, host: str, address: str, port: int) -> bool:
        return is_public(address) or not self._allowed.isdisjoint({f"{host}:{port}", f"{address}:{port}"})
