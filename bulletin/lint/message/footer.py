"""Rule 54: who writes, why, and where a reader can object: what PECR and UK GDPR want at the foot."""

import re
from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

from bulletin.lint.letter import Letter
from bulletin.lint.letter.fields import mailbox
from bulletin.lint.letter.hosts import is_item, links_of, organisation
from bulletin.lint.letter.passages import loose, visible, without_addresses
from bulletin.lint.letter.tree import Node
from bulletin.lint.message.leaving import LEAVE
from bulletin.lint.rules import ERROR, Fault, rule

_WHY = re.compile(
    r"\byou(?:'re| are| have been| were)?(?: \w+)? (?:get|getting|receive|receiving|received|sent|subscribed"
    r"|signed up|on (?:the|our|this)|opted in|asked|registered|a member)\b|\bbecause you(?:r|'re)?\b"
    r"|\b(?:was|is|been) (?:sent|issued) to\b|\bas a (?:member|subscriber|registered)\b"
    r"|\bwho (?:gets|receives) this\b"
)
_ASKED = re.compile(r"\bwhy (?:did|do|am|have) (?:i|you)\b|\bwhy (?:you|i) (?:get|receive|are|am|were)\b")
_PRIVACY = re.compile(r"privacy|data protection|(?:personal|your) (?:data|information)|how we use", re.IGNORECASE)
_CHANGE = re.compile(
    r"\b(?:change|manage|update|view|edit|see|choose|review|set|amend|adjust|modify|your|my|select)\b.{0,40}"
    r"\b(?:preferences?|preference cent(?:re|er)|subscriptions?|lists?|what you (?:get|receive)|settings"
    r"|e-?mails you (?:get|receive)|(?:your|my) (?:e-?mails|updates|bulletins|newsletters|interests|topics))\b"
    r"|\be-?mail (?:preferences|settings)\b|^preferences$"
)
_EMAIL = re.compile(r"[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+")
_PHONE = re.compile(r"(?<![\w./-])(?:\+\d{1,3}|\(?0\d)[\d ()-]{7,}\d")
_POSTAL = re.compile(
    r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b|\b[A-Z]{2},? \d{5}(?:-\d{4})?\b|\bP\.? ?O\.? Box\b"
    r"|\b\d+[a-z]?,? (?:[A-Z][\w'’]+ ){1,4}(?:Street|St|Road|Rd|Lane|Avenue|Ave|Square|Place|Way|Drive|Close|Court|"
    r"Gardens|Terrace|Row|Hill|Park|Crescent|Boulevard|Blvd|Suite|Floor)\b"
)
_FEW = 12  # passages at the end of an email that are its foot, where nothing else tells
_COMMON = frozenset(
    ("alert", "alerts", "and", "bulletin", "daily", "digest", "email", "emails", "for", "from", "info", "news",
     "newsletter", "reply", "service", "team", "the", "update", "updates", "weekly")
)  # fmt: skip


@rule(
    54,
    "foot",
    ERROR,
    "at the foot: who sends it, how to reach them, why you get it, privacy, and a link to your lists",
)
def foot(letter: Letter) -> Iterator[Fault]:
    """Look for the five things in the last part of the email; each that is missing is told by itself."""
    texts, links = _foot(letter)
    whole = " ".join(texts)
    if not _names_sender(letter, whole):
        yield "the foot does not say which organisation sends this", _organisation(letter)
    if not _has_contact(whole, links):
        yield "the foot has no address, neither postal nor for email, and no telephone number", ""
    if not _says_why(whole, [words for words, _ in links]):
        yield "the foot does not say why the reader gets this: You get this because ...", ""
    if not any(_PRIVACY.search(f"{words} {_path(link)}") for words, link in links):
        yield "the foot has no link to a privacy notice", ""
    if not any(_CHANGE.search(loose(words)) for words, link in links if link):
        yield "the foot has no link where readers see or change what they get", ""


def _says_why(whole: str, of_links: list[str]) -> bool:
    """Whether it is said why somebody gets it; a link that changes what you get does not say so."""
    said = loose(whole)
    for words in of_links:
        said = said.replace(loose(words), " ") if words else said
    return _WHY.search(said) is not None or _ASKED.search(loose(whole)) is not None


def _foot(letter: Letter) -> tuple[list[str], list[tuple[str, str]]]:
    """The texts of the last part of an email, and the words and addresses of the links in it."""
    if not letter.html:
        lines = [line.strip() for line in letter.text.splitlines() if line.strip()]
        return lines[-_FEW * 2 :], [(line, line) for line in lines if re.search(r"https?://|@", line)]
    seen = visible(letter)
    start = _end_of_items(letter, [passage.nodes[0] for passage in seen])
    start = min(start, max(0, len(seen) - 2)) if start else max(0, min(len(seen) - _FEW, len(seen) * 2 // 3))
    texts = [passage.text for passage in seen[start:]]
    inside = {id(one) for passage in seen[start:] for node in passage.nodes for one in (node, *node.above())}
    links = [
        (f"{node.text} {_alt(node)}".strip(), node.get("href"))
        for node in links_of(letter)
        if id(node) in inside or _alt(node)
    ]
    return texts, links


def _alt(link: Node) -> str:
    return " ".join(image.get("alt") for image in link.all("img"))


def _end_of_items(letter: Letter, nodes: list[Node]) -> int:
    """Where the last item's title stands, plus one: what comes after it may be the foot. 0: it cannot be told."""
    last = 0
    for place, node in enumerate(nodes):
        chain = [node, *node.above()]
        link = next((one for one in chain if one.tag == "a" and one.get("href")), None)
        if link is not None and is_item(letter, link):
            last = place + 1
    return last


def _path(link: str) -> str:
    try:
        return urlsplit(link.strip()).path
    except ValueError:  # a bracket that never closes
        return ""


def _organisation(letter: Letter) -> str:
    return letter.known.library if letter.known else mailbox(letter)[0]


def _names_sender(letter: Letter, text: str) -> bool:
    """Whether the sender is named: of our own the library, else a word of From's name, or of its domain."""
    if letter.known:
        return loose(letter.known.library) in loose(text)
    if not letter.is_message:
        return True
    name, address = mailbox(letter)
    there = loose(without_addresses(text))
    words = {word for word in re.findall(r"\w{3,}", loose(name)) if word not in _COMMON}
    if words and words <= set(re.findall(r"\w+", there)):
        return True
    if any(re.search(rf"(?:©|\(c\)|copyright).{{0,60}}\b{re.escape(word)}\b", there) for word in words):
        return True
    domain = re.sub(r"\W", "", organisation(address.rpartition("@")[2]).partition(".")[0])
    return len(domain) > 2 and domain in re.sub(r"\W", "", there)


def _has_contact(text: str, links: Iterable[tuple[str, str]]) -> bool:
    if _EMAIL.search(text) or _PHONE.search(text) or _POSTAL.search(text):
        return True
    return any(
        link.strip().lower().startswith(("mailto:", "tel:")) and not LEAVE.search(f"{words} {link}")
        for words, link in links
    )


RULES = (foot,)
