"""`bulletin doctor`: whether emails get there; `bulletin test`: one email to whoever looks at it."""

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from bulletin import jobs
from bulletin.cli.output import as_json, print_json, printable, say
from bulletin.cli.workspace import Workspace
from bulletin.errors import InputError
from bulletin.jobs import doctor as job
from bulletin.jobs.people import AT_TERMINAL
from bulletin.model import Checkup, Light, Remark, worst
from bulletin.people.addresses import normalised

_STDIN = "-"
_SIGNS = {Light.GOOD: "good ", Light.LOOK: "look ", Light.WRONG: "WRONG"}


@click.command()
@click.argument("files", metavar="[FILE]...", nargs=-1)
@click.option("--send-test", "what", metavar="EDITION/LIST", help="Send the email of a list to yourself first.")
@click.option("--to", metavar="ADDRESS", help="Who gets that test.")
@click.option("--offline", is_flag=True, help="Do not ask the mail server whether it lets us in.")
@as_json
@click.pass_obj
def doctor(
    workspace: Workspace, files: tuple[str, ...], what: str | None, to: str | None, offline: bool, as_json: bool
) -> None:
    """Say whether emails get there: judge the settings, or FILEs (.eml, - for what comes in) that arrived somewhere.

    Exit code 1 when something is wrong.
    """
    if files and what:
        raise click.UsageError("name files to examine, or a test to send: the test is a file when it has arrived")
    light = _examine(files, as_json) if files else _settings(workspace, what, to, offline, as_json)
    if light is Light.WRONG:
        sys.exit(1)


@click.command("test")
@click.argument("edition")
@click.option("--list", "audience", required=True, metavar="LIST", help="Whose email.")
@click.option("--to", required=True, metavar="ADDRESS", help="Who gets it.")
@as_json
@click.pass_obj
def test_command(workspace: Workspace, edition: str, audience: str, to: str, as_json: bool) -> None:
    """Send the email of one list of EDITION to one address, as its readers would get it.

    A list of more than ten people is approved only when such a test went out in the last 24 hours.
    """
    with workspace.desk() as desk:
        _send(desk, edition, audience, to)
    if as_json:
        print_json({"edition": edition, "list": audience, "to": to})
    else:
        say(
            printable(
                f"A test went to {to}. When it has arrived, save it whole: bulletin doctor FILE.eml examines it."
            )
        )


def _send(desk: jobs.Desk, edition: str, audience: str, to: str) -> None:
    jobs.send_test(desk, edition, audience, normalised(to), AT_TERMINAL)


def _settings(workspace: Workspace, what: str | None, to: str | None, offline: bool, as_json: bool) -> Light:
    edition, slash, audience = (what or "").rpartition("/")
    if what and not (slash and to):
        raise click.UsageError("a test is named as EDITION/LIST, with --to ADDRESS")
    with workspace.desk() as desk:
        remarks = job.settings(desk, connects=not offline)
        if what:
            _send(desk, edition, audience, to or "")
    if as_json:
        print_json({"worst": worst(remarks), "remarks": [_told(one) for one in remarks], "test": what})
        return worst(remarks)
    _say(remarks)
    if what:
        say(printable(f"A test went to {to}: save what arrives, and name the file to this command."))
    else:
        say("What a mailbox makes of an email: bulletin doctor --send-test EDITION/LIST --to YOU, save what arrives,")
        say("and name that file to this command.")
    return worst(remarks)


def _examine(files: Sequence[str], as_json: bool) -> Light:
    found = [(name, job.examined(_content(name), name)) for name in files]
    for name, checkup in found:
        if as_json:
            verdicts = {where.value: {"light": light, "words": words} for where, light, words in checkup.verdicts}
            told = {"file": name, "from": checkup.sender, "subject": checkup.subject, "receiver": checkup.receiver}
            print_json(told | {"verdicts": verdicts, "remarks": [_told(one) for one in checkup.remarks]})
        else:
            _say_email(name, checkup)
    return worst(tuple(one for _, checkup in found for one in checkup.remarks))


def _say_email(name: str, checkup: Checkup) -> None:
    where = f", as {checkup.receiver} took it" if checkup.receiver else ""
    say(printable(f"{name}: from {checkup.sender or 'nobody'}{where}"))
    _say(checkup.remarks)
    for provider, light, words in checkup.verdicts:
        say(printable(f"  {_SIGNS[light]}  {provider.value}: {words}"))


def _say(remarks: Sequence[Remark]) -> None:
    for one in remarks:
        say(printable(f"{_SIGNS[one.light]}  {one.about}: {one.words}"))


def _told(one: Remark) -> dict[str, object]:
    return {"light": one.light, "about": one.about, "words": one.words, "matters_to": sorted(one.matters_to)}


def _content(name: str) -> bytes:
    """The bytes of a file; InputError when there is none."""
    path = Path(name)
    if name != _STDIN and not path.is_file():
        raise InputError(f"{name}: no such file")
    with click.open_file(name, "rb") as file:
        content: bytes = file.read(job.MOST_BYTES + 1)
    return content


COMMANDS = (doctor, test_command)
