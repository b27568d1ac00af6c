"""Feeds: how each source does, and new ones for people who do not know YAML."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import click

from bulletin import jobs
from bulletin.cli.output import as_json, explain, many, print_json, printable, say, waiting
from bulletin.cli.workspace import Workspace
from bulletin.config.feedsfile import NewFeed
from bulletin.jobs import Health, State, Trial
from bulletin.model import FeedKind, Item, Selectors

_SHOWN = 5  # items of a trial


@click.group(invoke_without_command=True)
@as_json
@click.pass_context
def feeds(context: click.Context, as_json: bool) -> None:
    """Say how each source does: gone, failing, moved and silent ones first."""
    if context.invoked_subcommand:
        return
    workspace: Workspace = context.obj
    with workspace.desk() as desk:
        found = jobs.health(desk)
    for one in found:
        if as_json:
            print_json(_as_json(one))
        else:
            _tell(one)
    if not as_json:
        counts = Counter(one.state for one in found)
        told = ", ".join(f"{counts[state]} {state}" for state in State if counts[state])
        say(f"{many(len(found), 'source')}: {told}.")


def _as_json(one: Health) -> dict[str, object]:
    return {
        "id": one.feed.id,
        "name": one.feed.name,
        "kind": one.feed.kind,
        "url": one.feed.url,
        "search": one.feed.search,
        "state": one.state,
        "alarm": one.alarming,
        "last_success": one.good,
        "last_error": one.error,
        "warning": one.warning,
        "advice": one.advice,
        "failures": one.failures,
        "failing_since": one.failing_since,
        "last_new": one.last_new,
        "silent_since": one.last_new if one.state is State.SILENT else None,
        "moved_to": one.moved_to,
        "next_visit": one.next_visit,
        "items": one.items,
        "items_a_month": round(one.a_month, 1),
        "printed": one.printed,
        "share_printed": round(one.share, 3),
    }


def _tell(one: Health) -> None:
    read = f"read {one.good:%d %b %Y}" if one.good else "never read"
    brings = f"{one.a_month:.0f} a month, {one.share:.0%} printed" if one.items else "no items in the last year"
    how = [one.state] if one.state is State.WAITING else [one.state, read, brings]
    say(f"{printable(one.feed.name)}: {'; '.join(how)}")
    if one.state is State.SILENT and one.last_new:
        say(f"    nothing new since {one.last_new:%d %b %Y}")
    if told := one.error or one.warning:
        say(f"    {printable(told)}")
    if one.advice:
        say(f"    -> {printable(one.advice)}")


def _selectors(command: click.decorators.FC) -> click.decorators.FC:
    """The options that say where things stand on a web page."""
    for name, words in reversed(
        {
            "items": "CSS selector of one item on a web page.",
            "title": "Inside it: its title.",
            "link": "Inside it: its link.",
            "date": "Inside it: its date.",
            "summary": "Inside it: its summary.",
        }.items()
    ):
        command = click.option(f"--{name}", metavar="CSS", default="", help=words)(command)
    return command


@feeds.command("try")
@click.argument("url")
@_selectors
@as_json
@click.pass_obj
def try_(workspace: Workspace, /, url: str, as_json: bool, **where: str) -> None:
    """Show what URL would bring: a feed, the feeds that a site has, or a web page without one. Nothing is stored."""
    with workspace.desk() as desk, waiting(f"Looking at {url}", quiet=as_json):
        trials = jobs.try_address(desk, _web(url), _chosen(**where))
    for trial in trials:
        if as_json:
            print_json(_trial_as_json(trial))
        else:
            _tell_trial(trial)


def _chosen(items: str, **inside: str) -> Selectors | None:
    if not items and any(inside.values()):
        raise click.UsageError("--title, --link, --date and --summary stand inside an item: name that with --items")
    return Selectors(items, **inside) if items else None


def _web(address: str) -> str:
    return address if "://" in address else f"https://{address}"


def _trial_as_json(trial: Trial) -> dict[str, object]:
    return {
        "kind": trial.feed.kind,
        "url": trial.feed.asked,
        "name": trial.feed.name,
        "selectors": vars(trial.feed.selectors) if trial.feed.selectors else None,
        "trouble": trial.trouble,
        "items": [{"title": item.title, "url": item.url, "published": item.published} for item in trial.items],
        "feeds_yaml": trial.feed.lines(),
    }


def _tell_trial(trial: Trial) -> None:
    kind = "a web page, read by its selectors" if trial.feed.kind is FeedKind.PAGE else "a feed"
    say(f"{printable(trial.feed.asked)}: {kind}, {many(len(trial.items), 'item')}")
    if trial.trouble:
        say(f"    {printable(trial.trouble)}")
        return
    for item in trial.items[:_SHOWN]:
        say(f"    {_dated(item)}  {printable(item.title)}")
    if len(trial.items) > _SHOWN:
        say(f"    and {len(trial.items) - _SHOWN} more")
    say("  To read it from now on, `bulletin feeds add` with this address, or in feeds.yaml:")
    say("\n".join(("  - " if number == 0 else "    ") + line for number, line in enumerate(trial.feed.lines())))


def _dated(item: Item) -> str:
    return f"{item.published:%d %b %Y}" if item.published else "no date    "


@feeds.command("add")
@click.argument("url")
@click.option("--name", default="", help="What readers know it by; default: what it calls itself.")
@_selectors
@as_json
@click.pass_obj
def add(workspace: Workspace, /, url: str, name: str, as_json: bool, **where: str) -> None:
    """Write URL into feeds.yaml, if it brings something: a feed, the one feed of a site, or a web page."""
    with workspace.desk() as desk, waiting(f"Looking at {url}", quiet=as_json):
        trials = jobs.try_address(desk, _web(url), _chosen(**where))
        feed = jobs.chosen(trials, name)
        added = jobs.add_sources(desk, [feed])
    _tell_added(added, [feed], as_json)


@feeds.command("search")
@click.argument("service", type=click.Choice([FeedKind.PUBMED, FeedKind.EUROPEPMC, FeedKind.CROSSREF]))
@click.argument("query")
@click.option("--name", required=True, help="What readers know it by.")
@as_json
@click.pass_obj
def search(workspace: Workspace, service: str, query: str, name: str, as_json: bool) -> None:
    """Write a search into feeds.yaml: QUERY as SERVICE takes it, or a journal's ISSN for crossref."""
    feed = NewFeed(name, query, FeedKind(service))
    with workspace.desk() as desk:
        added = jobs.add_sources(desk, [feed])
    _tell_added(added, [feed], as_json)


def _tell_added(added: Sequence[str], feeds: Sequence[NewFeed], as_json: bool) -> None:
    if as_json:
        print_json({"added": added})
    elif added:
        say(f"Added to feeds.yaml: {', '.join(added)}. `bulletin fetch` reads {'it' if len(added) == 1 else 'them'}.")
    else:
        say(f"{'It was' if len(feeds) == 1 else 'They were'} in feeds.yaml already.")


@feeds.command("move")
@click.argument("feed")
@as_json
@click.pass_obj
def move(workspace: Workspace, feed: str, as_json: bool) -> None:
    """Write the address that FEED has moved to into feeds.yaml; the old one stays in git and in the visits."""
    with workspace.desk() as desk:
        url, line = jobs.move(desk, feed)
    if as_json:
        print_json({"feed": feed, "url": url, "line": line})
    else:
        say(f"feeds.yaml:{line}: {feed} is read at {url} from now on.")


@feeds.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@as_json
@click.pass_obj
def import_(workspace: Workspace, file: Path, as_json: bool) -> None:
    """Write the feeds of an OPML file, another reader's export say, into feeds.yaml. Nothing is visited."""
    with workspace.desk() as desk:
        found, refused = jobs.listed(desk, file)
        added = jobs.add_sources(desk, found)
    known = len(found) - len(added)
    if as_json:
        print_json({"added": added, "known": known, "refused": refused})
        return
    for reason in refused:
        explain(f"refused: {reason}")
    say(f"{len(added)} added to feeds.yaml, {known} known already, {len(refused)} refused.")


@feeds.command("export")
@click.pass_obj
def export(workspace: Workspace) -> None:
    """Print the feeds as OPML, for another reader."""
    with workspace.desk() as desk:
        click.echo(jobs.opml(desk), nl=False)


COMMANDS = (feeds,)
