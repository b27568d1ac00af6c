"""The text of an XML feed, made harmless before feedparser reads it."""

import html
import re
from html.entities import html5

from bulletin.errors import ParseError

_MOST_ENTRIES = 5_000  # read; how many are kept is decided later, when their dates are known

# XML 1.0, section 2.2. One of these, plain or as a reference, ends a strict parser or breaks a lenient one.
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_NUMBERED = re.compile(r"&#(?:[xX]([0-9a-fA-F]+)|([0-9]+));?")
_NAMED = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)([A-Za-z][A-Za-z0-9]{1,31};)")
# Attributes are looked up one by one in a list: 80,000 of them take minutes.
_MANY_ATTRIBUTES = re.compile(r"<[^\s<>]++(?:\s++[^\s=<>]++\s*+=\s*+(?:\"[^\"<]*+\"|'[^'<]*+')){500}")
# feedparser looks for an email address in every author, and compares each keyword with each: their time grows with
# the square of a run of such characters, and of the number of keywords.
_WHO = r"(?:[\w.-]{1,40}:)?(?:author|creator|managingeditor|webmaster|publisher|owner|keywords|tags)"
_NAMES = re.compile(rf"(<{_WHO}(?=[\s>])[^<>]*>)", re.IGNORECASE)
_NAMES_END = re.compile(rf"</{_WHO}\s*>", re.IGNORECASE)
_RUN = re.compile(r"([A-Za-z0-9_.+-]{100})[A-Za-z0-9_.+-]+")
_MOST_NAMES = 2_000  # characters of such an element that stay as they are; others lose their markup
_MOST_WORDS = 10_000  # characters of names that are kept
_CDATA_MARK = re.compile(r"<!\[CDATA\[|\]\]>")
_TAG = re.compile(r"<[^<>]*>")
_COMMENT = re.compile(r"(<!\[CDATA\[.*?(?:\]\]>|\Z))|<!--.*?-->", re.DOTALL)
# Two labels of one entry are compared with each other: 20,000 of them take seconds, 60,000 a minute.
_LABEL = re.compile(r"<(?:[\w.-]{1,40}:)?(?:category|subject|keywords|tag)[\s>/]", re.IGNORECASE)
_MOST_LABELS = 2_000  # of one entry, or before the first; the most of a real one are 250
_MOST_TAGS = 150_000  # of a document; the most of a real one are 20,000, and these take two seconds to read
_MOST_REFERENCES = 1_000_000  # of a document; the most of a real one are 83,000
_START = re.compile(r"<(?:[\w.-]{1,40}:)?(?:item|entry)(?:\s[^<>]*)?(?<!/)>", re.IGNORECASE)
_END = re.compile(r"</(?:[\w.-]{1,40}:)?(?:item|entry)\s*>", re.IGNORECASE)
_ROOT_END = re.compile(r"</(?:[\w.-]{1,40}:)?(?:rss|rdf|feed)\s*>", re.IGNORECASE)


def harmless(text: str) -> str:
    """The same feed without what breaks a parser or takes it for ever; entities that HTML knows become characters."""
    if _MANY_ATTRIBUTES.search(text):
        raise ParseError("the document has an element with hundreds of attributes, as attacks do: it was not read")
    text = _without_comments(text)
    if text.count("<") > _MOST_TAGS or any(len(_LABEL.findall(part)) > _MOST_LABELS for part in _START.split(text)):
        raise ParseError("the document has more elements than any feed needs, as attacks do: it was not read")
    if text.count("&") > _MOST_REFERENCES:
        raise ParseError("the document has more & signs than any feed needs, as attacks do: it was not read")
    text = _NUMBERED.sub(_legal_reference, _ILLEGAL.sub("", text))
    text = _NAMED.sub(_character, text)
    before, *names = _NAMES.split(text)
    return before + "".join(map(_shorter_names, names))


def fewer_entries(text: str) -> tuple[str, str]:
    """The feed with its first entries only, where it has absurdly many, and a warning."""
    starts = [found.start() for found in _START.finditer(text)]
    if len(starts) <= _MOST_ENTRIES:
        return text, ""
    ends = [found.end() for found in _END.finditer(text, starts[-1])] or [len(text)]
    warning = f"the feed has {len(starts):,} entries; the first {_MOST_ENTRIES:,} were read"
    return text[: starts[_MOST_ENTRIES]] + text[ends[-1] :], warning


def cut_inside_an_entry(text: str) -> bool:
    """Whether the document ends before its last entry does."""
    starts = [found.start() for found in _START.finditer(text)]
    return bool(starts) and not _END.search(text, starts[-1])


def has_its_end(text: str) -> bool:
    """Whether the root element ends behind the last entry."""
    ends = [found.end() for found in _END.finditer(text)] or [0]
    return bool(_ROOT_END.search(text, ends[-1]))


def _without_comments(text: str) -> str:
    """The same without comments, which may hold what looks like entries; in a CDATA section they are only words."""
    end = text.rfind("-->") + 3  # behind it, none ends: not looked for, so that no character is looked at often
    return _COMMENT.sub(lambda found: found[1] or "", text[:end]) + text[end:]


def _shorter_names(text: str) -> str:
    """What follows the start tag of names, without what is endless before the end tag."""
    end = _NAMES_END.search(text)
    if not end:
        return text
    names, rest = text[: end.start()], text[end.start() :]
    if len(names) > _MOST_NAMES:  # a run may hide in markup and references
        names = html.escape(html.unescape(_TAG.sub("", _CDATA_MARK.sub("", names)))[:_MOST_WORDS], quote=False)
    return _RUN.sub(r"\1", names) + rest


def _legal_reference(found: re.Match[str]) -> str:
    """The same reference if XML allows its character, and the character itself if it is only a letter or digit."""
    digits, base = (found[1], 16) if found[1] else (found[2], 10)
    digits = digits.lstrip("0")
    number = int(digits, base) if 0 < len(digits) < 8 else 0
    if not 0 < number <= 0x10FFFF or _ILLEGAL.match(chr(number)):
        return ""
    return chr(number) if chr(number).isalnum() else found[0]


def _character(found: re.Match[str]) -> str:
    """What HTML means by the name, unless that would be markup."""
    text = html5.get(found[1], "<")
    return found[0] if set(text) & set("<>&\"'") else text
