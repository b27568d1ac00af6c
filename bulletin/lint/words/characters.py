"""Rule 65: letters that were broken on the way, and such as nobody sees."""

import re
from collections.abc import Iterator

from bulletin.lint.letter import Letter
from bulletin.lint.rules import ERROR, Fault, rule

# What the bytes of UTF-8 look like when they are read as Windows-1252: a letter that leads, and others behind it.
_TAIL = "\u0080-\u00bf€‚ƒ„†‡ˆ‰Š‹ŒŽ•˜™š›œžŸ"
_MARKS = "…–—‘’“”"  # are such tails too, and stand behind many a word
_MOJIBAKE = re.compile(
    f"[ÂÃ][{_TAIL}{_MARKS}]|[ÄÅÎÏÐÑ][{_TAIL}]|(?:[ÎÏÐÑØÙ][{_TAIL}{_MARKS}]){{2}}|â€|â[‚„†ˆ‰][{_TAIL}{_MARKS}]"
    f"|(?:[à-ï][{_TAIL}{_MARKS}]{{2}}){{2}}|ð[{_TAIL}{_MARKS}]{{3}}|ï»¿|ï¿½"
)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_BROKEN = (
    (re.compile("\ufffd"), "a letter was lost"),
    (_CONTROL, "a control character"),
    (_MOJIBAKE, "letters that were read in the wrong charset"),
)
_STEERING = re.compile(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_INVISIBLE = re.compile(
    r"[\u034f\u115f\u1160\u180e\u200b-\u200d\u2060-\u2064\u3164\ufeff\uffa0\U000e0000-\U000e007f]"
)
_OPENS, _CLOSE = re.compile(r"[\u202a\u202b\u202d\u202e]"), "\u202c"  # Unicode Bidirectional Algorithm, 2.1 to 2.4
_ISOLATES, _POP = re.compile(r"[\u2066-\u2068]"), "\u2069"
# Scripts in which letters join, or words have no space between them, so that invisible letters mean something: from
# Arabic to Tibetan and Myanmar, Khmer, Mongolian, Tai, and the forms of Arabic letters.
_JOINING = re.compile(
    r"[\u0600-\u109f\u1780-\u18af\u1900-\u1aff\ua840-\ua8ff\ua9e0-\uaa7f\ufb50-\ufdff\ufe70-\ufefc]"
)
_EMOJI = re.compile(r"[\u00a9\u00ae\u203c-\u3299\ufe0f\U0001f000-\U0001faff]")
_FLAG, _TAGS = "\U0001f3f4", re.compile(r"[\U000e0020-\U000e007f]")  # of England, Scotland and Wales


@rule(65, "letters", ERROR, "no broken letters, control characters, unpaired marks of direction or invisible letters")
def letters(letter: Letter) -> Iterator[Fault]:
    """Look at all text, that of items too: what is broken in it was broken before it came to readers."""
    for text, is_hidden in _everything(letter):
        for pattern, advice in _BROKEN:
            match = pattern.search(text)
            if match:
                yield f"{advice}: {match[0]!a}", _near(text, match.start())
        if not _is_paired(text):
            yield "a mark that turns the direction of writing is not taken back in its line", text
        stray = None if is_hidden else _stray(text)  # what stuffs a preview is told as such
        if stray is not None:
            yield f"an invisible letter: U+{ord(text[stray]):04X}", _near(text, stray)
    control = _CONTROL.search(letter.html)
    if control:
        yield f"a control character: {control[0]!a}", _near(letter.html, control.start())


def _near(text: str, place: int) -> str:
    return text[max(0, place - 30) : place + 60]


def _everything(letter: Letter) -> Iterator[tuple[str, bool]]:
    """All text as it stands, a passage or a line at a time, and whether nobody sees it."""
    yield _STEERING.sub("", letter.header("Subject")), False  # the rule of the subject tells of those
    if letter.html:
        yield from ((node.get("alt") or node.text, False) for node in letter.tree.all("title", "img"))
    for passage in letter.passages:
        yield "".join(piece for _, piece in passage.pieces), passage.is_hidden
    for line in re.split(r"[\r\n]+", letter.text):
        yield line, False


def _is_paired(text: str) -> bool:
    return len(_OPENS.findall(text)) == text.count(_CLOSE) and len(_ISOLATES.findall(text)) == text.count(_POP)


def _stray(text: str) -> int | None:
    """Where an invisible letter stands that does nothing; None: nowhere."""
    return next((match.start() for match in _INVISIBLE.finditer(text) if not _joins(text, match.start())), None)


def _joins(text: str, place: int) -> bool:
    """Whether an invisible letter means something between its neighbours."""
    before, after = text[max(0, place - 1) : place] or " ", text[place + 1 : place + 2] or " "
    if _TAGS.match(text[place]):
        return _FLAG in text[max(0, place - 7) : place]
    if text[place] == "\u200d" and _EMOJI.match(before) and _EMOJI.match(after):
        return True
    return bool(_JOINING.match(before) or _JOINING.match(after))


RULES = (letters,)
