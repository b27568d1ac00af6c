"""What journals print before an abstract: where the article stands, and the word "Abstract".

Both go only where they are certain: at the very beginning, in the shapes that publishers' feeds have, and with words
behind them.
"""

import re

from bulletin.parse.markup import clean

_INLINE = r"</?(?:b|i|em|strong)>"
_GAP = rf"(?:\s|&nbsp;|<p>|</p>|<br>|{_INLINE})*+"
_WORD = r"(?:ABSTRACT|Abstract|SUMMARY|Summary)"
_MONTHS = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*|Spring|Summer|Autumn|Fall|Winter"
_PLACES = rf"Issue|Number|No|Pages?|pp?|Part|Suppl(?:ement)?|Ahead of Print|Early ?View|[A-Za-z]{{0,2}}\d+|{_MONTHS}"

# "Journal of X, Volume 12, Issue 3, Page 1-9, June 2026." and nothing else up to the end of the line.
_CITATION = re.compile(
    rf"{_GAP}(?:[^<]|{_INLINE}){{0,200}}?\bVol(?:ume|\.)?\s*\d+\b"
    rf"(?=(?:[^<]|{_INLINE})*\b(?:Issue|No|Number|Pages?|pp|(?:19|20)\d\d)\b)"
    rf"(?:[\s,;:.()/–—-]|&nbsp;|\b(?:{_PLACES})\b|{_INLINE})*+(?:</p>|<br>|(?={_WORD}\b))"
)
# Up to three paragraphs, one of which names the DOI, before one that begins with "Abstract": PubMed, Pensoft.
_REFERENCE = re.compile(
    rf"(?=.{{0,400}}?\b(?:doi|DOI):)(?:<p>(?:[^<]|{_INLINE}){{1,2000}}+</p>\s*+){{1,3}}?(?=<p>(?:{_INLINE})*+{_WORD}\b)"
)
# A lone heading, a bold word, a label with a colon, or capitals before a sentence; "Abstract art" is none.
_LABEL = re.compile(
    rf"{_GAP}(?:{_WORD}(?:"
    rf"\s*+[:.]?\s*+(?:{_INLINE}\s*+)*+(?:</p>|<br>)"
    r"|\s*+[:.]?\s*+(?:</(?:b|i|em|strong)>)++[:.]?(?!\s*[a-z])"
    r"|\s*+[:.]\s|\s++[–—-]\s)"
    r"|(?:ABSTRACT|SUMMARY)\s++(?=[A-Z][a-z]|A\s|[A-Z]+:))"
)
_BARE_LABEL = re.compile(rf"{_GAP}{_WORD}\s++(?=[A-Z0-9])")
_TAG = re.compile(r"<[^>]*>")
_EDGE = re.compile(r"^(?:\s|<br>)+")
_LETTERS = re.compile(r"[^\W\d_]{2}")


def without_head(summary: str) -> str:
    """A clean summary (see `markup.clean`) without such a head; the whole one if nothing else were left."""
    citation = _CITATION.match(summary) or _REFERENCE.match(summary)
    start = citation.end() if citation else 0
    label = _LABEL.match(summary, start) or (_BARE_LABEL.match(summary, start) if citation else None)
    end = label.end() if label else start
    rest = _EDGE.sub("", summary[end:])
    if not end or not _LETTERS.search(_TAG.sub(" ", rest)):
        return summary
    is_inside = summary.count("<p>", 0, end) > summary.count("</p>", 0, end)
    return clean(f"<p>{rest}" if is_inside else rest)
