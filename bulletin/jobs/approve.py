"""Approve: a person's yes to the very bytes of an edition, and to what the linter warns of; taking it back."""

from collections.abc import Collection

from bulletin.errors import ChangedError, InputError
from bulletin.jobs.archive import forms
from bulletin.jobs.desk import Desk
from bulletin.jobs.lay import laying
from bulletin.jobs.plan import Plan, Warned, in_words, plan
from bulletin.jobs.render import outline_of, render, take_away
from bulletin.model import Accepted, Approval


def accept(desk: Desk, edition_id: str, keys: Collection[str], editor: str) -> list[Accepted]:
    """Write down that an editor accepts those warnings of an edition as it is now that have these keys.

    Gives those that nobody had accepted yet; a key of no warning is passed over, for the edition has changed since.
    """
    seen = plan(desk, edition_id, editor)
    return _accept(desk, seen, keys, editor)


def accept_named(desk: Desk, edition_id: str, rules: Collection[str], editor: str) -> list[Accepted]:
    """Write down that an editor accepts the warnings of some rules, named by number or name.

    InputError when an edition has no warning of one of them.
    """
    seen = plan(desk, edition_id, editor)
    by_rule = {name: one for one in seen.warnings for name in (str(one.finding.rule), one.finding.name)}
    if unknown := next((rule for rule in rules if rule not in by_rule), ""):
        there = ", ".join(dict.fromkeys(one.finding.name for one in seen.warnings)) or "none"
        raise InputError(f"{edition_id} has no warning {unknown[:60]!r}; those that it has: {there}")
    chosen = [one.key for one in seen.warnings if {str(one.finding.rule), one.finding.name} & set(rules)]
    return _accept(desk, seen, chosen, editor)


def approve(desk: Desk, edition_id: str, editor: str, digest: str = "") -> Approval:
    """Approve an edition as it is now, and write its emails to the output folder; twice is once.

    `digest` is that of the plan which the editor saw: ChangedError when the edition has changed since. InputError,
    with every reason, when it cannot be approved.
    """
    stood = outline_of(desk, edition_id)
    seen = plan(desk, edition_id, editor)
    if seen.approval and not seen.drifted:
        return seen.approval
    if seen.approval:  # what is wrong with its new form comes later
        raise InputError(f"{edition_id} is approved in another form: take that approval back first")
    if digest and digest != seen.digest:
        raise _changed(edition_id)
    if seen.faults:
        raise InputError("\n".join(seen.faults))
    if seen.unaccepted:
        raise InputError("\n".join(f"accept this first, or mend it: {in_words(one)}" for one in seen.unaccepted))
    read = forms(desk, seen.bulletin, seen.edition)
    laid = laying(desk, seen.bulletin, seen.edition, seen.made)
    with desk.store.sittings.sit() as sitting:
        if sitting.edition(edition_id) != stood:  # somebody worked on it while it was rendered
            raise _changed(edition_id)
        yes = Approval(0, edition_id, seen.digest, editor, desk.now(), seen.emails)
        given = sitting.approve(yes, read, _named(seen.warnings), laid)
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


def _accept(desk: Desk, seen: Plan, keys: Collection[str], editor: str) -> list[Accepted]:
    chosen = [one.finding for one in seen.warnings if one.key in keys]
    return desk.store.accepted.add(seen.edition.id, chosen, editor, desk.now())


def _named(warnings: tuple[Warned, ...]) -> tuple[str, ...]:
    """The rules whose warnings were accepted, each once."""
    return tuple(dict.fromkeys(f"{one.finding.rule} {one.finding.name}" for one in warnings))
