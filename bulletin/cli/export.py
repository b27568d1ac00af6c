"""Export: an edition, or a list of items, in the form of other programs."""

from pathlib import Path

import click

from bulletin import jobs
from bulletin.cli.output import as_json, explain, many, print_json, printable, say
from bulletin.cli.workspace import Workspace
from bulletin.export import LISTED, SHAPES

_output = click.option(
    "--output", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", help="Where to write it."
)


@click.command()
@click.argument("edition")
@click.option("--as", "shape", type=click.Choice(list(SHAPES)), required=True, help="In what form.")
@click.option("--list", "list_id", default="", metavar="LIST", help="For one of its lists.")
@click.option("--public", is_flag=True, help="Only what everybody may see, without abstracts.")
@_output
@as_json
@click.pass_obj
def export(
    workspace: Workspace, edition: str, shape: str, list_id: str, public: bool, output: Path | None, as_json: bool
) -> None:
    """Write EDITION for another program: Word, EndNote, a spreadsheet; as it was approved, or as a draft."""
    with workspace.desk() as desk:
        made = jobs.export(desk, edition, shape, list_id, public=public)
    if made.is_draft:
        explain(f"{edition} is a draft, and the file says so: `bulletin approve` freezes it")
    for told in made.left_off:
        explain(f"not printed: {told}")
    _tell(made, jobs.write_export(made, output), as_json)


@click.command()
@click.argument("title")
@click.argument("items", nargs=-1, required=True, metavar="ITEM...")
@click.option("--as", "shape", type=click.Choice(LISTED), default="docx", show_default=True, help="In what form.")
@click.option("--intro", default="", metavar="TEXT", help="What stands before the items.")
@_output
@as_json
@click.pass_obj
def resources(
    workspace: Workspace,
    title: str,
    items: tuple[str, ...],
    shape: str,
    intro: str,
    output: Path | None,
    as_json: bool,
) -> None:
    """Write a list of resources under TITLE: any items, by their ids, such as reading for a Schwartz Round."""
    with workspace.desk() as desk:
        made = jobs.resources(desk, title, items, shape, intro)
    _tell(made, jobs.write_export(made, output), as_json)


def _tell(made: jobs.Exported, place: Path, as_json: bool) -> None:
    told = {"as": made.shape.name, "file": place, "bytes": len(made.content), "items": made.items}
    if as_json:
        print_json(told | {"draft": made.is_draft})
    else:
        say(printable(f"{place} ({many(made.items, 'item')}, {len(made.content):,} bytes)"))


COMMANDS = (export, resources)
