"""Puts a rendered edition into a folder: all of its files, or none."""

from pathlib import Path

from bulletin.errors import OutputError
from bulletin.model import Email


def write(email: Email, folder: Path) -> list[Path]:
    """Write bulletin.html, bulletin.txt and bulletin.eml; on failure an OutputError, and what was there remains."""
    contents = {
        folder / "bulletin.html": email.html.encode(),
        folder / "bulletin.txt": email.text.encode(),
        folder / "bulletin.eml": email.mime,
    }
    try:
        folder.mkdir(parents=True, exist_ok=True)
        before = {path: path.read_bytes() for path in contents if path.exists()}
        _replace(contents, before)
    except OSError as error:
        raise OutputError(
            f"{folder}: cannot write the bulletin there ({error.strerror}); "
            "close its files in other programs, or choose a folder that you may write to"
        ) from error
    return list(contents)


def take_away(folder: Path) -> None:
    """Remove the message that is ready to be sent, if there is one; OutputError when it cannot be removed."""
    message = folder / "bulletin.eml"
    try:
        message.unlink(missing_ok=True)
    except OSError as error:
        raise OutputError(f"{message}: cannot be removed ({error.strerror}); remove it by hand") from error


def _replace(contents: dict[Path, bytes], before: dict[Path, bytes]) -> None:
    """Put every file in its place; when one cannot be, put back those that were."""
    done: list[Path] = []
    try:
        for path, content in contents.items():
            _put(path, content)
            done.append(path)
    except OSError:
        for path in done:
            if path in before:
                _put(path, before[path])
            else:
                path.unlink()
        raise


def _put(path: Path, content: bytes) -> None:
    """Write a file beside its place and move it there, so that no reader ever sees half of it."""
    beside = path.with_name(f".{path.name}.new")
    try:
        beside.write_bytes(content)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
