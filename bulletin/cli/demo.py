"""`bulletin demo`: the whole path on the sample newsroom, offline, and what came of it."""

import shutil
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

import click

from bulletin import demo
from bulletin.cli.lint import counted
from bulletin.cli.look import in_words_of
from bulletin.cli.output import as_json, many, print_json, print_table, say, spinner
from bulletin.cli.workspace import Workspace
from bulletin.demo.sending import Sent
from bulletin.model import Outcome


@click.command("demo")
@as_json
@click.pass_obj
def demo_command(workspace: Workspace, as_json: bool) -> None:
    """Lead the sample newsroom's feeds down the whole path; needs no network and no workspace."""
    began = time.monotonic()
    with spinner(quiet=as_json) as tell:
        story = demo.run(workspace.folder, tell)
    figures = _figures(story) | {"seconds": round(time.monotonic() - began, 1)}
    if as_json:
        print_json(figures)
        return
    print_table("The sample newsroom", _rows(figures))
    for written, verdict in zip(story.written, story.verdicts, strict=True):
        say(f"  {_near(written.files[0])}")
        say(f"    linted: {counted(verdict.findings)}")
    for place in story.exported:
        say(f"  {_near(place)}")
    say("The last was sent to five sample readers, of whom one had left, and sent once more, which changed nothing:")
    say(f"  {_near(story.sent.folder)}: {_in_words(story.sent)}")
    say("Open one in a browser, its bulletin.eml in a mail program, or the others in Word and EndNote.")
    say("From here on it runs by itself (bulletin run): feeds are visited, and drafts are made and told of.")
    for edition in story.coming:
        say(f"  next: {in_words_of(edition)}")
    say("Review and approve them at the desk:")
    say(f"  {_command()} -C {_near(story.newsroom)} serve")
    say(f"and begin your own: {_command()} init my-newsroom")


def _figures(story: demo.Story) -> dict[str, Any]:
    outcomes = Counter(visit.outcome for visit in story.visits)
    seen, new = sum(visit.seen for visit in story.visits), sum(visit.new for visit in story.visits)
    return {
        "feeds": len(story.visits),
        "ok": outcomes[Outcome.OK],
        "failed": outcomes[Outcome.FAILED],
        "seen": seen,
        "items": new,
        "duplicates": seen - new,
        "second_visit_new": sum(visit.new for visit in story.again),
        "suggested": story.tally.suggested,
        "needs_heading": story.tally.needs_heading,
        "editions": [{"edition": one.id, "items": one.size, "headings": len(one.sections)} for one in story.editions],
        "errors": sum(one.errors for one in story.verdicts),
        "warnings": sum(one.warnings for one in story.verdicts),
        "output": [written.files[0] for written in story.written],
        "exported": story.exported,
        "sent": {state.value: count for state, count in story.sent.states.items()},
        "refused_readers": story.sent.refused,
        "coming": [{"bulletin": one.bulletin, "due": one.due} for one in story.coming],
    }


def _rows(figures: dict[str, Any]) -> dict[str, object]:
    return {
        "Feeds": "{feeds} visited: {ok} read, {failed} sick on purpose".format(**figures),
        "Items": "{items}, from {seen} sightings: {duplicates} duplicates merged".format(**figures),
        "Second visit": "{second_visit_new} new".format(**figures),
        "Headings": "{suggested} items have one, {needs_heading} need one".format(**figures),
        "Bulletins": f"{len(figures['editions'])} editions for {len(figures['output'])} lists",
        "Time": "{seconds} s".format(**figures),
    }


def _in_words(sent: Sent) -> str:
    """In which state everybody ended, and what the file of readers could not give."""
    states = ", ".join(f"{count} {state}" for state, count in sent.states.items())
    return f"{states}; {many(sent.refused, 'row')} of their file refused, each with its reason"


def _command() -> str:
    """The command as it can be typed here: `make demo` puts it into .venv, which is on nobody's path."""
    return "bulletin" if shutil.which("bulletin") else _near(Path(sys.argv[0]))


def _near(path: Path) -> str:
    """The path as one would type it from here."""
    here = Path.cwd()
    return str(path.resolve().relative_to(here)) if path.resolve().is_relative_to(here) else str(path)


COMMANDS = (demo_command,)
