"""`bulletin serve`, and others that run on and on, as a process of its own, on a free port."""

import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

SERVE = ("serve", "--port", "0")


@dataclass
class Served:
    """A running `bulletin serve`."""

    url: str
    has_admin: bool
    process: subprocess.Popen[str]
    log: IO[str]

    def stop(self, sign: int = signal.SIGTERM) -> tuple[int, str]:
        """End it; gives the exit code and what it said on stderr."""
        self.process.send_signal(sign)
        self.process.wait(30)
        return self.process.returncode, read(self.log)


def read(log: IO[str]) -> str:
    """What was written there so far."""
    log.seek(0)
    return log.read()


@contextmanager
def serving(folder: Path, command: Sequence[str] = SERVE, **environment: str):
    """Serve a workspace while the context lasts."""
    with started(folder, "--json", command=command, **environment) as (process, log):
        line = process.stdout.readline()
        assert line, read(log)
        told = json.loads(line)
        yield Served(told["url"], told["has_admin"], process, log)


@contextmanager
def started(folder: Path, *options: str, command: Sequence[str] = SERVE, **environment: str):
    """The process of a command, ended with the context, and its log: a pipe would stop it when it is full."""
    settings = {name: value for name, value in os.environ.items() if not name.startswith("BULLETIN_")}
    with tempfile.TemporaryFile("w+", encoding="utf-8") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "bulletin", "-C", str(folder), *command, *options],
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
            encoding="utf-8",
            env=settings | environment,
        )
        try:
            yield process, log
        finally:
            if process.poll() is None:
                process.terminate()
            process.communicate(timeout=30)
