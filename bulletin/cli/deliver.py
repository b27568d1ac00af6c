"""`bulletin deliver`: sends what is approved and due."""

import signal
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

import click

from bulletin import jobs
from bulletin.cli.output import as_json, explain, many, print_json, print_table, say
from bulletin.cli.workspace import Workspace
from bulletin.errors import BulletinError
from bulletin.model import State

_WORKERS = 2  # lines at once, at most: reference bar R13


@click.command()
@click.argument("edition", required=False, default="")
@click.option(
    "--workers", type=click.IntRange(1, _WORKERS), default=1, show_default=True, help="Lines to the server."
)
@click.option("--watch", is_flag=True, help="Go on when nothing is due, until Ctrl-C.")
@click.option("--retry-now", is_flag=True, help="Try at once what waits for another try.")
@as_json
@click.pass_obj
def deliver(workspace: Workspace, edition: str, workers: int, watch: bool, retry_now: bool, as_json: bool) -> None:
    """Send what is approved and due: of EDITION, or of all. Ctrl-C stops it after the email in hand.

    Each person gets it once, whatever stops this in the middle: run it again, and it goes on where it was. Exit code
    1: something holds the sending, or ended it before its time.
    """
    how = jobs.deliver.How(workers, watch, retry_now, tell=explain)
    with workspace.desk() as desk, _ended_gently():
        ran = jobs.deliver.run(desk, edition, how)
    if as_json:
        print_json(_told(ran))
    else:
        _say(ran)
    if not ran.is_done:
        raise _NotDoneError("\n".join(_reasons(ran)))


class _NotDoneError(BulletinError):
    """Something holds the sending."""


@contextmanager
def _ended_gently() -> Iterator[None]:
    """Whoever ends this process (systemd, Docker) ends it as Ctrl-C does."""
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _told(ran: jobs.deliver.Ran) -> dict[str, object]:
    return {
        "editions": {name: {state.value: count for state, count in found.items()} for name, found in _by_name(ran)},
        "halts": [{"edition": one.edition, "by": one.by, "why": one.why, "at": one.at} for one in ran.halts],
        "recovered": {"waiting": ran.recovered.waiting, "in_doubt": ran.recovered.in_doubt},
        "trouble": ran.trouble,
    }


def _say(ran: jobs.deliver.Ran) -> None:
    if not ran.tallies:
        say("Nothing waits to be sent.")
    for name, found in _by_name(ran):
        rows = {state.value: found[state] for state in State if found[state]}
        print_table(f"{name}: {many(found.total(), 'email')}", rows)
    doubts = sum(found[State.IN_DOUBT] for _, found in _by_name(ran))
    if doubts:
        say(f"Nobody knows whether the mail server took {many(doubts, 'email')}: see bulletin outbox doubts")


def _by_name(ran: jobs.deliver.Ran) -> list[tuple[str, Counter[State]]]:
    return sorted(ran.tallies.items())


def _reasons(ran: jobs.deliver.Ran) -> Iterator[str]:
    if ran.trouble:
        yield ran.trouble
    for one in ran.halts:
        who = f", by {one.by}" if one.by else ""
        how = "" if one.is_final else " (bulletin outbox resume lets it go on)"
        yield f"{one.edition or 'every edition'} is held{who}: {one.why}{how}"


COMMANDS = (deliver,)
