"""Where links lead, and whether that is the sender's own."""

from collections.abc import Iterable
from email.utils import parseaddr
from urllib.parse import urlsplit

from bulletin.lint.letter import Letter
from bulletin.lint.letter.fields import mailbox
from bulletin.lint.letter.reading import is_unseen
from bulletin.lint.letter.tree import Node

_TWO_LEVELS = frozenset({"ac", "co", "com", "edu", "gov", "ltd", "net", "nhs", "nic", "org", "plc", "police", "sch"})

_HERE = ("localhost", "127.0.0.1", "::1")


def organisation(host: str) -> str:
    """The part of a host's name that belongs to one organisation: library.example.nhs.uk is of example.nhs.uk."""
    labels = host.lower().rstrip(".").split(".")
    is_deep = len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in _TWO_LEVELS
    return ".".join(labels[-3:] if is_deep else labels[-2:])


def links_of(letter: Letter) -> list[Node]:
    """The links that readers see, in the order of the source."""
    return [node for node in letter.tree.all("a") if node.get("href").strip() and not is_unseen(letter.light, node)]


def host_of(link: str) -> str:
    """The host that a link leads to, or to which an email goes; empty for what is neither."""
    link = link.strip()
    try:
        if link.lower().startswith("mailto:"):
            return link[7:].partition("?")[0].rpartition("@")[2].rstrip(">").lower()
        return (urlsplit(link).hostname or "").lower()
    except ValueError:  # a bracket that never closes
        return ""


def is_item(letter: Letter, link: Node) -> bool:
    """Whether a link leads to what the email is about: of our own one of the items, else what stands in a heading."""
    if letter.known:
        return any(item.url == link.get("href").strip() for item in letter.known.items)
    headings = ("h2", "h3", "h4")
    return any(one.tag in headings for one in (*link.above(), *link.all()))


def is_ours(letter: Letter, host: str, uris: Iterable[str]) -> bool:
    """Whether a host is the sender's: as the desk knows it, else of the organisation of From or these addresses."""
    known = letter.known
    if known:
        senders = {parseaddr(one)[1].rpartition("@")[2].lower() for one in (known.sender, known.reply_to)}
        if known.hosts:
            return host in known.hosts | senders
        return organisation(host) in map(organisation, senders)
    if not letter.is_message:
        return host != ""
    hosts = {mailbox(letter)[1].rpartition("@")[2], *map(host_of, uris)}
    return bool(host) and organisation(host) in {organisation(one) for one in hosts if one}


def is_trial(letter: Letter, link: str) -> bool:
    """Whether a link leads to a reader's own pages on this very machine, where a newsroom is being tried out."""
    own = letter.known.leave_link if letter.known else ""
    return host_of(own) in _HERE and link.strip().startswith(f"{own.partition('/leave/')[0]}/")
