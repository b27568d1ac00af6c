"""Reports of delivery (RFC 3464): what became of a message, told by the servers that had it."""

from email.message import Message
from email.parser import HeaderParser

from bulletin.deliver.returned import codes
from bulletin.deliver.returned.shape import header, words
from bulletin.deliver.returned.shape import within as held_in
from bulletin.model import BounceKind

_TYPES = ("message/delivery-status", "message/global-delivery-status")
_MOST_BLOCKS = 50
_FATE = tuple[BounceKind, str, str]  # what it counts as, its status, its words
_GRAVITY = (BounceKind.OTHER, BounceKind.SOFT, BounceKind.HARD)


def is_report(part: Message) -> bool:
    """Whether a part tells by fields what became of a message."""
    return part.get_content_type() in _TYPES


def fate(part: Message, said: str = "") -> _FATE:
    """The gravest of what a report tells of its recipients: ours had one, whose server may have made more of it.

    `said` is what the email says in words, where OpenSMTPD alone tells the reason.
    """
    told = [_of_recipient(block, said) for block in _blocks(part) if block.get("Action") or block.get("Status")]
    return max(told, key=lambda one: (_GRAVITY.index(one[0]), one[1]), default=(BounceKind.OTHER, "", ""))


def _of_recipient(block: Message, said: str) -> _FATE:
    action = header(block, "Action").lower()[:20].strip(" .;")
    diagnosis = header(block, "Diagnostic-Code")
    reason = diagnosis.partition(";")[2] or diagnosis or _line_about(block, said)
    status = codes.sharper(codes.code_in(header(block, "Status")), reason)
    has_failed = action == "failed" or (not action and status.startswith("5"))
    kind = codes.kind_of(status, reason) if has_failed else BounceKind.OTHER
    told = words(reason)
    # What has not failed yet is no failure, whatever code its server expects to give in the end.
    return (kind, status, told) if has_failed else (kind, "", f"{action or 'no failure'}: {told}".strip(" :"))


def _line_about(block: Message, said: str) -> str:
    """What the words have behind the recipient's address, on the same line."""
    recipient = header(block, "Final-Recipient").partition(";")[2].strip()
    lines = (line.partition(recipient)[2] for line in said.splitlines() if recipient and recipient in line)
    return next(lines, "").strip(" :>")


def _blocks(part: Message) -> list[Message]:
    """The groups of fields; of the newer type, the standard library takes the first one only for fields."""
    blocks = held_in(part)
    rest = blocks[0].get_payload() if len(blocks) == 1 else ""
    if isinstance(rest, str) and rest.strip():
        more = rest.replace("\r\n", "\n").split("\n\n")[:_MOST_BLOCKS]
        blocks += [HeaderParser().parsestr(block.strip("\n")) for block in more]
    return blocks
