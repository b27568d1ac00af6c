"""What one email that came back tells."""

from dataclasses import dataclass

from bulletin.model import BounceKind


@dataclass(frozen=True)
class Returned:
    """What it says, and by what it can be matched with one of our messages; nothing in it is proved yet."""

    kind: BounceKind
    status: str = ""  # enhanced status code (RFC 3463), empty where none stood in it
    words: str = ""  # one printable line without anybody's address
    message_ids: tuple[str, ...] = ()  # without angle brackets, the likeliest first
    tags: tuple[tuple[int, str], ...] = ()  # of our return addresses: a delivery, and its mark
    token: str = ""  # of somebody who asks to leave
