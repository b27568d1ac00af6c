"""The command `bulletin`: one word for each job; the only place that builds a desk for a person at a terminal.

Exit codes: 0 done, 1 the work failed, 2 what was typed or written in a file is wrong.
"""

import io
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

import click

from bulletin import __version__
from bulletin.cli import (
    approve,
    backup,
    blocks,
    bounces,
    deliver,
    demo,
    doctor,
    editors,
    evaluate,
    export,
    feeds,
    forget,
    items,
    links,
    lint,
    look,
    outbox,
    path,
    report,
    run,
    serve,
    subscribers,
    why,
    worker,
    workspace,
)
from bulletin.cli.output import explain
from bulletin.errors import BulletinError

# These may be named in one go: `bulletin fetch classify compose render`.
STEPS = ("fetch", "enrich", "classify", "compose", "render")


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option("-C", "folder", metavar="DIR", type=click.Path(path_type=Path), default=Path(), help="The workspace.")
@click.version_option(__version__, prog_name="bulletin")
@click.pass_context
def cli(context: click.Context, folder: Path) -> None:
    """From feeds to the inbox, with an editor in between.

    A first bulletin in a new folder: bulletin init, then bulletin fetch classify compose render.
    """
    context.obj = workspace.Workspace(folder, os.environ)


for command in (
    *workspace.COMMANDS,
    *path.COMMANDS,
    *approve.COMMANDS,
    *blocks.COMMANDS,
    *bounces.COMMANDS,
    *deliver.COMMANDS,
    *doctor.COMMANDS,
    *outbox.COMMANDS,
    *lint.COMMANDS,
    *links.COMMANDS,
    *items.COMMANDS,
    *feeds.COMMANDS,
    *look.COMMANDS,
    *evaluate.COMMANDS,
    *export.COMMANDS,
    *report.COMMANDS,
    *why.COMMANDS,
    *editors.COMMANDS,
    *subscribers.COMMANDS,
    *forget.COMMANDS,
    *backup.COMMANDS,
    *demo.COMMANDS,
    *serve.COMMANDS,
    *worker.COMMANDS,
    *run.COMMANDS,
):
    cli.add_command(command)


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run what was typed; every error of ours is one line on stderr, without a traceback."""
    typed = list(sys.argv[1:] if arguments is None else arguments)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # Windows would use its own code page, which has no β
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        for one in _one_by_one(typed):
            cli.main(one, prog_name="bulletin", standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.ctx.get_help())
    except _TOLD as error:
        words, exit_code = _in_words(error)
        explain(words)
        sys.exit(exit_code)
    sys.exit(0)


# What a person can do something about; everything else is a bug, and is heard.
_TOLD = (BulletinError, click.ClickException, click.Abort, KeyboardInterrupt, OSError)


def _in_words(error: BaseException) -> tuple[str, int]:
    """The line to print and the exit code."""
    match error:
        case BulletinError():
            return str(error), error.exit_code
        case click.ClickException():
            return f"{error.format_message()} (`bulletin --help` lists what there is)", error.exit_code
        case OSError():  # a file that nobody may read, a disk that is full
            return f"{error.filename or 'the disk'}: {error.strerror}", 1
        case _:
            return "stopped; what was done so far is kept, and the same command goes on from there", 1


def _one_by_one(typed: list[str]) -> list[list[str]]:
    """Split steps that were named in one go, each with its options, into one command line each.

    What stands before the first step is for all of them, and so is --json.
    """
    starts = [place for place, word in enumerate(typed) if word in STEPS]
    ends = [*starts[1:], len(typed)][: len(starts)]
    steps = [[word for word in typed[start:end] if word != "--json"] for start, end in zip(starts, ends, strict=True)]
    if len(steps) < 2 or any(not word.startswith("--") for step in steps for word in step[1:]):
        return [typed]
    json = ["--json"] * ("--json" in typed)
    return [[*typed[: starts[0]], *step, *json] for step in steps]
