"""What is in deploy/ fits the program: its commands, its settings, its files, and as little leave as it needs."""

import os
import re
import shutil
import socket
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from bulletin.cli import cli
from bulletin.config import environment

ROOT = Path(__file__).parents[1]
DEPLOY = ROOT / "deploy"
UNIT = DEPLOY / "bulletin@.service"
IMAGE = (DEPLOY / "container" / "Containerfile").read_text(encoding="utf-8")
COMPOSE = YAML(typ="safe").load(DEPLOY / "container" / "compose.yaml")
MOST_EXPOSED = 20  # of systemd's 100; what it says of a service that may do what it likes is 96


def read(name: str) -> str:
    return (DEPLOY / name).read_text(encoding="utf-8")


def parses(words: list[str]) -> None:
    """Hold a command line against the program, without running it."""
    context = cli.make_context("bulletin", list(words))
    name, command, rest = cli.resolve_command(context, [*context._protected_args, *context.args])
    command.make_context(name, rest, parent=context)


def steps(instruction: str) -> list[str]:
    """What stands behind an instruction of the image, each time it is given."""
    whole = IMAGE.replace("\\\n", " ")
    return re.findall(rf"^{instruction} (.+)$", whole, re.MULTILINE)


settings_named = pytest.mark.parametrize(
    "name", ["bulletin.env", "container/compose.yaml", "bulletin@.service", "nginx.conf"]
)


@settings_named
def test_every_setting_that_is_named_is_one(name):
    known = Path(environment.__file__).read_text(encoding="utf-8")
    for setting in re.findall(r"BULLETIN_[A-Z_]+", read(name)):
        assert f'"{setting}"' in known or setting == "BULLETIN_HOST", setting


@pytest.mark.parametrize("ending", ["run", "serve", "schedule", "worker"])
def test_the_unit_runs_a_command_that_there_is(ending):
    assert f"bulletin@{ending}" in read("bulletin@.service")
    start = re.search(r"^ExecStart=(.+)$", read("bulletin@.service"), re.MULTILINE)[1]
    program, *words = start.replace("%i", ending).split()
    assert program == "/opt/bulletin/bin/bulletin"
    parses(words)


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd here")
def test_systemd_understands_the_unit_and_it_may_do_little(tmp_path):
    unit = tmp_path / "bulletin@run.service"
    unit.write_text(read("bulletin@.service").replace("/opt/bulletin/bin/bulletin", sys.executable), encoding="utf-8")
    verified = subprocess.run(["systemd-analyze", "verify", unit], capture_output=True, text=True, check=False)
    assert (verified.returncode, verified.stderr) == (0, "")
    exposed = ["systemd-analyze", "security", "--offline=true", f"--threshold={MOST_EXPOSED}", unit]
    assert subprocess.run(exposed, capture_output=True, check=False).returncode == 0


def test_the_unit_lets_what_reads_feeds_bound_itself():
    calls = re.findall(r"^SystemCallFilter=(.+)$", read("bulletin@.service"), re.MULTILINE)
    assert calls == ["@system-service", "~@privileged"]


def test_what_is_copied_into_the_image_is_there_and_let_through():
    let_through = (ROOT / ".dockerignore").read_text(encoding="utf-8").split("\n")
    for words in steps("COPY"):
        *sources, _ = [word for word in words.split() if not word.startswith("--")]
        for source in [] if "--from" in words else sources:
            assert (ROOT / source).exists(), source
            assert any(f"!{part}" in let_through for part in (source, *map(str, Path(source).parents))), source


def test_the_image_has_every_file_that_the_wheel_is_made_of():
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    for source in re.findall(r'^"([\w.]+)" = "bulletin/starter', project, re.MULTILINE):
        assert any(source in words.split() for words in steps("COPY")), source


def test_the_image_installs_what_was_looked_at_and_runs_as_nobody_in_particular():
    for line in re.findall(r"pip install[^&]+", " ".join(steps("RUN"))):
        assert "--require-hashes" in line or "--no-deps" in line, line
    (user,) = steps("USER")
    assert int(user) > 0
    assert f"--uid {user} " in IMAGE
    assert not re.search(r"(?i)(password|secret|token|key)[_A-Z]*=", IMAGE)


def test_the_image_has_the_libraries_that_the_hashes_name():
    names = set(
        re.findall(r"^([a-z0-9-]+)==", (ROOT / "requirements" / "service.txt").read_text("utf-8"), re.MULTILINE)
    )
    runtime = re.findall(r"^([a-z0-9-]+)==", (ROOT / "requirements" / "runtime.txt").read_text("utf-8"), re.MULTILINE)
    assert {*runtime, "procrastinate", "psycopg-binary", "joserfc", "weasyprint"} <= names


def test_the_image_and_the_services_start_commands_that_there_are():
    (typed,) = steps("CMD")
    parses(YAML(typ="safe").load(typed))
    for name in ("pages", "schedule"):
        parses(COMPOSE["services"][name]["command"])


def test_what_runs_in_containers_may_write_its_own_folder_alone():
    for name in ("pages", "schedule"):
        ours = COMPOSE["services"][name]
        assert ours["read_only"] is True
        assert ours["cap_drop"] == ["ALL"]
        assert ours["restart"] == "unless-stopped"
        assert "ports" not in ours
        assert ours["volumes"] == [f"newsroom:{steps('VOLUME')[0]}"]


def test_no_secret_stands_in_the_compose_file():
    for name, service in COMPOSE["services"].items():
        assert set(service.get("secrets", [])) <= set(COMPOSE["secrets"]), name
        written = [key for key in service.get("environment", {}) if re.search("PASSWORD|SECRET|TOKEN|URL", key)]
        assert [key for key in written if key not in {"POSTGRES_PASSWORD_FILE", "BULLETIN_BASE_URL"}] == []
    assert {one["file"].partition("/")[0] for one in COMPOSE["secrets"].values()} == {"secrets"}


def test_the_proxy_that_is_believed_is_the_one_that_stands_before_the_pages():
    services = COMPOSE["services"]
    (network,) = services["proxy"]["networks"].values()
    assert services["pages"]["environment"]["BULLETIN_TRUSTED_PROXY"] == network["ipv4_address"]
    assert services["proxy"]["command"][-1] == f"pages:{steps('EXPOSE')[0]}"


@pytest.mark.skipif(os.name != "posix", reason="a script for a container")
def test_the_container_takes_each_secret_from_a_file_of_its_name(tmp_path):
    (tmp_path / "BULLETIN_DATABASE_URL").write_text(
        "postgresql://bulletin:a%20b$c@database/bulletin\n", encoding="utf-8"
    )
    (tmp_path / "postgres_password").write_text("not ours", encoding="utf-8")
    script = read("container/newsroom").replace("/run/secrets", str(tmp_path))
    script = script.replace("exec /opt/bulletin/bin/bulletin", "printenv BULLETIN_DATABASE_URL; echo")
    told = subprocess.run(["sh", "-c", script, "sh", "check"], capture_output=True, text=True, check=True)
    assert told.stdout == "postgresql://bulletin:a%20b$c@database/bulletin\n-C /var/lib/bulletin check\n"


@pytest.mark.skipif(os.name != "posix", reason="a script for a container")
def test_a_container_that_may_not_read_a_secret_does_not_begin_without_it(tmp_path):
    """It would open an empty SQLite file in place of the library's PostgreSQL."""
    (tmp_path / "BULLETIN_DATABASE_URL").write_text("postgresql://bulletin@database/bulletin", encoding="utf-8")
    script = read("container/newsroom").replace("/run/secrets", str(tmp_path))
    script = "cat() { return 1; }\n" + script.replace("exec /opt/bulletin/bin/bulletin", "echo")
    told = subprocess.run(["sh", "-c", script, "sh", "check"], capture_output=True, text=True, check=False)
    assert (told.returncode, told.stdout) == (1, "")


@pytest.mark.skipif(os.name != "posix", reason="a script for a service")
def test_the_command_of_the_service_reads_its_settings_word_for_word(tmp_path):
    """As systemd does: what stands between two single quotation marks is taken as it is."""
    strange = 'smtp://a%40b:p$w"x&;`@mail.example.nhs.uk'
    (tmp_path / "bulletin.env").write_text(f"# ours\nBULLETIN_SMTP_URL='{strange}'\n", encoding="utf-8")
    script = read("newsroom").replace("/etc/bulletin", str(tmp_path)).replace("/var/lib/bulletin", str(tmp_path))
    script = script.replace(
        "exec runuser -u bulletin -- /opt/bulletin/bin/bulletin", "printenv BULLETIN_SMTP_URL; echo"
    )
    told = subprocess.run(["sh", "-c", script, "sh", "check"], capture_output=True, text=True, check=True)
    assert told.stdout == f"{strange}\n-C {tmp_path} check\n"


def test_the_settings_that_come_with_the_unit_are_quoted_and_right():
    lines = [line.lstrip("#") for line in read("bulletin.env").splitlines() if re.match("#?BULLETIN_", line)]
    given = dict(re.fullmatch(r"(\w+)='([^']*)'", line).groups() for line in lines)
    given.pop("BULLETIN_CA_FILE")  # a file that is not there
    mistakes = []
    machine = environment.read(given, mistakes)
    assert mistakes == []
    assert machine.operator == "systems@example.nhs.uk"


@pytest.mark.parametrize(("status", "code"), [("200 OK", 0), ("503 Service Unavailable", 1), ("400 Bad Request", 1)])
def test_a_container_is_well_when_its_pages_are(status, code):
    heard = []

    def answer(listener: socket.socket) -> None:
        asked, _ = listener.accept()
        with asked:
            heard.append(asked.recv(10_000).decode())
            asked.sendall(f"HTTP/1.1 {status}\r\nContent-Length: 0\r\n\r\n".encode())

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=answer, args=(listener,))
        thread.start()
        assert healthcheck(listener.getsockname()[1]) == code
        thread.join()
    assert heard[0].startswith("GET /healthz ")


def test_a_container_whose_pages_do_not_answer_is_not_well():
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    assert healthcheck(port) == 1


def healthcheck(port: int) -> int:
    """The exit code of the container's own script, asking this port."""
    script = read("container/healthcheck.py").replace("PORT = 8080", f"PORT = {port}")
    return subprocess.run([sys.executable, "-c", script], check=False).returncode
