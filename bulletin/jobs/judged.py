"""What the linter said before: the same bytes of which the same is known need no second look."""

from collections import OrderedDict
from hashlib import sha256
from threading import Lock

from bulletin.lint import lint
from bulletin.model import Finding, Known

_MOST = 64  # emails: those of the drafts that are worked on, a few times over


class Judged:
    """Judges emails and remembers the last 64 verdicts; safe in many threads, and kept for as long as the desk is."""

    def __init__(self, most: int = _MOST) -> None:
        self._most = most
        self._verdicts: OrderedDict[str, tuple[Finding, ...]] = OrderedDict()
        self._lock = Lock()

    def findings(self, mime: bytes, known: Known) -> tuple[Finding, ...]:
        """Say what is wrong with an email; two threads may both judge what neither has seen yet."""
        key = f"{sha256(mime).hexdigest()} {sha256(repr(known).encode('utf-8', 'surrogatepass')).hexdigest()}"
        with self._lock:
            if key in self._verdicts:
                self._verdicts.move_to_end(key)
                return self._verdicts[key]
        found = lint(mime, known)
        with self._lock:
            self._verdicts[key] = found
            while len(self._verdicts) > self._most:
                self._verdicts.popitem(last=False)
        return found
