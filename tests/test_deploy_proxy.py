"""Behind a web server with TLS, as deploy/nginx.conf and deploy/Caddyfile have it: who asks is told rightly."""

import http.client
import os
import re
import shutil
import socket
import ssl
import subprocess
import threading
import time
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

import newsroom
import pytest
from authority import authority, certificate
from serving import serving

from bulletin.jobs import open_desk, people
from bulletin.model import Grant, Role

DEPLOY = Path(__file__).parents[1] / "deploy"
NAME = "bulletin.example.nhs.uk"
ANN, PASSWORD = "ann@example.nhs.uk", "a-long-walk-by-the-sea"
_LONGEST = 20  # seconds until it answers

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("deploy")]


def replaced(text: str, *pairs: tuple[str, str]) -> str:
    for old, new in pairs:
        assert old in text, old
        text = text.replace(old, new)
    return text


def nginx(folder: Path, port: int, ours: str) -> list[str]:
    """Our nginx.conf, for this port and this folder alone."""
    site = replaced(
        (DEPLOY / "nginx.conf").read_text(encoding="utf-8"),
        ("    listen 80;\n", f"    listen unix:{folder}/plain;\n"),
        ("    listen [::]:80;\n", ""),
        ("    listen 443 ssl;\n", f"    listen 127.0.0.1:{port} ssl;\n"),
        ("    listen [::]:443 ssl;\n", ""),
        ("/etc/nginx/bulletin.", f"{folder}/server."),
        ("http://127.0.0.1:8080", ours),
    )
    user = "user root;\n" if os.geteuid() == 0 else ""
    places = "".join(
        f"{one}_temp_path {folder}/{one};\n" for one in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (folder / "nginx.conf").write_text(
        f"{user}daemon off;\npid {folder}/pid;\nevents {{}}\nhttp {{\naccess_log off;\n{places}{site}}}\n",
        encoding="utf-8",
    )
    return ["nginx", "-p", str(folder), "-e", str(folder / "log"), "-c", str(folder / "nginx.conf")]


def caddy(folder: Path, port: int, ours: str) -> list[str]:
    """Our Caddyfile, for this port and with a certificate of the test."""
    site = replaced(
        (DEPLOY / "Caddyfile").read_text(encoding="utf-8"),
        (f"{NAME} {{\n", f"https://localhost:{port} {{\n\ttls {folder}/server.pem {folder}/server.key\n"),
        ("127.0.0.1:8080", ours.removeprefix("http://")),
    )
    options = "{\n\tadmin off\n\tauto_https disable_redirects\n}\n"
    (folder / "Caddyfile").write_text(options + site, encoding="utf-8")
    return ["caddy", "run", "--config", str(folder / "Caddyfile"), "--adapter", "caddyfile"]


@dataclass
class Reached:
    """The pages as people reach them."""

    port: int
    authority: Path

    def ask(self, path, method="GET", body=None, come_from="127.0.0.1", host=None, **headers):
        """The answer to one request, and its body; the certificate must be right."""
        context = ssl.create_default_context(cafile=self.authority)
        connection = http.client.HTTPSConnection(
            "localhost", self.port, context=context, timeout=10, source_address=(come_from, 0)
        )
        told = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, body, told | ({"Host": host} if host else {}))
        answer = connection.getresponse()
        content = answer.read()
        connection.close()
        return answer, content

    def form(self, path):
        """What a browser sends along with a form of this page: its token, and the cookie beside it."""
        page, content = self.ask(path)
        token = re.search(rb'name="csrf" value="([^"]+)"', content)[1].decode()
        cookie = page.getheader("Set-Cookie").partition(";")[0]
        origin = f"https://localhost:{self.port}"
        return token, {"Cookie": cookie, "Origin": origin, "Content_Type": "application/x-www-form-urlencoded"}


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return taken.getsockname()[1]


@contextmanager
def running(folder: Path, port: int, command: list[str]):
    """A web server while the context lasts, from when it answers."""
    places = {"HOME": str(folder), "XDG_DATA_HOME": str(folder), "XDG_CONFIG_HOME": str(folder)}
    with (folder / "said").open("w+b") as said:
        process = subprocess.Popen(command, stdout=said, stderr=said, env=os.environ | places)
        try:
            ends, pause = time.monotonic() + _LONGEST, threading.Event()
            while not answers(port):
                assert process.poll() is None, (folder / "said").read_text(encoding="utf-8")
                assert time.monotonic() < ends
                pause.wait(0.05)
            yield
        finally:
            process.terminate()
            process.wait(20)


def answers(port: int) -> bool:
    with socket.socket() as tried:
        return tried.connect_ex(("127.0.0.1", port)) == 0


@contextmanager
def behind(make, folder: Path, workspace: Path):
    """The pages behind a web server, with an admin, while the context lasts."""
    port, inside = free_port(), free_port()
    with open_desk(newsroom.settings(newsroom.workspace(workspace, "https://example.org/feed"))) as desk:
        people.add_editor(desk, "test", ANN, "Ann", [Grant(Role.ADMIN)], PASSWORD)
    authority(folder, "ours")
    certificate(folder, "server", "ours", "DNS:localhost")
    settings = {
        "BULLETIN_BASE_URL": f"https://localhost:{port}",
        "BULLETIN_TRUSTED_PROXY": "127.0.0.1",
        "BULLETIN_SMTP_URL": (folder / "outgoing").as_uri(),
    }
    command = make(folder, port, f"http://127.0.0.1:{inside}")
    with serving(workspace, ("serve", "--port", str(inside)), **settings), running(folder, port, command):
        yield Reached(port, folder / "ours.pem")


@pytest.fixture(scope="module")
def reach(tmp_path_factory):
    """Put the pages behind a web server, once each."""
    known: dict[str, Reached] = {}
    with ExitStack() as stack:

        def reach(make):
            name = make.__name__
            if name not in known:
                folders = [tmp_path_factory.mktemp(one) for one in (name, "room")]
                known[name] = stack.enter_context(behind(make, *folders))
            return known[name]

        yield reach


@pytest.fixture(params=[nginx, caddy], ids=["nginx", "caddy"])
def reached(request, reach):
    """The pages as people reach them through a web server."""
    for program in (request.param.__name__, "openssl"):
        if shutil.which(program) is None:
            pytest.skip(f"no {program} here: apt-get install {program}")
    return reach(request.param)


def test_it_is_well_behind_the_web_server(reached):
    answer, _ = reached.ask("/healthz")
    assert answer.status == 200
    assert answer.getheader("Strict-Transport-Security") == "max-age=31536000"


def test_another_name_gets_no_page(reached):
    answer, content = reached.ask("/login", host="another.example")
    assert answer.status == 400 or content == b""
    assert b"password" not in content


def test_who_knows_the_password_is_let_in_and_the_cookie_goes_over_tls_alone(reached):
    token, sent = reached.form("/login")
    body = urlencode({"csrf": token, "email": ANN, "password": PASSWORD, "next": ""})
    answer, _ = reached.ask("/login", "POST", body, **sent)
    assert answer.status == 303
    session = next(one for one in answer.headers.get_all("Set-Cookie") if "__Host-" in one and "Secure" in one)
    page, content = reached.ask("/", Cookie=session.partition(";")[0])
    assert page.status == 200
    assert b"Ann" in content


def test_who_asks_is_counted_by_the_address_they_come_from_whatever_they_say_of_themselves(reached):
    token, sent = reached.form("/password/forgotten")

    def forget(come_from, number):
        body = urlencode({"csrf": token, "email": f"somebody{number}@example.nhs.uk"})
        said = f"198.51.100.{number}"
        return reached.ask(
            "/password/forgotten",
            "POST",
            body,
            come_from,
            X_Forwarded_For=said,
            X_Real_Ip=said,
            Forwarded=f"for={said}",
            **sent,
        )[0].status

    assert [forget("127.0.0.3", number) for number in range(20)] == [200] * 20
    assert [forget("127.0.0.3", 21), forget("127.0.0.4", 22)] == [429, 200]
