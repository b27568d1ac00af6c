"""The starter newsroom that comes with the program, and new workspaces made from it."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

from bulletin.errors import BulletinError, InputError, OutputError

_IGNORED = Path(".gitignore")
_PARTS = ("feeds.yaml", "bulletins.yaml", "style.yaml", "topics", "templates", "brands")
_GITIGNORE = """\
# Made again at any time, or private to this machine.
/output/
*.db
*.db-wal
*.db-shm
*.db.before-*
/backups/
/secret.key
/.secret.key-*
/headings-[0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f].npz
/headings-[0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f].json
"""


def starter() -> Path:
    """Return the folder of the starter newsroom: inside an installed package, or the top of the repository."""
    package = Path(__file__).parents[1]
    for folder in (package / "starter", package.parent):
        if all((folder / part).exists() for part in _PARTS):
            return folder
    raise BulletinError(f"the starter newsroom is not in {package}: install bulletin again")


def init(folder: Path) -> list[Path]:
    """Make a workspace and return its new files; nothing that is there is ever changed.

    Raises InputError when a part of a workspace is there already, and OutputError when the folder cannot be written.
    All is written aside first, so that no half workspace appears.
    """
    contents = dict(_contents(starter()))
    if (folder / _IGNORED).exists():  # a repository that is there already knows what it ignores
        del contents[_IGNORED]
    tops = sorted({path.parts[0] for path in contents} | {"output"})
    _refuse_to_overwrite(folder, tops)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder, prefix=".bulletin-") as built:
            _write(Path(built), contents)
            for top in tops:
                (Path(built) / top).rename(folder / top)
    except OSError as error:
        raise OutputError(f"no workspace can be made in {folder}: {error.strerror or error}") from error
    return [folder / path for path in contents]


def _contents(source: Path) -> Iterator[tuple[Path, bytes]]:
    """Yield every file of a new workspace, by its path there; what begins with a dot is nobody's starter."""
    yield _IGNORED, _GITIGNORE.encode("utf-8")
    for part in _PARTS:
        whole = source / part
        for path in [whole] if whole.is_file() else sorted(whole.rglob("*")):
            place = path.relative_to(source)
            if path.is_file() and not any(step.startswith(".") for step in place.parts):
                yield place, path.read_bytes()


def _refuse_to_overwrite(folder: Path, tops: list[str]) -> None:
    if folder.exists() and not folder.is_dir():
        raise InputError(f"{folder} is a file: name a folder for the workspace")
    there = [top for top in tops if (folder / top).exists() or (folder / top).is_symlink()]
    if there:
        raise InputError(f"{folder} already holds {', '.join(there)}: name another folder for a new workspace")


def _write(folder: Path, contents: dict[Path, bytes]) -> None:
    (folder / "output").mkdir()
    for path, data in contents.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
