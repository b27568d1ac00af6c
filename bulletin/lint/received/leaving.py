"""The ways out of the list after the journey: the headers for leaving, and the links that gateways rewrote."""

import re
from collections.abc import Iterator
from urllib.parse import parse_qs, unquote, urlsplit

from bulletin.lint.letter import Letter
from bulletin.lint.message.leaving import ONE_CLICK
from bulletin.lint.received.head import Head
from bulletin.model import Light, Provider, Remark

_MOST_LINKS, _LONGEST = 500, 8_000
_URI = re.compile(r"<\s*([^<>\s]{1,2000})\s*>")
_LINK = re.compile(r"https?://[^\s<>\"')\]]{1,8000}", re.IGNORECASE)
_SAFE_LINKS = "safelinks.protection.outlook.com"
_DEFENSE = re.compile(r"https://urldefense\.com/v3/__(.{1,4000}?)__;", re.IGNORECASE)
_OPAQUE = ("mimecast.com", "protection.sophos.com", "linkprotect.cudasvc.com", "urldefense.proofpoint.com")
_ONE_CLICK = frozenset({Provider.GMAIL, Provider.OUTLOOK})


def remarks(head: Head, letter: Letter) -> Iterator[Remark]:
    """Judge the headers for leaving, and what became of the links."""
    uris = _URI.findall(head.first("list-unsubscribe"))
    https = next((one for one in uris if one.lower().startswith("https://")), "")
    yield from _headers(head, uris, https)
    yield from _links(https, letter)


def _headers(head: Head, uris: list[str], https: str) -> Iterator[Remark]:
    many = len(head.all("list-unsubscribe"))
    if many != 1 or not uris:
        words = (
            "there is no List-Unsubscribe header" if not many else "List-Unsubscribe is there twice, or holds nothing"
        )
        yield Remark(
            Light.WRONG, "Leaving", f"{words}: Gmail and Outlook want one, with an https address", _ONE_CLICK
        )
        return
    if not https:
        words = "readers can leave by email alone: for one click, the list must go to each person by themselves"
        yield Remark(Light.LOOK, "Leaving", f"{words} (delivery: individual)", _ONE_CLICK)
    elif [one.value for one in head.all("list-unsubscribe-post")] != [ONE_CLICK]:
        words = f"List-Unsubscribe-Post must be there once and be {ONE_CLICK}: something on the way took it out"
        yield Remark(Light.WRONG, "Leaving", words, _ONE_CLICK)
    else:
        yield Remark(Light.GOOD, "Leaving", "mail programs can offer to unsubscribe with one click")


def _links(https: str, letter: Letter) -> Iterator[Remark]:
    links = _there(letter)
    wrapped = [one for one in links if _unwrapped(one) != one]
    hidden = [one for one in links if _host(one).endswith(_OPAQUE)]
    if wrapped:
        by = "Safe Links" if any(_host(one).endswith(_SAFE_LINKS) for one in wrapped) else "a gateway"
        words = f"{by} rewrote {len(wrapped)} of {len(links)} links, and where they lead can still be read in them"
        yield Remark(Light.GOOD, "Links", words)
    if hidden:
        words = (
            f"{len(hidden)} of {len(links)} links were rewritten so that nobody can read where they lead: click on"
        )
        yield Remark(Light.LOOK, "Links", f"{words} the one for leaving, and see that its page comes")
    if any(_host(one).endswith(_SAFE_LINKS) for one in _LINK.findall(letter.text[:500_000])[:_MOST_LINKS]):
        words = "Safe Links shows its own long addresses in the part without formatting: nothing can be done about it"
        yield Remark(Light.GOOD, "Plain text", words, frozenset({Provider.NHSMAIL}))
    if https and links and not hidden:
        yield _survival(https, links)


def _survival(https: str, links: list[str]) -> Remark:
    """Whether the link for leaving is still in the email as the header has it."""
    there = {_unwrapped(one).partition("?")[0].rstrip("/") for one in links}
    if https.partition("?")[0].rstrip("/") in there:
        return Remark(Light.GOOD, "Leave link", "the link for leaving in the email is whole")
    words = "no link in the email is the one for leaving that its header has: it was cut or changed on the way, so"
    return Remark(Light.WRONG, "Leave link", f"{words} click on it, and ask whoever runs the gateway")


def _there(letter: Letter) -> list[str]:
    found = [node.get("href").strip() for node in letter.tree.all("a")] if letter.html else _LINK.findall(letter.text)
    return [one for one in found if one.lower().startswith(("http:", "https:")) and len(one) <= _LONGEST][
        :_MOST_LINKS
    ]


def _unwrapped(link: str) -> str:
    """Where a rewritten link leads; a link that is not rewritten is itself."""
    if _host(link).endswith(_SAFE_LINKS):
        try:
            return parse_qs(urlsplit(link).query, max_num_fields=20).get("url", [link])[0]
        except ValueError:
            return link
    defended = _DEFENSE.match(link)
    return unquote(defended[1]) if defended else link


def _host(link: str) -> str:
    try:
        return (urlsplit(link).hostname or "").lower()
    except ValueError:
        return ""
