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
    editions = (
        f"{many(len(gone.editions), 'edition')} became numbers" if gone.editions else "no edition is old enough"
    )
    say(f"Of whom editions went to: {editions}; {gone.deliveries} lines are gone.")
    say(f"Gone too: {many(gone.bounces, 'email')} that came back, {many(gone.sign_ups, 'sign-up')} without a yes.")


COMMANDS = (forget,)
