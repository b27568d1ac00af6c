"""Looking: `status` says what waits for whom."""

import click

from bulletin import jobs
from bulletin.cli.output import as_json, print_json, print_table, printable, say
from bulletin.cli.why import in_words
from bulletin.cli.workspace import Workspace


@click.command()
@as_json
@click.pass_obj
def status(workspace: Workspace, as_json: bool) -> None:
    """Say what there is and what waits."""
    with workspace.desk() as desk:
        now = jobs.status(desk)
    if as_json:
        sick = [
            {"feed": one.feed.name, "state": one.state, "message": one.error, "advice": one.advice}
            for one in now.sick
        ]
        print_json({name: value for name, value in vars(now).items() if name != "sick"} | {"sick": sick})
        return
    print_table(
        "",
        {
            "Feeds": f"{now.feeds}, {now.due} due, {len(now.sick)} sick",
            "Items": f"{now.items}, {now.not_looked_at} to classify, {now.needs_heading} need a heading",
            "Decisions": now.decisions,
            "Latest editions": ", ".join(now.editions[:3]) or "none yet",
        },
    )
    if now.missed:
        say(in_words(now.missed))
    for one in now.sick:
        say(f"  sick: {printable(one.feed.name)}: {printable(one.error or one.advice)}")
    if now.sick:
        say("`bulletin feeds` says what to do about them")


COMMANDS = (status,)
