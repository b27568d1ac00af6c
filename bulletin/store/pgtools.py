"""PostgreSQL's own programs for copies: pg_dump and pg_restore. The password is on no command line."""

import os
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from shutil import which

from sqlalchemy import URL

from bulletin.errors import StoreError

_LASTS = 6 * 3600  # seconds after which such a program hangs
_SHORT = 300  # letters of what it says


def dump(address: URL, schema: str, target: Path) -> None:
    """Dump a schema in pg_dump's custom format, of one moment; raises StoreError.

    It is not compressed: whoever keeps it compresses all that belongs to it.
    """
    how = ["--format=custom", "--compress=0", *_NOBODYS, f"--schema={_quoted(schema)}", f"--file={target}"]
    _run("pg_dump", address, how, "nothing was backed up")
    _run("pg_restore", None, ["--list", str(target)], "the dump cannot be read")


def restore(address: URL, source: Path) -> None:
    """Fill an empty database from a dump, in one transaction; raises StoreError."""
    listed = _run("pg_restore", None, ["--list", str(source)], "the dump cannot be read")
    wanted = [line for line in listed.splitlines() if " SCHEMA - " not in line]  # it is there, and may be another's
    with tempfile.TemporaryDirectory() as folder:
        chosen = Path(folder) / "wanted"
        chosen.write_text("\n".join(wanted) + "\n", encoding="utf-8")
        how = ["--single-transaction", "--exit-on-error", *_NOBODYS, f"--use-list={chosen}", str(source)]
        _run("pg_restore", address, how, "nothing was restored")


_NOBODYS = ("--no-owner", "--no-privileges")


def _run(program: str, address: URL | None, how: Sequence[str], otherwise: str) -> str:
    """Run a program and give what it prints; what it says against it is told in its own first words."""
    path = which(program)
    if path is None:
        raise StoreError(f"{program} is not installed: install PostgreSQL's client programs; {otherwise}")
    with _connected(address) as dbname:
        try:
            done = subprocess.run(  # noqa: S603 - a program that was found, and arguments of ours
                [path, *dbname, *how],
                capture_output=True,
                text=True,
                check=False,
                timeout=_LASTS,
                stdin=subprocess.DEVNULL,
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            raise StoreError(f"{program} cannot be run ({type(error).__name__}); {otherwise}") from error
    if done.returncode:
        said = " ".join(done.stderr.split())[:_SHORT].removeprefix(f"{program}: ").removeprefix("error: ")
        secret = (address.password if address else "") or "\0"
        raise StoreError(f"{program}: {said.replace(secret, '***')}; {otherwise}")
    return done.stdout


@contextmanager
def _connected(address: URL | None) -> Iterator[list[str]]:
    """Where to connect to, as a program's argument; the password lies in a file of its owner's alone meanwhile."""
    if address is None:
        yield []
        return
    from psycopg.conninfo import make_conninfo  # a library that SQLite does without

    told = address.translate_connect_args(username="user", database="dbname") | dict(address.query)
    password = told.pop("password", "")
    with tempfile.TemporaryDirectory() as folder:
        kept = Path(folder) / "password"
        with os.fdopen(os.open(kept, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
            file.write(f"*:*:*:*:{str(password).replace(chr(92), chr(92) * 2).replace(':', chr(92) + ':')}\n")
        passfile = {"passfile": str(kept)} if password else {}
        yield [f"--dbname={make_conninfo(**told, **passfile)}", "--no-password"]


def _quoted(schema: str) -> str:
    """A schema's name as a pattern that means just this one."""
    return '"' + schema.replace('"', '""') + '"'
