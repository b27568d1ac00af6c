"""The command `bulletin`: one word for each job; the only place that builds a desk for a person at a terminal.

Exit codes: 0 done, 1 the work failed, 2 what was typed or written in a file is wrong.
"""

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

import click

from bulletin import __version__
from bulletin.cli import demo, look, path, workspace
from bulletin.cli.output import explain
from bulletin.errors import BulletinError

# These four may be named in one go: `bulletin fetch classify compose render`.
STEPS = ("fetch", "classify", "compose", "render")


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option("-C", "folder", metavar="DIR", type=click.Path(path_type=Path), default=Path(), help="The workspace.")
@click.version_option(__version__, prog_name="bulletin")
@click.pass_context
def cli(context: click.Context, folder: Path) -> None:
    """From feeds to the inbox, with an editor in between.

    A first bulletin in a new folder: bulletin init, then bulletin fetch classify compose render.
    """
    context.obj = workspace.Workspace(folder, os.environ)


for command in (*workspace.COMMANDS, *path.COMMANDS, *look.COMMANDS, *demo.COMMANDS):
    cli.add_command(command)


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run what was typed; every error of ours is one line on stderr, without a traceback."""
    typed = list(sys.argv[1:] if arguments is None else arguments)
    try:
        for one in _one_by_one(typed):
            cli.main(one, prog_name="bulletin", standalone_mode=False)
    except BulletinError as error:
        explain(str(error))
        sys.exit(error.exit_code)
    except click.ClickException as error:
        explain(f"{error.format_message()} (`bulletin --help` lists what there is)")
        sys.exit(error.exit_code)
    except (KeyboardInterrupt, click.Abort):
        explain("stopped; what was done so far is kept, and the same command goes on from there")
        sys.exit(1)
    except BrokenPipeError:  # the reader of our output, `head` say, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    sys.exit(0)


def _one_by_one(typed: list[str]) -> list[list[str]]:
    """Split steps that were named in one go into one command line each, with the options before them kept."""
    first = next((place for place, word in enumerate(typed) if word in STEPS), len(typed))
    before, words = typed[:first], typed[first:]
    json = [word for word in words if word == "--json"]
    steps = [word for word in words if word != "--json"]
    if len(steps) > 1 and all(word in STEPS for word in steps):
        return [[*before, step, *json] for step in steps]
    return [typed]
