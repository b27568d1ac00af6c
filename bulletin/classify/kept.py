"""Where what was learned is kept between two runs: under a name that says what it was learned from."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

_OURS = re.compile(r"headings-[0-9a-f]{12}\.(npz|json)")  # the folder is a librarian's: all other names are his


@dataclass(frozen=True)
class Kept:
    """A folder for the files; `tell` hears why those that are there could not be used, or new ones not be written."""

    folder: Path
    tell: Callable[[str], None]
    write: bool = True

    def file(self, key: str) -> Path:
        """The file of what was learned from one set of decisions; a .json goes with it."""
        return self.folder / f"headings-{key}.npz"

    def others(self, key: str) -> Iterator[Path]:
        """The files of other sets: nobody will want them again."""
        for path in self.folder.glob("headings-*"):
            if _OURS.fullmatch(path.name) and path.stem != self.file(key).stem:
                yield path
