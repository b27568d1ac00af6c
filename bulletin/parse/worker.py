"""A process that reads hostile documents, one after the other, and may be killed at any of them.

It gets frames (see `wire`) on standard input and answers each on standard output until the input ends. It may use
only so much processor time and memory, and whatever a document makes it try, it opens no file but Python's own
modules, reaches no host and starts no program.
"""

import os
import signal
import sys
from collections.abc import Callable
from functools import partial
from importlib import import_module
from math import ceil
from pathlib import Path
from typing import IO

from bulletin.errors import ParseError
from bulletin.model import Fetched
from bulletin.parse import wire

if sys.platform != "win32":
    import resource

# What can be asked for, and the module that has a function of this name: (Fetched, **arguments) -> value. Modules
# come in when they are asked for: BeautifulSoup alone costs as much as all that a feed needs.
TASKS = {
    "document": "bulletin.parse",
    "landing": "bulletin.parse.landing",
    "feeds_of": "bulletin.parse.discovery",
    "guess": "bulletin.parse.guess",
    "work": "bulletin.parse.works",
    "references": "bulletin.parse.references",
    "opml": "bulletin.parse.opml",
}
_MOST_ASKED = 2**20  # bytes of a question, without its documents
_REFUSED = ("socket.", "subprocess.", "os.", "shutil.", "pty.", "webbrowser.", "ctypes.", "sqlite3.", "winreg.")
_NEEDED = frozenset({"os.listdir", "os.scandir"})  # to find modules
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_OWN = (Path(__file__).parents[1], Path(sys.prefix), Path(sys.base_prefix))


def main() -> None:
    """Serve until standard input ends; the arguments are seconds and bytes for a document, and bytes of an answer."""
    seconds, memory, most = map(int, sys.argv[1:])
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which ends this process
    import_module(TASKS["document"])
    bound_memory(memory)
    sys.addaudithook(refuse)
    try:
        serve(sys.stdin.buffer, sys.stdout.buffer, most, partial(bound_time, seconds))
    except MemoryError:
        os._exit(wire.OUT_OF_MEMORY)  # nothing here can be relied on any more, not even a tidy end


def serve(questions: IO[bytes], answers: IO[bytes], most: int, before_each: Callable[[], None]) -> None:
    """Answer every question, in at most so many bytes each."""
    before_each()
    while question := wire.receive(questions, _MOST_ASKED):
        asked = wire.loads(question)
        fetched = wire.with_bytes(asked["fetched"], questions)
        answer = _answer(asked["task"], fetched, asked["arguments"])
        if len(answer) > most:
            answer = _refusal(
                ParseError(f"the document gives more than {most >> 20} MB when it is read: it was left out")
            )
        wire.send(answers, answer)
        before_each()


def _answer(task: str, fetched: Fetched, arguments: dict[str, str]) -> bytes:
    try:
        return wire.text({"answer": getattr(import_module(TASKS[task]), task)(fetched, **arguments)})
    except ParseError as error:
        return _refusal(error)
    except RecursionError:
        return _refusal(ParseError("the document is nested too deep to be read: it was left out"))


def _refusal(error: ParseError) -> bytes:
    return wire.text({"error": str(error), "trouble": error.trouble})


def bound_time(seconds: int) -> None:
    """From now on, the system ends this process once it has used so much processor time (Windows never does)."""
    if sys.platform != "win32":
        used = resource.getrusage(resource.RUSAGE_SELF)
        _bound(resource.RLIMIT_CPU, ceil(used.ru_utime + used.ru_stime) + seconds)


def bound_memory(memory: int) -> None:
    """Let this process have so many bytes more than it has now, and leave no core behind (Linux)."""
    if sys.platform == "linux":
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
        _bound(resource.RLIMIT_AS, pages * resource.getpagesize() + memory)
        _bound(resource.RLIMIT_CORE, 0)


def _bound(what: int, soft: int) -> None:
    hard = resource.getrlimit(what)[1]
    resource.setrlimit(what, (soft if hard == resource.RLIM_INFINITY else min(soft, hard), hard))


def refuse(event: str, arguments: tuple[object, ...]) -> None:
    """An audit hook (PEP 578) that refuses all that touches the world. Raise PermissionError."""
    if event == "open":
        path, _, flags = arguments
        is_harmless = isinstance(flags, int) and not flags & _WRITING and _is_own(path)
    else:
        is_harmless = event in _NEEDED or not event.startswith(_REFUSED)
    if not is_harmless:
        raise PermissionError(f"reading a document must not need {event}")


def _is_own(path: object) -> bool:
    """Whether a file belongs to Python, its libraries or this package: modules come in when they are needed."""
    if not isinstance(path, str | bytes | os.PathLike):
        return False
    whole = Path(os.fsdecode(path)).resolve()
    return any(whole.is_relative_to(folder) for folder in _OWN)


if __name__ == "__main__":
    main()
