"""The HTTP client: one pool of guarded connections, no cookies, no environment, no redirects of its own."""

import ssl

import httpx

from bulletin.fetch.guard import GuardedBackend, host_of
from bulletin.fetch.limits import Limits


def certificates() -> ssl.SSLContext:
    """Whom we believe to be who they say they are."""
    context = httpx.create_ssl_context(trust_env=False)
    context.load_default_certs()  # a hospital that reads what its own machines ask has an authority of its own
    return context


def open_transport(allowed: frozenset[str], limits: Limits, proxy: str) -> httpx.AsyncHTTPTransport:
    """The only way out of the house.

    It lies below httpx's own client, which would keep cookies and costs as much time as the request itself.
    """
    transport = httpx.AsyncHTTPTransport(
        verify=certificates(),
        trust_env=False,
        proxy=proxy or None,
        limits=httpx.Limits(max_connections=None, max_keepalive_connections=limits.at_once, keepalive_expiry=10),
    )
    reachable = allowed | {host_of(proxy)} if proxy else allowed
    # httpx offers no way to hand in a network backend; test_guard.py pins that this one is used.
    transport._pool._network_backend = GuardedBackend(reachable)  # noqa: SLF001
    return transport
