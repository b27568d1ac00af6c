"""`bulletin bounces`: what came back, and what was done about it."""

from typing import Any

import click

from bulletin import jobs
from bulletin.cli.output import as_json, many, print_json, printable, say, waiting
from bulletin.cli.workspace import Workspace
from bulletin.jobs import Desk
from bulletin.jobs.bounces import Came
from bulletin.model import BounceKind
from bulletin.store import BounceRow

_MOST = 1000


@click.group(invoke_without_command=True)
@as_json
@click.pass_context
def bounces(context: click.Context, as_json: bool) -> None:
    """Read what came back to the place that BULLETIN_BOUNCES names, and say what was done about it."""
    if not context.invoked_subcommand:
        _take(context.obj, as_json)


def _take(workspace: Workspace, as_json: bool) -> None:
    with workspace.desk() as desk, waiting("Reading what came back", quiet=as_json):
        came = jobs.bounces.take(desk)
        lines = _lines(desk, came)
    if as_json:
        print_json(_as_json(came))
        return
    for line in lines:
        say(printable(line))


def _lines(desk: Desk, came: Came) -> list[str]:
    kinds = [f"{count} {kind.value}" for kind in BounceKind if (count := came.counted[kind])]
    total = sum(came.counted.values())
    asked = (
        (came.settled, f"{came.settled} deliveries that were in doubt are settled"),
        (came.later, f"{came.later} are about what is just being sent: the next reading takes them"),
        (came.foreign, f"{came.foreign} are about nothing that was sent from here: left alone"),
    )
    return [
        f"{many(total, 'email')} that came back, new since the last time{': ' if kinds else ''}{', '.join(kinds)}.",
        *(f"{_who(desk, one)} asked to leave, or called it spam: gets no more of it" for one in came.left),
        *(f"{_who(desk, one)}: too much came back, so no more is sent; {_RELEASE}" for one in came.stopped),
        *(words for count, words in asked if count),
        *came.notes,
    ]


_RELEASE = "bulletin subscribers release undoes that"


def _who(desk: Desk, subscriber: str | None) -> str:
    found = desk.store.subscribers.get(subscriber) if subscriber else None
    return found.email if found else "somebody"


def _as_json(came: Came) -> dict[str, Any]:
    counted = {kind.value: came.counted[kind] for kind in BounceKind}
    return {**vars(came), "counted": counted}


@bounces.command("list")
@as_json
@click.pass_obj
def list_(workspace: Workspace, as_json: bool) -> None:
    """List what came back last, the newest first."""
    with workspace.desk() as desk:
        rows = desk.store.bounces.latest(_MOST)
        told = [(row, _who(desk, row.subscriber)) for row in rows]
    for row, who in told:
        if as_json:
            print_json({**vars(row.bounce), "subscriber": row.subscriber, "stopped_at": row.stopped_at})
        else:
            say(printable(_line(row, who)))
    if not told and not as_json:
        say("Nothing came back yet.")


def _line(row: BounceRow, who: str) -> str:
    one = row.bounce
    words = " ".join(filter(None, (one.status, one.words)))
    stopped = "; no more is sent to them" if row.stopped_at else ""
    return f"{one.at:%d %b %Y %H:%M}  {one.kind}  {who}  {one.edition}  {words}{stopped}"


COMMANDS = (bounces,)
