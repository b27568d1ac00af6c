"""When the library works: the file holidays.yaml, which a workspace may do without."""

from collections.abc import Iterator
from pathlib import Path

from bulletin.config.document import Document
from bulletin.config.rhythm import day
from bulletin.config.schema import HolidaysFile, fit
from bulletin.config.source import read
from bulletin.errors import Mistake
from bulletin.model import Holidays

FILE = Path("holidays.yaml")


def holidays(folder: Path, mistakes: list[Mistake]) -> Holidays:
    """Read how the library's working days differ from England's; what is wrong goes to `mistakes`."""
    if not (folder / FILE).exists():
        return Holidays()
    document = read(folder, FILE)
    found = [*document.mistakes, *_rules(document)]
    shape = fit(HolidaysFile, document, found)
    mistakes.extend(found)
    return shape.holidays() if shape and not found else Holidays()


def _rules(document: Document) -> Iterator[Mistake]:
    """Yield the keys under `closed` that are no days, and what cannot be both."""
    closed = document.data.get("closed")
    for word in closed if isinstance(closed, dict) else ():
        try:
            day(word)
        except ValueError as error:
            yield document.mistake(("closed", word), f"closed: {error}")
    for place, one in document.find("open", "*"):
        if isinstance(closed, dict) and isinstance(one, str) and one in closed:
            yield document.mistake(place, f"open: {one} stands under closed too: take it out of one of them")
