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


def fate(part: Message) -> _FATE:
    """The gravest of what a report tells of its recipients: ours had one, whose server may have made more of it."""
    told = [_of_recipient(block) for block in _blocks(part) if block.get("Action") or block.get("Status")]
    return max(told, key=lambda one: (_GRAVITY.index(one[0]), one[1]), default=(BounceKind.OTHER, "", ""))


def _of_recipient(block: Message) -> _FATE:
    action = header(block, "Action").lower()[:20].strip(" .;")
    said = header(block, "Diagnostic-Code")
    status = codes.sharper(codes.code_in(header(block, "Status")), said)
    has_failed = action == "failed" or (not action and status.startswith("5"))
    kind = codes.kind_of(status, said) if has_failed else BounceKind.OTHER
    told = words(said.partition(";")[2] or said)
    # What has not failed yet is no failure, whatever code its server expects to give in the end.
    return (kind, status, told) if has_failed else (kind, "", f"{action or 'no failure'}: {told}".strip(" :"))


def _blocks(part: Message) -> list[Message]:
    """The groups of fields; of the newer type, the standard library takes the first one only for fields."""
    blocks = held_in(part)
    rest = blocks[0].get_payload() if len(blocks) == 1 else ""
    if isinstance(rest, str) and rest.strip():
        more = rest.replace("\r\n", "\n").split("\n\n")[:_MOST_BLOCKS]
        blocks += [HeaderParser().parsestr(block.strip("\n")) for block in more]
    return blocks
