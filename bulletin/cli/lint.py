"""`bulletin lint`: what is wrong with an email: anybody's, or that of an edition."""

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from bulletin import jobs
from bulletin.cli.output import as_json, many, print_columns, print_json, printable, say
from bulletin.cli.workspace import Workspace
from bulletin.errors import InputError
from bulletin.lint import RULES
from bulletin.lint import lint as judge
from bulletin.model import Finding, Severity

_MOST_BYTES = 30_000_000
_ENDINGS = {".eml", ".html", ".htm", ".mht", ".txt"}
_OUTLOOK = bytes.fromhex("d0cf11e0a1b11ae1")  # the first bytes of a .msg (MS-CFB, 2.2)
_STDIN = "-"
Told = dict[str, str]  # what was judged: a file, or a list of an edition


@click.command("lint")
@click.argument("what", metavar="FILE|EDITION...", nargs=-1)
@click.option("--list", "audience", metavar="LIST", help="Of an edition, the email of this list alone.")
@click.option("--rules", is_flag=True, help="List the rules.")
@as_json
@click.pass_obj
def lint_command(
    workspace: Workspace, what: tuple[str, ...], audience: str | None, rules: bool, as_json: bool
) -> None:
    """Say what is wrong with emails: FILEs (.eml or .html, - for what comes in), or those of an EDITION.

    Exit code 1 when there are errors.
    """
    if rules:
        _tell_rules(as_json)
        return
    if not what:
        raise click.UsageError("name a file, - or an edition")
    judged = _judged(workspace, what, audience or "")
    for told, findings in judged:
        (_print if as_json else _tell)(told, findings, len(judged))
    if any(one.severity is Severity.ERROR for _, findings in judged for one in findings):
        sys.exit(1)


def _judged(workspace: Workspace, what: Sequence[str], audience: str) -> list[tuple[Told, Sequence[Finding]]]:
    files = [name for name in what if _is_file(workspace, name)]
    if files and audience:
        raise click.UsageError("--list is for an edition: a file is one email")
    if not files and len(what) > 1:
        raise click.UsageError("name one edition at a time")
    if not files:
        with workspace.desk() as desk:
            return [
                ({"edition": what[0], "list": one.email.list}, one.findings)
                for one in jobs.lint(desk, what[0], audience)
            ]
    contents = [(name, _content(name)) for name in what]  # all of them are read before one is judged
    return [({"file": name}, _errors_first(judge(content))) for name, content in contents]


def _is_file(workspace: Workspace, name: str) -> bool:
    """Whether a name means a file, be it there or not; where there is no workspace, it can mean nothing else."""
    path = Path(name)
    looks_so = name == _STDIN or path.exists() or path.suffix.lower() in _ENDINGS or path.name != name
    return looks_so or not (workspace.folder / "bulletins.yaml").exists()


def _content(name: str) -> bytes:
    """The bytes of a file; InputError when there is none, or when it is too big to be an email."""
    path = Path(name)
    if path.is_dir():
        raise InputError(f"{name} is a folder: name the files in it")
    if name != _STDIN and not path.exists():
        raise InputError(f"{name}: no such file")
    with click.open_file(name, "rb") as file:
        content: bytes = file.read(_MOST_BYTES + 1)
    if len(content) > _MOST_BYTES:
        raise InputError(f"{name} is over {_MOST_BYTES // 1_000_000} MB, and no email is so big")
    if content.startswith(_OUTLOOK):
        raise InputError(f"{name} is a file of Outlook's own kind (.msg): save the email as .eml, or as HTML")
    return content


def _errors_first(findings: Sequence[Finding]) -> list[Finding]:
    return sorted(findings, key=lambda one: (one.severity, one.rule))


def _tell(told: Told, findings: Sequence[Finding], of: int) -> None:
    if of > 1:
        say(printable(f"{' '.join(told.values())}:"))
    for one in findings:
        where = f" ({one.where})" if one.where else ""
        say(printable(f"{one.severity} {one.rule} {one.name}: {one.message}{where}"))
    say(counted(findings))


def counted(findings: Sequence[Finding]) -> str:
    """The verdict in one line: 0 errors, 1 warning, 71 rules."""
    errors = sum(one.severity is Severity.ERROR for one in findings)
    return f"{many(errors, 'error')}, {many(len(findings) - errors, 'warning')}, {len(RULES)} rules"


def _print(told: Told, findings: Sequence[Finding], _: int) -> None:
    errors = sum(one.severity is Severity.ERROR for one in findings)
    print_json(told | {"errors": errors, "warnings": len(findings) - errors, "findings": findings})


def _tell_rules(as_json: bool) -> None:
    if as_json:
        for one in RULES:
            print_json({"rule": one.number, "name": one.name, "severity": one.severity, "about": one.about})
        return
    rows = [(one.name, one.about, one.severity, one.number) for one in RULES]
    print_columns("The rules of the linter", ("Name", "What it wants", "Severity", "Rule"), rows, words=3)


COMMANDS = (lint_command,)
