"""The server: waitress before the application, on one address, until somebody ends it. The door to waitress."""

import errno
import logging
import signal
import socket
from contextlib import closing
from types import FrameType
from typing import NoReturn

import waitress
from flask import Flask

from bulletin.errors import BulletinError, InputError
from bulletin.model import Web

_THREADS = 8
_MOST_HEADERS, _MOST_BODY = 32_000, 6_000_000  # bytes; the pages' own limit is lower and answers in their own look
_SILENCE = 60  # seconds after which a connection without a word is closed
_CONNECTIONS = 200
_TAKEN = {errno.EADDRINUSE: "is taken by another program", errno.EACCES: "may not be used by this user"}


def listen(host: str, port: int) -> socket.socket:
    """Take an address to serve on; port 0 is any free one.

    Raises InputError when this machine has no such address, and BulletinError when its port is taken.
    """
    try:
        family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        return socket.create_server(address[:2], family=family)
    except OSError as error:
        if error.errno in _TAKEN:
            raise BulletinError(f"port {port} of {host} {_TAKEN[error.errno]}: name another with --port") from error
        raise InputError(f"nothing can be served on {host}:{port}: {error.strerror or error}") from error


def run(app: Flask, taken: socket.socket, web: Web) -> None:
    """Serve until Ctrl-C or a signal to end; requests under way are answered first. Main thread only.

    The scheme is the one that people use: https, where a proxy before us does the encrypting. What a proxy adds to
    requests is not believed, but for who asks, and that of the one that the settings name (reference bar C11): of
    several hops in X-Forwarded-For the last one, which that proxy wrote itself.
    """
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # it warns of every request that waits a moment
    for sign in (signal.SIGINT, signal.SIGTERM):
        signal.signal(sign, _end)
    server = waitress.create_server(
        app,
        sockets=[taken],
        threads=_THREADS,
        url_scheme=web.base_url.partition(":")[0],
        **_believed(web.trusted_proxy),
        ident=None,  # nobody needs to know what serves
        max_request_header_size=_MOST_HEADERS,
        max_request_body_size=_MOST_BODY,
        channel_timeout=_SILENCE,
        connection_limit=_CONNECTIONS,
        clear_untrusted_proxy_headers=True,
    )
    with closing(server):
        server.run()  # returns when a signal has interrupted it


def _believed(proxy: str) -> dict[str, object]:
    """What waitress needs to know of the one proxy that is believed; nothing when there is none."""
    if not proxy:
        return {}
    return {"trusted_proxy": proxy, "trusted_proxy_count": 1, "trusted_proxy_headers": {"x-forwarded-for"}}


def _end(_: int, __: FrameType | None) -> NoReturn:
    raise KeyboardInterrupt
