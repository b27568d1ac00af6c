"""The settings that belong to the machine and not to the files."""

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from bulletin.config.addresses import host_and_port, own_address
from bulletin.errors import Mistake
from bulletin.model import Feed

_PLACE = Path("environment")  # stands in the message where a file's name would


def database_url(folder: Path, environ: Mapping[str, str]) -> str:
    """Return BULLETIN_DATABASE_URL, or SQLite in the workspace; with forward slashes, on Windows too.

    In a path, only a question mark and a percent sign mean something else in a database address.
    """
    path = (folder / "bulletin.db").resolve().as_posix().replace("%", "%25").replace("?", "%3F")
    return environ.get("BULLETIN_DATABASE_URL") or f"sqlite:///{path}"


def allowed(environ: Mapping[str, str], mistakes: list[Mistake]) -> Iterator[str]:
    """Yield the host:port pairs of BULLETIN_ALLOW_ADDRESSES, set apart by commas or spaces."""
    for pair in re.split(r"[,\s]+", environ.get("BULLETIN_ALLOW_ADDRESSES", "").strip(", \t\r\n")):
        try:
            if pair:
                yield host_and_port(pair)
        except ValueError as error:
            mistakes.append(Mistake(_PLACE, 0, f"BULLETIN_ALLOW_ADDRESSES: {error}"))


def own(feeds: Iterable[Feed]) -> Iterator[str]:
    """Yield the host:port of every feed that stands inside our own network by its very address.

    The librarian wrote that address in a file herself, and that is her leave to visit it: that host and port, and no
    other. A name that resolves to a private address is never let in by this.
    """
    for feed in feeds:
        if address := own_address(feed.url):
            yield address
