"""Encrypted connections: only certificates that prove the name, and each fault in plain words (F15)."""

import http.server
import shutil
import socket
import socketserver
import ssl
import threading
from contextlib import contextmanager, suppress

import pytest
from authority import authority, certificate

from bulletin.errors import FetchError
from bulletin.fetch import Fetcher, plain
from bulletin.model import Fetched, Trouble

FEED = b"<rss><channel><title>Wexbridge news</title></channel></rss>"

pytestmark = pytest.mark.skipif(
    shutil.which("openssl") is None, reason="needs the openssl command to make certificates"
)


@pytest.fixture(scope="module")
def certificates(tmp_path_factory):
    """A folder with an authority that we trust, one that we do not, and servers' certificates."""
    folder = tmp_path_factory.mktemp("certificates")
    for name in ("trusted", "unknown"):
        authority(folder, name)
    certificate(folder, "good", "trusted", "IP:127.0.0.1")
    certificate(folder, "other-name", "trusted", "DNS:another.example")
    certificate(folder, "stranger", "unknown", "IP:127.0.0.1")
    certificate(folder, "expired", "trusted", "IP:127.0.0.1", days=-1)
    shutil.copy(folder / "unknown.pem", folder / "self-signed.pem")
    shutil.copy(folder / "unknown.key", folder / "self-signed.key")
    return folder


@pytest.fixture
def serving(certificates):
    """Serve a feed under a certificate while the context lasts; gives the port."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(self.body)

        def log_message(self, *args: object) -> None:
            pass

    class Quiet(http.server.ThreadingHTTPServer):
        def handle_error(self, request, client_address) -> None:
            """Say nothing: clients that refuse the certificate are what the test is about."""

    @contextmanager
    def serving(name: str, body: bytes = FEED):
        Handler.body = body
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificates / f"{name}.pem", certificates / f"{name}.key")
        with Quiet(("127.0.0.1", 0), Handler) as server:
            server.daemon_threads = True
            server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
            thread = threading.Thread(target=server.serve_forever, args=(0.01,))
            thread.start()
            try:
                yield server.server_address[1]
            finally:
                server.shutdown()
                thread.join()

    return serving


@pytest.fixture
def visit(serving, certificates, fetch, monkeypatch):
    """Visit a server that shows this certificate, with one authority to trust; gives what came."""

    def visit(name: str, host: str = "127.0.0.1"):
        with serving(name) as port:
            return fetch(f"https://{host}:{port}/feed", allowed=frozenset({f"127.0.0.1:{port}"}))

    monkeypatch.setattr("certifi.where", lambda: str(certificates / "trusted.pem"))
    return visit


def test_a_certificate_that_proves_the_address_is_trusted(visit):
    came = visit("good")
    assert isinstance(came, Fetched)
    assert came.body == FEED


@pytest.mark.parametrize(
    ("name", "host", "words"),
    [
        ("expired", "127.0.0.1", "its certificate has expired"),
        ("other-name", "127.0.0.1", "its certificate is for another address"),
        ("other-name", "localhost", "its certificate is for another name"),
        ("self-signed", "127.0.0.1", "its certificate is self-signed"),
        ("stranger", "127.0.0.1", "its certificate comes from an authority that is not known here"),
    ],
)
def test_a_certificate_that_proves_nothing_is_refused_in_plain_words(visit, name, host, words):
    came = visit(name, host)
    assert (str(came), came.trouble) == (f"no secure connection: {words}", Trouble.TLS)


def test_an_authority_that_the_operator_names_is_believed_besides_the_others(serving, certificates, errands):
    for ca_file, kind in ((None, FetchError), (certificates / "unknown.pem", Fetched)):
        with serving("stranger") as port:
            allowed = frozenset({f"127.0.0.1:{port}"})
            with Fetcher("library@example.nhs.uk", allowed, ca_file=ca_file) as fetcher:
                ((_, came),) = fetcher.visits(errands(f"https://127.0.0.1:{port}/feed"))
        assert isinstance(came, kind)


class Tunnel(socketserver.ThreadingTCPServer):
    """An organisation's proxy: opens a way to wherever it is asked to (RFC 9110, 9.3.6), and keeps a list."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), None)
        self.asked: list[str] = []

    def finish_request(self, request: socket.socket, client_address: object) -> None:
        head = b""
        while b"\r\n\r\n" not in head:
            head += request.recv(1)
        there = head.split()[1].decode()
        self.asked.append(there)
        with socket.create_connection(("127.0.0.1", int(there.partition(":")[2])), 10) as other:
            request.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
            back = threading.Thread(target=pour, args=(other, request))
            back.start()
            pour(request, other)
            back.join(10)


def pour(one: socket.socket, other: socket.socket) -> None:
    with suppress(OSError):
        while piece := one.recv(65536):
            other.sendall(piece)
        other.shutdown(socket.SHUT_WR)


def test_through_the_proxy_of_an_organisation_its_authority_is_believed(serving, certificates, errands):
    with serving("stranger") as port, Tunnel() as tunnel:
        allowed = frozenset({f"127.0.0.1:{port}"})
        thread = threading.Thread(target=tunnel.serve_forever, args=(0.01,))
        thread.start()
        settings = {"proxy": f"http://127.0.0.1:{tunnel.server_address[1]}", "ca_file": certificates / "unknown.pem"}
        with Fetcher("library@example.nhs.uk", allowed, **settings) as fetcher:
            ((_, came),) = fetcher.visits(errands(f"https://127.0.0.1:{port}/feed"))
        tunnel.shutdown()
        thread.join()
    assert isinstance(came, Fetched)
    assert tunnel.asked == [f"127.0.0.1:{port}"]


def test_who_signs_people_in_may_be_vouched_for_by_an_authority_of_the_operator(serving, certificates):
    with serving("stranger", b'{"issuer": "us"}') as port:
        url = f"https://127.0.0.1:{port}/about"
        assert plain.ask(url, ca_file=certificates / "unknown.pem") == {"issuer": "us"}
        with pytest.raises(FetchError, match="cannot be asked"):
            plain.ask(url)


def test_a_server_that_speaks_no_tls_is_told_in_words(publisher, fetch):
    came = fetch(f"https://{publisher.address}/feed")
    assert str(came) == "no secure connection: the server and we know no common way to encrypt"
    assert came.trouble is Trouble.TLS


@pytest.fixture
def visit_oddly(certificates, fetch, monkeypatch):
    """Visit a server whose certificate is good, and that goes on as the test says; gives what came."""
    monkeypatch.setattr("certifi.where", lambda: str(certificates / "trusted.pem"))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificates / "good.pem", certificates / "good.key")

    def visit_oddly(go_on, **limits: float):
        def serve(listener: socket.socket) -> None:
            raw, _ = listener.accept()
            with context.wrap_socket(raw, server_side=True) as sock:
                sock.recv(10_000)
                go_on(sock)

        with socket.create_server(("127.0.0.1", 0)) as listener:
            port = listener.getsockname()[1]
            thread = threading.Thread(target=serve, args=(listener,))
            thread.start()
            came = fetch(f"https://127.0.0.1:{port}/feed", allowed=frozenset({f"127.0.0.1:{port}"}), **limits)
            thread.join()
        return came

    return visit_oddly


GARBAGE = b"\x17\x03\x03\x00\x20" + b"x" * 32  # what looks like a TLS record and is none


@pytest.mark.parametrize("begun", [b"", b"HTTP/1.1 200 OK\r\n\r\n<rss>"], ids=["at once", "in the middle"])
def test_one_broken_record_ends_one_visit_and_not_the_run(visit_oddly, begun):
    def break_it(sock: ssl.SSLSocket) -> None:
        sock.sendall(begun)
        socket.socket.sendall(sock, GARBAGE)  # past the encryption
        socket.socket.recv(sock, 1)

    came = visit_oddly(break_it)
    assert str(came) == "the secure connection broke: what came over it cannot be decrypted"
    assert came.trouble is Trouble.TLS


def test_a_server_that_says_nothing_more_is_slow_and_not_insecure(visit_oddly):
    came = visit_oddly(lambda sock: sock.recv(1), read_seconds=0.1)
    assert (str(came), came.trouble) == ("no answer within 0.1 seconds", Trouble.CONNECTION)
