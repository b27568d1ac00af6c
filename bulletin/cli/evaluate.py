"""`bulletin evaluate`: how good the suggestions are, on labelled files or on this workspace's own decisions."""

from pathlib import Path

import click

from bulletin import jobs
from bulletin.cli import judged, own
from bulletin.cli.output import as_json, explain, print_json, say, waiting
from bulletin.cli.workspace import Workspace

_path = click.Path(path_type=Path)


@click.command()
@click.argument("files", metavar="[TRAIN... TEST]", nargs=-1, type=_path)
@click.option("--pool", metavar="FILE", type=_path, help="Texts without labels, to learn the language from.")
@click.option("--shots", metavar="K", type=click.IntRange(1, 10_000), help="Learn from K examples a label only.")
@click.option(
    "--seeds",
    metavar="N",
    type=click.IntRange(1, 1000),
    help=f"With --shots: draw N times; {jobs.SEEDS} if left out.",
)
@click.option("--report", "to", metavar="FILE.html", type=_path, help="Write a page with pictures.")
@as_json
@click.pass_obj
def evaluate(
    workspace: Workspace,
    files: tuple[Path, ...],
    pool: Path | None,
    shots: int | None,
    seeds: int | None,
    to: Path | None,
    as_json: bool,
) -> None:
    """Judge the classifier: learn from TRAIN files and ask about TEST, all JSON lines.

    Without files, judge it by what editors decided in this workspace.
    """
    if seeds and not shots:
        raise click.UsageError("--seeds says how often --shots are drawn: name --shots too")
    if len(files) == 1:
        raise click.UsageError("name at least two files: those to learn from, and last the one to be judged on")
    if not files:
        if pool or shots:
            raise click.UsageError(
                "--pool and --shots are for labelled files: name those to learn from, and the test"
            )
        _evaluate_own(workspace, to, as_json)
        return
    labelled = jobs.LabelledFiles(files[:-1], files[-1], pool, shots, seeds or jobs.SEEDS)
    with waiting("Learning, and judging what was learned", quiet=as_json):
        found = jobs.evaluate(labelled, to, explain)
    if as_json:
        print_json(judged.plain(found))
    else:
        judged.tell(found)
        _tell_report(to)


def _tell_report(to: Path | None) -> None:
    if to:
        say(f"The report is in {to}")


def _evaluate_own(workspace: Workspace, to: Path | None, as_json: bool) -> None:
    with workspace.desk() as desk, waiting("Going through what was decided", quiet=as_json):
        found = jobs.evaluate_own(desk, to)
    if to:
        jobs.write_own(found, own.in_words(found), to)
    if as_json:
        print_json(own.plain(found))
    else:
        own.tell(found)
        _tell_report(to)


COMMANDS = (evaluate,)
