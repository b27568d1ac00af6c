"""How commands speak: one JSON object on stdout with --json, else words; everything else goes to stderr."""

import dataclasses
import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON on stdout and nothing else there.")


def say(words: str) -> None:
    """Print a line for a person."""
    Console(highlight=False, soft_wrap=True).print(Text(words))


def explain(message: str) -> None:
    """Print an error or a warning on stderr, each line with the name of the program before it."""
    for line in message.splitlines():
        click.echo(f"bulletin: {printable(line)}", err=True)


def many(number: int, noun: str) -> str:
    """A number and its noun: 1 item, 2 items."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def printable(words: str) -> str:
    """The words without control characters: a feed's title must not drive the terminal."""
    return "".join(character if character.isprintable() else " " for character in words)


def print_json(value: object) -> None:
    """Print one JSON object on one line; `<` is escaped, so that it may be pasted into a page."""
    click.echo(json.dumps(value, default=_plain, ensure_ascii=False).replace("<", "\\u003c"))


def print_table(title: str, rows: Mapping[str, object]) -> None:
    """Print names and values, one pair a line."""
    table = Table(show_header=False, box=None, pad_edge=False)
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for name, value in rows.items():
        table.add_row(Text(name), Text(str(value)))
    Console(highlight=False).print(Text(title, style="bold"), table, sep="\n")  # a title of its own may be wider


def print_columns(title: str, heads: Sequence[str], rows: Iterable[Sequence[object]], words: int = 1) -> None:
    """Print a table, whose first columns are words and whose others are numbers."""
    table = Table(box=None, pad_edge=False)
    for place, head in enumerate(heads):
        is_words = place < words
        table.add_column(head, overflow="fold", justify="left" if is_words else "right", no_wrap=not is_words)
    for row in rows:
        table.add_row(*(Text(printable(str(cell))) for cell in row))
    Console(highlight=False).print("", Text(title, style="bold"), table, sep="\n")


@contextmanager
def progress(words: str, total: int, quiet: bool) -> Iterator[Callable[[object], None]]:
    """Show on stderr, while it is a terminal, how far a long work has come; gives what is called at each step."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(
        *columns, console=Console(stderr=True), transient=True, disable=quiet or not sys.stderr.isatty()
    ) as bar:
        task = bar.add_task(words, total=total)
        yield lambda _: bar.advance(task)


@contextmanager
def waiting(words: str, quiet: bool) -> Iterator[None]:
    """Show on stderr, while it is a terminal, that a work of unknown length goes on."""
    with Console(stderr=True, quiet=quiet).status(words):
        yield


@contextmanager
def spinner(quiet: bool) -> Iterator[Callable[[str], None]]:
    """Show on stderr what is being done; gives what is called with the words for it."""
    console = Console(stderr=True, quiet=quiet, highlight=False)
    with console.status("") as status:

        def tell(words: str) -> None:
            console.print(Text(f"  {words}"))
            status.update(words)

        yield tell


def _plain(value: object) -> object:
    """What JSON has no word for."""
    if isinstance(value, datetime):
        return value.isoformat().replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, timedelta):
        return value.total_seconds()
    if isinstance(value, Path):
        return str(value)
    if isinstance(value, frozenset):
        return sorted(value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}
    raise TypeError(f"{type(value).__name__} has no JSON form")
