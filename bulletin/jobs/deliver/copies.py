"""Copies: what was approved, with a reader's own address and links; the same bytes whenever they are made."""

from functools import lru_cache

from bulletin.jobs.desk import Desk
from bulletin.jobs.readers.links import CHOICES, EVERYTHING, LEAVE
from bulletin.model import Claim
from bulletin.people.personal import token
from bulletin.render.personal import Master, Personal

_MOST = 64  # messages kept taken apart: the headings that people chose make many of an edition


class Copies:
    """Makes copies; each message is read and taken apart once."""

    def __init__(self, desk: Desk) -> None:
        self._keys = desk.keys
        self._outbox = desk.store.outbox
        self._master = lru_cache(_MOST)(self._taken_apart)

    def copy(self, claim: Claim) -> bytes:
        """Make the copy of whoever it is for; RenderError when that cannot be made."""
        leave = choices = ""
        if claim.is_person:
            about = EVERYTHING if claim.is_together else (claim.bulletin, claim.list)
            leave = token(self._keys, LEAVE, claim.recipient, *about)
            choices = token(self._keys, CHOICES, claim.recipient)
        own = Personal(claim.address, claim.name, claim.message_id, claim.dated, leave, choices)
        return self._master(claim.message).copy(own)

    def _taken_apart(self, digest: str) -> Master:
        return Master(self._outbox.mime(digest))
