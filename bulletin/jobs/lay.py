"""Lay: the messages of an edition about to be approved, and the duty to bring one of them to each recipient."""

from collections.abc import Sequence
from hashlib import sha256

from bulletin import render
from bulletin.compose import printed
from bulletin.jobs.desk import Desk
from bulletin.jobs.render import Made
from bulletin.jobs.shares import Share, names_of, shares
from bulletin.model import Bulletin, Edition, Email, Frozen, Laid, Laying
from bulletin.people.tokens import Keys
from bulletin.render.links import mailbox

_ID_LETTERS = 20  # of a Message-ID: 80 bits, made under a key from who gets it
Key = tuple[str, tuple[str, ...]]  # id of a list, and the names of the headings that were chosen; none: all


def laying(desk: Desk, bulletin: Bulletin, edition: Edition, made: Sequence[Made]) -> Laying:
    """Give what is laid if an edition is approved now, as it was made: to each person one message, in its very bytes.

    RenderError when what somebody chose of it cannot be printed.
    """
    shared = shares(desk, bulletin, edition, {one.email.list: one.page for one in made})
    if not shared:
        return Laying()
    frozen = {key: _frozen(email) for key, email in _emails(desk, bulletin, edition, made, shared).items()}
    keys = desk.keys
    deliveries = tuple(_laid(keys, edition, one, frozen[_key(one)]) for one in shared)
    wanted = {one.message for one in deliveries}
    individual = {one.id for one in bulletin.lists if one.delivery == "individual"}
    return Laying(
        messages=tuple(one for one in frozen.values() if one.digest in wanted),
        deliveries=deliveries,
        pages={one.email.list: render.told(one.page) for one in made if one.email.list in individual},
    )


def _emails(
    desk: Desk, bulletin: Bulletin, edition: Edition, made: Sequence[Made], shared: Sequence[Share]
) -> dict[Key, Email]:
    """The emails that were made, and one more for each different choice of headings."""
    emails: dict[Key, Email] = {(one.email.list, ()): one.email for one in made}
    pages = {one.email.list: one.page for one in made}
    count, house, shown = len(names_of(desk, bulletin, edition)), desk.house, printed(edition, bulletin)
    for one in shared:
        if _key(one) not in emails:
            page = render.chosen(pages[one.audience.id], one.headings, count)
            emails[_key(one)] = render.email_of(page, shown, one.audience, house)
    return emails


def _key(one: Share) -> Key:
    """Which message somebody gets; who gets none stands beside the whole one."""
    return one.audience.id, () if one.suppressed else one.headings


def _laid(keys: Keys, edition: Edition, one: Share, message: Frozen) -> Laid:
    domain = mailbox(one.audience.sender, f"list {one.audience.id}: from").address.rpartition("@")[2]
    mark = keys.mark("message", edition.id, one.recipient)[:_ID_LETTERS]
    return Laid(
        list=one.audience.id,
        recipient=one.recipient,
        address=one.address,
        name=one.name,
        message=message.digest,
        message_id=f"{edition.id}.{one.audience.id}.{mark}@{domain}",
        due=one.due,
        suppressed=one.suppressed,
        gathers=one.gathers,
    )


def _frozen(email: Email) -> Frozen:
    return Frozen(sha256(email.mime).hexdigest(), email.subject, email.mime)
