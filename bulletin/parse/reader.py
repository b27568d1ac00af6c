"""One process that reads documents for us, and dies of the one that is too much."""

import os
import re
import signal
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Timer
from typing import IO, Any, cast

from bulletin.errors import ParseError
from bulletin.model import Fetched, Trouble
from bulletin.parse import wire

_PACKAGES = Path(__file__).parents[2]
_TO_END = 2.0  # seconds that a process which says no more gets to end by itself
# Bytes of a document after which a process ends: what it took for so much it never gives back whole, and the limit
# for the next document would be lower.
_MUCH = 4 * 2**20
_PLACE = re.compile(r'File "[^"]*?([^"/\\]+)", line (\d+)')
_ERROR = re.compile(r"[A-Za-z_.]+")


@dataclass(frozen=True)
class Limits:
    """What one document may cost (reference bar B2)."""

    cpu: int = 10  # seconds of processor time, or up to one more (not on Windows)
    wall: float = 20.0  # seconds by the clock
    memory: int = 512 * 2**20  # bytes on top of what Python itself needs (Linux)
    answer: int = 20 * 2**20  # bytes of what was read


class Reader:
    """A running `worker`; whoever makes one must stop it. It may have ended by itself after any document."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        bounds = map(str, (limits.cpu, limits.memory, limits.answer))
        # -P: a module in the folder where we happen to be must not pass for one of ours.
        self._process = subprocess.Popen(  # noqa: S603 - all of it is ours
            [sys.executable, "-P", "-m", "bulletin.parse.worker", *bounds],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=_environment(),
        )
        streams = (self._process.stdin, self._process.stdout, self._process.stderr)
        self._questions, self._answers, self._errors = cast("tuple[IO[bytes], IO[bytes], IO[bytes]]", streams)

    @property
    def is_alive(self) -> bool:
        """Whether it can be asked."""
        return self._process.poll() is None

    def ask(self, task: str, fetched: Fetched, arguments: dict[str, str]) -> object:
        """What the task gives for this document, as JSON. Raise ParseError."""
        record, bodies = wire.without_bytes(fetched)
        question = wire.text({"task": task, "fetched": record, "arguments": arguments})
        began = time.monotonic()
        answer = self._answer(question, bodies)
        if answer is None:
            raise ParseError(self._last_words(time.monotonic() - began))
        if sum(map(len, bodies)) > _MUCH:
            self.stop()
        if "error" in answer:
            raise ParseError(answer["error"], Trouble(answer["trouble"]))
        return answer["answer"]

    def _answer(self, question: bytes, bodies: tuple[bytes, ...]) -> dict[str, Any] | None:
        """What comes back; None when nothing does, or nothing that can be read."""
        watch = Timer(self._limits.wall, self._process.kill)
        watch.start()
        try:
            wire.send(self._questions, question, bodies)
            answer: dict[str, Any] = wire.loads(wire.receive(self._answers, self._limits.answer))
        except (OSError, ValueError):
            return None
        finally:
            watch.cancel()
        return answer

    def _last_words(self, seconds: float) -> str:
        """What it died of, `seconds` after it was asked, in words for a person."""
        code, said = self._ended()
        limits, fate = self._limits, "it was left out; tell its publisher if that happens again"
        if seconds >= limits.wall:
            return f"reading this document took more than {limits.wall:g} seconds: {fate}"
        if sys.platform != "win32" and code == -signal.SIGXCPU:
            return f"reading this document took more than {limits.cpu} seconds of computing: {fate}"
        if code == wire.OUT_OF_MEMORY or "memory allocation" in said:
            return f"reading this document needed more than {limits.memory >> 20} MB of memory: {fate}"
        return f"reading this document broke the reader ({_reason(code, said)}): it was left out; please report it"

    def _ended(self) -> tuple[int, str]:
        """The exit status, and what it wrote to standard error."""
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(_TO_END)
        self._process.kill()
        said = self._errors.read().decode("utf-8", "replace")
        self.stop()
        return self._process.returncode, said

    def kill(self) -> None:
        """Make it end at once; safe from any thread."""
        self._process.kill()

    def stop(self) -> None:
        """End it and leave nothing of it behind; it must not be busy."""
        self._process.kill()
        with suppress(OSError), self._process:  # what it never read cannot be written any more
            pass


def _environment() -> dict[str, str]:
    """Nothing of ours, which may hold secrets; Windows needs to know where its own libraries are."""
    needed = {"PYTHONPATH": str(_PACKAGES), "PYTHONUTF8": "1"}
    return needed | ({"SYSTEMROOT": os.path.expandvars("%SystemRoot%")} if sys.platform == "win32" else {})


def _reason(code: int, said: str) -> str:
    """The kind and place of the last error that it wrote, and nothing that could come from the document."""
    lines = said.strip().splitlines()
    error = _ERROR.match(lines[-1]) if lines else None
    places = _PLACE.findall(said)
    return f"{error[0]} at {':'.join(places[-1])}" if error and places else f"exit status {code}"
