"""One mail to one recipient by itself, with a conversation of its own: tests of an edition, and letters."""

from pathlib import Path

from bulletin.deliver.folder import Folder
from bulletin.deliver.line import DOT_SECONDS, Line
from bulletin.errors import SendError
from bulletin.model import Reply, Smtp

_FINAL = frozenset({Reply.GONE, Reply.REFUSED, Reply.POLICY, Reply.STOP})
_PATIENCE = 20.0  # seconds for the answer to a letter, for which a person waits

Way = Line | Folder


def way_of(told: Smtp | Path, patience: float = DOT_SECONDS) -> Way:
    """The way that mail goes: a server, which has so many seconds to answer a whole mail, or a folder."""
    return Folder(told) if isinstance(told, Path) else Line(told, patience)


class Post:
    """The way to the mail server, or to the folder that stands for one; any thread may send."""

    def __init__(self, told: Smtp | Path) -> None:
        self._told = told

    def send(self, sender: str, recipient: str, message: bytes) -> None:
        """Hand one mail over: bare addresses, and a whole message with CRLF at each line's end.

        Nothing in the message is changed but that a dot at the start of a line is doubled for the way (RFC 5321,
        4.5.2). Raises SendError when the server did not take it, and before anything is sent when it cannot be sent.
        """
        with way_of(self._told, _PATIENCE) as way:
            answer = way.send(sender, recipient, message)
        if answer.reply is not Reply.TAKEN:
            raise SendError(answer.words, is_final=answer.reply in _FINAL)
