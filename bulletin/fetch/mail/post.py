"""What one visit to letters brings, and how it tells what it left behind."""

from typing import NamedTuple

from bulletin.fetch.limits import MIB
from bulletin.fetch.mail.bounds import LETTER_BYTES
from bulletin.model import Validators


class Post(NamedTuple):
    """Letters (RFC 5322, oldest first), what to ask with next time, and what an editor should know of the rest."""

    letters: tuple[bytes, ...]
    validators: Validators
    note: str = ""


def note(unread: int, older: int = 0) -> str:
    """Tell of letters that could not be read, and of older ones for which a visit had no room; empty for none."""
    told = (
        f"{unread} of the emails were not read: they are over {LETTER_BYTES // MIB} MiB, or cannot be opened",
        f"{older} older emails were not read: they are when newer ones are moved out of the folder",
    )
    return "; ".join(words for words, count in zip(told, (unread, older), strict=True) if count)
