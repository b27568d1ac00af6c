"""The rules of our own words: what the NHS content style guide and GOV.UK say of plain English.

They judge what a library writes itself, and never titles and summaries, which are other people's.
"""

import re
from collections.abc import Iterator

from bulletin.lint.letter import Letter
from bulletin.lint.letter.passages import loose, own_passages, own_texts, squeeze, without_addresses
from bulletin.lint.letter.reading import Passage
from bulletin.lint.letter.tree import Node
from bulletin.lint.rules import WARNING, Fault, rule
from bulletin.lint.words.spelling import AMERICAN
from bulletin.model import Known

LONG_WORD = 4  # letters; longer ones in capitals are shouted, or an abbreviation
MEAN, LONGEST = 20, 35  # words in a sentence
SUMMARY = 80  # words

_WELL_KNOWN = frozenset(
    ("ADHD", "AIDS", "BBC", "CINAHL", "COPD", "COVID", "EMBASE", "ENGLAND", "HTML", "JAMA", "MEDLINE",
     "MHRA", "MRSA", "NHS", "NICE", "PDF", "PROSPERO", "PUBMED", "RSS", "UK", "UNICEF", "UNESCO", "USA")
)  # fmt: skip
_CAPITALS = re.compile(r"\b[A-Z][A-Z’']+(?:[ \t\xa0-]+(?:&[ \t])?[A-Z][A-Z’']*)+\b")
_EXCLAMATION = re.compile(r"[\w)\"'’”?!]!{1,9}(?=[\s)\"'’”]|$)")
_SLANTED = ("italic", "oblique")
_SLANTING = frozenset({"i", "em", "cite", "dfn", "var", "address"})

_MONTH = (
    r"(?:(?:January|February|March|April|May|June|July|August|September|October|November|December)\b"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)"
)
_DAY = r"(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?\b"
_TO = r"\s?[-–—]\s?"
_TIME = r"\d{1,2}(?:[.:]\d\d)?\s?[aApP]\.?[mM]\b\.?"
_D, _M = r"(?:0?[1-9]|[12]\d|3[01])", r"(?:0?[1-9]|1[0-2])"
_ALONE, _END = r"(?<![\w./-])", r"(?![\w/-])"
_AS, _FIRST, _RANGE = (
    "write a date as 6 August 2018",
    "write the day before the month: 6 August",
    "write a range with to",
)
_DATES = tuple(
    (re.compile(pattern), advice)
    for pattern, advice in (
        (rf"{_ALONE}\d{{1,2}}/\d{{1,2}}/(?:\d{{4}}|\d\d){_END}", _AS),
        (rf"{_ALONE}{_D}[.-]{_M}[.-](?:19|20)\d\d{_END}", _AS),
        (rf"{_ALONE}(?:0[1-9]|[12]\d|3[01])\.(?:0[1-9]|1[0-2])\.\d\d{_END}", _AS),
        (rf"{_ALONE}(?:19|20)\d\d[-/.](?:0[1-9]|1[0-2])[-/.](?:0[1-9]|[12]\d|3[01]){_END}", _AS),
        (rf"\b\d{{1,2}}(?:st|nd|rd|th)(?: of)? {_MONTH}", "write a day without st, nd, rd or th: 6 August"),
        (rf"\b{_MONTH} (?:the )?\d{{1,2}}(?:st|nd|rd|th)\b", _FIRST),
        (rf"(?<!\d )\b{_MONTH} {_D}(?:,? (?:19|20)\d\d\b|(?=[.,;)]|$))", _FIRST),
        (rf"\b0\d {_MONTH}", "write a day without a nought: 6 August"),
        (rf"\b\d{{1,2}} {_MONTH}, (?:19|20)\d\d\b", "write a date without a comma: 6 August 2018"),
        (rf"\b\d{{1,2}}{_TO}\d{{1,2}} {_MONTH}", f"{_RANGE}: 1 to 5 May"),
        (rf"\b\d{{1,2}} {_MONTH}{_TO}\d{{1,2}} {_MONTH}", f"{_RANGE}: 30 April to 5 May"),
        (rf"\b{_MONTH}(?: \d{{4}})?{_TO}{_MONTH}", f"{_RANGE}: May to June"),
        (rf"{_ALONE}(?:19|20)\d\d[-–](?:19|20)\d\d{_END}", f"{_RANGE}: 2015 to 2020"),
        (rf"\b{_DAY}{_TO}{_DAY}", f"{_RANGE}: Monday to Friday"),
        (rf"\b(?:{_TIME}|\d{{1,2}}(?:[.:]\d\d)?){_TO}{_TIME}", f"{_RANGE}: 10am to 11am"),
        (rf"\b\d{{1,2}}:\d\d{_TO}\d{{1,2}}:\d\d\b", f"{_RANGE}: 10am to 11am"),
        (r"(?<![\d.:])12(?:[.:]00)?\s?(?:[aApP]\.?[mM]\b\.?|noon\b|midnight\b)", "write midday or midnight"),
    )
)
_ENDS = re.compile(r"(?<=[.?!])[\"'”’)\]]*\s+(?=[\"'“‘(\[]?[A-Z0-9])")
_LABELS = re.compile(r"\s[|·•]\s")


@rule(
    29,
    "abbreviations",
    WARNING,
    "abbreviations of the house file are spelled out where they come first",
    needs_desk=True,
)
def abbreviations(letter: Letter) -> Iterator[Fault]:
    """Look for each abbreviation of the house in our own words, and what it stands for beside it."""
    known = letter.known
    texts = own_texts(letter)
    for short, long in sorted(known.abbreviations.items()) if known else ():
        used = re.compile(rf"(?<![\w-]){re.escape(short)}(?:s|es|'s|’s)?(?![\w-])")
        first = next((match for match in map(used.search, texts) if match), None)
        if long and first and not _is_spelled_out(first.string, first, long):
            yield f"{short} is not spelled out where it comes first: {long} ({short})", first.string


@rule(30, "quiet-words", WARNING, "no block capitals, italics or exclamation marks in our own words")
def plain_words(letter: Letter) -> Iterator[Fault]:
    """Look at letters, styles and marks; abbreviations are no block capitals."""
    for text in own_texts(letter):
        for run in shouted(text, letter.known):
            yield "block capitals are hard to read, and screen readers may spell them", run
    for text in (*own_texts(letter), letter.header("Subject")):
        if _EXCLAMATION.search(without_addresses(text)):
            yield "an exclamation mark: a full stop says it as well", text
    for passage in own_passages(letter):
        yield from _styled(letter, passage)


@rule(31, "dates", WARNING, "dates as 6 August 2018, ranges with to, midday and midnight")
def dates(letter: Letter) -> Iterator[Fault]:
    """Look at the dates in our own words, and at those of items, which we write too."""
    dated = [item.dated for item in letter.known.items] if letter.known else []
    for text in (*own_texts(letter), *dated):
        bare = without_addresses(text)
        for pattern, advice in _DATES:
            match = pattern.search(bare)
            if match:
                yield f"{match[0].strip()}: {advice}", text
                break


@rule(
    32,
    "sentences",
    WARNING,
    "our own sentences have 20 words in the mean and never over 35; summaries at most 80 words",
)
def sentences(letter: Letter) -> Iterator[Fault]:
    """Count words; what has no end is a label, and counts only when it is too long."""
    lengths = []
    for text in own_texts(letter):
        for sentence in _sentences(text):
            words = _count(sentence)
            if words > LONGEST:
                yield f"a sentence of {words} words: {LONGEST} is the most", sentence
            if sentence.rstrip("\"'”’)]").endswith((".", "?", "!")):
                lengths.append(words)
    if lengths and sum(lengths) > MEAN * len(lengths):
        yield f"our own sentences have {sum(lengths) / len(lengths):.0f} words in the mean: {MEAN} is the most", ""
    for item in letter.known.items if letter.known else ():
        if len(item.summary.split()) > SUMMARY:
            yield f"a summary of {len(item.summary.split())} words: {SUMMARY} is the most", item.title


@rule(
    66,
    "spelling",
    WARNING,
    "our own words are spelled as in the United Kingdom; titles stay as they are, letter for letter",
)
def spelling(letter: Letter) -> Iterator[Fault]:
    """Look for the commonest American spellings, but in names, and for titles that somebody has touched."""
    language = letter.tree.root.get("lang").lower() or (letter.known.language.lower() if letter.known else "en")
    if language in ("en", "en-gb"):
        for text in own_texts(letter):
            yield from _american(text)
    yield from _touched(letter)


def _is_spelled_out(text: str, used: re.Match[str], long: str) -> bool:
    """Whether what an abbreviation stands for is beside this use of it: integrated care board (ICB), or in turn."""
    words = "(?i:" + re.escape(squeeze(long)).replace(r"\ ", r"[\s-]+").replace(r"\-", r"[\s-]+") + ")"
    before, after = text[: used.start()], text[used.end() :]
    return bool(
        re.search(rf"{words}s?\W{{1,3}}$", before) or re.match(rf"\W{{1,3}}(?:or |the |stands for )?{words}", after)
    )


def shouted(text: str, known: Known | None) -> list[str]:
    """The runs of words in block capitals; abbreviations, and what the house always writes so, are none."""
    return [run for run in _CAPITALS.findall(without_addresses(text)) if _is_shouted(run, known)]


def _is_shouted(run: str, known: Known | None) -> bool:
    """Whether two words or more are in capitals, one of them long, and not all of them abbreviations."""
    excused = {*_WELL_KNOWN, *((*known.capitals, *known.abbreviations) if known else ())}
    words = [word for word in re.findall(r"[A-Z’']+", run) if word not in excused and len(word) > 1]
    return len(words) > 1 and any(len(word) > LONG_WORD for word in words)


def _styled(letter: Letter, passage: Passage) -> Iterator[Fault]:
    for node, piece in passage.pieces:
        if re.search(r"[^\W_]", piece):
            if _is_slanted(letter, node):
                yield "italics are hard to read: leave them out", passage.text
            if letter.light.value(node, "text-transform") == "uppercase" and _is_shouted(piece.upper(), letter.known):
                yield "a style makes block capitals of this: leave it out", passage.text


def _is_slanted(letter: Letter, node: Node) -> bool:
    """Whether its letters are slanted: by what is nearest, for em in a cell with a font of its own is so too."""
    for one in (node, *node.above()):
        said = letter.light.declared(one).get("font-style", "")
        if said not in ("", "inherit", "unset") or one.tag in _SLANTING:
            return said.startswith(_SLANTED) or (said in ("", "inherit", "unset") and one.tag in _SLANTING)
    return False


def _sentences(text: str) -> Iterator[str]:
    """The sentences of a passage; labels with strokes and dots between them are no sentence."""
    for label in _LABELS.split(without_addresses(text)):
        for sentence in _ENDS.split(label):
            head, colon, tail = sentence.partition(": ")
            yield head if colon and tail.count(";") > 1 else sentence  # a list stands behind the colon


def _count(sentence: str) -> int:
    return sum(1 for word in sentence.split() if re.search(r"\w", word))


def _american(text: str) -> Iterator[Fault]:
    for match in AMERICAN.pattern.finditer(without_addresses(text)):
        if not _is_name(match):
            yield f"{match[0]}: write {AMERICAN.british(match[0])}", text


def _is_name(match: re.Match[str]) -> bool:
    """Whether a word is part of a name: World Health Organization, Center for Health Policy."""
    if not match[0][0].isupper():
        return False
    before, after = match.string[max(0, match.start() - 60) : match.start()], match.string[match.end() :]
    return bool(re.search(r"[A-Z][\w’']*(?: (?:of|for|and|the|in))? $", before)) or bool(
        re.match(r"s?(?: (?:of|for|and|on|in|the)){0,2} [A-Z]", after)
    )


def _touched(letter: Letter) -> Iterator[Fault]:
    """Titles that stand in the email in other letters than in the record."""
    if not (letter.known and letter.html):
        return
    there = squeeze(letter.tree.body.text)
    almost = loose(there)
    for item in letter.known.items:
        if squeeze(item.title) not in there and loose(item.title) in almost:
            yield (
                "a title is not as its source wrote it: capitals, quotation marks or dashes were changed",
                item.title,
            )


RULES = (abbreviations, plain_words, dates, sentences, spelling)
