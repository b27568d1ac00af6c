"""Files of subscribers: taken in after a look at what they would do, and written for a spreadsheet."""

from pathlib import Path

import click

from bulletin.cli.output import as_json, explain, many, print_json, printable, say
from bulletin.cli.workspace import Workspace
from bulletin.jobs import subscribers as jobs
from bulletin.jobs.people import AT_TERMINAL

_SHOWN = 20  # refused rows


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--list", "list_", metavar="BULLETIN/LIST", required=True, help="Where they are put.")
@click.option("--consent", required=True, metavar="WORDS", help="How these people agreed to get it.")
@click.option("--interests", is_flag=True, help="Interests that are headings become what each of them chose.")
@click.option("--dry-run", is_flag=True, help="Say what it would do, and do nothing.")
@click.option(
    "--refused", type=click.Path(path_type=Path, dir_okay=False), help="Write the refused rows here, as CSV."
)
@as_json
@click.pass_obj
def import_(
    workspace: Workspace,
    file: Path,
    list_: str,
    consent: str,
    interests: bool,
    dry_run: bool,
    refused: Path | None,
    as_json: bool,
) -> None:
    """Put the people of FILE (CSV, as Excel or KnowledgeShare writes it) on a list: all good rows, or none."""
    content = file.read_bytes()
    with workspace.desk() as desk:
        wish = jobs.Wish(jobs.place_of(desk, list_), consent, file.name, interests)
        told = jobs.preview(desk, content, wish) if dry_run else jobs.take_in(desk, content, wish, AT_TERMINAL)
    if refused:
        refused.write_bytes(jobs.refused_sheet(told))
    if as_json:
        print_json(_as_json(told))
    else:
        _tell(told, refused)


def _as_json(told: jobs.Intake) -> dict[str, object]:
    return {
        "list": "/".join(told.place),
        "done": told.is_done,
        "rows": told.rows,
        "added": len(told.added),
        "changed": len(told.changed),
        "same": told.same,
        "refused": told.refused,
        "ignored_columns": told.ignored,
        "choosing": told.choosing,
        "unmatched_interests": dict(told.unmatched),
    }


def _tell(told: jobs.Intake, refused: Path | None) -> None:
    would = "" if told.is_done else "would be "
    say(
        f"{many(told.rows, 'row')} for {'/'.join(told.place)}: {len(told.added)} {would}added, "
        f"{len(told.changed)} {would}changed, {told.same} there already, {len(told.refused)} {would}refused."
    )
    for one in told.refused[: None if refused else _SHOWN]:
        say(printable(f"  line {one.line}: {one.email or 'nobody'} {one.why}"))
    if len(told.refused) > _SHOWN and not refused:
        explain(f"{len(told.refused) - _SHOWN} more: --refused FILE.csv writes all of them")
    if told.ignored:
        explain(f"columns that were not understood: {', '.join(told.ignored)}")
    if told.choosing:
        say(f"Only the headings that are among their interests go to {told.choosing} of those added.")
    if told.unmatched:
        names = ", ".join(f"{name} ({count})" for name, count in told.unmatched)
        say(printable(f"Interests that are no heading of this bulletin: {names}"))


@click.command("csv")
@click.argument("list_", metavar="BULLETIN/LIST")
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), required=True, help="The file.")
@as_json
@click.pass_obj
def csv_(workspace: Workspace, list_: str, output: Path, as_json: bool) -> None:
    """Write who is on a list for a spreadsheet, in which no cell is ever calculated."""
    with workspace.desk() as desk:
        content = jobs.list_sheet(desk, jobs.place_of(desk, list_), AT_TERMINAL)
    output.write_bytes(content)
    if as_json:
        print_json({"file": output, "bytes": len(content)})
    else:
        say(f"{output} ({len(content):,} bytes)")


COMMANDS = (import_, csv_)
