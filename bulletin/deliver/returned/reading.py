"""From the bytes of an email to what it tells."""

from email.message import Message

from bulletin.deliver.returned import letters, reports, traces
from bulletin.deliver.returned.shape import opened, parts, plain_text
from bulletin.deliver.returned.told import Returned
from bulletin.model import BounceKind


def read(letter: bytes) -> Returned | None:
    """What an email tells of messages of ours; None for one that tells nothing. Raises nothing, whatever it holds."""
    message = opened(letter)
    if message is None:
        return None
    found = parts(message)
    told = _told(message, found)
    if told is None:
        return None
    token = letters.wish_to_leave(message) if told[0] is BounceKind.LEAVE else ""
    return Returned(*told, traces.message_ids(message, found), traces.tags(message, found), token)


def _told(message: Message, found: list[Message]) -> tuple[BounceKind, str, str] | None:
    """What it counts as, its status and its words."""
    for part in found:
        if reports.is_report(part):
            return reports.fate(part, plain_text(found))
        if part.get_content_type() == "message/feedback-report":
            return letters.feedback(part)
    if letters.wish_to_leave(message):
        return BounceKind.LEAVE, "", ""
    if letters.is_plain_report(message):
        return letters.plain_fate(message, found)
    if letters.is_automatic(message) and "List-Id" not in message:
        return BounceKind.OTHER, "", "an automatic answer"  # whose words are nobody's affair
    return None
