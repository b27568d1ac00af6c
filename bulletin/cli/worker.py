"""`bulletin worker`: the work of several machines, done beside other workers."""

import click

from bulletin import cluster, jobs, log
from bulletin.cli.output import as_json, print_json, say
from bulletin.cli.workspace import Workspace


@click.command()
@click.option("--at-once", type=click.IntRange(2, 32), default=4, show_default=True, help="Jobs at the same time.")
@as_json
@click.pass_obj
def worker(workspace: Workspace, at_once: int, as_json: bool) -> None:
    """Do what is due until Ctrl-C, as `bulletin schedule` does, beside the workers of other machines.

    For libraries that one machine is too small for. It needs PostgreSQL, and pip install "bulletin[cluster]".
    """
    with workspace.desk() as desk:
        cluster.check(desk)
        if as_json:
            print_json({"at_once": at_once})
        else:
            say(f"A worker for {at_once} jobs at once (Ctrl-C ends it)")
        log.start()
        cluster.work(jobs.Newsroom(desk, workspace.config), at_once)


COMMANDS = (worker,)
