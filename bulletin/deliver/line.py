"""A line to the mail server over which many mails go, one recipient each.

How far the conversation about a mail came decides what becomes of it: a server that hangs up before the last dot has
taken nothing, and of one that hangs up after it nobody knows.
"""

from collections.abc import Callable
from smtplib import SMTPServerDisconnected
from ssl import SSLError
from types import TracebackType
from typing import Self

from bulletin.deliver.answers import Step, answered, broken
from bulletin.deliver.conversation import Conversation
from bulletin.deliver.mail import Mail
from bulletin.deliver.words import in_doubt
from bulletin.model import Answer, Reply, Smtp

DOT_SECONDS = 600.0  # to answer the last dot: RFC 5321, 4.5.3.2.6
MOST_MAILS = 100  # in one conversation, then another is begun: reference bar R13


def go_on() -> bool:
    """Hand the mail over: what stands where nobody else has a say in it."""
    return True


class Line:
    """The line, which connects when the first mail comes and anew when the server hangs up; for one thread."""

    def __init__(self, server: Smtp, patience: float = DOT_SECONDS) -> None:
        self._told = server
        self._patience = patience  # seconds to wait for the answer to a whole mail
        self._open: Conversation | None = None
        self.is_away = False  # whether no server would speak with us when the last mail came

    def __enter__(self) -> Self:
        """Give the line; nothing is connected yet."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        """Say good-bye if there is anybody to hear it."""
        self._leave()

    def send(
        self,
        sender: str,
        recipient: str,
        message: bytes,
        before_data: Callable[[], bool] = go_on,
        envelope_id: str = "",
    ) -> Answer:
        """Hand one mail to the server and give its answer; raises nothing for what a server does or says.

        `before_data` is asked when the server took the recipient and before it is asked to take the content: False
        gives the mail up, and what it raises is let through. `envelope_id` comes back in a report of failure.
        """
        mail = Mail(sender, recipient, message, envelope_id)
        if refused := mail.unfit() or self._try(self._offer, mail):
            return refused
        if not before_data():
            return Answer(Reply.ABANDONED)
        return self._try(self._hand, mail) or Answer(Reply.TAKEN, 250)

    def _try(self, part: Callable[[Mail], Answer | None], mail: Mail) -> Answer | None:
        """Do a part; what breaks the conversation becomes an answer, and the conversation is over."""
        try:
            answer = part(mail)
        except (OSError, UnicodeError) as error:  # smtplib's own errors are OSErrors
            answer = self._broken(error)
            self._drop()
        if answer and answer.code == 421:  # RFC 5321, 3.8: it hangs up, whatever it said this to
            self._drop()
        return answer

    def _offer(self, mail: Mail) -> Answer | None:
        """Tell sender and recipient; gives what the server said against them."""
        there, (code, said) = self._begin(mail)
        if code // 100 == 2:
            code, said = there.name(mail)
        return None if code // 100 == 2 else answered(there.step, code, said)

    def _begin(self, mail: Mail) -> tuple[Conversation, tuple[int, bytes]]:
        """Begin with a mail; a server that has had enough of this conversation is asked once more in another."""
        if self._open and self._open.mails >= MOST_MAILS:
            self._leave()
        if self._open:
            answer = _asked_again(self._open, mail)
            if answer[0] != 421:
                return self._open, answer
            self._drop()
        self.is_away = True
        there = self._open = Conversation(self._told, mail.sender.rpartition("@")[2])
        self.is_away = False
        return there, there.begin(mail)

    def _hand(self, mail: Mail) -> Answer | None:
        """Give the content; None when the server took it."""
        there = self._here()
        code, said = there.hand(mail, self._patience)
        is_taken = there.step is Step.DOT and code // 100 == 2
        return None if is_taken else answered(there.step, code, said)

    def _here(self) -> Conversation:
        if self._open is None:
            raise SMTPServerDisconnected("hung up")
        return self._open

    def _broken(self, error: OSError | UnicodeError) -> Answer:
        """Read what broke the conversation, or did not let it begin."""
        there = self._open
        if there and there.step is Step.DOT and isinstance(error, OSError) and not there.lost_the_end(error):
            return Answer(Reply.UNKNOWN, words=in_doubt(self._told))
        return broken(there.step if there else Step.OPENING, error, self._told)

    def _leave(self) -> None:
        if self._open:
            self._open.leave()
        self._open = None

    def _drop(self) -> None:
        if self._open:
            self._open.close()
        self._open = None


def _asked_again(there: Conversation, mail: Mail) -> tuple[int, bytes]:
    """Begin another mail; a conversation that broke while it was idle is over, as if the server had said so."""
    try:
        return there.begin(mail)
    except (ConnectionError, TimeoutError, SSLError, SMTPServerDisconnected):
        return 421, b""
