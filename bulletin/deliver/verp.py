"""Return addresses that tell which delivery came back: bounces+12-0123456789abcdef@example.org.

The tag is the delivery's number and a keyed mark, so that nobody can make one for a message that they never saw.
"""

import re

MARK = 16  # hexadecimal letters: 64 bits
_LONGEST = 64  # of what stands before the @ (RFC 5321, 4.5.3.1.1)
# Nine digits at most: more deliveries than there are people, and no number that a database cannot hold.
_TAG = rf"([0-9]{{1,9}})-([0-9a-f]{{{MARK}}})"
_ADDRESS = re.compile(rf"\+{_TAG}@", re.IGNORECASE)
_BARE = re.compile(rf"(?<![0-9a-z]){_TAG}(?![0-9a-z])", re.IGNORECASE)


def tag(delivery: int, mark: str) -> str:
    """The tag of a delivery; of the mark, its first letters are used. It also serves as an envelope id (RFC 3461)."""
    return f"{delivery}-{mark[:MARK]}"


def address(base: str, delivery: int, mark: str) -> str:
    """The return address of a delivery; `base` itself where a tag does not fit into it."""
    local, _, domain = base.rpartition("@")
    tagged = f"{local}+{tag(delivery, mark)}"
    return f"{tagged}@{domain}" if "+" not in local and len(tagged) <= _LONGEST else base


def in_addresses(text: str) -> list[tuple[int, str]]:
    """The tags of all return addresses in a text: delivery and mark, in the order in which they stand there."""
    return _found(_ADDRESS, text)


def in_envelope_id(text: str) -> list[tuple[int, str]]:
    """The tags that stand in a text by themselves."""
    return _found(_BARE, text)


def _found(pattern: re.Pattern[str], text: str) -> list[tuple[int, str]]:
    return [(int(number), mark.lower()) for number, mark in pattern.findall(text)]
