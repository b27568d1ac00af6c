"""No feed leads us into the house, by whatever spelling, redirect or name."""

import asyncio
import ipaddress
import socket

import httpcore
import pytest

from bulletin.errors import FetchError
from bulletin.fetch.guard import GuardedBackend, is_public
from bulletin.model import Trouble

NOT_ALLOWED, NO_HOST = Trouble.NOT_ALLOWED, Trouble.NO_HOST

PRIVATE = """
127.0.0.1 127.9.9.9 0.0.0.0 10.0.0.1 172.16.0.1 172.31.255.255 192.168.1.1 169.254.169.254 100.64.0.1 100.127.255.255
192.0.0.1 192.0.2.1 198.18.0.1 198.19.255.255 198.51.100.1 203.0.113.1 224.0.0.1 239.255.255.255 240.0.0.1
255.255.255.255 ::1 :: fe80::1 fe80::1%eth0 fc00::1 fd00:ec2::254 fec0::1 ff02::1 ::ffff:127.0.0.1 ::ffff:8.8.8.8
64:ff9b::7f00:1 64:ff9b:1::1 2002:7f00:1:: 2001:0:53aa:64c:0:fffe:80ff:fffe 2001:db8::1 localhost example.org
"""


@pytest.mark.parametrize("address", PRIVATE.split())
def test_private_addresses_are_not_public(address):
    assert not is_public(address)


# IANA's special-purpose address registries, all that is not globally reachable, and their last additions; what of it
# Python's own list lacks depends on its release.
SPECIAL = """
0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.0.9/32 192.0.0.10/32
192.0.2.0/24 192.88.99.0/24 192.168.0.0/16 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/4 240.0.0.0/4
::/128 ::1/128 ::ffff:0:0/96 64:ff9b::/96 64:ff9b:1::/48 100::/64 100:0:0:1::/64 2001::/23 2001::/32 2001:1::1/128
2001:2::/48 2001:10::/28 2001:20::/28 2001:30::/28 2001:db8::/32 2002::/16 3fff::/20 5f00::/16 fc00::/7 fe80::/10
fec0::/10 ff00::/8
"""


@pytest.mark.parametrize("network", SPECIAL.split())
def test_no_address_kept_for_special_use_is_public(network):
    addresses = ipaddress.ip_network(network)
    assert [each for each in (addresses[0], addresses[-1]) if is_public(str(each))] == []


@pytest.mark.parametrize(
    "url", ["http://[::1]:8080/", "http://[0:0:0:0:0:0:0:1]:8080/", "http://[0000:0::0:1]:8080/"]
)
def test_a_pair_is_allowed_in_whatever_spelling_its_address_comes(fetch, connects, url):
    assert fetch(url, allowed=frozenset({"[::1]:8080"})).trouble is Trouble.CONNECTION
    assert len(connects) == 1


@pytest.mark.parametrize("address", ["93.184.216.34", "8.8.8.8", "2606:2800:220:1:248:1893:25c8:1946"])
def test_public_addresses_are(address):
    assert is_public(address)


# Each leads into the house, or nowhere: by name, by number, in every script, and wrapped in IPv6.
SPELLINGS = (
    "127.0.0.1 127.1 127.0.1 127.255.255.254 2130706433 0x7f000001 0x7f.1 0x7f.0.0.1 0X7F.0x0.0x0.0x1 017700000001 "
    "0177.0.0.1 0177.1 127.0.0.1. localhost LOCALHOST localhost. 0 0.0.0.0 0x0 00 127\u30020\u30020\u30021 "
    "127\uff0e0\uff0e0\uff0e1 127\uff610\uff610\uff611 \uff11\uff12\uff17.0.0.1 \u2460\u2461\u2466.0.0.1 10.0.0.1 "
    "167772161 0xa.1 10.1 172.16.0.1 172.31.255.1 192.168.0.1 192.168.257 3232235521 0xc0a80001 169.254.169.254 "
    "2852039166 0xa9fea9fe 169.254.43518 0251.0376.0251.0376 100.64.0.1 192.0.0.1 192.0.2.1 198.18.0.1 198.51.100.1 "
    "203.0.113.1 224.0.0.1 240.0.0.1 255.255.255.255 4294967295 [::1] [::] [0:0:0:0:0:0:0:1] [::ffff:127.0.0.1] "
    "[::ffff:7f00:1] [0:0:0:0:0:ffff:127.0.0.1] [::127.0.0.1] [64:ff9b::7f00:1] [64:ff9b::127.0.0.1] [64:ff9b:1::1] "
    "[2002:7f00:1::] [2001:0:53aa:64c:0:fffe:80ff:fffe] [fe80::1] [fe80::1%25lo] [fc00::1] [fd00:ec2::254] "
    "[fec0::1] [ff02::1] [::ffff:169.254.169.254] %31%32%37.0.0.1 127.0.0.1%00.example.org 127.0.0.1%2523 "
)


@pytest.fixture
def connects(monkeypatch):
    """Every address that a connection is tried to, of which none is made."""
    tried = []

    async def connect(self, host, port, *args):
        tried.append((host, port))
        raise httpcore.ConnectError

    monkeypatch.setattr("httpcore.AnyIOBackend.connect_tcp", connect)
    return tried


@pytest.mark.parametrize("proxy", ["", "http://192.0.2.80:3128"], ids=["S2", "S3 behind a proxy"])
def test_the_house_is_refused_by_every_spelling(fetch, connects, proxy):
    urls = [f"http://{host}/feed" for host in SPELLINGS.split()]

    came = fetch(*urls, allowed=frozenset(), proxy=proxy)

    assert len(came) >= 60
    assert [url for url, arrival in came.items() if arrival.trouble not in (NOT_ALLOWED, NO_HOST)] == []
    assert connects == []


def test_a_redirect_into_the_house_is_refused(publisher, fetch):
    """S06, F13."""
    came = fetch(publisher.gives("/to", status=302, Location="http://169.254.169.254/latest/meta-data"))
    assert str(came).startswith("address not allowed: 169.254.169.254:80 is inside a private network")
    assert came.trouble is NOT_ALLOWED


@pytest.mark.parametrize("port", [22, 25, 8080, 8443, 65535])
def test_only_the_ports_of_the_web_are_open_to_the_world(fetch, connects, port):
    """S3: even at an address that is public."""
    came = fetch(f"https://93.184.216.34:{port}/feed", allowed=frozenset())
    assert came.trouble is NOT_ALLOWED
    assert connects == []


@pytest.mark.parametrize("url", ["http://93.184.216.34/", "https://93.184.216.34/", "http://93.184.216.34:443/"])
def test_the_ports_of_the_web_are_open(fetch, connects, url):
    assert str(fetch(url, allowed=frozenset())) == "nobody answers at this address"
    assert len(connects) == 1


@pytest.mark.parametrize("port", [8080, 8443])
def test_another_port_is_opened_by_its_exact_pair(fetch, connects, port):
    """S3, S4."""
    fetch(f"http://93.184.216.34:{port}/", allowed=frozenset({f"93.184.216.34:{port}"}))
    assert connects == [("93.184.216.34", port)]


@pytest.mark.parametrize("url", ["http://a.example:99999/", "http://a.example:0/", "http://[::1]:99999/"])
def test_a_port_that_is_none_leads_nowhere(fetch, connects, url):
    assert fetch(url, allowed=frozenset()).trouble in (NOT_ALLOWED, NO_HOST)


def test_a_refusal_does_not_tell_whether_anybody_listens(publisher, fetch, connects):
    """S6: one text, and no time spent, because nothing is connected."""
    open_port = publisher.address.rpartition(":")[2]
    came = fetch(f"http://127.0.0.1:{open_port}/", "http://127.0.0.1:9/", allowed=frozenset())
    one, other = (str(arrival) for arrival in came.values())
    assert one.replace(open_port, "9") == other
    assert connects == []


def test_an_allowed_pair_is_exact(publisher, fetch):
    url = publisher.gives("/feed", b"x")
    other = publisher.address.rpartition(":")[0] + ":1"
    assert "address not allowed" in str(fetch(url, allowed=frozenset({other})))
    assert fetch(url).body == b"x"


def test_a_name_may_be_allowed_by_its_address(publisher, fetch):
    publisher.gives("/feed", b"x")
    port = publisher.address.rpartition(":")[2]
    assert fetch(f"http://localhost:{port}/feed").body == b"x"


@pytest.fixture
def resolver(monkeypatch):
    """Answer look-ups in turn with these lists of addresses; gives the names that were looked up."""

    def resolver(*answers):
        asked, waiting = [], list(answers)

        async def resolve(self, host, port, **kwargs):
            asked.append(host)
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in waiting.pop(0)]

        monkeypatch.setattr("asyncio.base_events.BaseEventLoop.getaddrinfo", resolve)
        return asked

    return resolver


def test_the_address_that_was_checked_is_the_one_that_is_connected_to(fetch, connects, resolver):
    """S1: a name that resolves to the world first and into the house second finds one look-up a connection."""
    looked_up = resolver(["93.184.216.34"], ["127.0.0.1"])
    first = fetch("http://rebind.example/", allowed=frozenset())
    assert (looked_up, connects) == (["rebind.example"], [("93.184.216.34", 80)])
    assert str(first) == "nobody answers at this address"

    second = fetch("http://rebind.example/", allowed=frozenset())
    assert second.trouble is NOT_ALLOWED
    assert connects == [("93.184.216.34", 80)]


def test_of_a_name_with_two_faces_only_the_public_one_is_connected_to(fetch, connects, resolver):
    resolver(["10.0.0.1", "93.184.216.34", "127.0.0.1", "8.8.8.8"])
    fetch("https://faces.example/", allowed=frozenset())
    assert connects == [("93.184.216.34", 443), ("8.8.8.8", 443)]


def test_addresses_share_the_seconds_so_that_a_silent_one_hides_no_other(resolver, monkeypatch):
    """F14."""
    shares = []

    async def connect(self, host, port, timeout, *args):
        shares.append((host, timeout))
        if len(shares) == 1:
            raise httpcore.ConnectTimeout
        return "stream"

    resolver(["93.184.216.34", "8.8.8.8"])
    monkeypatch.setattr("httpcore.AnyIOBackend.connect_tcp", connect)
    assert asyncio.run(GuardedBackend(frozenset()).connect_tcp("two.example", 80, 5)) == "stream"
    assert shares == [("93.184.216.34", 2.5), ("8.8.8.8", 2.5)]


def test_a_resolver_that_is_silent_is_left_in_time(fetch, monkeypatch):
    async def resolve(self, host, port, **kwargs):
        await asyncio.sleep(20)

    monkeypatch.setattr("asyncio.base_events.BaseEventLoop.getaddrinfo", resolve)
    came = fetch("http://silent.example/", connect_seconds=0.05)
    assert (str(came), came.trouble) == ("no answer in time to where silent.example is", NO_HOST)


def test_no_socket_file_is_opened():
    with pytest.raises(FetchError, match="address not allowed"):
        asyncio.run(GuardedBackend(frozenset()).connect_unix_socket("/run/docker.sock"))


def test_no_proxy_from_the_environment_is_used(publisher, fetch, monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    assert fetch(publisher.gives("/feed", b"x")).body == b"x"


def test_a_proxy_is_used_when_it_is_set(publisher, fetch):
    """S3: and it alone is connected to, though it stands inside."""
    publisher.gives("http://a.example/feed", b"x")
    came = fetch("http://a.example/feed", allowed=frozenset(), proxy=f"http://{publisher.address}")
    assert came.body == b"x"
    assert publisher.asked[0][1]["Host"] == "a.example"


def test_a_proxy_that_refuses_is_told_in_words(publisher, fetch):
    came = fetch("https://a.example/feed", allowed=frozenset(), proxy=f"http://{publisher.address}")
    assert str(came) == "the proxy did not let the request through"


@pytest.mark.parametrize(
    "url",
    ["http://a.example:8080/", "http://sub.localhost/", "http://10.0.0.1/", "http://[::1]/", "http://2130706433/"],
)
def test_behind_a_proxy_what_a_redirect_literally_says_is_still_checked(publisher, fetch, url):
    publisher.gives("http://a.example/", status=302, Location=url)
    came = fetch("http://a.example/", allowed=frozenset(), proxy=f"http://{publisher.address}")
    assert came.trouble is NOT_ALLOWED
    assert len(publisher.asked) == 1


def test_behind_a_proxy_a_pair_may_be_allowed_too(publisher, fetch):
    publisher.gives("http://10.0.0.1:8080/", b"x")
    allowed = frozenset({"10.0.0.1:8080"})
    assert fetch("http://10.0.0.1:8080/", allowed=allowed, proxy=f"http://{publisher.address}").body == b"x"


def test_behind_a_proxy_a_name_that_no_certificate_can_bear_is_refused(publisher, fetch):
    came = fetch("https://.a.example/", allowed=frozenset(), proxy=f"http://{publisher.address}")
    assert came.trouble is NOT_ALLOWED


@pytest.mark.parametrize(
    "address", ["ftp://user:secret@a.example/", "http://user:secret@a.example/", "x://u:secret@"]
)
def test_no_message_repeats_a_password(publisher, fetch, address):
    came = fetch(publisher.gives("/to", status=302, Location=address))
    assert "secret" not in str(came)
    assert came.trouble is NOT_ALLOWED


def test_behind_a_proxy_a_pair_is_allowed_in_whatever_spelling_it_comes(publisher, fetch):
    url = "http://[0:0:0::1]:8080/"
    came = fetch(url, allowed=frozenset({"[::1]:8080"}), proxy=f"http://{publisher.address}")
    assert str(came) == "the server answered 404 Not Found"
