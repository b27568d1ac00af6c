"""A mail server on loopback that keeps what it is given, scripted by each test."""

import asyncio
import ssl
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field

from aiosmtpd.smtp import SMTP, AuthResult
from imap_stub import CERTIFICATE

USER, PASSWORD = "bulletin@example.nhs.uk", "pass:w/rd %41"


@dataclass
class Taken:
    """One mail as the server took it."""

    sender: str
    recipients: list[str]
    message: bytes
    encrypted: bool
    options: list[str]


@dataclass
class MailServer:
    """Remembers what it took; `refuse` maps a step (RCPT, DATA) to the answer given instead."""

    host: str = "127.0.0.1"
    port: int = 0
    refuse: dict[str, str] = field(default_factory=dict)
    taken: list[Taken] = field(default_factory=list)
    logins: int = 0

    def login(self, server, session, envelope, mechanism, data):
        self.logins += 1
        return AuthResult(success=(data.login, data.password) == (USER.encode(), PASSWORD.encode()), handled=False)

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802 - the name is aiosmtpd's
        if "RCPT" in self.refuse:
            return self.refuse["RCPT"]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        if "DATA" in self.refuse:
            return self.refuse["DATA"]
        content, encrypted = envelope.original_content, server.transport.get_extra_info("ssl_object") is not None
        self.taken.append(Taken(envelope.mail_from, envelope.rcpt_tos, content, encrypted, envelope.mail_options))
        return "250 OK"


@contextmanager
def open_mail_server(starttls=False, tls=False, login=False, host="127.0.0.1", **refuse):
    """Serve while the context lasts; gives what was taken, and the port."""
    ours = MailServer(host, refuse=refuse)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(CERTIFICATE)
    options = {"auth_require_tls": False, "authenticator": ours.login} if login else {}
    loop = asyncio.new_event_loop()

    def conversation():
        return SMTP(ours, loop=loop, tls_context=context if starttls else None, **options)

    server = loop.run_until_complete(loop.create_server(conversation, host, 0, ssl=context if tls else None))
    ours.port = server.sockets[0].getsockname()[1]
    thread = threading.Thread(target=loop.run_forever, name="mail server")
    thread.start()
    try:
        yield ours
    finally:
        asyncio.run_coroutine_threadsafe(_end(server), loop).result()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


async def _end(server):
    server.close()
    others = asyncio.all_tasks() - {asyncio.current_task()}
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)
