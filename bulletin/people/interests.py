"""What a person's interests are called in another system -> the headings of a bulletin that they mean."""

import re
from collections.abc import Mapping

_PARTS = re.compile(r"[;|\n]")


def key(name: str) -> str:
    """The name as it is compared: letters and digits in small letters, & as and."""
    return "".join(filter(str.isalnum, name.casefold().replace("&", " and ")))


def chosen(interests: str, headings: Mapping[str, str]) -> tuple[list[str], list[str]]:
    """The headings that are meant, each once, and the interests that are none.

    `headings`: what stands for each of them, by the `key` of its name. Interests are parted by semicolons, bars or
    lines; by commas where what they part is no heading as a whole.
    """
    found: dict[str, None] = {}
    unmatched = []
    for part in map(str.strip, _PARTS.split(interests)):
        for name in [part] if key(part) in headings else map(str.strip, part.split(",")):
            if key(name) in headings:
                found[headings[key(name)]] = None
            elif name:
                unmatched.append(name)
    return [*found], unmatched
