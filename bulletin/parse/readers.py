"""Reading in processes of their own, which can be killed: a document costs at most so much time and memory.

Of a document that was too much, one plain line is left; its process is replaced, and the others go on.
"""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Lock
from types import TracebackType
from typing import Any, Self

from bulletin.errors import ParseError
from bulletin.model import Fetched
from bulletin.parse import wire
from bulletin.parse.parsed import Parsed
from bulletin.parse.reader import Limits, Reader


class Readers:
    """Up to so many processes that read documents; each starts when a document finds no other free, and stays.

    A context manager: at its end it waits for what was submitted, but after an exception it stops at once.
    """

    def __init__(self, at_once: int = 2, limits: Limits = Limits()) -> None:  # noqa: B008 - frozen
        self._limits = limits
        self._threads = ThreadPoolExecutor(at_once, "reader")
        self._lock = Lock()  # for what follows
        self._free: list[Reader] = []
        self._all: set[Reader] = set()
        self._is_closed = False

    def submit(self, fetched: Fetched) -> Future[Parsed]:
        """Read a document as `parse.document` does; the future holds what it gives, or its ParseError.

        The error may also say that reading it took too long, needed too much memory or broke the process.
        """
        return self.call("document", Parsed, fetched)

    def call(self, task: str, kind: object, fetched: Fetched, **arguments: str) -> Future[Any]:
        """Do one of the tasks that `worker` knows; the future holds a value of this type, or the ParseError."""
        return self._threads.submit(self._read, task, wire.reader(kind), fetched, arguments)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is not None:
            self._threads.shutdown(wait=False, cancel_futures=True)
            self._kill()
        self._threads.shutdown()
        for reader in self._all:
            reader.stop()

    def _read(self, task: str, made: Callable[[Any], Any], fetched: Fetched, arguments: dict[str, str]) -> object:
        reader = self._taken()
        try:
            return made(reader.ask(task, fetched, arguments))
        finally:
            self._give_back(reader)

    def _taken(self) -> Reader:
        """One that is free, the last used first, so that no more than are needed ever start; else a new one."""
        with self._lock:
            while self._free:
                reader = self._free.pop()
                if reader.is_alive:
                    return reader
                self._drop(reader)
            if self._is_closed:
                raise ParseError("the document was not read, because the program is ending")
            reader = Reader(self._limits)
            self._all.add(reader)
            return reader

    def _give_back(self, reader: Reader) -> None:
        with self._lock:
            if reader.is_alive:
                self._free.append(reader)
            else:
                self._drop(reader)

    def _drop(self, reader: Reader) -> None:
        reader.stop()
        self._all.discard(reader)

    def _kill(self) -> None:
        with self._lock:
            self._is_closed = True
            for reader in self._all:
                reader.kill()
