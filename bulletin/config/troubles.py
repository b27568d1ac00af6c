"""What is wrong with a file that is no good YAML, in words for people who have never heard of YAML."""

import re

_TAB = "there is a tab in this line: use spaces"
# What the parser would trip over in its own words, or with an exception that is none of its own.
_FORBIDDEN = (
    (
        re.compile(r"[^\t\n\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"),
        "an invisible control character stands on this line: delete it, or type the line again",
    ),
    (re.compile(r"^ *\t\s*[^\s#]", re.MULTILINE), _TAB),
    (
        re.compile(r"^[ -]*+(?:\w+:)? *[\xa0\u2000-\u200b\u202f\u3000]", re.MULTILINE),
        "there is an odd space in this line, as Word makes them: type it again",
    ),
    (re.compile(r"^%", re.MULTILINE), "a line cannot begin with %: take the line out, or put the words in quotes"),
    (
        re.compile(r"\\U(?!000[0-9a-f]|0010)[0-9a-f]{8}", re.IGNORECASE),
        "the \\U on this line names no character: type the character itself",
    ),
)

OPEN_QUOTE = "a quotation mark on this line is never closed: put one at the end of the words too"
_BACKSLASH = "inside double quotes a \\ is special: use single quotes instead"
# A part of what the parser says; whether to point at the line where the trouble began; what we say.
_TROUBLES = (
    ("unknown escape", False, _BACKSLASH),
    ("expected escape", False, _BACKSLASH),
    ("quoted scalar", True, OPEN_QUOTE),
    (
        "parsing a flow",
        True,
        "a bracket on this line is not closed: check the commas, and that every [ has its ] and every { its }",
    ),
    (
        "mapping values are not allowed",
        False,
        "a colon is not expected here: check the spaces at the front of the line, or put the words in quotes",
    ),
    (r"'\t' that cannot start any token", False, _TAB),
    ("start any token", False, "a value cannot begin with this character: put the whole value in quotation marks"),
    ("expected ':'", True, "a key without its colon: write it as key: value"),
    (
        "<block end>",
        False,
        "this line does not fit those above it: check the spaces at its front, its dash and colon",
    ),
)
_ANY_TROUBLE = "this line cannot be understood: check its spaces, colons, quotation marks and brackets"


def forbidden(text: str) -> tuple[int, str] | None:
    """Return line and sentence of the first character that no file of ours may hold, or None."""
    for pattern, message in _FORBIDDEN:
        if found := pattern.search(text):
            return text.count("\n", 0, found.start()) + 1, message
    return None


def explain(complaint: str) -> tuple[bool, str]:
    """Return whether a parser's complaint is about the line where the trouble began, and our sentence for it."""
    for part, began, message in _TROUBLES:
        if part in complaint:
            return began, message
    return False, _ANY_TROUBLE
