"""`bulletin forget`: what is older than it need be is let go."""

import click

from bulletin import jobs
from bulletin.cli.output import as_json, many, print_json, say
from bulletin.cli.workspace import Workspace


@click.command()
@as_json
@click.pass_obj
def forget(workspace: Workspace, as_json: bool) -> None:
    """Let go of whom editions of more than 13 months ago went to; the numbers stay."""
    with workspace.desk() as desk:
        gone = jobs.forget(desk)
    if as_json:
        print_json(gone)
        return
    say(f"{many(len(gone.editions), 'edition')} became numbers: {gone.deliveries} lines of who got what are gone,")
    say(f"with {many(gone.bounces, 'email')} that came back, and {many(gone.sign_ups, 'sign-up')} without a yes.")


COMMANDS = (forget,)
