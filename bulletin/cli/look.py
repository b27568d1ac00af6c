"""Looking: `status` says what is wrong and what to do, what waits for whom, and what comes next."""

from zoneinfo import ZoneInfo

import click

from bulletin import jobs
from bulletin.cli.output import as_json, many, print_json, print_table, printable, say
from bulletin.cli.why import in_words
from bulletin.cli.workspace import Workspace

_MOST_COMING = 5


@click.command()
@as_json
@click.pass_obj
def status(workspace: Workspace, as_json: bool) -> None:
    """Say what is wrong and what to do about it, then what waits, and what comes next."""
    with workspace.desk() as desk:
        now = jobs.status(desk)
    if as_json:
        sick = [
            {"feed": one.feed.name, "state": one.state, "message": one.error, "advice": one.advice}
            for one in now.sick
        ]
        print_json(vars(now) | {"sick": sick})
        return
    tell_concerns(now)
    bare = jobs.counted_to(now.needs_heading)
    print_table(
        "",
        {
            "To review": ", ".join(now.drafts) or "no draft",
            "To send": many(now.emails, "email"),
            "Feeds": f"{now.feeds}, {now.due} due, {len(now.sick)} sick",
            "Items": f"{now.items}, {now.not_looked_at} to classify, {bare} need a heading",
            "Decisions": now.decisions,
            "Latest editions": ", ".join(now.editions[:3]) or "none yet",
        },
    )
    if now.missed:
        say(in_words(now.missed))
    for one in now.sick:
        say(f"  sick: {printable(one.feed.name)}: {printable(one.error or one.advice)}")
    for edition in now.coming[:_MOST_COMING]:
        say(f"  next: {in_words_of(edition)}")


def tell_concerns(now: jobs.Status) -> None:
    """What is wrong and what to do; single feeds, of which there may be many, have lines of their own below."""
    feeds = [one for one in now.concerns if one.key.startswith("feed:")]
    for one in now.concerns:
        if one not in feeds:
            say(f"{'!' if one.is_grave else '-'} {printable(one.words)}")
            say(f"    {printable(one.advice)}")
    if feeds:
        say(f"- feeds that need somebody: {len(feeds)}")
        say("    `bulletin feeds` says which, and what to do about them")
    if not now.concerns:
        say("All is well.")


def in_words_of(edition: jobs.Coming) -> str:
    """Its title, when it is drafted and when it goes, by the clocks of its readers."""
    zone = ZoneInfo(edition.zone)
    due = edition.due.astimezone(zone)
    told = f"{printable(edition.title)}, drafted {due:%A} {due.day} {due:%B at %H:%M}"
    if edition.send is None:
        return told
    send = edition.send.astimezone(zone)
    return f"{told}, sent {send:%A} {send.day} {send:%B at %H:%M} once approved"


COMMANDS = (status,)
