"""The one door of nh3: HTML from outside, cleaned to what a bulletin prints, or turned into plain text."""

import html
import re
from typing import Any

import nh3

from bulletin.parse.links import web_address
from bulletin.parse.text import cut, tidy, visible

_TAGS = {"p", "br", "ul", "ol", "li", "em", "strong", "b", "i", "sub", "sup", "blockquote", "a"}
# Dropped with all that is in them: what they hold was never meant to be read, or asks to be filled in.
_DROPPED = {
    *("script", "style", "template", "noscript", "title", "textarea", "xmp", "svg", "object", "iframe", "frameset"),
    *("form", "select", "button", "option", "audio", "video", "canvas", "map", "head", "noembed", "noframes"),
    "annotation",
}
_MOST_RAW = 60_000  # characters of HTML that are looked at; a parser's time grows faster than its input
_MOST = 20_000  # characters of a summary
_ROOM_TO_CLOSE = 1_000  # what the end tags of the deepest nesting need
_DEEPEST = 64
_PASSES = 8

# A < begins a tag only if a whole tag follows: "p<b" and "AT&T <5" are text. A tag that HTML does not know (a
# journal's own XML) may only have attributes with values, so that "x <y and z> w" stays.
_HTML_TAGS = (
    "a|abbr|acronym|address|applet|area|article|aside|audio|b|base|basefont|bdi|bdo|big|blink|blockquote|body|br|button|"
    "canvas|caption|center|cite|code|col|colgroup|data|datalist|dd|del|details|dfn|dialog|dir|div|dl|dt|em|embed|"
    "fieldset|figcaption|figure|font|footer|form|frame|frameset|h[1-6]|head|header|hgroup|hr|html|i|iframe|img|image|"
    "input|ins|isindex|kbd|keygen|label|legend|li|link|main|map|mark|marquee|math|menu|meta|meter|nav|nobr|noembed|"
    "noframes|noscript|object|ol|optgroup|option|output|p|param|picture|plaintext|pre|progress|q|rp|rt|ruby|s|samp|"
    "script|section|select|small|source|span|strike|strong|style|sub|summary|sup|svg|table|tbody|td|template|textarea|"
    "tfoot|th|thead|time|title|tr|track|tt|u|ul|var|video|wbr|xmp"
)
_LESS_THAN = re.compile(
    rf"<(?!/?(?:{_HTML_TAGS})(?:[\s/](?:[^<>\"']|\"[^\"]*\"|'[^']*')*+)?>"
    r"|/?[A-Za-z][\w.:-]*+(?:\s+[\w.:-]+\s*+=\s*+(?:\"[^\"]*\"|'[^']*'|[^\s<>\"']+))*+\s*+/?>|!|\?)",
    re.IGNORECASE,
)
_HEADING = re.compile(r"<h[1-6](?=[\s>])[^<>]*>", re.IGNORECASE)
_HEADING_END = re.compile(r"</h[1-6]\s*>", re.IGNORECASE)
_BLOCKS = "div|section|article|header|footer|main|aside|tr|dt|dd|figure|figcaption|pre|address|center|details|summary"
_BLOCK = re.compile(rf"<(/?)(?:{_BLOCKS})(?=[\s>])[^<>]*>", re.IGNORECASE)
# A parser moves what it does not expect in a table out of it; the rows are paragraphs here, so the rest may go.
_TABLE = re.compile(r"</?(?:table|thead|tbody|tfoot|td|th)(?=[\s>])[^<>]*>", re.IGNORECASE)
# nh3 drops the words of a formula with its elements; HTML's own names with an m go on with an a or an e.
_MATH = re.compile(r"</?(?:math|semantics|m(?![ae])[a-z]+)(?=[\s/>])[^<>]*>", re.IGNORECASE)
_IMAGE = re.compile(r"<img\s(?:[^<>\"']|\"[^\"]*\"|'[^']*')*+>", re.IGNORECASE)
_ALT = re.compile(r"\salt\s*=\s*(?:\"([^\"<>]*)\"|'([^'<>]*)')", re.IGNORECASE)
_BREAK = re.compile(rf"<(?=/?(?:p|br|hr|li|ul|ol|h[1-6]|table|td|th|blockquote|{_BLOCKS})\b)", re.IGNORECASE)
_EMPTY = re.compile(r"<(p|strong|em|b|i|a|sub|sup|li|ul|ol|blockquote)>\s*</\1>")
_UNLINKED = re.compile(r"<a>(.*?)</a>", re.DOTALL)
_TAG = re.compile(r"<(/?)(\w+)[^<>]*>")
_CUT_OFF = re.compile(r"<[^>]*$|&[^;\s]{0,8}$")
# A picture inside its own address (data:image/png;base64,...), or something of that sort; no address is as long.
_ENDLESS = re.compile(r"[!#-&(-;=?-~]{2001,}")
_MARKUP = re.compile(r"[<>&]")
_LINK = re.compile("href", re.IGNORECASE)  # no attribute name can be written otherwise
_RULES: dict[str, Any] = {
    "tags": _TAGS,
    "clean_content_tags": _DROPPED,
    "attributes": {"*": set(), "a": {"href"}},  # else nh3 keeps title and lang
    "url_schemes": {"http", "https"},
    "link_rel": None,
}
_WITHOUT_LINKS = nh3.Cleaner(**_RULES)  # made once: making it costs more than most summaries
_PARAGRAPHS = re.compile(r"\n\s*\n")


def clean(markup: str, base: str = "") -> str:
    """HTML in which only our few tags are left, at most 20,000 characters; links are absolute http(s) ones.

    `base` is what relative links stand on. Cleaning what is clean changes nothing: a browser that reads the result
    must see what was checked, so markup that reads otherwise each time it is written down becomes plain text.
    """
    cleaned = _stable(_prepared(markup), base)
    if len(cleaned) <= _MOST:
        return cleaned
    return _stable(_CUT_OFF.sub("", cleaned[: _MOST - _ROOM_TO_CLOSE]) + "…", base)


def from_plain(text: str) -> str:
    """Plain text as HTML: a blank line begins a paragraph."""
    paragraphs = [html.escape(part, quote=False) for part in _PARAGRAPHS.split(text.strip())]
    return paragraphs[0] if len(paragraphs) == 1 else "".join(f"<p>{part}</p>" for part in paragraphs)


def text_of(markup: str) -> str:
    """HTML as one line of plain text: tags gone, entities decoded once."""
    if not _MARKUP.search(markup):
        return tidy(markup)
    spaced = _BREAK.sub(" <", _readable(markup))
    return tidy(html.unescape(nh3.clean(spaced, tags=set(), clean_content_tags=_DROPPED)))


def _readable(markup: str) -> str:
    """Markup of a bounded length in which every < begins a tag, and a formula is only words."""
    markup = _ENDLESS.sub("", markup)
    if len(markup) > _MOST_RAW:
        markup = _CUT_OFF.sub("", markup[:_MOST_RAW])
    return _MATH.sub("", _LESS_THAN.sub("&lt;", markup))


def _prepared(markup: str) -> str:
    """Rewrite what our tags can say in other words: headings, blocks, table cells, pictures."""
    markup = _readable(markup)
    markup = _HEADING_END.sub("</strong></p>", _HEADING.sub("<p><strong>", markup))
    markup = _TABLE.sub(" ", _BLOCK.sub(r"<\1p>", markup))
    return _IMAGE.sub(_alternative, markup)


def _alternative(image: re.Match[str]) -> str:
    found = _ALT.search(image[0])
    return f" {found[1] or found[2] or ''} " if found else ""


def _stable(markup: str, base: str) -> str:
    for _ in range(_PASSES):
        again = _once(markup, base)
        if _depth(again) > _DEEPEST:
            break
        if again == markup:
            return again
        markup = again
    return _once(html.escape(cut(text_of(markup), _MOST // 5), quote=False), base)


def _once(markup: str, base: str) -> str:
    if not _MARKUP.search(markup):
        return " ".join(visible(markup).split())

    def absolute(_tag: str, _attribute: str, value: str) -> str | None:
        return web_address(value, base) or None

    cleaner = nh3.Cleaner(**_RULES, attribute_filter=absolute) if _LINK.search(markup) else _WITHOUT_LINKS
    cleaned = cleaner.clean(markup)
    cleaned = _UNLINKED.sub(r"\1", visible(cleaned))
    return " ".join(_EMPTY.sub("", cleaned).split())


def _depth(markup: str) -> int:
    deepest = depth = 0
    for closing, name in _TAG.findall(markup):
        if name != "br":
            depth += -1 if closing else 1
            deepest = max(deepest, depth)
    return deepest
