"""`bulletin backup` and `bulletin restore`: all that there is, in one file, and back."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

import click

from bulletin import jobs
from bulletin.cli.output import as_json, many, print_columns, print_json, printable, say, waiting
from bulletin.cli.workspace import Workspace
from bulletin.config.environment import database_url
from bulletin.jobs import backups, restored
from bulletin.jobs.people.record import AT_TERMINAL

_COUNTED = {"item": "items", "edition": "editions", "subscriber": "readers", "decision": "decisions"} | {
    "delivery": "emails to readers"
}


@click.command()
@click.option("--to", type=click.Path(path_type=Path), help="Another folder, in which no older ones are let go.")
@as_json
@click.pass_obj
def backup(workspace: Workspace, to: Path | None, as_json: bool) -> None:
    """Back up database, files and secret while everything runs; let go of what is kept no longer."""
    with workspace.desk() as desk, waiting("copying and checking", as_json):
        done = backups.backup(desk, to)
    if as_json:
        print_json(done)
        return
    size = backups.megabytes(done.size)
    if not done.is_new:
        say(f"Nothing has changed since {done.file} ({size}) was made.")
        return
    gone = f"; {many(done.removed, 'older one')} let go" if done.removed else ""
    say(f"{done.file}: {size}, checked{gone}.")


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--yes", is_flag=True, help="Do not ask once more.")
@as_json
@click.pass_obj
def restore(workspace: Workspace, file: Path, yes: bool, as_json: bool) -> None:
    """Put the backup FILE in the place of the database, which is set aside; nothing is sent before a yes."""
    url, now = database_url(workspace.folder, workspace.environ), datetime.now(UTC)
    with backups.opened(file, url) as found:
        here = backups.rows_here(url)
        lack, differ = backups.lacking(found, workspace.folder)
        if not as_json:
            _tell(found, here, lack, differ)
        backups.require_free(url, now)
        if not yes:
            click.confirm("Put it in the place of what is here?", abort=True, err=True)
        backups.put_files(found, workspace.folder, lack)
        workspace.config()  # its mistakes are told before anything else is changed
        aside = backups.restore(found, url, now)
    with workspace.desk() as desk:
        jobs.record(desk, AT_TERMINAL, "restored a backup", file.name, after=f"made {found.made:%Y-%m-%d, %H:%M} UTC")
        held = restored.after(desk)
    if as_json:
        print_json({"file": file, "made": found.made, "aside": aside, "files": lack, "held": held})
        return
    say(f"The database is that of {found.made:%d %B %Y, %H:%M} UTC again.")
    if aside:
        say(f"That of before is kept as {aside}: delete it when nothing in it is missed.")
    say(
        f"Nothing is sent until somebody says yes: {held}"
        if held
        else "Nothing was sent since that it does not know."
    )


def _tell(found: backups.Found, here: Mapping[str, int] | None, lack: Sequence[str], differ: Sequence[str]) -> None:
    """What the backup is, what it holds beside what is here, and which files of it are not taken."""
    say(f"{found.file}: made {found.made:%d %B %Y, %H:%M} UTC, with database release {found.release or 'unknown'}")
    rows = [
        (words, found.rows.get(name, 0), here.get(name, 0) if here else "none") for name, words in _COUNTED.items()
    ]
    print_columns("Rows", ("", "in the backup", "here now"), rows)
    say("What editors and readers did since it was made is undone: those who left or were erased are back.")
    if lack:
        say(printable(f"These files are missing here and are put back: {', '.join(lack)}"))
    if differ:
        say(printable(f"These files here are other than in the backup, and stay: {', '.join(differ)}"))


COMMANDS = (backup, restore)
