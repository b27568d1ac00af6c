"""Letters to editors about an edition: its draft is ready, its hour is near, it waits. Plain text."""

from collections.abc import Iterator
from dataclasses import dataclass
from textwrap import fill

from bulletin.model import Library
from bulletin.people.letters import written

_WIDTH = 78  # letters of a line (RFC 5322, 2.1.1)
_SUBJECT = {"tell": "To review", "remind": "Not approved yet", "waits": "Waits, and was not sent"}


@dataclass(frozen=True)
class About:
    """What a letter tells of an edition, in words."""

    edition: str  # its id
    title: str
    day: str
    items: str  # how many
    link: str  # of the page on which it is reviewed; empty: nobody but this machine reaches one
    due: str = ""  # when a late draft was due; empty: it is not late
    until: str = ""  # its hour; empty: it has none
    goes: bool = False  # whether it goes at its hour although nobody approves it, if nobody touches it
    why: str = ""  # why it waits


def edition_letter(kind: str, library: Library, recipient: str, about: About, at: float, mark: str) -> bytes:
    """Write a letter that tells, reminds or says what `waits`; `at` in seconds since 1970, `mark` names it for ever.

    Bytes as they are sent; the second time the very same Message-ID, by which a mailbox knows it again.
    """
    subject = f"{_SUBJECT[kind]}: {_line(about.title)}, {about.day}"
    paragraphs = "\n\n".join(_paragraphs(kind, about))
    return written(library, recipient, at, subject, f"Hello,\n\n{paragraphs}\n", mark)


def _paragraphs(kind: str, about: About) -> Iterator[str]:
    yield _filled(_opening(kind, about))
    if about.due:
        yield _filled(f"It comes late: it was due on {about.due}, and nothing ran then.")
    if about.link:
        yield f"To review and approve it, open this page:\n\n{about.link}"
    else:
        yield (
            "To review it, open the desk where it runs. To approve it at a terminal:\n\n"
            f"bulletin approve {about.edition} --by YOUR-ADDRESS"
        )
    yield _filled(_what_follows(kind, about))


def _opening(kind: str, about: About) -> str:
    named = f"{_line(about.title)} of {about.day} ({about.items})"
    if kind == "tell":
        return f"the draft of {named} is ready to be reviewed."
    if kind == "remind":
        return f"nobody has approved {named} so far."
    return f"{named} was to go on {about.until} and was not sent: {about.why}."


def _what_follows(kind: str, about: About) -> str:
    if kind == "waits":
        return "It waits: nothing of it is sent before somebody approves it, and then it goes at once."
    if not about.until:
        return "It goes to its readers as soon as somebody approves it. Until then nothing of it is sent."
    if about.goes:
        lapse = (
            "If nobody has touched it by then and every check passes, it goes as it is; if somebody has, it waits "
            "until somebody approves it."
        )
    else:
        lapse = "If nobody has approved it by then, it waits, and nothing of it is sent until somebody does."
    return f"Please approve it by {about.until}: then it goes to its readers. {lapse}"


def _filled(words: str) -> str:
    return fill(words, _WIDTH, break_long_words=False, break_on_hyphens=False)


def _line(words: str) -> str:
    """One line, which no mail program takes for an encoded word (CVE-2024-6923)."""
    return " ".join(words.split()).replace("=?", "= ?")
