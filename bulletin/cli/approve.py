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
@as_json
@click.pass_obj
def approve(workspace: Workspace, edition: str, email: str, take_back: bool, as_json: bool) -> None:
    """Freeze EDITION as it is: these very bytes, and no others, may be sent. Any later change takes that back."""
    with workspace.desk() as desk:
        approver = _approver(desk, edition, email)
        (_take_back if take_back else _approve)(desk, edition, approver, as_json)


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


def _approve(desk: Desk, edition: str, approver: Editor, as_json: bool) -> None:
    seen = jobs.plan(desk, edition, approver.email)
    for warning in seen.warnings:
        explain(warning)
    given = jobs.approve(desk, edition, approver.email, seen.digest)
    lists = [one.list for one in seen.emails]
    if as_json:
        print_json({"edition": edition, "by": given.editor, "at": given.at, "digest": given.digest, "lists": lists})
    elif seen.approval:
        say(printable(f"{edition} is approved already, by {given.editor} on {given.at:%Y-%m-%d at %H:%M} UTC."))
    else:
        say(printable(f"{approver.name} has approved {edition}."))
        for step in seen.steps:
            say(printable(f"  {step}"))


def _take_back(desk: Desk, edition: str, approver: Editor, as_json: bool) -> None:
    if not jobs.take_back(desk, edition, approver.email):
        raise InputError(f"{edition} is not approved: there is nothing to take back")
    if as_json:
        print_json({"edition": edition, "taken_back": True})
    else:
        say(printable(f"{edition} is a draft again."))


COMMANDS = (approve,)
