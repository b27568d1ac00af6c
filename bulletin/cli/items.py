"""Items: what is on the shelves, and what a person brings there."""

from collections.abc import Callable, Iterator
from pathlib import Path

import click

from bulletin import jobs
from bulletin.cli.output import as_json, explain, many, print_json, printable, progress, say, waiting
from bulletin.cli.why import opinion_as_json, words
from bulletin.cli.workspace import Workspace
from bulletin.model import Origin

_SHOWN = 10  # of the items that a person brought


@click.group(invoke_without_command=True)
@click.option("--needs-heading", is_flag=True, help="Only those that belong, so far, under no heading.")
@click.option("--topic", metavar="TOPIC", help="Only those under this topic.")
@click.option("--near-misses", is_flag=True, help="The best few that just missed each heading, or that of --topic.")
@click.option("--sample", is_flag=True, help="A few random ones that were put nowhere, to see what is missed.")
@as_json
@click.pass_context
def items(
    context: click.Context, needs_heading: bool, topic: str | None, near_misses: bool, sample: bool, as_json: bool
) -> None:
    """List the items, newest first: where they came from, and why they are where they are."""
    if context.invoked_subcommand:
        return
    if needs_heading + near_misses + sample > 1 or (sample and topic):
        raise click.UsageError("name one of --needs-heading, --near-misses and --sample; no --topic with --sample")
    workspace: Workspace = context.obj
    with workspace.desk() as desk:
        if near_misses:
            _list_near_misses(desk, topic, as_json)
            return
        for shelved in jobs.sample(desk).waiting if sample else _chosen(desk, needs_heading, topic):
            if as_json:
                print_json(_as_json(shelved, desk.source))
            else:
                _tell(shelved, desk.source)


def _chosen(desk: jobs.Desk, needs_heading: bool, topic: str | None) -> Iterator[jobs.Shelved]:
    wanted = desk.topic(topic).id if topic else None
    for shelved in jobs.shelf(desk):
        if (shelved.needs_heading or not needs_heading) and (wanted is None or wanted in shelved.topics):
            yield shelved


def _list_near_misses(desk: jobs.Desk, topic: str | None, as_json: bool) -> None:
    heading = ""
    for one in jobs.near_misses(desk, topic):
        if as_json:
            print_json({"id": one.item.id, "title": one.item.title} | opinion_as_json(one.missed))
            continue
        if one.missed.topic != heading:
            heading = one.missed.topic
            say(heading)
        say(f"  {one.missed.score:.2f}  {one.item.id}  {printable(one.item.title)}")
        say(f"  {'':18}{words(one.missed.because)}")


def _as_json(shelved: jobs.Shelved, source: Callable[[str], str]) -> dict[str, object]:
    item, decision = shelved.item, shelved.decision
    return {
        "id": item.id,
        "title": item.title,
        "url": item.url,
        "doi": item.doi,
        "published": item.published,
        "date_source": item.date_source,
        "date_flag": item.date_flag,
        "first_seen": item.first_seen,
        "authors": item.authors,
        "summary": item.summary,
        "kind": item.kind,
        "marks": item.marks,
        "free": item.free,
        "free_url": item.free_url,
        "added": {added.field: added.service for added in item.added},
        "journal": item.citation.journal,
        "joined": [
            {"title": one.title, "url": one.url, "reason": one.reason, "because": one.because}
            for one in shelved.joined
        ],
        "source": source(item.source),
        "feeds": list(map(source, item.feeds)),
        "topics": shelved.topics,
        "decided_by": decision.editor if decision else None,
        "because": {
            suggestion.topic: {
                "score": round(suggestion.score, 3),
                "decided_by": suggestion.decided_by,
                "words": {one.words: round(one.weight, 3) for one in suggestion.because},
            }
            for suggestion in shelved.suggestions
        },
    }


def _tell(shelved: jobs.Shelved, source: Callable[[str], str]) -> None:
    item, decision = shelved.item, shelved.decision
    say(f"{item.id}  {printable(item.title)}")
    sources = ", ".join(printable(source(feed)) for feed in item.feeds)
    say(f"{'':12}  {item.date:%d %b %Y} ({item.date_source}) from {sources}")
    for one in shelved.joined:
        say(f"{'':12}  also: {printable(one.title)} ({one.reason}: {printable(one.because)})")
    if item.marks:
        say(f"{'':12}  {', '.join(item.marks).upper()}")
    if item.added:
        services = dict.fromkeys(added.service for added in item.added)
        say(f"{'':12}  {', '.join(added.field for added in item.added)} from {', '.join(services)}")
    if decision:
        say(f"{'':12}  {', '.join(decision.topics) or 'discarded'}: decided by {printable(decision.editor)}")
    for suggestion in () if decision else shelved.suggestions:
        by = ", by past decisions" if suggestion.decided_by is Origin.DECISIONS else ""
        say(f"{'':12}  {suggestion.topic} {suggestion.score:.2f}{by}: {words(suggestion.because)}")


@items.command("add")
@click.argument("what", metavar="URL-OR-DOI")
@as_json
@click.pass_obj
def add(workspace: Workspace, what: str, as_json: bool) -> None:
    """Bring in one link or DOI by hand."""
    with workspace.desk() as desk, waiting(f"Looking for {what}", quiet=as_json):
        brought = jobs.add(desk, what)
    _tell_brought(brought, as_json)


@items.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@as_json
@click.pass_obj
def import_(workspace: Workspace, file: Path, as_json: bool) -> None:
    """Bring in a file of references: RIS, or nbib as PubMed gives it."""
    with workspace.desk() as desk:
        brought = jobs.bring(desk, file)
    _tell_brought(brought, as_json)


def _tell_brought(brought: jobs.Brought, as_json: bool) -> None:
    if as_json:
        print_json({"items": [item.id for item in brought.items], "new": brought.new, "warning": brought.warning})
        return
    if brought.warning:
        explain(brought.warning)
    for item in brought.items[:_SHOWN]:
        say(f"{item.id}  {printable(item.title)}")
    if len(brought.items) > _SHOWN:
        say(f"{'':12}  and {len(brought.items) - _SHOWN} more")
    say(f"{many(len(brought.items), 'item')}, {brought.new} new. Next: bulletin classify")


@click.command()
@click.option("--most", type=click.IntRange(1), default=jobs.MOST, show_default=True, help="Questions of this run.")
@as_json
@click.pass_obj
def enrich(workspace: Workspace, most: int, as_json: bool) -> None:
    """Ask Crossref, Europe PMC and Unpaywall for what feeds left out of articles with a DOI."""
    with workspace.desk() as desk, progress("Asking", most, quiet=as_json) as step:
        done = jobs.enrich(desk, most, step)
    if as_json:
        print_json(done)
    else:
        told = f"{done.found} answered, {done.nothing} know nothing, {done.failed} failed"
        say(f"{many(done.asked, 'question')}: {told}; {many(done.marked, 'item')} marked as retracted or corrected.")


COMMANDS = (items, enrich)
