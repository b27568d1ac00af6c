"""What many tests share: the command as a new user runs it, and --golden to write expected output anew."""

import os
import subprocess
import sys

import pytest
from publisher import open_publisher


def pytest_addoption(parser):
    parser.addoption(
        "--golden", action="store_true", help="write the golden files anew, to be read before committing"
    )


@pytest.fixture(scope="session")
def run_bulletin():
    """Run the command in a process of its own, with nothing of the machine's settings; gives the finished process."""

    def run(*arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
        settings = {name: value for name, value in os.environ.items() if not name.startswith("BULLETIN_")}
        return subprocess.run(
            [sys.executable, "-m", "bulletin", *map(str, arguments)],
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
            env=settings | environment,
            timeout=300,
        )

    return run


@pytest.fixture
def publisher():
    """A publisher's server on loopback, scripted by the test."""
    with open_publisher() as ours:
        yield ours
