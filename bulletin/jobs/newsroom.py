"""The newsroom that pages and schedule work in: one desk, its files read anew when somebody changed them."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from threading import Lock

from bulletin.errors import ConfigError
from bulletin.jobs.desk import Desk
from bulletin.model import Config

_Print = tuple[tuple[str, int, int], ...]


class Newsroom:
    """Gives the desk as the files stand now; after a mistake in them, as they stood before it."""

    def __init__(self, desk: Desk, reread: Callable[[], Config]) -> None:
        self._desk = desk
        self._reread = reread
        self._seen = _print(desk.config.folder)
        self._lock = Lock()

    def desk(self) -> Desk:
        """The desk, its files read anew if they are not what they were; safe in many threads."""
        with self._lock:
            now = _print(self._desk.config.folder)
            if now != self._seen:
                self._seen = now
                try:
                    self._desk = replace(self._desk, config=self._reread(), mistakes=())
                except ConfigError as error:
                    self._desk = replace(self._desk, mistakes=tuple(error.mistakes))
            return self._desk


def _print(folder: Path) -> _Print:
    """Name, time and size of each file that a librarian may have changed."""
    files = [folder / name for name in ("feeds.yaml", "bulletins.yaml", "style.yaml", "holidays.yaml")]
    folders = [path for name in ("topics", "brands") for path in sorted((folder / name).glob("*.yaml"))]
    return tuple(_stamp(path) for path in (*files, *folders))


def _stamp(path: Path) -> tuple[str, int, int]:
    try:
        told = path.stat()
    except FileNotFoundError:
        return path.name, 0, 0
    return path.name, told.st_mtime_ns, told.st_size
