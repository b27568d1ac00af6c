"""Which process this is, and whether another one is still there, so that nobody waits for a sender that is gone.

A process's number is given again to others, and another container may have one of the same number: so the machine is
told by its boot and its own view of processes, and a process by its number and when it began. Where the system does
not tell that (it takes Linux's /proc), nothing is known, and only silence shows that a sender is gone.
"""

import hashlib
import os
import socket
from pathlib import Path

_PROC = Path("/proc")
_AFTER_NAME = 19  # fields of /proc/PID/stat that stand between the process's name and when it began


def machine() -> str:
    """What this machine, or this container, is known by until it boots anew; empty: not known."""
    try:
        boot = (_PROC / "sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
        view = (_PROC / "self/ns/pid").readlink()
    except OSError:
        return ""
    return hashlib.sha256(f"{socket.gethostname()}\0{boot}\0{view}".encode()).hexdigest()[:16]


def process(number: int | None = None) -> str:
    """A process's number and when it began, of this one if none is told; empty: not known, or gone."""
    number = os.getpid() if number is None else number
    try:
        told = (_PROC / str(number) / "stat").read_bytes()
    except OSError:
        return ""
    state, *fields = told.rpartition(b")")[2].split()
    return "" if state == b"Z" else f"{number} {fields[_AFTER_NAME - 1].decode('ascii')}"


def is_gone(of_machine: str, of_process: str) -> bool | None:
    """Whether a process is over; None: nobody here can tell."""
    if not of_machine or not of_process or of_machine != machine():
        return None
    return process(int(of_process.partition(" ")[0])) != of_process
