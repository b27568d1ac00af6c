"""The rule for what moves: blink, marquee, animations that go on for longer than 5 seconds (rule 24)."""

import base64
import re
from collections.abc import Iterator

from bulletin.lint.letter import Letter
from bulletin.lint.letter.css import Declaration, declarations, words
from bulletin.lint.letter.opening import opening
from bulletin.lint.letter.tree import Node
from bulletin.lint.rules import ERROR, Fault, Rule, rule

MOST = 5.0  # seconds: WCAG 2.2.2
_TIME = re.compile(r"(\d*\.?\d+)(ms|s)$")
_DATA = re.compile(r"data:image/gif;base64,([A-Za-z0-9+/=\s%]+)", re.IGNORECASE)
_AT_ONCE = 0.1  # seconds: what browsers make of a frame that is to be shown for less than 0.02
_LOOPS = b"NETSCAPE2.0"


@rule(24, "motion", ERROR, "nothing blinks, and what moves stops within 5 seconds")
def _motion(letter: Letter) -> Iterator[Fault]:
    for node in letter.tree.all("blink", "marquee"):
        yield f"<{node.tag}> moves for ever: take it out", node.text
    for where, said in _styles(letter):
        if said.name.startswith("text-decoration") and "blink" in words(said.value):
            yield "this blinks: take it out", _shown(where)
        seconds = _seconds(said)
        if seconds > MOST:
            yield f"this animation goes on for {_long(seconds)}: it must stop within {MOST:g} seconds", _shown(where)
    for name, content in _gifs(letter):
        seconds = gif_seconds(content)
        if seconds > MOST:
            yield f"this animated GIF goes on for {_long(seconds)}: it must stop within {MOST:g} seconds", name


def _shown(where: Node | str) -> str:
    return where if isinstance(where, str) else opening(where)


def _styles(letter: Letter) -> Iterator[tuple[Node | str, Declaration]]:
    for node in letter.tree.root.iter():
        if not node.comment:
            yield from ((node, one) for one in declarations(node.get("style")))
    for sheet in letter.sheets:
        for each in sheet.rules:
            yield from ((each.selector, one) for one in each.declarations)


def _long(seconds: float) -> str:
    return "ever" if seconds == float("inf") else f"{seconds:.1f} seconds"


def _seconds(said: Declaration) -> float:
    """How long the longest animation of a declaration goes on; 0 when it is none."""
    name = said.name.removeprefix("-webkit-").removeprefix("-moz-")
    if name == "animation-iteration-count":
        return float("inf") if "infinite" in said.value else 0.0
    if name not in ("animation", "animation-duration"):
        return 0.0
    return max(_animation(one) for one in said.value.split(","))


def _animation(written: str) -> float:
    found = words(written)
    if "infinite" in found:
        return float("inf")
    times = [float(match[1]) / (1000 if match[2] == "ms" else 1) for match in map(_TIME.match, found) if match]
    counts = [float(word) for word in found if word.replace(".", "", 1).isdecimal()]
    return times[0] * (counts[0] if counts else 1.0) if times else 0.0


def _gifs(letter: Letter) -> Iterator[tuple[str, bytes]]:
    for part in letter.parts:
        if part.content.startswith(b"GIF8"):
            yield part.type, part.content
    for node in letter.tree.all("img"):
        match = _DATA.match(node.get("src").strip())
        if match:
            bare = re.sub(r"[^A-Za-z0-9+/]", "", match[1])
            yield (
                node.get("alt") or "<img>",
                base64.b64decode(bare + "=" * (-len(bare) % 4) if len(bare) % 4 != 1 else ""),
            )


def gif_seconds(content: bytes) -> float:
    """How long a GIF moves, with all its rounds; 0 when it has one frame or is none, infinity when it never stops."""
    delays, rounds = [], 1.0
    for kind, data in _blocks(content):
        if kind == "frame":
            delays.append(_AT_ONCE)
        elif kind == "control" and len(data) >= 4:
            hundredths = int.from_bytes(data[1:3], "little")
            delays.append(-(hundredths / 100 if hundredths >= 2 else _AT_ONCE))
        elif kind == "application" and data.startswith(_LOOPS) and len(data) >= 14:
            said = int.from_bytes(data[12:14], "little")
            rounds = said + 1.0 if said else float("inf")
    frames = _frames(delays)
    return sum(frames) * rounds if len(frames) > 1 else 0.0


def _frames(delays: list[float]) -> list[float]:
    """The time of each frame: what the control before it says, which was noted as a negative number."""
    frames: list[float] = []
    told = None
    for delay in delays:
        if delay < 0:
            told = -delay
        else:
            frames.append(delay if told is None else told)
            told = None
    return frames


def _blocks(content: bytes) -> Iterator[tuple[str, bytes]]:
    """The blocks of a GIF with their data: GIF89a specification, 15 to 26; stops where it is broken off."""
    if not content.startswith(b"GIF8") or len(content) < 13:
        return
    at = 13 + _table(content[10])
    while at < len(content):
        start = content[at]
        if start == 0x21 and at + 1 < len(content):
            kind = {0xF9: "control", 0xFF: "application"}.get(content[at + 1], "other")
            data, at = _data(content, at + 2)
            yield kind, data
        elif start == 0x2C and at + 9 < len(content):
            _, at = _data(content, at + 11 + _table(content[at + 9]))
            yield "frame", b""
        else:
            return


def _table(flags: int) -> int:
    """How many bytes of colours follow."""
    return 3 * 2 ** ((flags & 7) + 1) if flags & 0x80 else 0


def _data(content: bytes, at: int) -> tuple[bytes, int]:
    """The sub-blocks from here, joined, and where they end."""
    pieces = []
    while at < len(content) and content[at]:
        pieces.append(content[at + 1 : at + 1 + content[at]])
        at += 1 + content[at]
    return b"".join(pieces), at + 1


RULES: tuple[Rule, ...] = (_motion,)
