"""The log: one event, one line, one JSON object; no address, no token, nothing that was typed."""

import json
import logging
import re
import sys
import traceback
from datetime import UTC, datetime
from typing import TextIO

_EVENTS = logging.getLogger("bulletin.events")
# From where a word begins: to try at each letter of a very long one would take hours.
_EMAIL = re.compile(r"(?<![^\s@<>\"'])[^\s@<>\"']+@[^\s@<>\"']+")
_TOKEN = re.compile(r"[\w-]{32,}")


class Lines(logging.Formatter):
    """Writes a record of logging as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """The time, the level, what happened, and what belongs to it."""
        told = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "event": scrubbed(record.getMessage()),
            **getattr(record, "fields", {}),
        }
        if record.exc_info and record.exc_info[1]:
            told["trace"] = scrubbed("".join(traceback.format_exception(record.exc_info[1])))
        return json.dumps(told, ensure_ascii=True, default=str)


def start(stream: TextIO = sys.stderr) -> None:
    """Write what happens from now on to a stream; whoever runs the program keeps and rotates it."""
    handler = logging.StreamHandler(stream)
    handler.setFormatter(Lines())
    logger = logging.getLogger("bulletin")
    logger.handlers = [handler]
    logger.setLevel(logging.INFO)


def event(name: str, error: BaseException | None = None, **fields: object) -> None:
    """Log that something happened; fields are ids, names of ours and numbers, never what somebody typed."""
    level = logging.ERROR if error else logging.INFO
    _EVENTS.log(level, name, exc_info=error, extra={"fields": fields})


def scrubbed(text: str) -> str:
    """A text without email addresses and without what could be a token."""
    return _TOKEN.sub("<long word>", _EMAIL.sub("<address>", text))
