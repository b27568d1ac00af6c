"""JSON from outside, of which any part may be missing or of another type."""

import json
import re
from typing import Any

from bulletin.errors import ParseError

_MOST_PARTS = 500_000  # lists and objects of one document; a hundred works with all their references have a tenth
_HALVES = re.compile("[\ud800-\udfff]")


def load(body: bytes, service: str) -> dict[str, Any]:
    """Read one JSON object. Raise ParseError, in which `service` names who answered."""
    if body.count(b"[") + body.count(b"{") > _MOST_PARTS:
        raise ParseError(f"{service} answered with more than can be read: it was left out")
    try:
        found = json.loads(body)
    except (ValueError, RecursionError) as error:  # also wrong character sets and numbers of thousands of digits
        raise ParseError(f"{service} answered with what cannot be read: try again later") from error
    if not isinstance(found, dict):
        raise ParseError(f"{service} answered with something else than asked: try again later")
    return found


def text(holder: dict[str, Any], *names: str) -> str:
    """The first of these that is a text or a number, as text."""
    return next(filter(None, (_text(holder.get(name)) for name in names)), "")


def texts(holder: dict[str, Any], name: str) -> list[str]:
    """The texts of a list; of a lone text, a list of one."""
    value = holder.get(name)
    return [said for part in (value if isinstance(value, list) else [value]) if (said := _text(part))]


def inside(holder: dict[str, Any], *names: str) -> dict[str, Any]:
    """The object that lies under these names, one in the other; an empty one where there is none."""
    for name in names:
        value = holder.get(name)
        holder = value if isinstance(value, dict) else {}
    return holder


def objects(holder: dict[str, Any], name: str) -> list[dict[str, Any]]:
    """The objects of a list."""
    value = holder.get(name)
    return [part for part in value if isinstance(part, dict)] if isinstance(value, list) else []


def _text(value: object) -> str:
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return _HALVES.sub("", value) if isinstance(value, str) else ""
