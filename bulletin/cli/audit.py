"""`bulletin editors audit`: the record of what everybody did."""

import click

from bulletin.cli.output import as_json, many, print_json, printable, say
from bulletin.cli.workspace import Workspace
from bulletin.errors import BulletinError
from bulletin.jobs import people
from bulletin.model import Deed


@click.command("audit")
@click.option("--who", metavar="EMAIL", default="", help="What this person did.")
@click.option("--verify", is_flag=True, help="Hold every line against its seal.")
@as_json
@click.pass_obj
def audit(workspace: Workspace, who: str, verify: bool, as_json: bool) -> None:
    """Print the record of who did what, oldest first, or --verify that nobody changed it."""
    with workspace.desk() as desk:
        if verify:
            _tell_verdict(people.verify(desk), as_json)
            return
        for one in desk.store.deeds.all(who):
            if as_json:
                print_json(one)
            else:
                say(printable(_line(one)))


def _tell_verdict(verdict: people.Verdict, as_json: bool) -> None:
    broken = verdict.broken.id if verdict.broken else None
    if as_json:
        print_json({"lines": verdict.lines, "whole": broken is None, "first_broken": broken, "seal": verdict.seal})
    if broken is not None:
        raise BulletinError(f"the record was changed: line {broken} is not what it was, or one before it is missing")
    if not as_json:
        say(f"The record is whole: {many(verdict.lines, 'line')}. Its last seal: {verdict.seal or 'none yet'}")


def _line(one: Deed) -> str:
    change = f" ({one.before or 'nothing'} -> {one.after})" if one.before else f" ({one.after})" if one.after else ""
    return f"{one.id}  {one.at:%Y-%m-%d %H:%M:%S}  {one.who or 'somebody'} {one.did}: {one.what}{change}"
