"""A fitted classifier as two files: arrays in NAME.npz, and in NAME.json what they mean and their hash.

Never pickle: a file that somebody else could write must not be able to run anything. A file that is not what it was
when it was written is refused, and so is one of another version; the classifier is then fitted anew.
"""

import hashlib
import io
import json
import os
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bulletin.errors import ModelError

VERSION = 1  # raise it with every change to what is written, or to what is computed from it
_LARGEST = 4_000_000_000  # bytes of arrays

Arrays = dict[str, NDArray[Any]]


def write(path: Path, arrays: Arrays, meaning: Mapping[str, object]) -> None:
    """Write both files whole, or leave what was there; `path` ends in .npz."""
    buffer = io.BytesIO()
    np.savez(buffer, allow_pickle=False, **arrays)
    content = buffer.getvalue()
    about = {**meaning, "version": VERSION}
    about["sha256"] = _hash(content, about)
    _replace(path, content)
    _replace(path.with_suffix(".json"), json.dumps(about, indent=1).encode("ascii"))


def read(path: Path) -> tuple[Arrays, dict[str, Any]]:
    """The arrays and what they mean. ModelError: missing, of another version, or not as they were written."""
    try:
        content = path.read_bytes()
        about = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise ModelError(f"{error.filename}: there is no such file") from error
    except (ValueError, RecursionError) as error:  # neither UTF-8 nor JSON, or JSON to make a reader stumble
        raise ModelError(f"{path.with_suffix('.json')}: not the JSON that was written") from error
    if not isinstance(about, dict) or about.get("version") != VERSION:
        raise ModelError(f"{path}: written by another version of bulletin")
    if about.pop("sha256", "") != _hash(content, about):
        raise ModelError(f"{path}: not what it was when it was written")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(member.file_size for member in archive.infolist()) > _LARGEST:
                raise ModelError(f"{path}: larger than any classifier")
        with np.load(io.BytesIO(content), allow_pickle=False) as loaded:
            return dict(loaded), about
    except (ValueError, EOFError, zipfile.BadZipFile) as error:
        raise ModelError(f"{path}: its arrays cannot be read") from error


def _hash(content: bytes, about: Mapping[str, object]) -> str:
    """Of the arrays, and of what is said of them."""
    said = json.dumps(about, sort_keys=True, ensure_ascii=False).encode("utf-8", "surrogatepass")
    return hashlib.sha256(hashlib.sha256(content).digest() + said).hexdigest()


def packed(words: tuple[str, ...]) -> NDArray[np.uint8]:
    """Words, none of which has a line end, as bytes."""
    return np.frombuffer("\n".join(words).encode("utf-8"), dtype=np.uint8)


def unpacked(content: NDArray[np.uint8]) -> tuple[str, ...]:
    """The words that were packed."""
    text = content.tobytes().decode("utf-8")
    return tuple(text.split("\n")) if text else ()


def _replace(path: Path, content: bytes) -> None:
    beside = path.with_name(f"{path.name}.{os.getpid()}.new")
    try:
        beside.write_bytes(content)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
