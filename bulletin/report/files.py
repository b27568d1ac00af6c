"""The page in its place, whole or not at all."""

from pathlib import Path

from bulletin.errors import InputError, OutputError
from bulletin.report.blocks import opening

_ENDS = (".html", ".htm")


def check_place(path: Path) -> None:
    """Raise OutputError when nothing can be written there: better before a long work than after it.

    Raise InputError when the name is not that of a page, or when what is there is no report of ours.
    """
    if path.is_dir():
        raise OutputError(f"{path}: this is a folder; name a file, such as report.html")
    if path.exists() and not path.is_file():
        raise OutputError(f"{path}: this is no ordinary file; name one, such as report.html")
    if not path.absolute().parent.is_dir():
        raise OutputError(f"{path}: there is no folder {path.parent}; make it first")
    if path.suffix.lower() not in _ENDS:
        raise InputError(f"{path}: a report is a page; give it a name that ends in .html, such as report.html")
    if path.exists() and not _is_ours(path):
        raise InputError(f"{path}: this file is there and is no report, and stays as it is; give another name")


def _is_ours(path: Path) -> bool:
    begins = opening().encode()
    try:
        with path.open("rb") as file:
            return file.read(len(begins)) == begins
    except OSError as error:
        raise OutputError(f"{path}: what is there cannot be read ({error.strerror}); give another name") from error


def write(page: str, path: Path) -> None:
    """Write a page beside its place and move it there; on failure an OutputError, and what was there remains."""
    check_place(path)
    beside = path.with_name(f".{path.name}.new")
    try:
        try:
            beside.write_text(page, encoding="utf-8")
            beside.replace(path)
        finally:
            beside.unlink(missing_ok=True)
    except OSError as error:
        raise OutputError(f"{path}: the report cannot be written there ({error.strerror})") from error
