"""How it arrived: encrypted or not, how big, under whose Message-ID, with what said of it by filters and banners."""

import re
from collections.abc import Iterator

from bulletin.lint.letter import Letter
from bulletin.lint.letter.hosts import organisation
from bulletin.lint.message.mail import LARGEST, LARGEST_HTML
from bulletin.lint.received.head import Head
from bulletin.lint.received.hops import MICROSOFT, Way
from bulletin.model import Light, Provider, Remark

CUT_BY_GMAIL = 102_000  # bytes of HTML
_OLD_TLS = ("1.0", "1.1")
_MICROSOFTS = frozenset({Provider.NHSMAIL, Provider.OUTLOOK})
_GMAIL = frozenset({Provider.GMAIL})
_BANNER = re.compile(
    r"originated (?:from )?outside|from outside (?:of )?(?:the|your|our) organi[sz]ation|external (?:e-?mail|sender)"
    r"|this (?:e-?mail|message) (?:came|is) from (?:an )?(?:external|outside)|you don't often get email from",
    re.IGNORECASE,
)
_BEGINNING = 1_500  # letters of the text in which a banner stands
_FIELD = re.compile(r"([A-Z]{2,8}):([^;]{0,60})")
_CATEGORIES = {
    "SPM": "spam",
    "HSPM": "spam, with high confidence",
    "BULK": "bulk mail",
    "PHSH": "phishing",
    "HPHSH": "phishing",
    "SPOOF": "forged",
    "UIMP": "somebody posing as somebody else",
    "DIMP": "a domain posing as another",
    "GIMP": "somebody posing as somebody else",
}
_SPAM, _BULK = 5, 7  # Exchange Online's levels from which on an email is junk


def remarks(head: Head, letter: Letter, way: Way, domain: str) -> Iterator[Remark]:
    """Judge all but the proofs of who sent it and the ways out."""
    yield from _privacy(way)
    yield from _return(head)
    yield from _message_id(head, domain)
    yield from _sizes(letter)
    yield from _filters(head, way)
    yield from _banner(letter)


def _privacy(way: Way) -> Iterator[Remark]:
    border = way.border
    if border is None:
        return
    if not border.is_encrypted:
        words = f"it came to {border.by} without encryption: have the mail server use TLS for outgoing mail"
        yield Remark(Light.WRONG, "TLS", words)
    elif border.version in _OLD_TLS:
        yield Remark(Light.LOOK, "TLS", f"it came with TLS {border.version}, which is old: 1.2 is the least today")
    else:
        version = f" (TLS {border.version})" if border.version else ""
        yield Remark(Light.GOOD, "TLS", f"it came to {border.by} encrypted{version}")


def _return(head: Head) -> Iterator[Remark]:
    told = head.first("return-path")
    if told.replace(" ", "") == "<>":
        words = "the sender on the envelope is empty, so what cannot be brought comes back to nobody"
        yield Remark(Light.WRONG, "Returns", f"{words}: set BULLETIN_BOUNCE_ADDRESS")


def _message_id(head: Head, domain: str) -> Iterator[Remark]:
    told = head.first("message-id").strip("<> ")
    host = told.rpartition("@")[2].lower()
    if not told:
        yield Remark(Light.WRONG, "Message-ID", "there is none: the email was not made by bulletin, or was changed")
    elif organisation(host) != organisation(domain):
        words = f"it is of {host[:100] or 'nobody'} and not of {domain}: a server on the way wrote a new one, so what"
        yield Remark(Light.LOOK, "Message-ID", f"{words} comes back is known by its address alone")
    else:
        yield Remark(Light.GOOD, "Message-ID", f"it is of {host}")


def _sizes(letter: Letter) -> Iterator[Remark]:
    html = next((len(part.content) for part in letter.parts if part.type == "text/html" and not part.is_attached), 0)
    if html > CUT_BY_GMAIL:
        yield Remark(
            Light.WRONG, "Size", f"the HTML has {html:,} bytes, and Gmail cuts it off: take out items", _GMAIL
        )
    elif html > LARGEST_HTML:
        words = f"the HTML has {html:,} bytes, and Gmail cuts off what is over {CUT_BY_GMAIL:,}"
        yield Remark(Light.LOOK, "Size", words, _GMAIL)
    elif len(letter.raw) > LARGEST:
        yield Remark(
            Light.LOOK, "Size", f"the email has {len(letter.raw):,} bytes: {LARGEST:,} is the most to aim at"
        )
    else:
        yield Remark(Light.GOOD, "Size", f"{len(letter.raw):,} bytes, of which the HTML is {html:,}")


def _filters(head: Head, way: Way) -> Iterator[Remark]:
    """What spam filters wrote; what Exchange writes is believed where Exchange took the email in."""
    if way.house == MICROSOFT:
        yield from _exchange(head)
    flag = head.first("x-spam-flag").lower() or head.first("x-spam-status").lower()
    if flag.startswith("yes"):
        yield Remark(Light.WRONG, "Spam", f"a filter took it for spam: {head.first('x-spam-status')[:150]}")


def _exchange(head: Head) -> Iterator[Remark]:
    report = dict(_FIELD.findall(head.first("x-forefront-antispam-report")))
    bulk = _number(dict(_FIELD.findall(head.first("x-microsoft-antispam"))).get("BCL", ""))
    level = _number(report.get("SCL", "") or head.first("x-ms-exchange-organization-scl"))
    category = _CATEGORIES.get(report.get("CAT", "").strip(), "")
    if level >= _SPAM or (category and category != "bulk mail"):
        words = (
            f"Exchange took it for {category or 'spam'} (SCL {level}): ask the mail team to let your address through"
        )
        yield Remark(Light.WRONG, "Spam", words, _MICROSOFTS)
    elif bulk >= _BULK or category:
        words = f"Exchange counts it as bulk mail (BCL {bulk}): some mailboxes put it into Junk; ask the mail team"
        yield Remark(Light.LOOK, "Spam", words, _MICROSOFTS)
    elif report:
        yield Remark(Light.GOOD, "Spam", f"Exchange does not take it for spam (SCL {level}, BCL {bulk})", _MICROSOFTS)


def _banner(letter: Letter) -> Iterator[Remark]:
    shown = letter.tree.body.text if letter.html else letter.text
    found = _BANNER.search(" ".join(shown[: _BEGINNING * 4].split())[:_BEGINNING])
    if found:
        words = (
            f"a banner warns that it comes from outside (“{found[0]}”): readers see that first; ask the mail team to"
        )
        yield Remark(Light.LOOK, "Banner", f"{words} trust your address", frozenset({Provider.NHSMAIL}))


def _number(told: str) -> int:
    try:
        return int(told.strip()[:4])
    except ValueError:
        return 0
