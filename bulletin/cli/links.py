"""`bulletin links`: whether the links of an edition answer."""

import click

from bulletin import jobs
from bulletin.cli.output import as_json, many, print_json, printable, say, waiting
from bulletin.cli.workspace import Workspace


@click.command()
@click.argument("edition")
@click.option("--again", is_flag=True, help="Ask also those that were asked within a day.")
@as_json
@click.pass_obj
def links(workspace: Workspace, edition: str, again: bool, as_json: bool) -> None:
    """Ask the links of EDITION whether they answer, politely and for a minute at most; each is asked once a day."""
    with workspace.desk() as desk, waiting("Asking links", quiet=as_json):
        checked = jobs.check_links(desk, edition, again=again)
    if as_json:
        for url, state in checked.states.items():
            print_json({"url": url, "status": state.status, "at": state.at, "why": state.why})
        for url in checked.left:
            print_json({"url": url, "status": None, "at": None, "why": "not asked yet"})
        return
    for url, state in checked.dead.items():
        say(printable(f"{url}: {state.why}"))
    dead = len(checked.dead)
    nowhere = f"{dead or 'none'} {'lead' if dead > 1 else 'leads'} nowhere"
    say(f"{many(len(checked.states), 'link')} checked, {checked.asked} of them now: {nowhere}.")
    if checked.left:
        say(f"{many(len(checked.left), 'link')} had no turn in time: type the same again.")


COMMANDS = (links,)
