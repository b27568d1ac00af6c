"""The sample newsroom: feeds written for this project, served on loopback and led down the real path.

Nothing in it is a short cut: the fetcher visits the feeds over HTTP, and store, classifier, composer and renderer are
those of every day. The newsroom is left in output/demo, a workspace like any other, to look around in.
"""

import csv
import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from bulletin import config, jobs
from bulletin.demo.blocks import write_blocks
from bulletin.demo.sending import Sent, by_person, send
from bulletin.demo.server import FEEDS, serve
from bulletin.errors import InputError, OutputError
from bulletin.model import Config, Edition, Visit

INDEX = FEEDS.with_suffix(".tsv")
_SHAPES = ("docx", "ris", "html")


@dataclass(frozen=True)
class Story:
    """What happened on the way from the feeds to the bulletins."""

    newsroom: Path
    visits: tuple[Visit, ...]
    again: tuple[Visit, ...]  # the same feeds, visited a second time
    tally: jobs.Tally
    editions: tuple[Edition, ...]
    written: tuple[jobs.Written, ...]
    verdicts: tuple[jobs.Verdict, ...]  # the linter's, of each of them
    exported: tuple[Path, ...]  # the first edition in other shapes
    sent: Sent  # the last edition, to sample readers
    coming: tuple[jobs.Coming, ...]  # the editions that would be drafted next, by themselves


def run(folder: Path, tell: Callable[[str], None]) -> Story:
    """Lead the sample newsroom's feeds down the whole path; bulletins land in `folder`/output.

    Topics, bulletins and templates are those of the workspace in `folder`, or the starter's where it is none; `tell`
    hears, in words, what is being done.
    """
    if (folder / "bulletin.db").exists():
        raise InputError(f"{folder} is a newsroom at work; run the demo elsewhere: bulletin -C some-folder demo")
    newsroom = _clear(folder / "output" / "demo")
    with serve() as address:
        _set_up(folder, newsroom, address)
        outgoing = newsroom / "outgoing"
        settings = _settings(newsroom, address, outgoing)
        with jobs.open_desk(replace(settings, output=folder / "output")) as desk:
            tell(f"Visiting {len(settings.feeds)} feeds on {address}")
            visits = jobs.fetch(desk, list(settings.feeds))
            tell("Visiting them a second time, to see that nothing comes twice")
            again = jobs.fetch(desk, list(settings.feeds))
            tell(f"Reading {len(settings.topics)} topics and suggesting headings")
            tally = jobs.classify(desk)
            tell("Composing the editions and rendering them for each list")
            editions = [jobs.compose(desk, bulletin) for bulletin in settings.bulletins]
            write_blocks(desk, editions[0])
            rendered = {edition.id: jobs.render(desk, edition.id) for edition in editions}
            exported = [jobs.write_export(jobs.export(desk, editions[0].id, shape)) for shape in _SHAPES]
            tell("Holding each email against the rules of the linter")
            verdicts = [one for name, written in rendered.items() for one in jobs.judge_written(desk, name, written)]
            tell("Sending the last one to sample readers, into a folder, twice")
            sent = send(desk, editions[-1], outgoing)
            coming = jobs.coming(desk)
    written = [one for written in rendered.values() for one in written]
    return Story(
        newsroom,
        tuple(visits),
        tuple(again),
        tally,
        tuple(editions),
        tuple(written),
        tuple(verdicts),
        tuple(exported),
        sent,
        tuple(coming),
    )


def _settings(newsroom: Path, address: str, outgoing: Path) -> Config:
    """What the sample newsroom's files say, once its last bulletin goes to each reader by themselves."""
    outgoing.mkdir()
    environment = {
        "BULLETIN_ALLOW_ADDRESSES": address,
        "BULLETIN_HOST_GAP": "0",
        "BULLETIN_SMTP_URL": outgoing.resolve().as_uri(),
        "BULLETIN_MAIL_A_MINUTE": "0",
    }
    last = config.load(newsroom, environment).bulletins[-1]
    by_person(newsroom, last.id, last.lists[0].id)
    return config.load(newsroom, environment)


def _clear(newsroom: Path) -> Path:
    try:
        if newsroom.exists():
            shutil.rmtree(newsroom)
        newsroom.mkdir(parents=True)
    except OSError as error:
        raise OutputError(
            f"cannot write to {newsroom.parent}: {error.strerror}; choose another folder with -C"
        ) from error
    return newsroom


def _set_up(folder: Path, newsroom: Path, address: str) -> None:
    """A workspace whose feeds are the sample ones; everything else is a copy."""
    source = folder if (folder / "bulletins.yaml").is_file() and (folder / "topics").is_dir() else config.starter()
    for name in ("bulletins.yaml", "style.yaml", "holidays.yaml"):
        if (source / name).is_file():  # a workspace may do without a style, and without holidays
            shutil.copyfile(source / name, newsroom / name)
    shutil.copytree(source / "topics", newsroom / "topics")
    if (source / "brands").is_dir():
        shutil.copytree(source / "brands", newsroom / "brands")
    dress = folder if (folder / "templates").is_dir() else config.starter()
    shutil.copytree(dress / "templates", newsroom / "templates")
    (newsroom / "feeds.yaml").write_text(_feeds_yaml(address), encoding="utf-8")


def _feeds_yaml(address: str) -> str:
    lines = ["# The sample newsroom's feeds; they answered on this machine while `bulletin demo` ran.", "feeds:"]
    with INDEX.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            lines += [
                f'  - name: "{row["name"]}"',
                f"    url: http://{address}/{row['file']}",
                f"    rights: {row['rights']}",
                f"    access: {row['access']}",
            ]
            if row["credit"]:
                lines.append(f"    credit: {row['credit']}")
            if row["topics"]:
                lines.append(f"    topics: [{', '.join(row['topics'].split())}]")
    return "\n".join(lines) + "\n"
