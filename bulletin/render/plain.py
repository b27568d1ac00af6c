"""Turns what came from a feed into harmless plain text: one line, no markup, nothing invisible, not too long."""

import re
import textwrap
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree

WIDTH = 78  # of a line of plain text: RFC 5322 2.1.1

_JOINERS = "\u200c\u200d"  # invisible, but Persian, Hindi and emoji need them
# Scripts in which joiners mean something: those whose letters join, from Arabic to Tibetan and Myanmar, Khmer,
# Mongolian, Tai, and the forms of Arabic letters; and emoji, which are joined to one another.
_JOINING = "\u0600-\u109f\u1780-\u18af\u1900-\u1aff\ua840-\ua8ff\ua9e0-\uaa7f\ufb50-\ufdff\ufe70-\ufefc"
_EMOJI = "\u00a9\u00ae\u203c-\u3299\ufe0f\U0001f000-\U0001faff"
# Anywhere else, nobody sees them; nor the fillers, which Python takes for letters.
_UNSEEN = re.compile(
    f"[\u034f\u115f\u1160\u3164\uffa0]|(?<![{_JOINING}])(?!(?<=[{_EMOJI}])\u200d[{_EMOJI}])[\u200c\u200d](?![{_JOINING}])"
)
_UNPRINTED = ("script", "style", "template", "title")
INLINE = frozenset(
    ["a", "abbr", "b", "cite", "code", "em", "i", "mark", "q", "s", "small", "span", "strong", "sub", "sup", "u"]
)
_SENTENCE_END = re.compile(r"(?<!\bal)(?<!\bvs)(?<!\bDr)(?<!\bNo)(?<!\.[a-z])[.!?][\"”’)]?(?= [\"“‘(]?[A-Z0-9])")


def plain(text: str) -> str:
    """One line of text without control characters, surrogates, bidi overrides and whatever else cannot be seen."""
    line = " ".join(text.split())
    if not line.isprintable():
        line = "".join(c for c in line if c.isprintable() or c in _JOINERS)
    while _UNSEEN.search(line):  # what stood between two joiners may have made sense of them
        line = _UNSEEN.sub("", line)
    return " ".join(line.split())


def runs_left(text: str) -> bool:
    """Whether a text runs from right to left: its first letter that has a direction says so (UAX 9, rules P2, P3)."""
    strong = (unicodedata.bidirectional(letter) for letter in text)
    return next((kind for kind in strong if kind in ("L", "R", "AL")), "L") != "L"


def text_of(html: str) -> str:
    """The words of a piece of HTML, as one line of plain text; whatever the markup is, none of it is left."""
    parser = etree.HTMLParser(remove_comments=True, remove_pis=True)
    tree = etree.fromstring(f"<div>{plain(html)}</div>", parser)
    etree.strip_elements(tree, *_UNPRINTED, with_tail=False)
    for element in tree.iter():
        if element.tag not in INLINE:
            element.text = " " + (element.text or "")
            element.tail = " " + (element.tail or "")
    return plain("".join(tree.itertext()))


@dataclass(frozen=True)
class Step:
    """One step on the way through markup: an element opens or closes, or there are words."""

    tag: str = ""  # none: words
    closes: bool = False
    words: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)


def steps(html: str) -> Iterator[Step]:
    """Walk through a piece of HTML, whatever it is: what opens closes, and nothing is nested but in order."""
    parser = etree.HTMLParser(remove_comments=True, remove_pis=True)
    tree = etree.fromstring(f"<div>{plain(html)}</div>", parser)
    etree.strip_elements(tree, *_UNPRINTED, "xml", with_tail=False)
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        tag = str(element.tag)
        if event == "start":
            yield Step(tag, attributes={str(name): str(value) for name, value in element.attrib.items()})
            yield Step(words=element.text or "")
        else:
            yield Step(tag, closes=True)
            yield Step(words=element.tail or "")


def cut(text: str, letters: int) -> str:
    """At most so many letters, ending between two words where there are words, and in " ..." when cut."""
    if len(text) <= letters:
        return text
    room = letters - len(" ...")
    head = text[: room + 1].rpartition(" ")[0] or text[:room]
    return f"{head} ..."


def shorten(text: str, words: int = 60, letters: int = 600) -> str:
    """The first sentences of a text, up to so many words; when the first one is longer, its words and " ...".

    `letters` bounds languages and nonsense that know no spaces.
    """
    if len(text) <= letters and len(text.split()) <= words:
        return text
    head = cut(" ".join(text.split()[:words]), letters).removesuffix(" ...")
    ends = [match.end() for match in _SENTENCE_END.finditer(text, 0, len(head) + 2) if match.end() <= len(head)]
    if ends and ends[-1] * 3 >= len(head):  # a sentence of four words tells nothing
        return text[: ends[-1]]
    return f"{head} ..."


def wrap(text: str) -> str:
    """The text in lines of at most 78 letters; a line keeps its indentation, and an address is never broken."""
    return "".join(f"{line}\n" for paragraph in text.strip("\n").splitlines() for line in _lines(paragraph))


def _lines(paragraph: str) -> list[str]:
    indent = paragraph[: len(paragraph) - len(paragraph.lstrip())]
    words = " ".join(piece for word in paragraph.split() for piece in _pieces(word, WIDTH - len(indent)))
    return textwrap.wrap(
        words,
        WIDTH,
        initial_indent=indent,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    ) or [""]


def _pieces(word: str, length: int) -> list[str]:
    """A word too long for a line in pieces; an address stays whole, because half of one leads nowhere."""
    if "://" in word or word.startswith("mailto:"):
        return [word]
    return [word[start : start + length] for start in range(0, len(word), length)]
