"""One backup as a file: a gzipped tar that, unpacked by hand into an empty folder, is a workspace.

First stands `backup.json` with what is in it, then the librarians' files and the secret, then the database. The
journal of what was sent is not in it (bulletin/deliver/journal.py says why).
"""

import gzip
import io
import json
import shutil
import tarfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import IO, Any

from bulletin.errors import InputError
from bulletin.people.secretkey import FILE as SECRET

_TOLD = "backup.json"
_FOLDERS = ("topics", "templates", "brands")
_MOST_TOLD = 1 << 20  # bytes of backup.json
_MOST = 1 << 26  # bytes of one of the librarians' files
_QUICK = 1  # zlib's level: 9 takes three times as long for a tenth less
_OURS, _ALL = 0o600, 0o644


@dataclass(frozen=True)
class Contents:
    """What is in a backup."""

    made: datetime
    release: str  # the last migration
    database: str  # what the copy is called; empty: the backup is a bare database
    rows: Mapping[str, int] = field(default_factory=dict)  # how many each table has
    files: Mapping[str, str] = field(default_factory=dict)  # SHA-256 of each, by its path in the workspace


def workspace_files(folder: Path) -> dict[str, bytes]:
    """What librarians own in a workspace, and its secret, by path."""
    paths = [*folder.glob("*.yaml"), folder / SECRET]
    paths += [path for name in _FOLDERS for path in (folder / name).rglob("*")]
    files = sorted(path for path in paths if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def digests(files: Mapping[str, bytes]) -> dict[str, str]:
    """What tells each file from what it was."""
    return {name: sha256(content).hexdigest() for name, content in files.items()}


def pack(target: Path, contents: Contents, files: Mapping[str, bytes], database: Path) -> None:
    """Write a backup; raises OSError."""
    told = json.dumps(asdict(contents) | {"made": contents.made.isoformat()}, indent=1).encode("utf-8")
    target.touch(mode=_OURS)
    with tarfile.open(target, "w:gz", compresslevel=_QUICK) as tar:
        for name, content in ((_TOLD, told), *files.items()):
            _add(tar, name, len(content), io.BytesIO(content), contents.made)
        with database.open("rb") as file:
            _add(tar, contents.database, database.stat().st_size, file, contents.made)


def is_packed(file: Path) -> bool:
    """Whether a file is such an archive, by its first bytes; raises OSError."""
    with file.open("rb") as opened:
        return opened.read(2) == b"\x1f\x8b"


def look(file: Path) -> Contents:
    """What is in a backup, as it says itself; raises InputError and OSError."""
    with _plainly(file), tarfile.open(file, "r|gz") as tar:
        return _contents(tar)


def unpack(file: Path, target: Path) -> tuple[Contents, dict[str, bytes]]:
    """Read a backup from end to end: the database into `target`, and the librarians' files.

    Raises InputError when it is damaged or none of ours, and OSError.
    """
    files, found = {}, False
    with _plainly(file), gzip.open(file) as raw:
        with tarfile.open(fileobj=raw, mode="r|") as tar:
            contents = _contents(tar)
            for member in tar:
                content = tar.extractfile(member) if member.isreg() else None
                if content and member.name == contents.database:
                    _write(content, target)
                    found = True
                elif content and _is_theirs(member):
                    files[member.name] = content.read()
        while raw.read(1 << 20):  # to the end, where its checksum is
            pass
    if not found:
        raise InputError(f"{file} holds no database: take another backup")
    return contents, files


def _add(tar: tarfile.TarFile, name: str, size: int, content: IO[bytes], made: datetime) -> None:
    member = tarfile.TarInfo(name)
    member.size, member.mtime = size, int(made.timestamp())
    member.mode = _ALL if _is_theirs(member) and name != SECRET else _OURS
    tar.addfile(member, content)


def _contents(tar: tarfile.TarFile) -> Contents:
    member = tar.next()
    content = tar.extractfile(member) if member and member.name == _TOLD and member.size < _MOST_TOLD else None
    if content is None:
        raise ValueError
    told: dict[str, Any] = json.loads(content.read())
    made = datetime.fromisoformat(told.pop("made")).astimezone(UTC)
    return Contents(made, str(told["release"]), str(told["database"]), dict(told["rows"]), dict(told["files"]))


def _is_theirs(member: tarfile.TarInfo) -> bool:
    """Whether this is a file that a workspace may have, and no way out of it."""
    path = PurePosixPath(member.name)
    is_tame = not path.is_absolute() and ".." not in path.parts and not set("\\:\0") & set(member.name)
    is_known = path.parts[:-1][:1] in [(name,) for name in _FOLDERS] or (
        len(path.parts) == 1 and (path.suffix == ".yaml" or path.name == SECRET)
    )
    return is_tame and is_known and member.size <= _MOST


def _write(content: IO[bytes], target: Path) -> None:
    with target.open("wb") as file:
        shutil.copyfileobj(content, file, 1 << 20)


@contextmanager
def _plainly(file: Path) -> Iterator[None]:
    try:
        yield
    except (
        tarfile.TarError,
        gzip.BadGzipFile,
        EOFError,
        zlib.error,
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
    ) as error:
        raise InputError(f"{file} is damaged, or no backup of bulletin: take another") from error
