"""The path of an item, a command for each step: fetch, classify, decide, compose, render."""

import time
from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import click

from bulletin import jobs
from bulletin.cli.output import as_json, explain, many, print_json, progress, say, waiting
from bulletin.cli.why import in_words, what_if
from bulletin.cli.workspace import Workspace
from bulletin.errors import ApprovedError, BulletinError
from bulletin.jobs import Desk
from bulletin.jobs.urgent import compose_urgent
from bulletin.model import Bulletin, Edition, Outcome, Visit

_TROUBLES = 12  # lines about feeds that one fetch may print


@click.command()
@click.option("--all", "everything", is_flag=True, help="Visit every feed, not only those that are due.")
@as_json
@click.pass_obj
def fetch(workspace: Workspace, everything: bool, as_json: bool) -> None:
    """Visit the feeds that are due and shelve what is new."""
    began = time.monotonic()
    with workspace.desk() as desk:
        feeds = list(desk.config.feeds) if everything else jobs.due(desk)
        with progress("Visiting feeds", len(feeds), quiet=as_json) as step:
            visits = jobs.fetch(desk, feeds, step, only_due=not everything)
        names = {feed.id: feed.name for feed in desk.config.feeds}
    _tell_trouble(visits, names)
    counts = _counted(visits) | {"seconds": round(time.monotonic() - began, 2)}
    if as_json:
        print_json(counts)
    elif feeds and not visits:
        say("Another process visits these feeds at the moment.")
    elif not visits:
        say("No feed is due yet; --all visits them all the same.")
    else:
        told = "{ok} read, {not_modified} not modified, {failed} failed; {new} new items".format(**counts)
        if counts["postponed"]:
            told = told.replace(";", ", {postponed} not asked because their host wants a pause;".format(**counts))
        say(f"{counts['feeds']} feeds in {counts['seconds']} s: {told}.")
    if visits and counts["failed"] == len(names):
        raise BulletinError("no feed could be read: is this machine on the network?")


def _tell_trouble(visits: list[Visit], names: dict[str, str]) -> None:
    """Say what went wrong, failures first; of a whole network's failures the first few are enough."""
    troubled = sorted(
        (visit for visit in visits if visit.message), key=lambda visit: visit.outcome is not Outcome.FAILED
    )
    for visit in troubled[:_TROUBLES]:
        explain(f"{names[visit.feed]}: {visit.message}")
    if len(troubled) > _TROUBLES:
        explain(f"and {len(troubled) - _TROUBLES} more; `bulletin status` lists every feed that failed")


def _counted(visits: list[Visit]) -> dict[str, float]:
    outcomes = Counter(visit.outcome for visit in visits)
    return {
        "feeds": len(visits),
        "ok": outcomes[Outcome.OK],
        "not_modified": outcomes[Outcome.NOT_MODIFIED],
        "failed": outcomes[Outcome.FAILED],
        "new": sum(visit.new for visit in visits),
        "postponed": outcomes[Outcome.POSTPONED],
    }


@click.command()
@click.option(
    "--what-if",
    "changed",
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Say what a changed or new topic file would move; nothing is written.",
)
@as_json
@click.pass_obj
def classify(workspace: Workspace, changed: Path | None, as_json: bool) -> None:
    """Suggest headings for what is new."""
    began = time.monotonic()
    with workspace.desk() as desk, waiting("Suggesting headings", quiet=as_json):
        if changed:
            what_if(desk, changed, as_json)
            return
        tally = jobs.classify(desk, explain)
        missed = jobs.sample(desk).estimate
    if as_json:
        print_json(
            {
                "items": tally.looked_at,
                "suggested": tally.suggested,
                "needs_heading": tally.needs_heading,
                "joined": tally.joined,
                "missed": missed,
                "seconds": round(time.monotonic() - began, 2),
            }
        )
    else:
        if tally.joined:
            say(f"{many(tally.joined, 'item')} joined to what says the same.")
        found = f"{tally.suggested} with a heading; {tally.needs_heading} need one"
        say(f"{many(tally.looked_at, 'item')} looked at, {found}.")
        if tally.needs_heading:
            say("To see them: bulletin items --needs-heading")
        if missed:
            say(in_words(missed))


@click.command()
@click.argument("item")
@click.argument("topics", nargs=-1)
@click.option("--discard", is_flag=True, help="It belongs in no bulletin.")
@click.option("--by", "editor", required=True, metavar="EDITOR", help="Who decides.")
@as_json
@click.pass_obj
def decide(
    workspace: Workspace, item: str, topics: tuple[str, ...], discard: bool, editor: str, as_json: bool
) -> None:
    """Put ITEM under TOPICS, best first; what a person decides stands above every suggestion."""
    if bool(topics) == discard:
        raise click.UsageError("name the topics that it belongs under, or --discard")
    with workspace.desk() as desk:
        decision = jobs.decide(desk, item, topics, editor)
    if as_json:
        print_json(decision)
    else:
        say(f"{item}: {'discarded' if discard else ', '.join(decision.topics)}, decided by {decision.editor}.")


class Day(click.ParamType[date]):
    """A date such as 2026-12-07."""

    name = "YYYY-MM-DD"

    def convert(self, value: str | date, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Read the date."""
        try:
            return value if isinstance(value, date) else date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is not a date: write it as 2026-12-07", param, ctx)


@click.command()
@click.argument("bulletin", required=False)
@click.option("--date", "day", type=Day(), help="The edition's date; today if left out.")
@click.option("--urgent", multiple=True, metavar="ITEM", help="Off the schedule, of this item; again for each.")
@as_json
@click.pass_obj
def compose(
    workspace: Workspace, bulletin: str | None, day: date | None, urgent: tuple[str, ...], as_json: bool
) -> None:
    """Draft the edition of BULLETIN, or of every bulletin."""
    with workspace.desk() as desk:
        if urgent:
            _compose_urgent(desk, bulletin, urgent, day, as_json)
            return
        bulletins = [desk.bulletin(bulletin)] if bulletin else desk.config.bulletins
        if waiting_items := jobs.status(desk).not_looked_at:
            explain(f"{many(waiting_items, 'item')} not looked at yet: `bulletin classify` suggests headings")
        for one in bulletins:
            try:
                edition = jobs.compose(desk, one, day)
            except ApprovedError as error:
                if bulletin:
                    raise
                explain(str(error))  # the others are drafted all the same
                continue
            if as_json:
                print_json(_edition_as_json(edition))
            else:
                _tell_edition(one, edition)


def _compose_urgent(desk: Desk, name: str | None, items: tuple[str, ...], day: date | None, as_json: bool) -> None:
    if not name:
        raise click.UsageError("name the bulletin whose readers cannot wait for it")
    bulletin = desk.bulletin(name)
    edition = compose_urgent(desk, bulletin, items, jobs.people.AT_TERMINAL, day)
    if as_json:
        print_json(_edition_as_json(edition))
        return
    _tell_edition(bulletin, edition)
    say(f"  it is urgent, and goes as soon as somebody approves it: bulletin approve {edition.id} --by EMAIL")


def _edition_as_json(edition: Edition) -> dict[str, object]:
    sections = [
        {
            "topic": section.topic,
            "heading": section.heading,
            "items": [placed.item.id for placed in section.items],
            "held_over": [item.id for item in section.held_over],
        }
        for section in edition.sections
    ]
    return {
        "edition": edition.id,
        "bulletin": edition.bulletin,
        "number": edition.number,
        "date": edition.day,
        "since": edition.since,
        "urgent": edition.is_urgent,
        "items": edition.size,
        "sections": sections,
    }


def _tell_edition(bulletin: Bulletin, edition: Edition) -> None:
    held = sum(len(section.held_over) for section in edition.sections)
    filled = sum(bool(section.items) for section in edition.sections)
    printed = f"{many(edition.size, 'item')} under {many(filled, 'heading')}"
    say(f"{bulletin.title}, number {edition.number}: {printed}, {held} held over.")
    say(f"  to write it to output/: bulletin render {edition.id}")


@click.command()
@click.argument("edition", required=False)
@as_json
@click.pass_obj
def render(workspace: Workspace, edition: str | None, as_json: bool) -> None:
    """Write EDITION, or the latest of every bulletin, to output/ as html, text and a draft email."""
    with workspace.desk() as desk:
        for name in [edition] if edition else jobs.latest_editions(desk):
            written = jobs.render(desk, name)
            if as_json:
                print_json({"edition": name, "emails": [_email_as_json(one) for one in written]})
            else:
                for one in written:
                    say(f"{one.email.list}: {one.files[0]} ({one.bytes:,} bytes), with .txt and .eml beside it")
            _explain_findings(name, jobs.judge_written(desk, name, written))


def _explain_findings(edition: str, verdicts: Sequence[jobs.Verdict]) -> None:
    """Say on stderr how many findings a draft has, and where they can be read."""
    errors, warnings = (sum(getattr(one, kind) for one in verdicts) for kind in ("errors", "warnings"))
    if errors or warnings:
        found = f"{many(errors, 'error')} and {many(warnings, 'warning')} in {many(len(verdicts), 'email')}"
        explain(f"{edition}: the linter found {found}: `bulletin lint {edition}` tells them")


def _email_as_json(written: jobs.Written) -> dict[str, object]:
    html, text, eml = written.files
    return {
        "list": written.email.list,
        "subject": written.email.subject,
        "html": html,
        "text": text,
        "eml": eml,
        "bytes": written.bytes,
    }


@click.command()
@click.argument("edition")
@as_json
@click.pass_obj
def withdraw(workspace: Workspace, edition: str, as_json: bool) -> None:
    """Take the draft EDITION back: its items may be printed again, its number is free."""
    with workspace.desk() as desk:
        jobs.withdraw(desk, edition)
    if as_json:
        print_json({"withdrawn": edition})
    else:
        say(f"{edition} is withdrawn; its items may be printed again. What was rendered of it stays in output/.")


COMMANDS = (fetch, classify, decide, compose, render, withdraw)
