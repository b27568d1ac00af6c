"""What must hold between the colours of a brand, and between the lists and the brands."""

import math
from collections.abc import Collection, Iterator, Mapping
from dataclasses import fields
from pathlib import Path

from bulletin.config.document import Document
from bulletin.config.rules import readable
from bulletin.config.values import listed, nearest, quoted, slug, written
from bulletin.errors import Mistake
from bulletin.model import Colours, brands
from bulletin.model.colours import rgb

FOLDER = Path("brands")


def colour(value: str) -> str:
    """Read a colour such as #005eb8."""
    try:
        rgb(value)
    except ValueError as error:
        raise ValueError(f'must be a colour such as "#005eb8", not {quoted(value)}') from error
    return value.lower()


def no_such_brand(document: Document, folder: Path) -> Iterator[Mistake]:
    """Tell every brand that a list of bulletins.yaml names and no file defines."""
    known: Collection[str] = {path.stem for path in (folder / FOLDER).glob("*.yaml")}
    for place, name in readable(document.find("bulletins", "*", "lists", "*", "brand"), slug):
        if name not in known:
            hint = nearest(name, known) or f": write brands/{name}.yaml, or take it out"
            yield document.mistake(place, f"brand: there is no brand {quoted(name)}{hint}")


def brand_rules(document: Document) -> Iterator[Mistake]:
    """Yield what cannot be read on what; a colour that is none counts as left out, for its shape has told."""
    try:
        slug(document.file.stem)
    except ValueError as error:
        yield Mistake(document.file, 0, f"the name of the file is the brand's id: {error}")
    by_day, by_night = _given(document, "light"), _given(document, "dark")
    yield from _contrasts(document, "light", by_day, brands.light(by_day))
    yield from _contrasts(document, "dark", by_night or by_day, brands.dark(by_night, by_day))


def _given(document: Document, palette: str) -> dict[str, str]:
    found = {
        name: value for name in (one.name for one in fields(Colours)) for _, value in document.find(palette, name)
    }
    return {name: str(value) for name, value in found.items() if _is_colour(value)}


def _is_colour(value: object) -> bool:
    try:
        colour(written(value))
    except ValueError:
        return False
    return True


def _contrasts(document: Document, palette: str, given: Mapping[str, str], colours: Colours) -> Iterator[Mistake]:
    worst: dict[str, tuple[brands.Pair, float, str]] = {}
    for pair, has, fitting in brands.unreadable(colours):
        if has < worst.get(pair.front, (pair, math.inf, ""))[1]:
            worst[pair.front] = pair, has, fitting
    for pair, has, fitting in worst.values():
        key = pair.front if pair.front in given else pair.behind
        front, behind = getattr(colours, pair.front), getattr(colours, pair.behind)
        cure = (
            f"{fitting} would do"
            if fitting
            else f"no colour would do on all, so change what is behind: {_behind(pair)}"
        )
        ratio = math.floor(has * 100) / 100
        who = front if key == pair.front else f"{pair.front} ({front})"
        said = f"{who} on {pair.behind} ({behind}) has a contrast of {ratio} to 1"
        yield document.mistake((palette, key), f"{key}: {said} and needs {pair.least:g}: {cure}")


def _behind(pair: brands.Pair) -> str:
    return listed(dict.fromkeys(one.behind for one in brands.PAIRS if one.front == pair.front))
