"""Where reports of an email come back to: an address, or an envelope id, that tells which delivery it was."""

from email.utils import parseaddr
from typing import Protocol

from bulletin.deliver import verp
from bulletin.jobs.desk import Desk

_PURPOSE = "bounce"


class Claimed(Protocol):
    """What is about to be sent."""

    @property
    def delivery(self) -> int:
        """Its number."""

    @property
    def bulletin(self) -> str:
        """The id of its bulletin."""

    @property
    def list(self) -> str:
        """The id of its list."""


def sender_of(desk: Desk, claim: Claimed) -> str:
    """The bare address that an email is sent from (MAIL FROM), to which reports of it come.

    It is a tagged one at the bounce address if one is set, else the address of the list.
    """
    if desk.config.bounce_address:
        return verp.address(desk.config.bounce_address, claim.delivery, _mark(desk, claim.delivery))
    lists = (one for ours in desk.config.bulletins if ours.id == claim.bulletin for one in ours.lists)
    sender = next((one.sender for one in lists if one.id == claim.list), desk.config.library.email)
    return parseaddr(sender)[1]


def envelope_id_of(desk: Desk, claim: Claimed) -> str:
    """The envelope id (RFC 3461) that reports of an email give back, where the mail server takes one."""
    return verp.tag(claim.delivery, _mark(desk, claim.delivery))


def is_ours(desk: Desk, delivery: int, mark: str) -> bool:
    """Whether we made the tag with this mark, now or under an older secret."""
    return desk.keys.made(mark, verp.MARK, _PURPOSE, str(delivery))


def _mark(desk: Desk, delivery: int) -> str:
    return desk.keys.mark(_PURPOSE, str(delivery))
