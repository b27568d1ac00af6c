"""Editors: the people at the desk. The first admin comes from here."""

import sys
from collections.abc import Callable

import click

from bulletin import jobs
from bulletin.cli.audit import audit
from bulletin.cli.output import as_json, explain, print_json, printable, say
from bulletin.cli.workspace import Workspace
from bulletin.errors import InputError
from bulletin.jobs import Desk
from bulletin.model import Editor, Grant, Role

_WHO = jobs.people.AT_TERMINAL
_MOST_TYPED = 4096  # characters of a password on stdin

from_stdin = click.option("--password-stdin", is_flag=True, help="Read the password from the first line of stdin.")


@click.group(invoke_without_command=True)
@as_json
@click.pass_context
def editors(context: click.Context, as_json: bool) -> None:
    """List the people who work at the desk, or change what they may do."""
    if not context.invoked_subcommand:
        _list(context.obj, as_json)


@editors.command("list")
@as_json
@click.pass_obj
def list_(workspace: Workspace, as_json: bool) -> None:
    """List the people who work at the desk."""
    _list(workspace, as_json)


def _list(workspace: Workspace, as_json: bool) -> None:
    with workspace.desk() as desk:
        found = desk.store.editors.list()
    for one in found:
        if as_json:
            print_json(_as_json(one))
        else:
            more = [""] * one.active + ["; disabled"] * (not one.active) + ["; with a second step"] * one.has_totp
            say(printable(f"{one.email}: {one.name}; {jobs.people.in_words(one.grants)}{''.join(more)}"))
    if not as_json and not found:
        say("Nobody yet. The first: bulletin editors add EMAIL --name NAME --role admin")


def _as_json(one: Editor) -> dict[str, object]:
    return {
        "id": one.id,
        "email": one.email,
        "name": one.name,
        "roles": [{"role": grant.role, "bulletin": grant.bulletin or None} for grant in one.grants],
        "second_step": one.has_totp,
        "active": one.active,
    }


@editors.command("add")
@click.argument("email")
@click.option("--name", required=True, help="Stands beside what this person decides.")
@click.option("--role", required=True, type=click.Choice([role.value for role in Role]), help="What this person is.")
@click.option("--bulletin", "bulletins", metavar="ID", multiple=True, help="In this bulletin only; may be repeated.")
@from_stdin
@as_json
@click.pass_obj
def add(
    workspace: Workspace,
    email: str,
    name: str,
    role: str,
    bulletins: tuple[str, ...],
    password_stdin: bool,
    as_json: bool,
) -> None:
    """Add a person. The password is asked for, and not shown."""
    grants = tuple(Grant(Role(role), bulletin) for bulletin in bulletins or ("",))
    with workspace.desk() as desk:
        password = _password(password_stdin)
        added = jobs.people.add_editor(desk, _WHO, email, name, grants, password)
    if as_json:
        print_json(_as_json(added))
    else:
        say(printable(f"{added.name} may log in as {added.email}: {jobs.people.in_words(added.grants)}."))


@editors.command("role")
@click.argument("email")
@click.argument("roles", nargs=-1, required=True, metavar="ROLE[:BULLETIN]...")
@as_json
@click.pass_obj
def role(workspace: Workspace, email: str, roles: tuple[str, ...], as_json: bool) -> None:
    """Give EMAIL these roles instead of all others: `editor` in every bulletin, `editor:update` in one."""
    grants = jobs.people.grants_from(roles)
    _change(workspace, email, as_json, lambda desk, one: jobs.people.set_grants(desk, _WHO, one, grants))


@editors.command("password")
@click.argument("email")
@from_stdin
@as_json
@click.pass_obj
def password(workspace: Workspace, email: str, password_stdin: bool, as_json: bool) -> None:
    """Set the password of EMAIL, who is logged out everywhere."""

    def act(desk: Desk, one: Editor) -> None:
        jobs.people.set_password(desk, _WHO, one, _password(password_stdin))

    _change(workspace, email, as_json, act)


@editors.command("disable")
@click.argument("email")
@as_json
@click.pass_obj
def disable(workspace: Workspace, email: str, as_json: bool) -> None:
    """Let EMAIL in no longer; what this person did stays."""
    _change(workspace, email, as_json, lambda desk, one: jobs.people.disable(desk, _WHO, one))


@editors.command("enable")
@click.argument("email")
@as_json
@click.pass_obj
def enable(workspace: Workspace, email: str, as_json: bool) -> None:
    """Let EMAIL in again."""
    _change(workspace, email, as_json, lambda desk, one: jobs.people.enable(desk, _WHO, one))


@editors.command("sessions-end")
@click.argument("email")
@as_json
@click.pass_obj
def sessions_end(workspace: Workspace, email: str, as_json: bool) -> None:
    """Log EMAIL out everywhere."""

    def act(desk: Desk, one: Editor) -> None:
        jobs.people.end_sessions(desk, _WHO, one)

    _change(workspace, email, as_json, act)


@editors.command("second-step-off")
@click.argument("email")
@as_json
@click.pass_obj
def second_step_off(workspace: Workspace, email: str, as_json: bool) -> None:
    """Ask EMAIL for a password alone: for who has lost both telephone and recovery codes."""
    _change(workspace, email, as_json, lambda desk, one: jobs.people.stop_second_step(desk, _WHO, one))


def _change(workspace: Workspace, email: str, as_json: bool, act: Callable[[Desk, Editor], None]) -> None:
    """Change one person, and show how that person stands now."""
    with workspace.desk() as desk:
        act(desk, jobs.people.find_editor(desk, email))
        changed = jobs.people.find_editor(desk, email)
    if as_json:
        print_json(_as_json(changed))
    else:
        standing = jobs.people.in_words(changed.grants) if changed.active else "disabled"
        say(printable(f"Done. {changed.email} is now: {standing}."))


def _password(from_stdin: bool) -> str:
    """Read a password without showing it; raises InputError when nobody is there to type one."""
    if from_stdin:
        return sys.stdin.readline(_MOST_TYPED).rstrip("\r\n")
    if not is_terminal():
        raise InputError("there is no terminal to ask for the password: use --password-stdin")
    explain("The password has 12 characters or more; three or four words in a row are good.")
    typed: str = click.prompt("Password", hide_input=True, confirmation_prompt="Once more", err=True)
    return typed


def is_terminal() -> bool:
    """Whether somebody is there to be asked."""
    return sys.stdin.isatty()


editors.add_command(audit)
COMMANDS = (editors,)
