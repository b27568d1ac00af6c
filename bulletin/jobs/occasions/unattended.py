"""The hour of an edition that nobody has approved: it waits, or it goes where the file says so and all is well."""

from collections.abc import Iterator
from datetime import datetime

from bulletin.errors import InputError
from bulletin.jobs.approve import approve
from bulletin.jobs.hours import PATIENT
from bulletin.jobs.occasions.case import Case
from bulletin.jobs.people.record import record
from bulletin.jobs.plan import Plan, plan
from bulletin.model import Ended, Severity, Unattended
from bulletin.render.words import many

BY_SCHEDULE = "the schedule"  # who approved it, in the record
_Told = tuple[Ended, str]


def at_the_hour(case: Case, due: datetime) -> _Told:
    """Say how the hour of an edition ended: it goes, or it waits for a person; `due` is the hour."""
    if case.approval:
        return Ended.DONE, f"approved by {case.approval.editor}"
    if case.bulletin.schedule.unattended is Unattended.WAIT:
        return Ended.SKIPPED, "nobody approved it"
    if why := next(_why_not(case, due), ""):
        return Ended.SKIPPED, why
    return _approve(case)


def _approve(case: Case) -> _Told:
    desk, edition = case.desk, case.edition.id
    seen = plan(desk, edition, BY_SCHEDULE)
    if why := next(_wrong(seen), ""):
        return Ended.SKIPPED, why
    try:
        given = approve(desk, edition, BY_SCHEDULE, seen.digest)
    except InputError as error:  # somebody worked on it at that very moment
        return Ended.SKIPPED, str(error).partition("\n")[0]
    if given.editor == BY_SCHEDULE:
        why = "bulletins.yaml has unattended: send, nobody had touched the draft, and every check passed"
        record(desk, BY_SCHEDULE, "approved what nobody had", edition, "", why)
    return Ended.DONE, f"approved by {given.editor}"


def _why_not(case: Case, due: datetime) -> Iterator[str]:
    """Why an edition that nobody approved does not go by itself, whatever it is like."""
    if case.hours.is_late:
        yield "its draft was late, and such a one waits for a person"
    if case.desk.now() - due > PATIENT:
        yield "nothing ran at its hour"
    if _is_held(case):
        yield "somebody holds it, or everything"
    if _is_touched(case):
        yield "somebody has begun to edit it"


def _is_held(case: Case) -> bool:
    return bool(case.desk.store.outbox.halts(case.edition.id))


def _is_touched(case: Case) -> bool:
    """Whether a person did anything with the draft, or with what it prints since it was made."""
    store, edition = case.desk.store, case.edition
    if store.sittings.changes(edition.id, 1) or store.sittings.left_out(edition.id):
        return True
    if store.blocks.rows(edition.id) or store.approvals.past(edition.id):
        return True
    made = case.drafted.ended_at
    ids = [placed.item.id for section in edition.sections for placed in section.items]
    decided, unsure = store.decisions.standing(ids)
    done = [one.at for one in decided.values()]
    done += [one.at for one in store.sittings.wordings(ids).values()]
    done += [row.composed_at for row in store.editions.list(case.bulletin.id) if row.id == edition.id]
    return bool(unsure) or any(made is None or at > made for at in done)


def _wrong(seen: Plan) -> Iterator[str]:
    """What forbids an edition, or wants a person's yes."""
    errors = {one.key for told in seen.verdicts for one in told.findings if one.severity is Severity.ERROR}
    if errors:
        yield f"the linter found {many(len(errors), 'error')}"
    yield from seen.faults
    if seen.unaccepted:
        yield f"nobody has accepted {many(len(seen.unaccepted), 'warning')} of the linter"
