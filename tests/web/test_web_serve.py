"""`bulletin serve`: one address, no more said than needed, and a clean end."""

import http.client
import json
import re
import signal
import socket
import sys
from urllib.parse import urlencode, urlsplit

import newsroom
import pytest
from serving import serving, started

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("serve")]


def workspace(folder):
    return newsroom.workspace(folder, "https://example.org/feed")


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    with serving(workspace(tmp_path_factory.mktemp("served"))) as ours:
        yield ours


def ask(url, path="/healthz", method="GET", body=None, **headers):
    """The answer to one request, and its body."""
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=10)
    connection.request(method, path, body, {name.replace("_", "-"): value for name, value in headers.items()})
    answer = connection.getresponse()
    content = answer.read()
    connection.close()
    return answer, content


def test_it_listens_on_this_machine_alone(served):
    host, port = urlsplit(served.url).hostname, urlsplit(served.url).port
    assert host == "127.0.0.1"
    with pytest.raises(OSError, match="refused"), socket.create_connection(("127.0.0.2", port), 5):
        pass


def test_it_tells_that_it_is_well_and_nothing_else(served):
    answer, content = ask(served.url)
    assert (answer.status, json.loads(content)) == (200, {"database": True, "schedule": None})


def test_no_answer_says_what_serves(served):
    answer, _ = ask(served.url)
    assert answer.getheader("Server") is None
    assert answer.getheader("Via") is None


def test_a_body_beyond_measure_is_refused_before_it_is_sent(served):
    answer, _ = ask(served.url, "/healthz", "POST", None, Content_Length="3000000000")
    assert answer.status == 413


def test_headers_beyond_measure_are_refused(served):
    answer, _ = ask(served.url, X_Long="x" * 40_000)
    assert answer.status == 431


def test_nobody_is_an_admin_by_default(served):
    assert served.has_admin is False


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals")
def test_it_ends_cleanly_when_it_is_asked_to(tmp_path, sign):
    with serving(workspace(tmp_path)) as ours:
        assert ask(ours.url)[0].status == 200
        code, said = ours.stop(sign)
        assert code == 0
        assert [json.loads(line)["event"] for line in said.splitlines()] == ["answered"]
        with pytest.raises(OSError, match="refused"):
            ask(ours.url)


def test_without_an_admin_it_says_how_to_add_one(tmp_path):
    with started(workspace(tmp_path)) as (process, _):
        told = [process.stdout.readline() for _ in range(3)]
    assert told[0].startswith("The desk is at http://127.0.0.1:")
    assert told[1] == "Nobody can log in yet. Add the first admin:\n"
    assert f"bulletin -C {tmp_path} editors add" in told[2]


def test_a_port_that_is_taken_is_told_of(tmp_path, run_bulletin):
    folder = workspace(tmp_path)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        ended = run_bulletin("-C", folder, "serve", "--port", port)
    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr == (
        f"bulletin: port {port} of 127.0.0.1 is taken by another program: name another with --port\n"
    )


def test_what_others_can_reach_needs_an_encrypted_address(tmp_path, run_bulletin):
    ended = run_bulletin("-C", workspace(tmp_path), "serve", "--host", "0.0.0.0", "--port", "0")
    assert (ended.returncode, ended.stdout) == (2, "")
    assert "set BULLETIN_BASE_URL to the https address" in ended.stderr


def test_a_host_that_is_not_ours_is_told_of(tmp_path, run_bulletin):
    ended = run_bulletin("-C", workspace(tmp_path), "serve", "--host", "192.0.2.1", "--port", "0")
    assert ended.returncode == 2
    assert "nothing can be served on 192.0.2.1:0" in ended.stderr


def test_a_key_that_is_an_example_is_refused(tmp_path, run_bulletin):
    ended = run_bulletin("-C", workspace(tmp_path), "serve", BULLETIN_SECRET_KEY="changeme")
    assert (ended.returncode, ended.stdout) == (2, "")
    assert "BULLETIN_SECRET_KEY: must have 32 characters" in ended.stderr
    assert "changeme" not in ended.stderr


def test_the_address_that_people_use_is_the_one_that_is_set(tmp_path):
    with serving(workspace(tmp_path), BULLETIN_BASE_URL="https://bulletin.example.nhs.uk") as ours:
        assert ours.url == "https://bulletin.example.nhs.uk"


@pytest.mark.parametrize(
    ("trusted", "told"), [("127.0.0.1", [200, 429]), ("127.0.0.9", [429, 429]), ("", [429, 429])]
)
def test_who_asks_is_believed_of_the_proxy_that_is_named_and_of_nobody_else(tmp_path, trusted, told):
    with serving(workspace(tmp_path), BULLETIN_TRUSTED_PROXY=trusted) as ours:
        page, content = ask(ours.url, "/login")
        token = re.search(rb'name="csrf" value="([^"]+)"', content)[1].decode()
        cookie = page.getheader("Set-Cookie").partition(";")[0]
        sent = {"Cookie": cookie, "Origin": ours.url, "Content_Type": "application/x-www-form-urlencoded"}

        def forget(who, number=0):
            body = urlencode({"csrf": token, "email": f"somebody{number}@example.nhs.uk"})
            hops = f"203.0.113.7, {who}"  # the first one is what the asker says of itself
            return ask(ours.url, "/password/forgotten", "POST", body, X_Forwarded_For=hops, **sent)[0].status

        assert [forget("198.51.100.1", number) for number in range(20)] == [200] * 20
        assert [forget("198.51.100.2", 21), forget("198.51.100.1", 22)] == told
