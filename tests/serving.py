"""`bulletin serve` as a process of its own, on a free port."""

import json
import os
import signal
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path


@dataclass
class Served:
    """A running `bulletin serve`."""

    url: str
    has_admin: bool
    process: subprocess.Popen[str]

    def stop(self, sign: int = signal.SIGTERM) -> tuple[int, str]:
        """End it; gives the exit code and what it said on stderr."""
        self.process.send_signal(sign)
        _, said = self.process.communicate(timeout=30)
        return self.process.returncode, said


@contextmanager
def serving(folder: Path, **environment: str):
    """Serve a workspace while the context lasts."""
    with started(folder, "--json", **environment) as process:
        line = process.stdout.readline()
        assert line, process.stderr.read()
        told = json.loads(line)
        yield Served(told["url"], told["has_admin"], process)


@contextmanager
def started(folder: Path, *options: str, **environment: str):
    """The process of `bulletin serve`, ended with the context."""
    settings = {name: value for name, value in os.environ.items() if not name.startswith("BULLETIN_")}
    process = subprocess.Popen(
        [sys.executable, "-m", "bulletin", "-C", str(folder), "serve", "--port", "0", *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env=settings | environment,
    )
    try:
        yield process
    finally:
        if process.poll() is None:
            process.terminate()
        process.communicate(timeout=30)
