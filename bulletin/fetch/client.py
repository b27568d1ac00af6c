"""The HTTP client: one pool of guarded connections, no cookies, no environment, no redirects of its own."""

import ssl
from pathlib import Path

import httpx

from bulletin.fetch.guard import GuardedBackend, host_of
from bulletin.fetch.limits import Limits


def certificates(ca_file: Path | None) -> ssl.SSLContext:
    """Whom we believe to be who they say they are; `ca_file` (PEM) names more of them."""
    context = httpx.create_ssl_context(trust_env=False)
    context.load_default_certs()  # a hospital that reads what its own machines ask has an authority of its own
    if ca_file:
        context.load_verify_locations(ca_file)
    return context


def open_transport(
    allowed: frozenset[str], limits: Limits, proxy: str, ca_file: Path | None
) -> httpx.AsyncHTTPTransport:
    """The only way out of the house.

    It lies below httpx's own client, which would keep cookies and costs as much time as the request itself.
    """
    transport = httpx.AsyncHTTPTransport(
        verify=certificates(ca_file),
        trust_env=False,
        proxy=proxy or None,
        limits=httpx.Limits(max_connections=None, max_keepalive_connections=limits.at_once, keepalive_expiry=10),
    )
    reachable = allowed | {host_of(proxy)} if proxy else allowed
    # httpx offers no way to hand in a network backend; test_guard.py pins that this one is used.
    transport._pool._network_backend = GuardedBackend(reachable)  # noqa: SLF001
    return transport
