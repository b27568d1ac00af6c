"""Approve: a person's yes to an edition, given at a terminal."""

import click

from bulletin import jobs
from bulletin.cli.output import as_json, explain, print_json, printable, say
from bulletin.cli.workspace import Workspace
from bulletin.errors import InputError
from bulletin.jobs import Desk
from bulletin.model import Editor, Right


@click.command()
@click.argument("edition")
@click.option("--by", "email", required=True, metavar="EMAIL", help="Who approves it.")
@click.option("--take-back", is_flag=True, help="Make it a draft again.")
@click.option(
    "--accept",
    "rules",
    multiple=True,
    metavar="RULE",
    help="Accept the linter's warnings of a rule: name or number.",
)
@click.option("--accept-warnings", "accept_all", is_flag=True, help="Accept every warning of the linter.")
@as_json
@click.pass_obj
def approve(
    workspace: Workspace,
    edition: str,
    email: str,
    take_back: bool,
    rules: tuple[str, ...],
    accept_all: bool,
    as_json: bool,
) -> None:
    """Freeze EDITION as it is: these very bytes, and no others, may be sent. Any later change takes that back."""
    with workspace.desk() as desk:
        approver = _approver(desk, edition, email)
        if take_back:
            _take_back(desk, edition, approver, as_json)
            return
        _accept(desk, edition, approver, rules, accept_all)
        _approve(desk, edition, approver, as_json)


def _approver(desk: Desk, edition: str, email: str) -> Editor:
    """Who has this address and may approve this edition; raises InputError."""
    bulletin = jobs.outline_of(desk, edition).bulletin
    found = jobs.people.find_editor(desk, email)
    if not found.active:
        raise InputError(f"{found.email} is disabled, and approves nothing")
    if not found.may(Right.APPROVE, bulletin):
        held = jobs.people.in_words(found.grants)
        raise InputError(
            f"{found.email} may not approve {bulletin}, being {held}: `bulletin editors role` changes that"
        )
    return found


def _accept(desk: Desk, edition: str, approver: Editor, rules: tuple[str, ...], accept_all: bool) -> None:
    """Accept warnings of the linter before anything is approved, and say which."""
    if rules:
        jobs.accept_named(desk, edition, rules, approver.email)
    if accept_all:
        keys = [one.key for one in jobs.plan(desk, edition, approver.email).unaccepted]
        jobs.accept(desk, edition, keys, approver.email)


def _approve(desk: Desk, edition: str, approver: Editor, as_json: bool) -> None:
    seen = jobs.plan(desk, edition, approver.email)
    for hint in seen.hints:
        explain(hint)
    given = jobs.approve(desk, edition, approver.email, seen.digest)
    lists = [one.list for one in seen.emails]
    if as_json:
        accepted = [{"rule": one.finding.rule, "name": one.finding.name, "by": by} for one, by in _accepted(seen)]
        told = {"edition": edition, "by": given.editor, "at": given.at, "digest": given.digest, "lists": lists}
        print_json(told | {"accepted": accepted})
    elif seen.approval:
        say(printable(f"{edition} is approved already, by {given.editor} on {given.at:%Y-%m-%d at %H:%M} UTC."))
    else:
        say(printable(f"{approver.name} has approved {edition}."))
        for step in seen.steps:
            say(printable(f"  {step}"))
        for one, by in _accepted(seen):
            say(printable(f"  accepted by {by}: {jobs.in_words(one)}"))


def _accepted(seen: jobs.Plan) -> list[tuple[jobs.Warned, str]]:
    return [(one, one.accepted.editor) for one in seen.warnings if one.accepted]


def _take_back(desk: Desk, edition: str, approver: Editor, as_json: bool) -> None:
    if not jobs.take_back(desk, edition, approver.email):
        raise InputError(f"{edition} is not approved: there is nothing to take back")
    if as_json:
        print_json({"edition": edition, "taken_back": True})
    else:
        say(printable(f"{edition} is a draft again."))


COMMANDS = (approve,)
