"""A file in its place, whole or not at all."""

from pathlib import Path

from bulletin.errors import OutputError


def write(content: bytes, place: Path) -> None:
    """Write a file beside its place and move it there; on failure an OutputError, and what was there remains."""
    if place.is_dir():
        raise OutputError(f"{place}: this is a folder; name a file in it")
    beside = place.with_name(f".{place.name}.new")
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        try:
            beside.write_bytes(content)
            beside.replace(place)
        finally:
            beside.unlink(missing_ok=True)
    except OSError as error:
        raise OutputError(
            f"{place}: cannot be written there ({error.strerror}); close it in other programs, or choose a folder "
            "that you may write to"
        ) from error
