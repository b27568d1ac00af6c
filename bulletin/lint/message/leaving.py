"""Rule 53: the ways out of a list, as Gmail, RFC 2369 and RFC 8058 want them."""

import re
from collections.abc import Iterator

from bulletin.lint.letter import Letter
from bulletin.lint.letter.hosts import host_of, is_item, is_ours, is_trial, links_of
from bulletin.lint.rules import ERROR, Fault, rule

SMALLEST = 14  # CSS pixels
ONE_CLICK = "List-Unsubscribe=One-Click"  # RFC 8058, 3.1

LEAVE = re.compile(r"unsubscrib", re.IGNORECASE)
_IN_TEXT = re.compile(
    r"unsubscrib\w*\W[^\n]{0,200}\n?\s{0,9}\S{0,200}(?:https?://|@)|(?:https?://|@)\S{0,500}unsubscrib", re.IGNORECASE
)
_LAST = 5  # links at the end of an email, one of which is for leaving; more where there are very many links
# An address in angle brackets; comments may stand beside it (RFC 2369, 2).
_URIS = re.compile(r"\s*(?:\([^)]*\)\s*)?<([^<>]*)>\s*(?:\([^)]*\)\s*)?(?:,|$)")


@rule(
    53,
    "leaving",
    ERROR,
    "a link Unsubscribe at the end, in letters of 14 px, to our own host; one List-Unsubscribe header",
)
def leaving(letter: Letter) -> Iterator[Fault]:
    """Look at the ways out of the list (bars E9, B08)."""
    yield from _leave_link(letter) if letter.html else _leave_text(letter)
    if letter.is_message:
        yield from _leave_headers(letter)


def _leave_link(letter: Letter) -> Iterator[Fault]:
    there = links_of(letter)
    ways = [node for node in there if LEAVE.search(node.text)]
    if not ways:
        yield "no link says Unsubscribe: readers must see how to leave", ""
        return
    way = ways[-1]
    size = min((letter.light.size(one) for one in (way, *way.all()) if one.own_text), default=16.0)
    if size < SMALLEST:
        yield f"the link for leaving is {size:g} px high: at least {SMALLEST} px", way.start
    host = host_of(way.get("href"))
    if not is_ours(letter, host, _named(letter)):
        yield f"the link for leaving leads to {host or 'nowhere'}, which is not ours", way.get("href")
    elif letter.known:
        yield from _own_link(letter, letter.known.leave_link, way.get("href").strip())
    after = there[there.index(way) + 1 :]
    if len(after) > max(_LAST, len(there) // 4) or any(is_item(letter, one) for one in after):
        yield "the link for leaving is not among the last of the email, where everybody looks for it", way.text


def _own_link(letter: Letter, own: str, leads: str) -> Iterator[Fault]:
    """In an email for each person the link is that person's own, and no stranger on its way can read it."""
    if own and leads != own:
        yield "the link for leaving is not the reader's own: a template must print leave_link as it is", leads
    elif leads.lower().startswith("http:") and not is_trial(letter, leads):
        yield "the link for leaving leads to http: whoever is on the way could use it, so it must be https", leads


def _leave_text(letter: Letter) -> Iterator[Fault]:
    if letter.text and not _IN_TEXT.search(letter.text):
        yield "nothing says Unsubscribe, with an address: readers must see how to leave", ""


def _leave_headers(letter: Letter) -> Iterator[Fault]:
    values = [one.value for one in letter.headers if one.name.lower() == "list-unsubscribe"]
    posts = [one.value for one in letter.headers if one.name.lower() == "list-unsubscribe-post"]
    if len(values) != 1:
        said = f"{len(values)} headers List-Unsubscribe" if values else "no header List-Unsubscribe"
        yield f"{said}: there must be exactly one", " ".join(values)
        return
    uris = [uri.strip() for uri in _URIS.findall(values[0])]
    if not uris or _URIS.sub("", values[0]).strip():
        yield "List-Unsubscribe must hold addresses in angle brackets, with commas between", values[0]
        return
    yield from _uris(letter, uris)
    if letter.known and letter.known.leave_link and letter.known.leave_link != uris[0]:
        yield "List-Unsubscribe must name the reader's own page first", values[0]
    if any(_is_one_click(letter, uri) for uri in uris):
        if posts != [ONE_CLICK]:
            yield f"with an https address, List-Unsubscribe-Post must be exactly {ONE_CLICK}, once", " ".join(posts)
    elif posts:
        yield "List-Unsubscribe-Post without an https address in List-Unsubscribe leads nowhere", values[0]


def _is_one_click(letter: Letter, uri: str) -> bool:
    """Whether a mail program may press its button for it (RFC 8058); on the very machine of a trial without TLS."""
    return uri.lower().startswith("https:") or is_trial(letter, uri)


def _uris(letter: Letter, uris: list[str]) -> Iterator[Fault]:
    schemes = ["https" if _is_one_click(letter, uri) else uri.partition(":")[0].lower() for uri in uris]
    for scheme, uri in zip(schemes, uris, strict=True):
        if scheme not in ("https", "mailto"):
            yield "an address of List-Unsubscribe is neither https nor mailto", uri
        elif letter.known and not is_ours(letter, host_of(uri), ()):
            yield "an address of List-Unsubscribe is not ours", uri
        elif not host_of(uri):
            yield "an address of List-Unsubscribe leads nowhere", uri
    if "https" in schemes and "mailto" in schemes and schemes.index("mailto") < schemes.index("https"):
        yield (
            "List-Unsubscribe must name the https address first: programs take the first that they can",
            ", ".join(uris),
        )


def _named(letter: Letter) -> list[str]:
    """The addresses of the header."""
    return _URIS.findall(letter.header("List-Unsubscribe"))


RULES = (leaving,)
