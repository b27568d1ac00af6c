"""Approve: a person's yes to the very bytes of an edition, what stands in its way, and taking it back."""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256

from bulletin.errors import ChangedError, InputError, RenderError
from bulletin.jobs.archive import forms
from bulletin.jobs.desk import Desk
from bulletin.jobs.people.record import record
from bulletin.jobs.render import edition_of, email, outline_of, render, take_away
from bulletin.model import Approval, Bulletin, Change, Decision, DistributionList, Edition, Email, Wording
from bulletin.render import MOST_BYTES
from bulletin.render.links import mailbox

_NEARLY = 0.9  # of the bytes that there is room for
_DELIVERED = {
    "file": "a draft email is written to the folder output, for somebody to send by hand",
    "individual": "a draft email is written to the folder output; it is for each person on the list by themselves",
    "address": "a draft email is written to the folder output; it is for the list's own address",
}


@dataclass(frozen=True)
class Plan:
    """What approving an edition now would do."""

    edition: Edition
    bulletin: Bulletin
    emails: tuple[Email, ...]  # none when one cannot be made
    digest: str  # of all of them together; empty when there are none
    steps: tuple[str, ...]  # what will happen, in words
    faults: tuple[str, ...]  # what forbids it
    warnings: tuple[str, ...]  # what somebody should look at first
    approval: Approval | None  # that holds
    drifted: bool  # whether what was approved is not what would be printed now


def plan(desk: Desk, edition_id: str, editor: str) -> Plan:
    """What approving an edition would do now, and what forbids it to this editor; UnknownError for no edition."""
    edition = edition_of(desk, edition_id)
    bulletin = desk.bulletin(edition.bulletin)
    emails, faults = _emails(desk, edition, bulletin)
    approval = desk.store.approvals.holding([edition.id]).get(edition.id)
    digest = digest_of(emails) if emails else ""
    return Plan(
        edition,
        bulletin,
        emails,
        digest,
        tuple(_steps(bulletin, edition)),
        (*faults, *_faults(desk, edition, bulletin, editor)),
        tuple(_warnings(desk, edition, emails)),
        approval,
        approval is not None and approval.digest != digest,
    )


def approve(desk: Desk, edition_id: str, editor: str, digest: str = "") -> Approval:
    """Approve an edition as it is now, and write its emails to the output folder; twice is once.

    `digest` is that of the plan which the editor saw: ChangedError when the edition has changed since. InputError,
    with every reason, when it cannot be approved.
    """
    stood = outline_of(desk, edition_id)
    seen = plan(desk, edition_id, editor)
    if seen.approval and not seen.drifted:
        return seen.approval
    if digest and digest != seen.digest:
        raise _changed(edition_id)
    if seen.faults:
        raise InputError("\n".join(seen.faults))
    read = forms(desk, seen.bulletin, seen.edition)
    with desk.store.sittings.sit() as sitting:
        if sitting.edition(edition_id) != stood:  # somebody worked on it while it was rendered
            raise _changed(edition_id)
        given = sitting.approve(Approval(0, edition_id, seen.digest, editor, desk.now(), seen.emails), read)
    render(desk, edition_id)
    return given


def _changed(edition_id: str) -> ChangedError:
    return ChangedError(f"{edition_id} has changed since you looked at it: look again, then approve")


def take_back(desk: Desk, edition_id: str, editor: str, why: str = "taken back") -> bool:
    """Take the approval of an edition back, so that it is a draft again; False when none held."""
    edition = outline_of(desk, edition_id)
    ended = desk.store.approvals.end(edition.id, desk.now(), editor, why)
    if ended:
        take_away(desk, edition.id)
    return ended is not None


def send_test(desk: Desk, edition_id: str, list_id: str, to: str) -> None:
    """Send one list's email, byte for byte, to whoever asked for it.

    Raises InputError when no mail server is named, and SendError.
    """
    edition = edition_of(desk, edition_id)
    bulletin = desk.bulletin(edition.bulletin)
    if desk.post is None:
        raise InputError("no mail server is named: whoever runs this sets BULLETIN_SMTP_URL")
    audience = list_of(bulletin, list_id)
    sender = mailbox(audience.sender, f"list {audience.id}: from").address  # the name stands in the letter alone
    desk.post.send(sender, to, email(desk, edition, audience).mime)
    record(desk, to, "had a test sent", f"{edition.id}/{list_id}")


def list_of(bulletin: Bulletin, list_id: str) -> DistributionList:
    """One of a bulletin's lists; raises InputError."""
    found = next((one for one in bulletin.lists if one.id == list_id), None)
    if found is None:
        raise InputError(f"{bulletin.title} has no list {list_id[:60]!r}")
    return found


def digest_of(emails: tuple[Email, ...]) -> str:
    """One digest for the bytes of all lists, sha256 in hexadecimal."""
    whole = sha256()
    for one in sorted(emails, key=lambda one: one.list):
        whole.update(f"{one.list}\0{sha256(one.mime).hexdigest()}\0".encode())
    return whole.hexdigest()


def _emails(desk: Desk, edition: Edition, bulletin: Bulletin) -> tuple[tuple[Email, ...], list[str]]:
    try:
        return tuple(email(desk, edition, one) for one in bulletin.lists), []
    except RenderError as error:
        return (), [str(error)]


def _steps(bulletin: Bulletin, edition: Edition) -> Iterator[str]:
    yield f"{bulletin.title}, number {edition.number}, is frozen: these very bytes, and no others, may be sent"
    for one in bulletin.lists:
        yield f"{one.name}: {_DELIVERED[one.delivery]}"
    yield "any later change to the edition takes the approval back"


def _faults(desk: Desk, edition: Edition, bulletin: Bulletin, editor: str) -> Iterator[str]:
    if not edition.size:
        yield "the edition prints nothing, and an empty one is never sent"
    if bulletin.second_person and _last_editor(desk, edition) == editor:
        yield "you changed this edition last, and this bulletin wants a second pair of eyes: ask somebody else"


def _last_editor(desk: Desk, edition: Edition) -> str:
    """Who did something last with the edition, or with what it prints, be that through another draft or before it."""
    ids = [placed.item.id for section in edition.sections for placed in section.items]
    decided, unsure = desk.store.decisions.standing(ids)
    worded = desk.store.sittings.wordings(ids)
    done: list[Decision | Wording | Change] = [*decided.values(), *unsure.values(), *worded.values()]
    done += desk.store.sittings.changes(edition.id, 1)
    return max(done, key=lambda one: one.at).editor if done else ""


def _warnings(desk: Desk, edition: Edition, emails: tuple[Email, ...]) -> Iterator[str]:
    items = [placed.item for section in edition.sections for placed in section.items]
    ids = [item.id for item in items]
    decided, unsure = desk.store.decisions.standing(ids)
    if missing := len(ids) - len(decided) - len(unsure):
        yield f"{missing} of {len(ids)} items were not looked at by an editor"
    if unsure:
        yield f"{len(unsure)} marked as not sure"
    for item in items:
        if item.marks:
            yield f"{item.marks[0]}: {item.title}"
    for one in emails:
        size = len(one.html.encode())
        if size > _NEARLY * MOST_BYTES:
            yield f"the email for {one.list} has {size:,} bytes, and mail programs cut off after {MOST_BYTES:,}"
