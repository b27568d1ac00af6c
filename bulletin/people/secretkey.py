"""The newsroom's secret: from the environment, or from a file in the workspace made when it is first needed."""

import os
import secrets
from collections.abc import Sequence
from pathlib import Path

from bulletin.errors import InputError, OutputError
from bulletin.people.tokens import Keys

FILE = "secret.key"
SHORTEST = 32  # bytes


def secret(folder: Path, named: str) -> bytes:
    """Give the secret that was named, or the one in the workspace's file, which is made if need be (mode 0600).

    Raises InputError when the file holds too little or others may read it, and OutputError when it cannot be written.
    """
    if named:
        return named.encode("utf-8")
    path = folder / FILE
    try:
        if not path.exists():
            _make(path)
        return _read(path)
    except OSError as error:
        raise OutputError(f"{path} cannot be read or made ({error.strerror}): check who may write there") from error


def keys(folder: Path, named: str, old: Sequence[str] = ()) -> Keys:
    """Give the keys that the newsroom's secret makes, with older secrets whose links are still taken.

    Raises as `secret` does.
    """
    return Keys(secret(folder, named), [one.encode("utf-8") for one in old])


def _make(path: Path) -> None:
    """Write it aside and link it into place, so that of two who make one at once both read the same, and whole."""
    aside = path.with_name(f".{FILE}-{secrets.token_hex(8)}")
    descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(secrets.token_urlsafe(SHORTEST).encode())  # letters, so that it can be named as an old key
            file.flush()
            os.fsync(file.fileno())
        os.link(aside, path)
    except FileExistsError:
        pass  # another command was faster
    finally:
        aside.unlink()


def _read(path: Path) -> bytes:
    if os.name == "posix" and path.stat().st_mode & 0o077:
        raise InputError(f"{path} may be read by others: run chmod 600 {path}")
    found = path.read_bytes()
    if len(found) < SHORTEST or len(set(found)) < SHORTEST // 4:
        raise InputError(f"{path} holds too little to keep a secret with: remove it, and a new one is made")
    return found
