"""No feed leads us into the house, by whatever spelling, redirect or name."""

import asyncio
import socket

import pytest

from bulletin.errors import FetchError
from bulletin.fetch.guard import GuardedBackend, is_public

PRIVATE = """
127.0.0.1 127.9.9.9 0.0.0.0 10.0.0.1 172.16.0.1 172.31.255.255 192.168.1.1 169.254.169.254 100.64.0.1 100.127.255.255
192.0.0.1 192.0.2.1 198.18.0.1 198.19.255.255 198.51.100.1 203.0.113.1 224.0.0.1 239.255.255.255 240.0.0.1
255.255.255.255 ::1 :: fe80::1 fe80::1%eth0 fc00::1 fd00:ec2::254 fec0::1 ff02::1 ::ffff:127.0.0.1 ::ffff:8.8.8.8
64:ff9b::7f00:1 64:ff9b:1::1 2002:7f00:1:: 2001:0:53aa:64c:0:fffe:80ff:fffe 2001:db8::1 localhost example.org
"""


@pytest.mark.parametrize("address", PRIVATE.split())
def test_private_addresses_are_not_public(address):
    assert not is_public(address)


@pytest.mark.parametrize("address", ["93.184.216.34", "8.8.8.8", "2606:2800:220:1:248:1893:25c8:1946"])
def test_public_addresses_are(address):
    assert is_public(address)


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "localhost", "localhost.", "2130706433", "0x7f.1", "127.1", "[::1]", "[::ffff:127.0.0.1]", "0"],
)
def test_the_house_is_refused_by_every_spelling(publisher, fetch, host):
    port = publisher.address.rpartition(":")[2]

    came = fetch(f"http://{host}:{port}/feed", allowed=frozenset())

    assert isinstance(came, FetchError)
    assert publisher.asked == []


def test_a_redirect_into_the_house_is_refused(publisher, fetch):
    came = fetch(publisher.gives("/to", status=302, Location="http://169.254.169.254/latest/meta-data"))
    assert str(came).startswith("address not allowed: 169.254.169.254:80 is inside a private network")


def test_an_allowed_pair_is_exact(publisher, fetch):
    url = publisher.gives("/feed", b"x")
    other = publisher.address.rpartition(":")[0] + ":1"
    assert "address not allowed" in str(fetch(url, allowed=frozenset({other})))
    assert fetch(url).body == b"x"


def test_a_name_may_be_allowed_by_its_address(publisher, fetch):
    publisher.gives("/feed", b"x")
    port = publisher.address.rpartition(":")[2]
    assert fetch(f"http://localhost:{port}/feed").body == b"x"


def test_the_address_that_was_checked_is_the_one_that_is_connected_to(monkeypatch):
    """A name that resolves to the world first and into the house second finds only one look-up."""
    looked_up = []
    connected = []

    async def resolve(self, host, port, **kwargs):
        looked_up.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("93.184.216.34", port))]

    async def connect(self, host, *args):
        connected.append(host)
        return "stream"

    monkeypatch.setattr("asyncio.base_events.BaseEventLoop.getaddrinfo", resolve)
    monkeypatch.setattr("httpcore.AnyIOBackend.connect_tcp", connect)
    backend = GuardedBackend(frozenset())

    assert asyncio.run(backend.connect_tcp("rebind.example", 443)) == "stream"
    assert (looked_up, connected) == (["rebind.example"], ["93.184.216.34"])


def test_no_socket_file_is_opened():
    with pytest.raises(FetchError, match="address not allowed"):
        asyncio.run(GuardedBackend(frozenset()).connect_unix_socket("/run/docker.sock"))


def test_no_proxy_from_the_environment_is_used(publisher, fetch, monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    assert fetch(publisher.gives("/feed", b"x")).body == b"x"
