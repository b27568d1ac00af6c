"""Values as they are written into a file: YAML that reads back as the very same words."""

import re
import textwrap

# What means itself without quotation marks, in brackets too; a colon or number sign next to a space does not.
_PLAIN = re.compile(r"\w(?:[\w./~%?&=+@()'’–;!*-]|:(?=[^\s:])| (?=[^\s#]))*")
_CLOCK = re.compile(r"[0-9]+(:[0-9]+)+")  # a number to older readers of YAML, and the house writes it in quotes
_NULLS = frozenset({"null", "Null", "NULL"})
# What no file may hold as it is (troubles.forbidden), and so is written by its number.
_NAMELESS = r"[^\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
_BY_NUMBER_ONLY = re.compile(rf"{_NAMELESS}|\\[Uu]")
_BY_NUMBER = re.compile(rf"{_NAMELESS}|[\"\\]")
_UNFOLDABLE = re.compile(rf"{_NAMELESS}|\\U|[\u200b]")  # troubles.forbidden finds the last at the front of a line
_WIDTH = 110


def scalar(value: str) -> str:
    """Write a value as YAML on one line, with white space collapsed as the reader will; in quotes only if needed."""
    value = " ".join(value.split())
    if _PLAIN.fullmatch(value) and value not in _NULLS and not _CLOCK.fullmatch(value):
        return value
    if _BY_NUMBER_ONLY.search(value):
        return '"' + _BY_NUMBER.sub(lambda found: f"\\U{ord(found.group()):08x}", value) + '"'
    if '"' in value or "\\" in value:
        return "'" + value.replace("'", "''") + "'"
    return f'"{value}"'


def respelled(value: str, old: str) -> str:
    """Write a value in the place of another, with the quotation marks that the old one had where either would do."""
    new, quote = scalar(value), old[:1]
    return f"{quote}{new}{quote}" if quote in ("'", '"') and new[:1] not in ("'", '"') and "'" not in new else new


def folded(value: str, indent: int) -> list[str] | None:
    """Write words as the lines under a `>-`, so far in; None when only `scalar` can write them."""
    words = " ".join(value.split())
    if not words or _UNFOLDABLE.search(words):
        return None
    front = " " * indent
    width = max(_WIDTH, indent + 40)
    lines = textwrap.wrap(
        words,
        width,
        initial_indent=front,
        subsequent_indent=front,
        break_long_words=False,
        break_on_hyphens=False,
        expand_tabs=False,
        replace_whitespace=False,
    )
    # To a person, a line that begins with # would be a note.
    return None if any(line.startswith(f"{front}#") for line in lines) else lines
