"""What is kept between two pages: files that somebody looks at before they are taken in.

In memory alone, so that nobody's address lies about on a disk; few, for a short time, and for who brought them only.
"""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock

from bulletin.jobs.subscribers import Intake, Wish

_MOST = 8  # files, of at most 5 MB each
_FOR = timedelta(minutes=30)


@dataclass(frozen=True)
class Kept:
    """A file, what is to be done with it, and what that means."""

    editor: str  # id of who brought it
    until: datetime
    content: bytes
    wish: Wish
    seen: Intake  # what it would do, or has done


class Shelf:
    """Keeps files by keys that nobody can guess; the oldest goes when there are too many."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._kept: dict[str, Kept] = {}
        self._lock = Lock()

    def put(self, editor: str, content: bytes, wish: Wish, seen: Intake) -> str:
        """Keep a file; gives its key."""
        key = secrets.token_urlsafe(16)
        with self._lock:
            self._clear()
            while len(self._kept) >= _MOST:
                del self._kept[next(iter(self._kept))]
            self._kept[key] = Kept(editor, self._now() + _FOR, content, wish, seen)
        return key

    def get(self, key: str, editor: str) -> Kept | None:
        """What is kept under a key for this person; None: nothing, or no more."""
        with self._lock:
            self._clear()
            found = self._kept.get(key)
        return found if found and found.editor == editor else None

    def finish(self, key: str, done: Intake) -> None:
        """Keep what was done, and the file no more."""
        with self._lock:
            if found := self._kept.get(key):
                self._kept[key] = Kept(found.editor, found.until, b"", found.wish, done)

    def _clear(self) -> None:
        now = self._now()
        self._kept = {key: one for key, one in self._kept.items() if one.until > now}
