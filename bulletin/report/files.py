"""The page in its place, whole or not at all."""

from pathlib import Path

from bulletin.errors import OutputError


def check_place(path: Path) -> None:
    """Raise OutputError when nothing can be written there: better before a long work than after it."""
    if path.is_dir():
        raise OutputError(f"{path}: this is a folder; name a file, such as report.html")
    if path.exists() and not path.is_file():
        raise OutputError(f"{path}: this is no ordinary file; name one, such as report.html")
    if not path.absolute().parent.is_dir():
        raise OutputError(f"{path}: there is no folder {path.parent}; make it first")


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
