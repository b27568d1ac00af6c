"""Reads an email that arrived somewhere and says in plain words whether it would arrive everywhere.

It stands in the room of the linter because it does the same work: bytes in, judgements out, with nothing fetched.
Everything in the bytes is hostile, what a receiver seems to have found out too: see `hops.believed`.
"""

from collections.abc import Iterator

from bulletin.lint.letter import Letter, read
from bulletin.lint.letter.fields import mailbox
from bulletin.lint.received import arrival, leaving, proofs
from bulletin.lint.received.head import Head, head_of
from bulletin.lint.received.hops import Way, believed, way_of
from bulletin.lint.received.proofs import Proofs
from bulletin.lint.received.signatures import signatures
from bulletin.lint.received.verdicts import THIS_FILE, verdicts
from bulletin.model import Checkup, Light, Remark

__all__ = ["examine"]

_ORDER = (Light.WRONG, Light.LOOK, Light.GOOD)
_SAVE = "open it where it arrived, and save or copy it whole, with its source (in Outlook on the web: Download)"


def examine(content: bytes) -> Checkup:
    """Judge one email, whatever the bytes hold; raises nothing."""
    head, letter = head_of(content), read(content)
    way, sender = way_of(head), mailbox(letter)[1][:320]
    found = tuple(sorted(_remarks(head, letter, way, sender), key=lambda one: _ORDER.index(one.light)))
    receiver = way.border.by if way.border else ""
    return Checkup(sender, letter.header("Subject")[:200], receiver, found, verdicts(found))


def _remarks(head: Head, letter: Letter, way: Way, sender: str) -> Iterator[Remark]:
    domain = sender.rpartition("@")[2].lower()
    if not domain:
        yield Remark(
            Light.WRONG, THIS_FILE, f"there is no address in From, so this is no email that arrived: {_SAVE}"
        )
        return
    results = believed(head, way)
    if not way.has_hops:
        yield Remark(Light.WRONG, THIS_FILE, f"it went nowhere yet: send a test, {_SAVE}")
    elif results is None:
        words = "nothing in it can be believed about SPF, DKIM and DMARC, for its receiver wrote nothing of its own"
        yield Remark(Light.LOOK, THIS_FILE, f"{words}: send a test to NHSmail, Gmail or Outlook, and {_SAVE}")
    else:
        yield from proofs.remarks(Proofs(domain, results, signatures(head)))
    yield from leaving.remarks(head, letter)
    yield from arrival.remarks(head, letter, way, domain)
