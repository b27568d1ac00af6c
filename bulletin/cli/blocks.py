"""Blocks: what editors write themselves into an edition, at a terminal."""

import sys

import click

from bulletin import jobs
from bulletin.cli.output import as_json, print_json, printable, say
from bulletin.cli.workspace import Workspace
from bulletin.errors import InputError
from bulletin.jobs import Desk
from bulletin.jobs import blocks as job
from bulletin.model import Block, BlockKind, Editor, Right
from bulletin.review import FIELDS


class _OrList(click.Group):
    """Takes the id of an edition where a command might stand: that edition's blocks are listed."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put the word `list` before anything that is no command of ours."""
        is_ours = not args or args[0] in self.commands or args[0] in ctx.help_option_names
        return super().parse_args(ctx, args if is_ours else ["list", *args])


by = click.option("--by", "email", required=True, metavar="EMAIL", help="Who does it.")


@click.group(cls=_OrList)
def blocks() -> None:
    """What editors write themselves into an edition: `bulletin blocks EDITION` lists it."""


@blocks.command("list")
@click.argument("edition")
@as_json
@click.pass_obj
def list_(workspace: Workspace, edition: str, as_json: bool) -> None:
    """List the blocks of EDITION in print order."""
    with workspace.desk() as desk:
        found = [row.block for row in job.listed(desk, edition) if not row.removed]
    for block in found:
        if as_json:
            print_json(_told(block))
        else:
            say(printable(f"{block.number}: {block.kind}: {_in_words(block)}"))
    if not as_json and not found:
        say(f"None yet: bulletin blocks add {edition} --kind news --title TITLE --text TEXT --by EMAIL")


@blocks.command("add")
@click.argument("edition")
@click.option("--kind", required=True, type=click.Choice([kind.value for kind in BlockKind]), help="What it is.")
@click.option("--title", default="", help="Its title; an introduction has none.")
@click.option("--text", default="", help="Its text; - reads it from stdin.")
@click.option("--link", default="", help="Where the title leads: https://...")
@click.option(
    "--starts", default="", metavar="WHEN", help='When an event starts: "2026-12-10 12:30", or the day alone.'
)
@click.option("--ends", default="", metavar="WHEN", help="When it ends.")
@click.option("--place", default="", help="Where it is.")
@click.option("--closes", default="", metavar="DAY", help="The last day of a consultation or funding call.")
@by
@as_json
@click.pass_obj
def add(workspace: Workspace, /, edition: str, kind: str, email: str, as_json: bool, **told: str) -> None:
    """Write a block into EDITION. A change takes an approval back."""
    told["text"] = sys.stdin.read() if told["text"] == "-" else told["text"]
    with workspace.desk() as desk:
        editor, may = _editor(desk, edition, email)
        block = job.add(desk, edition, BlockKind(kind), told, editor.email, may_approve=may)
    if as_json:
        print_json(_told(block))
    else:
        say(printable(f"{edition} has block {block.number} now: {block.kind}: {_in_words(block)}"))


@blocks.command("remove")
@click.argument("edition")
@click.argument("number", type=int)
@by
@as_json
@click.pass_obj
def remove(workspace: Workspace, edition: str, number: int, email: str, as_json: bool) -> None:
    """Remove block NUMBER from EDITION; at the desk it can be brought back."""
    with workspace.desk() as desk:
        editor, may = _editor(desk, edition, email)
        job.remove(desk, edition, number, editor.email, may_approve=may)
    if as_json:
        print_json({"edition": edition, "removed": number})
    else:
        say(printable(f"Block {number} is out of {edition}."))


def _editor(desk: Desk, edition: str, email: str) -> tuple[Editor, bool]:
    """Who has this address and may edit this edition, and whether they may approve it; raises InputError."""
    bulletin = jobs.outline_of(desk, edition).bulletin
    found = jobs.people.find_editor(desk, email)
    if not found.active:
        raise InputError(f"{found.email} is disabled, and changes nothing")
    if not found.may(Right.EDIT, bulletin):
        held = jobs.people.in_words(found.grants)
        raise InputError(f"{found.email} may not edit {bulletin}, being {held}: `bulletin editors role` changes that")
    return found, found.may(Right.APPROVE, bulletin)


def _told(block: Block) -> dict[str, object]:
    own = {name: str(getattr(block, name) or "") for name in FIELDS}
    return {"number": block.number, "kind": block.kind, **own}


def _in_words(block: Block) -> str:
    days = [f"{name} {when}" for name in ("starts", "ends", "closes") if (when := getattr(block, name))]
    return "; ".join([block.title or " ".join(block.text.split())[:60], *days])


COMMANDS = (blocks,)
