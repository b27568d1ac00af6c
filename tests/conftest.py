"""What many tests share: the command as a new user runs it, and --golden to write expected output anew."""

import compileall
import io
import os
import subprocess
import sys
from contextlib import nullcontext, redirect_stderr, redirect_stdout
from pathlib import Path
from unittest import mock

import pytest
import tries  # noqa: F401 - says how often laws are tried
from pgserver import new_schema, postgres  # noqa: F401 - fixtures
from publisher import open_publisher
from quick import shared

from bulletin import cli
from bulletin.jobs import desk
from bulletin.parse import Readers


def pytest_addoption(parser):
    parser.addoption(
        "--golden", action="store_true", help="write the golden files anew, to be read before committing"
    )
    parser.addoption("--pictures", action="store_true", help="keep pictures of all pages in output/screenshots")


def pytest_configure(config):
    """Compile the program once, even where Python may write nothing: every process of the tests would do so."""
    if not hasattr(config, "workerinput"):
        compileall.compile_dir(Path(cli.__file__).parents[1], quiet=2)


def settings(environment: dict[str, str]) -> dict[str, str]:
    """An environment with nothing of the machine's settings."""
    return {name: value for name, value in os.environ.items() if not name.startswith("BULLETIN_")} | environment


@pytest.fixture(scope="session")
def run_bulletin():
    """Run the command here, because to start a process takes seconds; gives what a finished process would."""

    def run(*arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
        out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8") for _ in range(2))
        typed = [*map(str, arguments)]
        with (
            mock.patch.dict(os.environ, settings(environment), clear=True),
            redirect_stdout(out),
            redirect_stderr(err),
            pytest.raises(SystemExit) as ended,
        ):
            cli.main(typed)
        return subprocess.CompletedProcess(typed, ended.value.code, *map(written, (out, err)))

    return run


def written(stream: io.TextIOWrapper) -> str:
    """What was written there."""
    stream.seek(0)
    return stream.read()


@pytest.fixture
def bulletin(place, run_bulletin):
    """Type a command in the workspace `place` of a test module, with settings; gives exit code, stdout and stderr."""

    def typed(*words: object, **environment: str) -> tuple[int, str, str]:
        done = run_bulletin("-C", place, *words, **environment)
        return done.returncode, done.stdout, done.stderr

    return typed


@pytest.fixture(scope="session")
def run_process():
    """Run the command in a process of its own: for what only a process can show."""

    def run(*arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "bulletin", *map(str, arguments)],
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
            env=settings(environment),
            timeout=300,
        )

    return run


@pytest.fixture(scope="session", autouse=True)
def shared_readers():
    """All desks have the same readers: each would start processes anew, which tests/parse does often enough."""
    with Readers() as ours, mock.patch.object(desk, "Readers", return_value=nullcontext(ours)):
        yield ours


@pytest.fixture(scope="session", autouse=True)
def quick():
    """Make once what each test would make anew."""
    with shared():
        yield


@pytest.fixture
def publisher():
    """A publisher's server on loopback, scripted by the test."""
    with open_publisher() as ours:
        yield ours
