"""Tests of an email before it is approved: sent to whoever asks, and wanted of lists with many people (bar R19)."""

import secrets
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import timedelta

from bulletin.errors import InputError
from bulletin.jobs.desk import Desk
from bulletin.jobs.people.record import record
from bulletin.jobs.render import edition_of, email, list_of
from bulletin.jobs.shares import Share
from bulletin.model import Bulletin, DistributionList, Edition
from bulletin.render.links import mailbox
from bulletin.render.personal import SAMPLE_CHOICES, SAMPLE_LEAVE, Master, Personal

SMALL = 10  # people that a list may have without a test
FRESH = timedelta(hours=24)

_NO_SERVER = "no mail server is named: whoever runs this sets BULLETIN_SMTP_URL"


def send_test(desk: Desk, edition_id: str, list_id: str, to: str, editor: str = "") -> None:
    """Send one list's email to an address, and write down that the mail server took it.

    Of a list whose emails are each for one person it is such a copy, with the sample's links, which lead to nobody;
    of any other the very bytes. `editor` is who asked for it: the address itself, unless told otherwise. Raises
    InputError when no mail server is named, and SendError.
    """
    edition = edition_of(desk, edition_id)
    bulletin = desk.bulletin(edition.bulletin)
    if desk.post is None:
        raise InputError(_NO_SERVER)
    audience = list_of(bulletin, list_id)
    sender = mailbox(audience.sender, f"list {audience.id}: from").address  # the name stands in the letter alone
    desk.post.send(desk.config.bounce_address or sender, to, _message(desk, edition, audience, to, sender))
    desk.store.tested.add(bulletin.id, audience.id, editor or to, desk.now())
    record(desk, editor or to, "had a test sent", f"{edition.id}/{list_id}")


def untested(desk: Desk, bulletin: Bulletin, shared: Iterable[Share]) -> Iterator[str]:
    """Say which lists nobody may approve for yet: many would get an email of which nobody has had a test in a day."""
    people = Counter(one.audience.id for one in shared if not one.suppressed)
    large = {one.id: one for one in bulletin.lists if one.delivery == "individual" and people[one.id] > SMALL}
    latest = desk.store.tested.latest(bulletin.id, large)
    for name, audience in large.items():
        if name in latest and latest[name] > desk.now() - FRESH:
            continue
        many = f"it has {people[name]} people"
        if desk.post is None:
            yield f"a test of {audience.name} must come first ({many}), and {_NO_SERVER}"
        else:
            yield f"send yourself a test of {audience.name} first: {many}, and the last 24 hours saw none"


def _message(desk: Desk, edition: Edition, audience: DistributionList, to: str, sender: str) -> bytes:
    frozen = email(desk, edition, audience).mime
    if audience.delivery != "individual":
        return frozen
    message_id = f"{edition.id}.{audience.id}.test-{secrets.token_hex(8)}@{sender.rpartition('@')[2]}"
    return Master(frozen).copy(Personal(to, "", message_id, desk.now(), SAMPLE_LEAVE, SAMPLE_CHOICES))
