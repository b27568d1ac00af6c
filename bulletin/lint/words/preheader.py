"""Rules 26 and 27: what mail programs show beside the subject, before an email is opened."""

import re
from collections.abc import Iterator
from itertools import takewhile

from bulletin.lint.letter import Letter
from bulletin.lint.letter.passages import loose
from bulletin.lint.letter.reading import Passage
from bulletin.lint.rules import WARNING, Fault, rule
from bulletin.model.colours import contrast

SHORTEST, LONGEST, MOST = 40, 130, 256  # letters; the last: GOV.UK Notify

# What fills a preview so that nothing else shows: invisible letters, odd spaces and what joins nothing.
_STUFFING = re.compile(
    r"[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u2000-\u200f\u2028-\u202f\u205f-\u2064\u2800\u3164\ufeff\uffa0\xa0]"
)
_MOST_STUFFING = 4  # such letters that may stand in a preheader by chance
_SENTENCE = 9  # words, from which on anything is taken for a sentence
_SAME_COLOUR = 1.3  # contrast to 1, below which nobody reads anything
_OWN_WORDS = 1 / 3  # of its words that must stand in the email too


@rule(26, "preheader", WARNING, "the first text of the body tells in 40 to 130 letters what is in the email")
def preheader(letter: Letter) -> Iterator[Fault]:
    """Look at what mail programs show beside the subject (bars: NUTILS at most 256; EMC on hidden fillings)."""
    first = _first(letter)
    if first is None:
        return
    text = _told(first)
    if _is_name(first, text):
        yield "there is no preheader: the first text of the body is a name, and tells nothing of what is new", text
    yield from _length(text, first.is_hidden)
    stuffed = _stuffing(letter)
    if stuffed > _MOST_STUFFING:
        yield f"the preheader is stuffed with {stuffed} letters that nobody sees: leave them out", text
    if not first.is_hidden and _is_same_colour(letter, first):
        yield "the preheader has the colour of its background: hide it with display:none, or show it", text
    if not _is_of_the_email(letter, first):
        yield "the preheader does not tell of this email: most of its words stand nowhere else in it", text


@rule(27, "preheader-and-subject", WARNING, "the preheader says something else than the subject", needs_message=True)
def preheader_repeats(letter: Letter) -> Iterator[Fault]:
    """Compare the two by their letters and figures alone."""
    first = _first(letter)
    text, subject = _bare(_told(first)) if first else "", _bare(letter.header("Subject"))
    if text and subject and text.startswith(subject) and len(text) - len(subject) < SHORTEST // 2:
        yield "the preheader repeats the subject: say there what is in the email", letter.header("Subject")


def _first(letter: Letter) -> Passage | None:
    """The first passage with words in it, seen or not."""
    return next((one for one in letter.passages if re.search(r"\w", _told(one))), None)


def _told(passage: Passage) -> str:
    return " ".join(_STUFFING.sub(" ", passage.text).split())


def _stuffing(letter: Letter) -> int:
    """How many letters that nobody sees stand before the first passage that somebody does."""
    hidden = takewhile(lambda one: one.is_hidden or not _told(one), letter.passages)
    first = _first(letter)
    pieces = [
        piece for one in (*hidden, *([first] if first and not first.is_hidden else [])) for _, piece in one.pieces
    ]
    return len(_STUFFING.findall("".join(pieces)))


def _length(text: str, is_hidden: bool) -> Iterator[Fault]:
    most = LONGEST if is_hidden else MOST  # a visible one is the beginning of the email itself
    said = f"the preheader, which is the first text of the body, has {len(text)} letters"
    if len(text) < SHORTEST:
        yield f"{said}: give it {SHORTEST} at least", text
    elif len(text) > most:
        yield f"{said}: {LONGEST} are shown at most", text


def _is_name(first: Passage, text: str) -> bool:
    """Whether what is seen first is a heading, or a few words that are no sentence: whose email it is, not what."""
    if first.is_hidden:
        return False
    chain = (first.nodes[0], *first.nodes[0].above())
    is_sentence = text.endswith((".", "?", "!", "…")) or len(text.split()) >= _SENTENCE
    return any(one.tag in ("h1", "h2", "h3") for one in chain) or not is_sentence


def _is_same_colour(letter: Letter, passage: Passage) -> bool:
    looks, node = letter.light, passage.nodes[0]
    return contrast(looks.colour(node), looks.background(node)) < _SAME_COLOUR


def _is_of_the_email(letter: Letter, first: Passage) -> bool:
    if not first.is_hidden:
        return True
    rest = [one.text for one in letter.passages if not one.is_hidden]
    there = set(re.findall(r"\w+", loose(" ".join((*rest, letter.header("Subject"))))))
    own = [word for word in re.findall(r"\w+", loose(first.text)) if len(word) > 3]
    return not own or sum(word in there for word in own) >= len(own) * _OWN_WORDS


def _bare(text: str) -> str:
    return re.sub(r"[\W_]", "", loose(text))


RULES = (preheader, preheader_repeats)
