"""A real mail server on loopback: Debian's OpenSMTPD, with a spool of its own that nobody else sees."""

import mailbox
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import threading
import time
from contextlib import contextmanager
from pathlib import Path

from bulletin.model import Security, Smtp

PROGRAM = Path("/usr/sbin/smtpd")
_LONGEST = 20  # seconds until a mail is there
# Its folders stand where others see them not, so that no mail server of this machine is disturbed.
_START = (
    "mount -t tmpfs none /run && mount -t tmpfs -o mode=0755 none /var/spool && mkdir -m 0711 /var/spool/smtpd"
    " && exec smtpd -d -f {}"
)
_CONFIG = """\
table ours {{ "@example.org" = "nobody", "@example.nhs.uk" = "nobody" }}
listen on 127.0.0.1 port {port} hostname mail.example.org
action "keep" maildir "{box}/%{{dest.domain}}" virtual <ours>
action "far" relay host smtp://127.0.0.1:{far}
match from any for domain "example.org" action "keep"
match from any for domain "example.nhs.uk" action "keep"
match from any for domain "far.example" action "far"
"""


def why_not():
    """Why the server cannot be had here; empty where it can."""
    if not PROGRAM.exists():
        return "no OpenSMTPD here: apt-get install opensmtpd"
    if os.geteuid() != 0:
        return "OpenSMTPD starts as root only"
    alone = subprocess.run(
        ["unshare", "-m", "sh", "-c", "mount -t tmpfs none /run"], capture_output=True, check=False
    )
    return "" if alone.returncode == 0 else "OpenSMTPD cannot have a spool of its own here"


class OpenSmtpd:
    """The server while it runs, and the folders in which it keeps mail, by domain."""

    def __init__(self, port, box):
        self.server = Smtp("127.0.0.1", port, security=Security.NONE)
        self._box = box

    def kept(self, domain, number):
        """The mails of a domain as a mail client reads them, when there are so many of them."""
        ends, pause = time.monotonic() + _LONGEST, threading.Event()
        while len(self._there(domain)) < number and time.monotonic() < ends:
            pause.wait(0.05)
        found = self._there(domain)
        assert len(found) == number
        return found

    def _there(self, domain):
        folder = self._box / domain
        if not (folder / "new").is_dir():
            return []
        box = mailbox.Maildir(folder, create=False)
        return [box.get_bytes(key) for key in box.keys()]  # noqa: SIM118 - a mailbox gives its mails, not its keys


def _free_port():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return taken.getsockname()[1]


@contextmanager
def opensmtpd(far):
    """Serve while the context lasts: example.org and example.nhs.uk are kept, far.example goes to the port `far`."""
    home = Path(tempfile.mkdtemp(prefix="opensmtpd-"))
    try:
        home.chmod(0o755)  # the server delivers as nobody
        box = home / "box"
        box.mkdir()
        os.chown(box, pwd.getpwnam("nobody").pw_uid, -1)
        port, config = _free_port(), home / "smtpd.conf"
        config.write_text(_CONFIG.format(port=port, box=box, far=far))
        with subprocess.Popen(["unshare", "-m", "sh", "-c", _START.format(config)], stderr=subprocess.DEVNULL) as it:
            try:
                _answers(port)
                yield OpenSmtpd(port, box)
            finally:
                it.terminate()
    finally:
        shutil.rmtree(home)


def _answers(port):
    ends, pause = time.monotonic() + _LONGEST, threading.Event()
    while True:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
            return
        except OSError:
            assert time.monotonic() < ends
            pause.wait(0.05)
