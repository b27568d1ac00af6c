"""`bulletin run`: pages, schedule and sending in one process; `bulletin schedule`: without the pages."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

import click

from bulletin import jobs, log
from bulletin.cli.output import as_json, many, print_json, say
from bulletin.cli.serve import serving
from bulletin.cli.workspace import Workspace
from bulletin.jobs import backups
from bulletin.jobs.sanity import clock_trouble, trust_clock
from bulletin.jobs.timetable import TASKS
from bulletin.jobs.turning import Shift, new_beat

_TRUST = "The clock is right: go on, and do again what was done under one that was ahead."


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Where to listen.")
@click.option("--port", type=click.IntRange(0, 65535), default=8080, show_default=True, help="0: any free one.")
@as_json
@click.pass_obj
def run(workspace: Workspace, host: str, port: int, as_json: bool) -> None:
    """Run everything in one process until Ctrl-C: the web pages, the schedule, and the sending of what is approved.

    This is all that one library on one machine needs.
    """
    with serving(workspace, host, port, as_json) as (serve, newsroom), _ticking(newsroom):
        serve()


@click.command()
@click.option("--trust-clock", is_flag=True, help=_TRUST)
@as_json
@click.pass_obj
def schedule(workspace: Workspace, trust_clock: bool, as_json: bool) -> None:
    """Do what is due until Ctrl-C: visit feeds, draft editions, tell editors, send what is approved. No web pages.

    Several of these at once do no harm: each thing is done once.
    """
    if trust_clock:
        _trust(workspace, as_json)
        return
    with workspace.desk() as desk:
        backups.require_sound(desk)
        if as_json:
            print_json({"tasks": {task.name: task.says for task in TASKS}, "trouble": clock_trouble(desk)})
        else:
            say(f"{many(len(TASKS), 'task')} on the timetable (Ctrl-C ends it)")
        log.start()
        with _ticking(jobs.Newsroom(desk, workspace.config)) as stop:
            _wait(stop)


def _trust(workspace: Workspace, as_json: bool) -> None:
    with workspace.desk() as desk:
        again = trust_clock(desk)
    if as_json:
        print_json({"again": again})
    else:
        say(f"The clock counts as right from now on; {many(again, 'turn')} will run again when their time comes.")


@contextmanager
def _ticking(newsroom: jobs.Newsroom) -> Iterator[threading.Event]:
    """Let the clock tick beside whatever else this process does; gives what is set when it ends."""
    from bulletin.schedule import Clock, ticking  # it costs time, and no other command needs it

    desk = newsroom.desk()
    shift = Shift(new_beat("schedule", desk.now()))
    with ticking(Clock(newsroom.desk, shift), shift, TASKS):
        yield shift.stop


def _wait(stop: threading.Event) -> None:
    """Wait until somebody ends this process, with Ctrl-C or by a signal."""

    def end(_: int, __: FrameType | None) -> None:
        stop.set()

    for sign in (signal.SIGINT, signal.SIGTERM):
        signal.signal(sign, end)
    while not stop.wait(1.0):  # for ever would not hear Ctrl-C on Windows
        pass


COMMANDS = (run, schedule)
