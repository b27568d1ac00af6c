"""The rules of an edition: that its items are what the desk says, with what must stand with them."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from urllib.parse import parse_qsl, urlsplit

from bulletin.lint.letter import Letter
from bulletin.lint.letter.hosts import host_of, links_of
from bulletin.lint.letter.passages import around, known_items, loose, visible
from bulletin.lint.letter.reading import is_unseen
from bulletin.lint.letter.tree import Node
from bulletin.lint.rules import ERROR, WARNING, Fault, rule
from bulletin.model import Known

_SAYS = (  # how a mark is said in other words
    ("retract", r"\b(?:retracted|retraction|withdrawn)\b"),
    ("concern", r"\bconcern\b"),
    ("correct", r"\b(?:corrected|correction|erratum|corrigendum)\b"),
)
_MARKED = re.compile(
    r"\W*(?:retract(?:ed|ion)|withdrawn|correct(?:ed|ion)|expression of concern)(?: \w+)?\s*[\]):–—-]+\s*",
    re.IGNORECASE,
)
_BROWSER = re.compile(
    r"\b(?:view|read|see|open|show|having trouble).{0,60}\b(?:browser|online|web ?(?:page|version)|on the web)\b"
    r"|\bweb version\b|\bonline version\b"
)
_PRIVATE = re.compile(r"localhost|127\.|10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|169\.254\.|\[?::1|0\.0\.0\.0")
_LOGIN = re.compile(r"/(?:log-?in|sign-?in|admin|auth|account|drafts?|preview)(?:/|$)", re.IGNORECASE)
_SECRETS = frozenset({"token", "session", "sessionid", "sid", "auth", "password", "key", "jwt", "access_token"})
_WORDS = frozenset({"abstract", "summary", "library"})  # whose words a summary may be


@rule(39, "notices", ERROR, "what was retracted or corrected says so where it stands", needs_desk=True)
def marks(letter: Letter) -> Iterator[Fault]:
    """Look for each mark with its item, in the HTML and in the plain text."""
    items = [replace(item, title=_MARKED.sub("", item.title, count=1)) for item in known_items(letter.known)]
    for part, texts in (("HTML", _html(letter)), ("plain text", [letter.text])):
        there = around(texts, items)
        for place, item in enumerate(items):
            said = "".join(there.get(place, ()))
            for mark in item.marks if said else ():
                if not re.search(_pattern(mark), _without(said, loose(item.summary))):
                    yield f"the {part} does not say that this is marked: {mark}", item.title


def _without(said: str, summary: str) -> str:
    """What stands with an item but for its summary, which may be about what was retracted somewhere else."""
    return said.replace(summary, " ") if summary else said


@rule(55, "browser", WARNING, "a link shows the edition in a browser, to everybody, over https")
def browser(letter: Letter) -> Iterator[Fault]:
    """Look for the archive's page, or for any link that says as much."""
    known, there = letter.known, links_of(letter) if letter.html else []
    if known and known.archive_link not in {"", *(node.get("href").strip() for node in there)}:
        yield "no link shows this edition in a browser", known.archive_link
    ways = [node for node in there if _BROWSER.search(loose(node.text))]
    for way in ways:
        yield from ((fault, way.get("href")) for fault in _hindered(way.get("href").strip()))
    if letter.is_message and letter.html and not known and not ways:
        yield "no link shows this email in a browser: some programs spoil it", ""


@rule(62, "sections", WARNING, "no heading is empty, and none has more items than the bulletin allows")
def sections(letter: Letter) -> Iterator[Fault]:
    """Count the items of each heading, and look for headings with nothing beneath them."""
    known = letter.known
    if known:
        yield from _counts(known)
    for heading in _bare_headings(letter) if letter.html else ():
        yield "nothing stands under this heading", heading.text


@rule(
    67,
    "provenance",
    WARNING,
    "it is known whose words each summary is, and readers see who edited one",
    needs_desk=True,
)
def provenance(letter: Letter) -> Iterator[Fault]:
    """Look at what is known of each summary, and for the editor in the email."""
    there = loose(" ".join((*_html(letter), letter.text)))
    for item in known_items(letter.known):
        if item.summary and item.provenance not in _WORDS:
            yield "nobody knows whose words this summary is", item.title
        if item.editor and loose(item.editor) not in there:
            yield f"readers are not told that this was edited: {item.editor}", item.title


@rule(
    68,
    "source-and-date",
    WARNING,
    "each item has a source and a date, not in the future and not too old",
    needs_desk=True,
)
def source_and_date(letter: Letter) -> Iterator[Fault]:
    """Look at what is known of each item, and for it beside its title."""
    known, items = letter.known, known_items(letter.known)
    there = around(_html(letter), items)
    for place, item in enumerate(items):
        _, said = there.get(place, ("", ""))
        for what, value in (("source", item.source), ("date", item.dated)):
            if not value:
                yield f"the {what} of this item is not known", item.title
            elif said and loose(value) not in said:
                yield f"the {what} of this item is not printed with it: {value}", item.title
        if known and item.date:
            yield from ((fault, item.title) for fault in _age(item.date, known))


def _html(letter: Letter) -> list[str]:
    return [passage.text for passage in visible(letter)]


def _pattern(mark: str) -> str:
    said = loose(mark)
    return next((pattern for stem, pattern in _SAYS if stem in said), re.escape(said))


def _hindered(link: str) -> Iterator[str]:
    """Why not everybody can open it."""
    try:
        parts = urlsplit(link)
        asked = {name.lower() for name, _ in parse_qsl(parts.query)}
    except ValueError:  # a bracket that never closes
        yield "the link to the browser leads nowhere"
        return
    host = host_of(link)
    if parts.scheme != "https":
        yield "the link to the browser is not https"
    if _PRIVATE.match(host) or host.endswith((".local", ".localhost", ".internal", ".lan")) or "." not in host:
        yield "the link to the browser leads to a place that readers cannot reach"
    if _LOGIN.search(parts.path) or asked & _SECRETS:
        yield "the link to the browser leads to where one must log in, or gives a secret away"


def _counts(known: Known) -> Iterator[Fault]:
    for heading, number in known.headings.items():
        if not number and not known.keep_empty:
            yield "a heading without items is printed", heading
        if known.most and number > known.most:
            yield f"a heading has {number} items: the bulletin has {known.most} at most", heading
    if not known.items:
        yield "the edition has no items", known.title


def _bare_headings(letter: Letter) -> Iterator[Node]:
    """Headings of the second level that the next one, or the end, follows at once; one with a link is an item."""
    last: Node | None = None
    for node in letter.tree.body.iter():
        is_text = any(isinstance(child, str) and child.strip() for child in node.children)
        heading = next((one for one in (node, *node.above()) if one.tag in ("h1", "h2")), None)
        if node.comment or is_unseen(letter.light, node):
            continue
        if node is heading:
            is_item = any(one.get("href") for one in node.all("a"))
            if last is not None and not is_item:
                yield last
            last = node if node.tag == "h2" and node.text and not is_item else None
        elif heading is None and (is_text or node.tag == "img"):
            last = None
    if last is not None:
        yield last


def _age(when: datetime, known: Known) -> Iterator[str]:
    end = known.now or datetime.combine(known.day, time.max, UTC)
    if when > max(end, datetime.combine(known.day, time.max, UTC)):
        yield f"this item is dated in the future: {when:%Y-%m-%d}"
    if when < datetime.combine(known.day, time.min, UTC) - known.window - timedelta(days=1):
        yield f"this item is older than the bulletin's window of {known.window.days} days: {when:%Y-%m-%d}"


RULES = (marks, browser, sections, provenance, source_and_date)
