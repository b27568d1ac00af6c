"""The workspace: `init` makes a new one, `check` says what is wrong in its files."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import click

from bulletin import config, jobs
from bulletin.cli.output import as_json, print_json, say
from bulletin.model import Config
from bulletin.timing import in_words


@dataclass(frozen=True)
class Workspace:
    """The folder that was named with -C, and the environment."""

    folder: Path
    environ: Mapping[str, str]

    def config(self) -> Config:
        """What its files say; raises ConfigError with every mistake at once."""
        return config.load(self.folder, self.environ)

    @contextmanager
    def desk(self) -> Iterator[jobs.Desk]:
        """The desk of this workspace."""
        with jobs.open_desk(self.config()) as desk:
            yield desk


@click.command()
@click.argument("folder", metavar="[DIR]", required=False, type=click.Path(path_type=Path))
@as_json
@click.pass_obj
def init(workspace: Workspace, folder: Path | None, as_json: bool) -> None:
    """Make a new workspace with starter feeds, topics, bulletins and templates."""
    place = workspace.folder / folder if folder else workspace.folder
    written = config.init(place)
    if as_json:
        print_json({"folder": place, "files": written})
        return
    here = f"-C {place} " if place != Path() else ""
    say(f"A new newsroom is ready in {place.resolve()}: {len(written)} files, all yours to edit.")
    say("  bulletins.yaml   your library, your bulletins and who gets them: begin with the first lines")
    say("  feeds.yaml       what is read")
    say("  topics/          what belongs under each heading")
    say(f"Then: bulletin {here}check, and bulletin {here}fetch classify compose render")


@click.command()
@as_json
@click.pass_obj
def check(workspace: Workspace, as_json: bool) -> None:
    """Say what is wrong in the files, with file and line; if nothing is, when bulletins come out."""
    found = workspace.config()
    counts = {"feeds": len(found.feeds), "topics": len(found.topics), "bulletins": len(found.bulletins)}
    schedules = {one.id: in_words(one.schedule) for one in found.bulletins}
    if as_json:
        print_json(counts | {"schedules": schedules})
        return
    say(f"All is well: {counts['feeds']} feeds, {counts['topics']} topics, {counts['bulletins']} bulletins.")
    for name, words in schedules.items():
        say(f"{name}: drafted {words}")


COMMANDS = (init, check)
