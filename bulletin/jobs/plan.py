"""Plan: what approving an edition would do now, what stands in its way, and what somebody must say yes to first."""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from zoneinfo import ZoneInfo

from bulletin.errors import RenderError
from bulletin.jobs.blocks import warnings as past_days
from bulletin.jobs.desk import Desk
from bulletin.jobs.hours import begins
from bulletin.jobs.hours import in_words as at_words
from bulletin.jobs.known import links_of
from bulletin.jobs.lint import Told, Verdict, judge, together
from bulletin.jobs.render import Made, edition_of, list_of, make_all
from bulletin.jobs.shares import Share, shares
from bulletin.jobs.shares import steps as in_steps
from bulletin.jobs.tested import untested
from bulletin.model import (
    Accepted,
    Approval,
    Bulletin,
    Change,
    Decision,
    Edition,
    Email,
    Finding,
    Severity,
    Wording,
)
from bulletin.render import MOST_BYTES, heaviest
from bulletin.store import BlockRow
from bulletin.store import digest_of as key_of
from bulletin.store.turns import SILENT

_BY_HAND = "a draft email is written to the folder output, for somebody to send by hand"


@dataclass(frozen=True)
class Warned:
    """A warning of the linter, the names of the lists whose emails have it, and who accepted it, if anybody did."""

    key: str  # by which it is accepted
    finding: Finding
    lists: tuple[str, ...]
    accepted: Accepted | None


@dataclass(frozen=True)
class Plan:
    """What approving an edition now would do."""

    edition: Edition
    bulletin: Bulletin
    made: tuple[Made, ...]  # the emails and their words; none when one cannot be made
    digest: str  # of all of them together; empty when there are none
    steps: tuple[str, ...]  # what will happen, in words
    faults: tuple[str, ...]  # what forbids it
    hints: tuple[str, ...]  # what somebody should look at first
    verdicts: tuple[Verdict, ...]  # the linter's, of each email
    warnings: tuple[Warned, ...]  # of the linter, which a person must accept
    approval: Approval | None  # that holds
    drifted: bool  # whether what was approved is not what would be printed now

    @property
    def emails(self) -> tuple[Email, ...]:
        """One for each list."""
        return tuple(one.email for one in self.made)

    @property
    def unaccepted(self) -> tuple[Warned, ...]:
        """The warnings to which nobody has said yes."""
        return tuple(one for one in self.warnings if one.accepted is None)


def plan(desk: Desk, edition_id: str, editor: str) -> Plan:
    """What approving an edition would do now, and what forbids it to this editor; UnknownError for no edition."""
    edition = edition_of(desk, edition_id)
    bulletin = desk.bulletin(edition.bulletin)
    made, faults = _made(desk, edition)
    emails = tuple(one.email for one in made)
    verdicts = judge(desk, edition, made)
    told = together(verdicts, bulletin.lists)
    errors = [in_words(one) for one in told if one.finding.severity is Severity.ERROR]
    approval = desk.store.approvals.holding([edition.id]).get(edition.id)
    digest = digest_of(emails) if emails else ""
    shared = shares(desk, bulletin, edition, {one.email.list: one.page for one in made}) if made else []
    return Plan(
        edition,
        bulletin,
        made,
        digest,
        tuple(_steps(desk, bulletin, edition, shared)) if made else (),
        (*faults, *_faults(desk, edition, made, editor), *untested(desk, bulletin, shared), *errors),
        (*_hints(desk, edition, made), *(_nobody(desk, bulletin, shared) if made else ())),
        verdicts,
        tuple(_warned(desk, edition, told)),
        approval,
        approval is not None and approval.digest != digest,
    )


def in_words(told: Told | Warned) -> str:
    """Give a finding in one line: rule, what is wrong, where, and for whom."""
    one = told.finding
    where = f" ({one.where})" if one.where else ""
    return f"rule {one.rule}, {one.name}: {one.message}{where} [{', '.join(told.lists)}]"


def digest_of(emails: tuple[Email, ...]) -> str:
    """One digest for the bytes of all lists, sha256 in hexadecimal."""
    whole = sha256()
    for one in sorted(emails, key=lambda one: one.list):
        whole.update(f"{one.list}\0{sha256(one.mime).hexdigest()}\0".encode())
    return whole.hexdigest()


def _made(desk: Desk, edition: Edition) -> tuple[tuple[Made, ...], list[str]]:
    try:
        return make_all(desk, edition), []
    except RenderError as error:
        return (), [str(error)]


def _warned(desk: Desk, edition: Edition, told: tuple[Told, ...]) -> Iterator[Warned]:
    accepted = desk.store.accepted.of(edition.id)
    for one in told:
        if one.finding.severity is Severity.WARNING:
            key = key_of(one.finding)
            yield Warned(key, one.finding, one.lists, accepted.get(key))


def _steps(desk: Desk, bulletin: Bulletin, edition: Edition, shared: list[Share]) -> Iterator[str]:
    yield f"{bulletin.title}, number {edition.number}, is frozen: these very bytes, and no others, may be sent"
    for one in bulletin.lists:
        zone = bulletin.schedule.zone
        yield f"{one.name}: {_BY_HAND if one.delivery == 'file' else in_steps(one, shared, zone)}"
    if any(not one.suppressed for one in shared):
        yield from _when(desk, bulletin, edition)
    yield "any later change to the edition takes the approval back"


def _when(desk: Desk, bulletin: Bulletin, edition: Edition) -> Iterator[str]:
    at, now = begins(desk, bulletin, edition), desk.now()
    if at > now:
        yield f"it goes on {at_words(at, bulletin.schedule.zone)}: on its page Sending an editor may send it at once"
    ticked = desk.store.beats.last("schedule")
    if ticked is None or ticked < now - SILENT:
        yield "nothing is sent by this alone: `bulletin deliver` sends it"


def _faults(desk: Desk, edition: Edition, made: tuple[Made, ...], editor: str) -> Iterator[str]:
    if not edition.size or any(not one.page.count for one in made):
        yield "the edition prints nothing, and an empty one is never sent"
    if desk.bulletin(edition.bulletin).second_person and _last_editor(desk, edition) == editor:
        yield "you changed this edition last, and this bulletin wants a second pair of eyes: ask somebody else"
    yield from _unreachable(desk, edition)


def _unreachable(desk: Desk, edition: Edition) -> Iterator[str]:
    """Whether mail leaves this machine with links for leaving that lead back to it, where no reader gets."""
    smtp, lists = desk.config.smtp, desk.bulletin(edition.bulletin).lists
    is_trial = smtp is None or smtp.is_here
    has_links = any(one.delivery == "individual" for one in lists)
    if has_links and not is_trial and not desk.config.web.readers_url:
        yield (
            "readers could not leave, because the links in their emails would lead to this very machine: whoever "
            "runs this sets BULLETIN_BASE_URL to the address at which readers reach it"
        )


def _last_editor(desk: Desk, edition: Edition) -> str:
    """Who did something last with the edition, or with what it prints, be that through another draft or before it."""
    ids = [placed.item.id for section in edition.sections for placed in section.items]
    decided, unsure = desk.store.decisions.standing(ids)
    worded = desk.store.sittings.wordings(ids)
    done: list[Decision | Wording | Change | BlockRow] = [*decided.values(), *unsure.values(), *worded.values()]
    done += desk.store.sittings.changes(edition.id, 1)
    done += desk.store.blocks.rows(edition.id)
    return max(done, key=lambda one: one.at).editor if done else ""


def _hints(desk: Desk, edition: Edition, made: tuple[Made, ...]) -> Iterator[str]:
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
    zone = ZoneInfo(desk.bulletin(edition.bulletin).schedule.zone)
    yield from past_days(edition, desk.now().astimezone(zone).date())
    yield from dict.fromkeys(f"not printed: {told}" for one in made for told in one.page.left_off)
    yield from _too_big(desk, edition, made)
    links = links_of(one.page for one in made)
    if unchecked := len(links) - len(desk.store.links.of(links)):
        yield f"{unchecked} of {len(links)} links were not checked"


def _nobody(desk: Desk, bulletin: Bulletin, shared: list[Share]) -> Iterator[str]:
    """Say which lists nobody is on, and that nothing can be sent."""
    there = {one.audience.id for one in shared}
    for one in bulletin.lists:
        if one.delivery == "individual" and one.id not in there:
            yield f"nobody is on the list {one.name}"
    if shared and not (desk.config.smtp or desk.config.outbox):
        yield "no mail server is named, so all of it waits: whoever runs this sets BULLETIN_SMTP_URL"


def _too_big(desk: Desk, edition: Edition, made: tuple[Made, ...]) -> Iterator[str]:
    """Say what to do about emails that mail programs would cut off; it is the linter that forbids them."""
    for one in made:
        if len(one.email.html.encode()) > MOST_BYTES:
            audience = list_of(desk.bulletin(edition.bulletin), one.email.list)
            yield f"the email for {audience.name} is too big: {heaviest(one.page, audience, desk.house)}"
