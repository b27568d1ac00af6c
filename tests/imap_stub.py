"""A mail server on loopback that speaks as much IMAP as reading needs, scripted by each test."""

import re
import socket
import socketserver
import ssl
import threading
from base64 import b64decode
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import date
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import BinaryIO

# A key and a certificate for localhost, valid until 2120; they protect nothing but these tests.
CERTIFICATE = Path(__file__).with_name("imap_stub.pem")

USER, PASSWORD = "alerts@example.nhs.uk", 'a "quoted\\ pass'


@dataclass
class Folder:
    """Letters by UID, under one UIDVALIDITY."""

    letters: dict[int, bytes] = field(default_factory=dict)
    validity: object = 7
    sizes: dict[int, int] = field(default_factory=dict)  # what the server says where it is not the truth
    days: dict[int, date] = field(default_factory=dict)  # when they came; the others came today


@dataclass
class MailServer:
    """Answers as the test says and remembers what it was told, word for word."""

    port: int = 0
    folders: dict[str, Folder] = field(default_factory=lambda: {"INBOX": Folder()})  # by the name on the wire
    listing: list[bytes] | None = None  # what LIST gives instead of the folders
    capabilities: str = "IMAP4rev1"
    user: str = USER
    password: str = PASSWORD
    told: list[str] = field(default_factory=list)
    instead: dict[str, Callable[[BinaryIO], str | None]] = field(default_factory=dict)  # may give the status too
    greeting: bytes = b"* OK ready"
    stop: threading.Event = field(default_factory=threading.Event)

    @property
    def commands(self) -> list[str]:
        """What it was told, without tags and without the login."""
        lines = [line.partition(" ")[2] for line in self.told]
        return [line for line in lines if not line.startswith(("LOGIN", "CAPABILITY", "AUTHENTICATE"))]


def _nothing(_: BinaryIO) -> None:
    """Do nothing instead."""


def _bad(_: str) -> str:
    return "BAD what?"


class _Conversation:
    """One connection, from greeting to logout."""

    def __init__(self, server: MailServer, reader: BinaryIO, writer: BinaryIO) -> None:
        self.server, self.reader, self.writer = server, reader, writer
        self.folder = Folder()

    def run(self) -> None:
        self.say(self.server.greeting)
        while line := self.reader.readline():
            told = line.decode("latin-1").rstrip("\r\n")
            self.server.told.append(told)
            tag, _, rest = told.partition(" ")
            name = "".join(re.findall(r"^(?:UID )?[A-Z]+", rest))
            status = self.server.instead.get(name, _nothing)(self.writer)
            if status is None:
                status = getattr(self, "do_" + name.lower().replace(" ", "_"), _bad)(rest[len(name) :].strip())
            self.say(f"{tag} {status}".encode())
            if name == "LOGOUT":
                return

    def say(self, line: bytes) -> None:
        self.writer.write(line + b"\r\n")
        self.writer.flush()

    def do_capability(self, _: str) -> str:
        self.say(f"* CAPABILITY {self.server.capabilities}".encode())
        return "OK done"

    def do_login(self, words: str) -> str:
        said = [re.sub(r"\\(.)", r"\1", each) for each in re.findall(r'"((?:\\.|[^"\\])*)"', words)]
        return self._let_in(said == [self.server.user, self.server.password])

    def do_authenticate(self, _: str) -> str:
        self.say(b"+ ")
        said = b64decode(self.reader.readline()).decode().split("\0")
        return self._let_in(said == ["", self.server.user, self.server.password])

    def _let_in(self, known: bool) -> str:
        return "OK welcome" if known else "NO [AUTHENTICATIONFAILED] who are you?"

    def do_list(self, _: str) -> str:
        names = [f'(\\HasNoChildren) "/" "{name}"'.encode() for name in self.server.folders]
        for line in names if self.server.listing is None else self.server.listing:
            self.say(b"* LIST " + line)
        return "OK done"

    def do_examine(self, name: str) -> str:
        name = re.sub(r"\\(.)", r"\1", name[1:-1])
        if name not in self.server.folders:
            return "NO no such folder"
        self.folder = self.server.folders[name]
        self.say(f"* {len(self.folder.letters)} EXISTS".encode())
        if self.folder.validity is not None:
            self.say(f"* OK [UIDVALIDITY {self.folder.validity}] valid".encode())
        return "OK [READ-ONLY] done"

    def do_uid_search(self, words: str) -> str:
        first, since = re.fullmatch(r"UID (\d+):\*(?: SINCE (\d\d-[A-Z][a-z]{2}-\d{4}))?", words).groups()
        first, day = int(first), parsedate_to_datetime(f"{since or '01-Jan-1970'} 00:00:00 +0000").date()
        uids = sorted(uid for uid in self.folder.letters if self.folder.days.get(uid, date.max) >= day)
        found = [uid for uid in uids if uid >= first] or uids[-1:]  # as RFC 3501 has it: `*` is the last one
        self.say(" ".join(["* SEARCH", *map(str, found)]).encode())
        return "OK done"

    def do_uid_fetch(self, words: str) -> str:
        which, _, what = words.partition(" ")
        for uid in map(int, which.split(",")):
            if uid in self.folder.letters:
                self._give(uid, what)
        return "OK done"

    def _give(self, uid: int, what: str) -> None:
        letter = self.folder.letters[uid]
        if what == "(RFC822.SIZE)":
            size = self.folder.sizes.get(uid, len(letter))
            self.say(f"* {uid} FETCH (UID {uid} RFC822.SIZE {size})".encode())
            return
        letter = letter[: int(re.fullmatch(r"\(BODY\.PEEK\[\]<0\.(\d+)>\)", what)[1])]
        self.say(f"* {uid} FETCH (UID {uid} BODY[]<0> {{{len(letter)}}}".encode())
        self.writer.write(letter)
        self.say(b")")

    def do_logout(self, _: str) -> str:
        self.say(b"* BYE")
        return "OK done"


@contextmanager
def open_mail_server(*, tls: bool = False) -> Iterator[MailServer]:
    """A mail server, while the context lasts."""
    ours = MailServer()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATE)

    class Handler(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            self.request.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            with suppress(OSError):  # the client hangs up, as some tests mean it to
                sock = context.wrap_socket(self.request, server_side=True) if tls else self.request
                with sock, sock.makefile("rb") as reader, sock.makefile("wb") as writer, suppress(OSError):
                    _Conversation(ours, reader, writer).run()

    class Server(socketserver.ThreadingTCPServer):
        daemon_threads = True

    with Server(("127.0.0.1", 0), Handler) as server:
        ours.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield ours
        ours.stop.set()
        server.shutdown()
        thread.join()
