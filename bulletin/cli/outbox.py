"""`bulletin outbox`: how far the emails of editions are, and what a person does about it."""

import click

from bulletin import jobs
from bulletin.cli.blocks import by
from bulletin.cli.output import as_json, many, print_json, print_table, printable, say
from bulletin.cli.workspace import Workspace
from bulletin.errors import InputError
from bulletin.jobs import Desk, restored, sending
from bulletin.model import Delivery, Editor, Right, State

_all = click.option("--all", "is_all", is_flag=True, help="All editions.")
_edition = click.argument("edition", required=False, default="")


class _Outbox(click.Group):
    """The name of an edition stands where a command would: that shows it."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put `show` before whatever is no command and asks for no help."""
        if not args or (args[0] not in self.commands and args[0] not in ctx.help_option_names):
            args = ["show", *args]
        return super().parse_args(ctx, args)


@click.group(cls=_Outbox)
def outbox() -> None:
    """Show how far the emails of an EDITION, or of all that are on their way, are; hold them, and settle doubts."""


@outbox.command()
@_edition
@as_json
@click.pass_obj
def show(workspace: Workspace, edition: str, as_json: bool) -> None:
    """Show states, and what holds the sending: of EDITION, or of all that are on their way."""
    with workspace.desk() as desk:
        found = [sending.sending(desk, name) for name in ([edition] if edition else _open(desk))]
        held = jobs.deliver.halts(desk)
    if as_json:
        print_json({"editions": [_told(one) for one in found], "halts": [_halt(one) for one in held]})
        return
    for one in found:
        _say(one)
    if not found:
        say("Nothing is on its way.")
    for halt in held:
        who = f" by {halt.by}" if halt.by else ""
        say(printable(f"{halt.edition or 'Everything'} is held{who} since {halt.at:%d %B, %H:%M} UTC: {halt.why}"))


@outbox.command()
@_edition
@_all
@by
@click.pass_obj
def pause(workspace: Workspace, edition: str, is_all: bool, email: str) -> None:
    """Hold EDITION, or everything, after the email that each sender has in hand."""
    with workspace.desk() as desk:
        editor = _editor(desk, _named(edition, is_all), email)
        jobs.deliver.pause(desk, edition, editor.email)
    say(printable(f"{edition or 'Everything'} is held; bulletin outbox resume lets it go on."))


@outbox.command()
@_edition
@_all
@by
@click.pass_obj
def resume(workspace: Workspace, edition: str, is_all: bool, email: str) -> None:
    """Let EDITION, or everything, go on."""
    with workspace.desk() as desk:
        editor = _editor(desk, _named(edition, is_all), email)
        if not jobs.deliver.resume(desk, edition, editor.email):
            raise InputError(f"{edition or 'everything'}: nothing holds it that this lets go: see bulletin outbox")
        others = [one for one in jobs.deliver.halts(desk, edition) if one.edition != edition]
    say(printable(f"{edition or 'Everything'} may go on{': but everything is held too' if others else ''}."))


@outbox.command()
@_edition
@_all
@by
@click.option("--yes", is_flag=True, help="Do not ask once more.")
@click.pass_obj
def cancel(workspace: Workspace, edition: str, is_all: bool, email: str, yes: bool) -> None:
    """End for good what waits of EDITION, or of all: those people get nothing."""
    with workspace.desk() as desk:
        editor = _editor(desk, _named(edition, is_all), email)
        waiting = sum(sending.sending(desk, name).waiting for name in ([edition] if edition else _open(desk)))
        if not yes:
            click.confirm(f"{many(waiting, 'email')} will never be sent. Cancel?", abort=True, err=True)
        ended = jobs.deliver.cancel(desk, edition, editor.email)
    say(f"{many(ended, 'email')} cancelled.")


@outbox.command()
@click.argument("edition")
@by
@click.pass_obj
def now(workspace: Workspace, edition: str, email: str) -> None:
    """Send EDITION before its hour; readers who want several editions in one email get it with those."""
    with workspace.desk() as desk:
        released = jobs.deliver.at_once(desk, edition, _editor(desk, edition, email).email)
    if not released:
        raise InputError(f"{edition}: no email waits for its hour: see bulletin outbox {edition}")
    say(f"{many(released, 'email')} may go now: where nothing runs by itself, bulletin deliver sends them.")


@outbox.command()
@_edition
@as_json
@click.pass_obj
def doubts(workspace: Workspace, edition: str, as_json: bool) -> None:
    """List the emails of which nobody knows whether the mail server took them."""
    with workspace.desk() as desk:
        _list(jobs.deliver.doubts(desk, edition), "Nothing is in doubt.", as_json)


@outbox.command()
@_edition
@as_json
@click.pass_obj
def failures(workspace: Workspace, edition: str, as_json: bool) -> None:
    """List the emails that could not be brought, with the mail server's words."""
    with workspace.desk() as desk:
        _list(jobs.deliver.failures(desk, edition), "Nothing has failed.", as_json)


@outbox.command()
@click.argument("delivery", type=int)
@click.argument("how", type=click.Choice(["sent", "again"]))
@by
@click.pass_obj
def settle(workspace: Workspace, delivery: int, how: str, email: str) -> None:
    """End the doubt of a DELIVERY: it counts as sent, or goes again, at the risk that somebody gets it twice."""
    with workspace.desk() as desk:
        editor = _editor(desk, _of(desk, delivery), email)
        jobs.deliver.settle(desk, delivery, is_sent=how == "sent", editor=editor.email)
    say("It counts as sent." if how == "sent" else "It goes again with the next run of bulletin deliver.")


@outbox.command()
@click.argument("delivery", type=int)
@by
@click.pass_obj
def again(workspace: Workspace, delivery: int, email: str) -> None:
    """Try a DELIVERY that failed once more."""
    with workspace.desk() as desk:
        jobs.deliver.again(desk, delivery, editor=_editor(desk, _of(desk, delivery), email).email)
    say("It goes again with the next run of bulletin deliver.")


@outbox.command("restored")
@by
@click.pass_obj
def restored_command(workspace: Workspace, email: str) -> None:
    """Say yes after a backup was restored: what went out since counts as sent, the rest goes on."""
    with workspace.desk() as desk:
        done = restored.accept(desk, _editor(desk, "", email).email)
    say(f"{many(done, 'email')} that went out before the backup was restored: sent, not to be sent again.")
    say("Nothing else is held by this: bulletin deliver sends the rest.")


def _open(desk: Desk) -> list[str]:
    tallies = desk.store.outbox.tallies()
    waits = (State.IN_DOUBT, *(state for state in State if not state.is_over))
    return [name for name, counts in tallies.items() if any(counts[state] for state in waits)]


def _named(edition: str, is_all: bool) -> str:
    """The edition, or an empty name for all of them; UsageError when both are named, or none."""
    if bool(edition) == is_all:
        raise click.UsageError("name an edition, or --all")
    return edition


def _of(desk: Desk, delivery: int) -> str:
    found = desk.store.outbox.get(delivery)
    if found is None:
        raise InputError(f"there is no delivery {delivery}: bulletin outbox doubts lists their numbers")
    return found.edition


def _editor(desk: Desk, edition: str, email: str) -> Editor:
    """Who has this address and may approve an edition, or every one when none is named; raises InputError."""
    found = jobs.people.find_editor(desk, email)
    bulletin = jobs.outline_of(desk, edition).bulletin if edition else ""
    may = found.may(Right.APPROVE, bulletin) if edition else found.may_everywhere(Right.APPROVE)
    if not (found.active and may):
        raise InputError(f"{found.email} does not approve {bulletin or 'every bulletin'}, so may not do that")
    return found


def _list(found: list[Delivery], none: str, as_json: bool) -> None:
    if as_json:
        for one in found:
            print_json(one)
        return
    for one in found:
        name = f"{one.name} " if one.name else ""
        who = f"{name}<{one.address}>" if one.address else "somebody who was forgotten"
        say(printable(f"{one.id}  {one.edition}  {who}  {one.at:%d %B, %H:%M} UTC: {one.words or 'no words'}"))
    if not found:
        say(none)


def _told(one: sending.Sending) -> dict[str, object]:
    counts = {state.value: one.counts[state] for state in State}
    return {"edition": one.edition.id, "people": one.total, "states": counts, "lasts": one.lasts}


def _halt(one: object) -> dict[str, object]:
    return {name: getattr(one, name) for name in ("edition", "at", "by", "why", "is_final")}


def _say(one: sending.Sending) -> None:
    rows = {state.value: one.counts[state] for state in State if one.counts[state]}
    print_table(f"{one.edition.id}: {many(one.total, 'email')}", rows)
    if one.lasts:
        say(f"  What waits takes {one.lasts} at the pace that is set.")


COMMANDS = (outbox,)
