"""`bulletin report`: what came of an edition or of a year, in words, as JSON, as a page or for a spreadsheet."""

from dataclasses import asdict
from pathlib import Path

import click

from bulletin.cli.output import as_json, many, print_columns, print_json, printable, say
from bulletin.cli.workspace import Workspace
from bulletin.export.files import write
from bulletin.jobs.outcome import YEARS, came, came_in
from bulletin.jobs.outcomefile import SHAPES, filed
from bulletin.model.outcomes import Came, EditionCame, HeadingRead, ItemRead, Reached
from bulletin.report import in_words

_HEADS = ("Edition", "Items", "Meant for", "Delivered", "Failed", "In doubt", "Held back", "Left", "Useful", "Clicks")


@click.command()
@click.argument("edition", required=False)
@click.option("--year", type=click.IntRange(YEARS[0], YEARS[-1]), help="All editions of this year.")
@click.option("--as", "shape", type=click.Choice(SHAPES), help="Write it: a page, the lists, or the items.")
@click.option("--output", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", help="Where to write it.")
@as_json
@click.pass_obj
def report(
    workspace: Workspace,
    edition: str | None,
    year: int | None,
    shape: str | None,
    output: Path | None,
    as_json: bool,
) -> None:
    """Tell what came of EDITION, or of a year: whom it reached, who left, what was read and useful.

    Without either, of this year.
    """
    if edition and year:
        raise click.UsageError("name an edition or --year, not both")
    if output and not shape:
        raise click.UsageError("--output needs --as: html for a page, csv for the lists, items for the items")
    with workspace.desk() as desk:
        found = came(desk, edition) if edition else came_in(desk, year or desk.now().year)
        folder = desk.config.output
    if not shape:
        print_json(plain(found)) if as_json else _tell(found)
        return
    made = filed(found, shape)
    place = output or folder / "reports" / made.name
    write(made.content, place)
    if as_json:
        print_json({"as": shape, "file": place, "bytes": len(made.content), "editions": len(found.editions)})
    else:
        say(printable(f"{place} ({many(len(found.editions), 'edition')}, {len(made.content):,} bytes)"))


def _tell(found: Came) -> None:
    for words in in_words(found):
        say(words)
    if found.editions:
        print_columns("Edition by edition", _HEADS, map(_row, found.editions))


def _row(one: EditionCame) -> tuple[object, ...]:
    sums = [sum(getattr(of, name) for of in one.lists) for name in _SUMS]
    return (one.edition, len(one.items), *sums, one.useful, one.clicks if one.is_counted else "–")


_SUMS = ("people", "delivered", "failed", "in_doubt", "held_back", "left")


def plain(found: Came) -> dict[str, object]:
    """One object; clicks are null where they are hidden or were not counted."""
    return {
        "year": found.year,
        "people": found.people,
        "readers": [asdict(one) for one in found.readers],
        "editions": [_edition(one) for one in found.editions],
        "headings": [_heading(one) for one in found.headings],
        "clicks": found.clicks.number or None,
        "useful": found.useful,
    }


def _edition(one: EditionCame) -> dict[str, object]:
    own = {name: getattr(one, name) for name in ("edition", "bulletin", "title", "day", "number")}
    return own | {
        "clicks_counted": one.is_counted,
        "clicks": one.clicks.number or None,
        "useful": one.useful,
        "lists": list(map(_list, one.lists)),
        "headings": list(map(_heading, one.headings)),
        "items": list(map(_item, one.items)),
    }


def _list(one: Reached) -> dict[str, object]:
    names = ("list", "name", *_SUMS, "under_way", "came_back", "returned")
    states = {str(state): number for state, number in one.states.items()}
    return {name: getattr(one, name) for name in names} | {"states": states, "reasons": dict(one.reasons)}


def _heading(one: HeadingRead) -> dict[str, object]:
    return {"heading": one.heading, "items": one.items, "useful": one.useful} | _clicks(one)


def _item(one: ItemRead) -> dict[str, object]:
    return {name: getattr(one, name) for name in ("id", "title", "url", "heading", "useful")} | _clicks(one)


def _clicks(one: HeadingRead | ItemRead) -> dict[str, object]:
    return {"clicks": one.clicks.number or None, "clicks_exact": one.clicks.is_exact}


COMMANDS = (report,)
