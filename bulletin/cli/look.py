"""Looking: `items` lists what is on the shelves, `status` what waits for whom."""

from collections.abc import Mapping

import click

from bulletin import jobs
from bulletin.cli.output import as_json, print_json, print_table, printable, say
from bulletin.cli.workspace import Workspace


@click.command()
@click.option("--needs-heading", is_flag=True, help="Only those that belong, so far, under no heading.")
@click.option("--topic", metavar="TOPIC", help="Only those under this topic.")
@as_json
@click.pass_obj
def items(workspace: Workspace, needs_heading: bool, topic: str | None, as_json: bool) -> None:
    """List the items, newest first: where they came from, and why they are where they are."""
    with workspace.desk() as desk:
        names = {feed.id: feed.name for feed in desk.config.feeds}
        wanted = desk.topic(topic).id if topic else None
        for shelved in jobs.shelf(desk):
            if (needs_heading and not shelved.needs_heading) or (wanted and wanted not in shelved.topics):
                continue
            if as_json:
                print_json(_as_json(shelved, names))
            else:
                _tell(shelved, names)


def _as_json(shelved: jobs.Shelved, names: Mapping[str, str]) -> dict[str, object]:
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
        "journal": item.citation.journal,
        "source": names.get(item.source, item.source),
        "feeds": [names.get(feed, feed) for feed in item.feeds],
        "topics": shelved.topics,
        "decided_by": decision.editor if decision else None,
        "because": {
            suggestion.topic: {
                "score": round(suggestion.score, 3),
                "words": {one.words: round(one.weight, 3) for one in suggestion.because},
            }
            for suggestion in shelved.suggestions
        },
    }


def _tell(shelved: jobs.Shelved, names: Mapping[str, str]) -> None:
    item, decision = shelved.item, shelved.decision
    say(f"{item.id}  {printable(item.title)}")
    source = ", ".join(printable(names.get(feed, feed)) for feed in item.feeds)
    say(f"{'':12}  {item.date:%d %b %Y} ({item.date_source}) from {source}")
    if decision:
        say(f"{'':12}  {', '.join(decision.topics) or 'discarded'}: decided by {printable(decision.editor)}")
    for suggestion in () if decision else shelved.suggestions:
        words = " · ".join(f"{printable(one.words)} {one.weight:.2f}" for one in suggestion.because)
        say(f"{'':12}  {suggestion.topic} {suggestion.score:.2f}: {words}")


@click.command()
@as_json
@click.pass_obj
def status(workspace: Workspace, as_json: bool) -> None:
    """Say what there is and what waits."""
    with workspace.desk() as desk:
        now = jobs.status(desk)
    if as_json:
        sick = [{"feed": feed.name, "at": visit.at, "message": visit.message} for feed, visit in now.sick]
        print_json({name: value for name, value in vars(now).items() if name != "sick"} | {"sick": sick})
        return
    print_table(
        "",
        {
            "Feeds": f"{now.feeds}, {now.due} due, {len(now.sick)} sick",
            "Items": f"{now.items}, {now.not_looked_at} to classify, {now.needs_heading} need a heading",
            "Decisions": now.decisions,
            "Latest editions": ", ".join(now.editions[:3]) or "none yet",
        },
    )
    for feed, visit in now.sick:
        say(f"  sick: {printable(feed.name)}: {printable(visit.message)}")


COMMANDS = (items, status)
