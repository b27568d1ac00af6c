"""A mail server on loopback that answers as it is told, for what real ones do seldom and clients must survive."""

import socket
import struct
import threading
from contextlib import contextmanager, suppress

from bulletin.model import Security, Smtp

HANG_UP, RESET, SILENT = object(), object(), object()
GOOD = {
    "WELCOME": "220 here",
    "EHLO": "250 here",
    "MAIL": "250 2.1.0 yes",
    "RCPT": "250 2.1.5 yes",
    "RSET": "250 yes",
}
GOOD |= {"DATA": "354 go on", ".": "250 2.0.0 taken", "QUIT": "221 bye"}


class Scripted:
    """Each step may have its answers one after the other, the last of which stays; keeps what it was told."""

    def __init__(self, **steps):
        self.steps = {key: list(answer) if isinstance(answer, list) else [answer] for key, answer in steps.items()}
        self.told = []  # commands, connection by connection
        self.mails = []  # as they came, dots doubled
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.server = Smtp("127.0.0.1", self.socket.getsockname()[1], security=Security.NONE)
        self.open = []

    def serve(self):
        while True:
            try:
                line, _ = self.socket.accept()
            except OSError:
                return
            self.open.append(line)
            self.told.append([])
            try:
                self.converse(line)
            except OSError:
                line.close()

    def converse(self, line):
        commands = line.makefile("rb")
        if not self.answer(line, "WELCOME"):
            return
        while command := commands.readline().decode("ascii", "replace").rstrip("\r\n"):
            self.told[-1].append(command)
            word = command[:4].upper()
            if not self.answer(line, word):
                return
            if word == "DATA" and str(self.last).startswith("354") and not self.content(line, commands):
                return
            if word == "QUIT":
                break
        line.close()

    def content(self, line, commands):
        lines = []
        while (one := commands.readline()) != b".\r\n":
            if not one:
                return line.close()
            lines.append(one)
            if "CONTENT" in self.steps:
                return self.answer(line, "CONTENT")
        self.mails.append(b"".join(lines))
        return self.answer(line, ".")

    def answer(self, line, step):
        given = self.steps.get(step, [GOOD.get(step, "502 5.5.2 what?")])
        self.last = given.pop(0) if len(given) > 1 else given[0]
        if self.last is RESET:
            line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        if self.last is RESET or self.last is HANG_UP:
            line.shutdown(socket.SHUT_WR) if self.last is HANG_UP else None
            return line.close()
        if self.last is not SILENT:
            line.sendall(self.last.replace("\n", "\r\n").encode() + b"\r\n")
        return True


@contextmanager
def scripted(**steps):
    """Serve while the context lasts, one conversation at a time."""
    ours = Scripted(**steps)
    thread = threading.Thread(target=ours.serve, name="scripted mail server")
    thread.start()
    try:
        yield ours
    finally:
        ours.socket.shutdown(socket.SHUT_RDWR)
        ours.socket.close()
        for line in ours.open:
            with suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)
        thread.join()
        for line in ours.open:
            line.close()
