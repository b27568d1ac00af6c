"""The rules of who an email is from, what it is about, and how large it is."""

import re
from collections.abc import Iterator
from email.utils import getaddresses

from bulletin.lint.letter import Letter
from bulletin.lint.letter.fields import decoded, fields, mailboxes
from bulletin.lint.letter.passages import loose
from bulletin.lint.rules import ERROR, WARNING, Fault, rule
from bulletin.lint.words.style import shouted
from bulletin.model import Known

SHORTEST_SUBJECT, LONGEST_SUBJECT, SHOWN_SUBJECT = 20, 120, 60  # letters
LARGE_HTML, LARGEST_HTML = 80_000, 95_000  # bytes; Gmail cuts an email off at about 102,000
LARGEST, LARGEST_IMAGES = 500_000, 300_000  # bytes

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_BIDI = re.compile(r"[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_NO_REPLY = re.compile(r"(?:do[-_.]?)?no?t?[-_.]?reply", re.IGNORECASE)
_ADDRESS = re.compile(r"[^\s@<>\"(),;:]{1,64}@[\w-]+(?:\.[\w-]+)+")


@rule(56, "sender", ERROR, "From is the list's own name and address, and replies reach a person", needs_message=True)
def sender(letter: Letter) -> Iterator[Fault]:
    """Look at From, Sender and Reply-To (bar E5)."""
    known, told = letter.known, letter.header("From")
    boxes = mailboxes(letter, "From")
    if len(boxes) != 1 or "@" not in boxes[0][1]:
        yield "From must hold exactly one mailbox", told
        return
    [(name, address)] = boxes
    if known and not _is_the_list((name, address.lower()), _mailbox(known.sender)):
        yield f"From is not the list's own: it should be {known.sender}", told
    other = _ADDRESS.search(name)
    if other and other[0].lower() != address.lower():
        yield f"the name in From holds another address than {address}: many would believe the name", told
    if not name:
        yield "From has no name: readers see an address alone", told
    if letter.header("Sender") and [box[1].lower() for box in mailboxes(letter, "Sender")] != [address.lower()]:
        yield "Sender is somebody else than From", letter.header("Sender")
    yield from _replies(letter, known)


@rule(
    57,
    "subject",
    ERROR,
    "the subject has 20 to 120 letters, nothing invisible, no block capitals, and is a new one",
    needs_message=True,
)
def subject(letter: Letter) -> Iterator[Fault]:
    """Look at the subject as it is shown (bar E4)."""
    raw = next((one.value for one in fields(letter.raw) if one.label.lower() == "subject"), "")
    told, shown = decoded(raw), letter.header("Subject")
    if len(shown) < SHORTEST_SUBJECT:
        yield f"the subject has {len(shown)} letters: at least {SHORTEST_SUBJECT} tell what it is", shown
    if len(shown) > LONGEST_SUBJECT:
        yield f"the subject has {len(shown)} letters: {LONGEST_SUBJECT} at most are shown", shown
    if _CONTROL.search(told):
        yield "the subject holds a line break or another control character", told
    if _BIDI.search(told):
        yield "the subject holds a mark that turns the direction of writing", told
    if _is_shouted(shown) or shouted(shown, letter.known):
        yield "the subject is in block capitals", shown, WARNING
    if letter.known:
        yield from _of_the_list(shown, letter.known)


@rule(60, "html-size", ERROR, "the HTML has at most 95,000 bytes, for Gmail cuts off what is longer")
def html_size(letter: Letter) -> Iterator[Fault]:
    """Measure the HTML part, decoded."""
    size = next((len(part.content) for part in letter.parts if part.type == "text/html" and not part.is_attached), 0)
    size = size or len(letter.html.encode("utf-8", "replace"))
    if size > LARGEST_HTML:
        yield f"the HTML has {size:,} bytes: Gmail cuts off what is over 102,000, so {LARGEST_HTML:,} is the most", ""
    elif size > LARGE_HTML:
        yield f"the HTML has {size:,} bytes, and {LARGEST_HTML:,} is the most: take out some items", "", WARNING


@rule(61, "whole-size", WARNING, "the message has at most 500,000 bytes and no attachments", needs_message=True)
def whole_size(letter: Letter) -> Iterator[Fault]:
    """Measure the whole message, and what it carries (bar E21)."""
    if len(letter.raw) > LARGEST:
        yield f"the message has {len(letter.raw):,} bytes: {LARGEST:,} is the most that every mailbox likes", ""
    images = sum(len(part.content) for part in letter.parts if part.type.startswith("image/"))
    if images > LARGEST_IMAGES:
        yield f"its images have {images:,} bytes: {LARGEST_IMAGES:,} is the most", ""
    for part in letter.parts:
        if part.is_attached and not part.type.startswith("image/"):
            yield "it carries an attachment: link to the file instead", part.type


def _mailbox(written: str) -> tuple[str, str]:
    name, address = next(iter(getaddresses([written])), ("", ""))
    return " ".join(name.split()), address.lower()


def _is_the_list(told: tuple[str, str], wanted: tuple[str, str]) -> bool:
    """Whether a mailbox is the one that is wanted; a name that is too long for a header ends in dots."""
    start = told[0].removesuffix(" ...")
    is_named = told[0] == wanted[0] or (start != told[0] and wanted[0].startswith(start))
    return is_named and told[1] == wanted[1]


def _replies(letter: Letter, known: Known | None) -> Iterator[Fault]:
    told = letter.header("Reply-To")
    addresses = [address for _, address in mailboxes(letter, "Reply-To")]
    if not addresses:
        yield "Reply-To is missing: say who reads the answers", letter.header("From")
    elif known and known.reply_to and [one.lower() for one in addresses] != [_mailbox(known.reply_to)[1]]:
        yield f"Reply-To is not the list's own: it should be {known.reply_to}", told
    for address in addresses:
        if _NO_REPLY.match(address):
            yield "Reply-To is an address that nobody reads", told


def _is_shouted(text: str) -> bool:
    letters = [one for one in text if one.isalpha()]
    capitals = sum(one.isupper() for one in letters)
    return len(letters) >= 10 and capitals > 0.7 * len(letters)


def _of_the_list(shown: str, known: Known) -> Iterator[Fault]:
    """A new subject, which begins with what everybody looks for: the bulletin and the month."""
    if known.last_subject and loose(shown) == loose(known.last_subject):
        yield "the subject is that of the edition before: give it the month or the day", shown, WARNING
    start = loose(shown[:SHOWN_SUBJECT])
    title, month = loose(known.title), f"{known.day:%B}".casefold()
    if len(title) + len(month) < SHOWN_SUBJECT - 8 and not (title in start and month in start):
        yield (
            f"the first {SHOWN_SUBJECT} letters of the subject should hold the bulletin's title and month",
            shown,
            WARNING,
        )


RULES = (sender, subject, html_size, whole_size)
