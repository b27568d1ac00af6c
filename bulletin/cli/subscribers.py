"""Subscribers: the people who get bulletins, on their lists, in files, and forgotten when they ask for it."""

from pathlib import Path

import click

from bulletin.cli.output import as_json, many, print_json, printable, say
from bulletin.cli.subscribersfile import csv_, import_
from bulletin.cli.workspace import Workspace
from bulletin.errors import InputError
from bulletin.jobs import subscribers as jobs
from bulletin.jobs.people import AT_TERMINAL
from bulletin.model import Subscriber, Way, Why
from bulletin.render.words import day

_consent = click.option("--consent", required=True, metavar="WORDS", help="How they agreed to get it.")
_list = click.option("--list", "list_", metavar="BULLETIN/LIST", required=True, help="The list.")
_yes = click.option("--yes", is_flag=True, help="Do not ask.")


@click.group(invoke_without_command=True)
@as_json
@click.pass_context
def subscribers(context: click.Context, as_json: bool) -> None:
    """Say how many people are on each list, or look after them."""
    if not context.invoked_subcommand:
        _tell_lists(context.obj, as_json)


def _tell_lists(workspace: Workspace, as_json: bool) -> None:
    with workspace.desk() as desk:
        lists, total = jobs.all_lists(desk), desk.store.subscribers.total()
        stopped = desk.store.suppressions.counts()
    for one in lists:
        name = "/".join(one.place)
        if as_json:
            told = {"list": name, "name": one.name, "delivery": one.delivery or None}
            print_json(told | {"people": one.people, "left": one.left, "hint": one.hint or None})
        else:
            hint = f"\n    -> {one.hint}" if one.hint else ""
            say(printable(f"{name}: {many(one.people, 'reader')}, {one.left} left") + hint)
    if not as_json:
        say(f"{many(total, 'reader')} in all.")
        if stopped:
            why = ", ".join(f"{reason} {count}" for reason, count in sorted(stopped.items()))
            say(f"Addresses that get nothing: {stopped.total()} ({why}).")


@subscribers.command("show")
@click.argument("person")
@as_json
@click.pass_obj
def show(workspace: Workspace, person: str, as_json: bool) -> None:
    """Show PERSON (an address or an id): their lists, what these rest on, what was sent and what came back."""
    with workspace.desk() as desk:
        found = jobs.story(desk, jobs.find(desk, person))
    if as_json:
        print_json(found)
        return
    one = found.person
    say(printable(f"{one.email}  {one.name}"))
    say(printable("; ".join(filter(None, (one.role, one.organisation, f"id {one.id}")))))
    for place in one.subscriptions:
        ended = f", left {day(place.left_at)}" if place.left_at else ""
        say(f"  {place.bulletin}/{place.list}: since {day(place.since)}{ended}")
    if found.stopped:
        say(f"  gets nothing since {day(found.stopped.at)}: {found.stopped.why}")
    for line in found.consents:
        say(
            printable(
                f"  {day(line.at)} {line.did} {line.bulletin}/{line.list} ({line.way}, {line.by}): {line.words}"
            )
        )
    for sent in found.brought:
        say(printable(f"  {day(sent.at)} {sent.edition}: {sent.state} {sent.words}"))
    for back in found.came_back:
        say(printable(f"  {day(back.bounce.at)} came back: {back.bounce.kind} {back.bounce.words}"))


@subscribers.command("add")
@click.argument("email")
@_list
@_consent
@click.option("--name", default="", help="Their name.")
@click.option("--role", default="", help="What they are.")
@click.option("--organisation", default="", help="Where they work.")
@click.option("--again", is_flag=True, help="They left it, and have asked to be put back.")
@as_json
@click.pass_obj
def add(
    workspace: Workspace,
    email: str,
    list_: str,
    consent: str,
    name: str,
    role: str,
    organisation: str,
    again: bool,
    as_json: bool,
) -> None:
    """Put EMAIL on a list."""
    with workspace.desk() as desk:
        about = {"name": name, "role": role, "organisation": organisation}
        joined = jobs.add(desk, email, jobs.place_of(desk, list_), consent, AT_TERMINAL, again=again, **about)
    _tell(joined.subscriber, as_json, "is on it now" if joined.joined else "was on it already")


@subscribers.command("leave")
@click.argument("person")
@click.option("--list", "list_", metavar="BULLETIN/LIST", help="The list; without one, everything.")
@click.option("--why", "words", default="", help="What they said.")
@as_json
@click.pass_obj
def leave(workspace: Workspace, person: str, list_: str | None, words: str, as_json: bool) -> None:
    """Take PERSON off a list, or off everything, at their wish."""
    with workspace.desk() as desk:
        one = jobs.find(desk, person)
        named = jobs.place_named(list_ or "")
        lists = None if not list_ else [named if one.place(*named) else jobs.place_of(desk, list_)]
        left = jobs.leave(desk, one.id, lists, Way.DESK, words, AT_TERMINAL)
    done = ", ".join(f"{one.bulletin}/{one.list}" for one in left.ended)
    earlier = "".join(f"; {one.list} was left on {day(one.left_at)}" for one in left.earlier if one.left_at)
    told = f"left {done}" if done else "now gets nothing" if left.is_stopped else f"was not on it{earlier}"
    _tell(left.subscriber, as_json, told)


@subscribers.command("stop")
@click.argument("email")
@click.option("--why", "words", default="", help="The reason, for the record.")
@as_json
@click.pass_obj
def stop(workspace: Workspace, email: str, words: str, as_json: bool) -> None:
    """Let nothing go to EMAIL any more, whoever puts it on a list; also an address that nobody has yet."""
    with workspace.desk() as desk:
        is_new = jobs.suppress(desk, email, Why.DESK, AT_TERMINAL, words)
    _answer(as_json, {"stopped": is_new}, "No email goes there any more." if is_new else "That was so already.")


@subscribers.command("release")
@click.argument("email")
@click.option("--why", "words", required=True, help="Why it may be written to again, for the record.")
@as_json
@click.pass_obj
def release(workspace: Workspace, email: str, words: str, as_json: bool) -> None:
    """Let EMAIL be written to again; the lists that they left stay left."""
    with workspace.desk() as desk:
        stood = jobs.release(desk, email, AT_TERMINAL, words)
    told = f"It may be written to again (it was stopped: {stood.why})." if stood else "Nothing stood against it."
    _answer(as_json, {"released": stood is not None, "why": stood.why if stood else None}, told)


@subscribers.command("export")
@click.argument("person")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="The file; without one, stdout."
)
@click.pass_obj
def export(workspace: Workspace, person: str, output: Path | None) -> None:
    """Give all that is kept of PERSON, as JSON: what they may ask for (UK GDPR, articles 15 and 20)."""
    with workspace.desk() as desk:
        told = jobs.in_json(jobs.export(desk, jobs.find(desk, person), AT_TERMINAL))
    if output:
        output.write_text(told, encoding="utf-8")
    else:
        click.echo(told)


@subscribers.command("erase")
@click.argument("person")
@_yes
@as_json
@click.pass_obj
def erase(workspace: Workspace, person: str, yes: bool, as_json: bool) -> None:
    """Forget PERSON for good; a keyed hash of the address stays, so that no file puts them back."""
    with workspace.desk() as desk:
        one = jobs.find(desk, person)
        if not yes:
            click.confirm(f"Forget {one.email} for good?", abort=True, err=True)
        is_wiped = jobs.erase(desk, one, Way.DESK, AT_TERMINAL)
    later = (
        "" if is_wiped else " Somebody is reading the database, so run `bulletin forget` later to wipe its log too."
    )
    _answer(as_json, {"id": one.id, "wiped": is_wiped}, f"Forgotten. Backups made before still hold them.{later}")


def _tell(one: Subscriber | None, as_json: bool, told: str) -> None:
    if one is None:
        raise InputError("there is no such reader")
    lists = [f"{place.bulletin}/{place.list}" for place in one.places]
    now = f"Now on: {', '.join(lists)}." if lists else "Now on no list."
    _answer(as_json, {"id": one.id, "email": one.email, "lists": lists, "done": told}, f"{one.email} {told}. {now}")


def _answer(as_json: bool, told: dict[str, object], words: str) -> None:
    if as_json:
        print_json(told)
    else:
        say(printable(words))


for command in (import_, csv_):
    subscribers.add_command(command)


COMMANDS = (subscribers,)
