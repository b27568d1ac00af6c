"""Rules for links: what they say and where they lead."""

import re
from collections.abc import Iterator, Mapping
from datetime import timedelta
from urllib.parse import unquote

from bulletin.lint.letter import Letter
from bulletin.lint.letter.headings import is_unread
from bulletin.lint.letter.hosts import is_trial
from bulletin.lint.letter.places import name, plain
from bulletin.lint.letter.tree import Node
from bulletin.lint.page.addresses import Address, address, is_lone, is_mixed, is_private
from bulletin.lint.rules import ERROR, WARNING, Fault, Rule, rule
from bulletin.model import KnownItem, LinkState

_SAYS_NOTHING = frozenset(
    {"click here", "here", "read more", "more", "more information", "link", "this", "click", "click this",
     "click this link", "click the link", "click on this link", "this link", "this page", "this article", "read",
     "read on", "read now", "read more here", "read it here", "read here", "see here", "view here", "learn more",
     "learn more here", "find out more", "find out more here", "find out how", "see more", "view more", "view",
     "details", "more details", "further details", "info", "more info", "further information", "full story",
     "full text", "full article", "read full article", "read the full article", "read full story",
     "read the full story", "continue", "continue reading", "keep reading", "download", "download here", "open", "go",
     "go here", "go to", "visit", "visit here", "website", "url", "web page", "webpage", "link here", "the link",
     "tap here", "press here", "start", "start here", "get started", "discover more", "explore", "show more", "watch",
     "watch now", "listen", "listen now", "register", "register here", "register now", "sign up here", "book now",
     "book here", "apply here", "buy now", "shop now", "access here", "for more", "for more information"}
)  # fmt: skip
_ORDERS = re.compile(r"(please )?(click|tap|press|follow)( on)?( the| this)?( link| button)?( here| below)?\b")
_CLICKS = re.compile(r"(please )?(click|tap|press)( on)? (here|this link|the link|below)\b|.*\bclick here$")
_IS_URL = re.compile(r"(?:https?:/|www\.)\S*", re.IGNORECASE)
_LIKE_HOST = re.compile(r"(?:[\w-]+\.)+[a-z]{2,}(?:[/?#]\S*)?", re.IGNORECASE)
_ENDS = " \t\u00a0.,:;!?\u2026\u00bb\u203a\u2192\u25b6\u2192>-\u2013\u2014[]()\u201c\u201d\"'"
_LETTERS_OF_A_NAME = 2
_SCHEMES = frozenset({"https", "http", "mailto", "tel"})
_RUNNING = frozenset({"javascript", "vbscript", "livescript", "mocha", "file", "jar", "view-source", "about", "blob"})
_LINKING = ("href", "action", "formaction", "cite", "longdesc", "poster", "data", "xlink:href", "ping")
_PLACES = frozenset({"_blank", "_self", ""})
_LONGEST = 2_000
_ENCODED = re.compile(r"(?:%[0-9a-f]{2})+", re.IGNORECASE)
_MERGE = re.compile(
    r"\{\{|\}\}|\{%|%%|\*\|.*?\|\*|<%|%>|\$\{|\{[a-z_][\w. ]*\}|\[\[|%7b%7b|%7b%25|%24%7b"
    r"|\[(insert|unsubscribe|url)\b",
    re.IGNORECASE,
)
_INNER_SPACE = re.compile(r"[ \u00a0\u2000-\u200b\u3000]")
_TRACKING = re.compile(
    r"(?:utm_|mtm_|pk_|hsa_|_hs|vero_|oly_|trk_|elqtrack|s_cid$|fbclid$|gclid$|gbraid$|wbraid$|dclid$|msclkid$|yclid$"
    r"|twclid$|igshid$|mc_eid$|mc_cid$|mkt_tok$|_ga$|_gl$|ck_subscriber_id$|ml_subscriber)",
    re.IGNORECASE,
)
_SHORTENERS = frozenset(
    {"bit.ly", "bitly.com", "j.mp", "t.co", "tinyurl.com", "tiny.cc", "goo.gl", "ow.ly", "buff.ly", "is.gd", "v.gd",
     "lnkd.in", "rebrand.ly", "cutt.ly", "rb.gy", "shorturl.at", "short.io", "t.ly", "dlvr.it", "fb.me", "trib.al",
     "eepurl.com", "bl.ink", "snip.ly", "adf.ly", "shorte.st", "soo.gd", "s.id", "tr.im", "u.to", "ift.tt", "hubs.ly",
     "hubs.la", "mailchi.mp", "spr.ly", "po.st", "x.co", "qr.ae", "cli.gs", "ht.ly", "amzn.to", "nyti.ms", "bbc.in",
     "gu.com", "wapo.st", "econ.st", "on.ft.com", "nhs.link", "rfr.bz", "shor.by", "clck.ru", "urlz.fr", "tinyurl.co"}
)  # fmt: skip
_FRESH = timedelta(hours=24)


def _links(letter: Letter) -> Iterator[Node]:
    """The links that are not hidden."""
    return (link for link in letter.tree.body.all("a") if "href" in link.attributes and not is_unread(link, letter))


@rule(11, "link-text", ERROR, "every link has words")
def _link_text(letter: Letter) -> Iterator[Fault]:
    for link in _links(letter):
        said = name(link)
        if any(True for _ in link.all("img")) and not said:
            continue  # a fault of the image
        if sum(one.isalnum() for one in said) < _LETTERS_OF_A_NAME:
            yield "a link has no words that say where it leads", f"{said} {link.start}".strip()


@rule(12, "link-words", ERROR, "the words of a link say where it leads, and are no address")
def _link_words(letter: Letter) -> Iterator[Fault]:
    titles = {plain(item.title) for item in letter.known.items} if letter.known else set()
    for link in _links(letter):
        said = plain(name(link)).strip(_ENDS)
        if said in _SAYS_NOTHING or (_CLICKS.match(said) and said not in titles) or _is_order(said):
            yield "the words of a link say nothing of where it leads: name what is there", name(link)
        elif _is_address(said, link.get("href")):
            yield "the words of a link are an address: name what is there", name(link)


def _is_order(said: str) -> bool:
    match = _ORDERS.fullmatch(said)
    return bool(match and said)


def _is_address(said: str, href: str) -> bool:
    """Whether the words of a link are an address, with or without https:// before it."""
    if _IS_URL.fullmatch(said):
        return True
    leads = address(href)
    if not leads.is_web or not _LIKE_HOST.fullmatch(said):
        return False
    host, path = re.split(r"[/?#]", f"{said}/", maxsplit=1)
    if host.count(".") < 2 and not path.strip("/"):
        return False  # GOV.UK and BMJ.com are names
    return host.removeprefix("www.") == leads.host.removeprefix("www.")


@rule(13, "same-words", WARNING, "the same words never lead to two places")
def _same_words(letter: Letter) -> Iterator[Fault]:
    first: dict[str, str] = {}
    for link in _links(letter):
        leads = address(link.get("href"))
        said, target = plain(name(link)).strip(_ENDS), leads.target
        target = target.lower() if leads.scheme == "mailto" else target  # no mailbox minds capitals
        if said and first.setdefault(said, target) != target:
            yield "the same words lead to two places: say what is different", f"{name(link)} {link.get('href')}"


@rule(34, "pdf", WARNING, "a link to a PDF says so")
def _pdf(letter: Letter) -> Iterator[Fault]:
    for link in _links(letter):
        leads = address(link.get("href"))
        values = (pair.partition("=")[2] for pair in leads.query.split("&"))
        is_pdf = any(unquote(one).strip().lower().endswith(".pdf") for one in (leads.path, *values))
        if leads.is_web and is_pdf and not re.search(r"\bpdf\b", f"{name(link)} {_next(link)}", re.IGNORECASE):
            yield "a link leads to a PDF and does not say so: write (PDF) after its words, with the size", name(link)


def _next(link: Node) -> str:
    """The words right after a link, as far as they stand in brackets."""
    siblings = link.parent.children if link.parent else []
    after = "".join(
        one if isinstance(one, str) else " ".join(one.pieces()) for one in siblings[siblings.index(link) + 1 :][:2]
    )
    match = re.match(r"\s*[(\[][^)\]]{0,60}", after)
    return match[0] if match else ""


@rule(35, "link-schemes", ERROR, "links lead to https, http, mailto and tel only, undisguised")
def _link_schemes(letter: Letter) -> Iterator[Fault]:
    for node in letter.tree.root.iter():
        for attribute in _LINKING:
            if attribute in node.attributes and not (node.tag == "object" and attribute == "cite"):
                yield from _scheme_faults(letter, address(node.get(attribute)))
        source = address(node.get("src"))
        if source.scheme in _RUNNING or source.scheme.startswith("ms-"):
            yield f"an address is of the kind {source.scheme}:, which is never safe", source.written
        if node.tag in ("a", "area", "form", "base") and "target" in node.attributes:
            yield from _target_faults(node)


def _scheme_faults(letter: Letter, leads: Address) -> Iterator[Fault]:
    if leads.is_hidden and leads.scheme:
        yield "an address hides its kind with tabs, line ends or controls", leads.written
    if leads.scheme and leads.scheme not in _SCHEMES:
        yield f"a link is of the kind {leads.scheme}: only https, http, mailto and tel are allowed", leads.written
    elif leads.scheme == "http" and not is_trial(letter, leads.written):
        yield "a link leads to http: use https, if the site has it", leads.written, WARNING
    elif leads.scheme == "mailto" and re.search(r"%0[ad]", leads.rest.partition("body=")[0], re.IGNORECASE):
        yield "an address of an email holds line ends, which can add headers to it", leads.written


def _target_faults(node: Node) -> Iterator[Fault]:
    target = node.get("target").strip().lower()
    if target not in _PLACES:
        yield f"a link opens in a place of its own, “{target}”: take target out", node.start
    elif target == "_blank" and not {"noopener", "noreferrer"} & set(node.get("rel").lower().split()):
        # Nearly every tool writes it, and mail programs open all links in a new window anyway.
        yield 'target="_blank" without rel="noopener" gives the new page a hold on the old one', node.start, WARNING


@rule(
    36, "addresses", ERROR, "addresses are complete, public, short enough, and no field of a template is left in them"
)
def _addresses(letter: Letter) -> Iterator[Fault]:
    theirs = frozenset(item.url for item in letter.known.items if item.url) if letter.known else frozenset()
    for node in letter.tree.root.iter():
        for attribute in (*_LINKING, "src", "background"):
            if attribute in node.attributes:
                leads = address(node.get(attribute))
                yield from () if is_trial(letter, leads.written) else _address_faults(leads, attribute, theirs)


def _address_faults(leads: Address, attribute: str, theirs: frozenset[str]) -> Iterator[Fault]:
    written = leads.written.strip()
    # The words of a letter are encoded in its address: braces among them are those of some title.
    searched = _ENCODED.sub(" ", written) if leads.scheme == "mailto" else written
    if _MERGE.search(searched[: 2 * _LONGEST]):
        severity = WARNING if written in theirs else ERROR  # a feed's own slip is not ours to mend
        yield "an address holds a field of a template that was not filled in", written, severity
    elif not written or written == "#":
        if attribute not in ("src", "background"):  # an image without a source is a fault of images
            yield "a link leads nowhere: its address is empty", f'{attribute}="{written}"'
    elif not leads.scheme:
        if not written.startswith("#"):
            yield "an address is not complete: write it with https:// and the host", written
    elif leads.scheme in ("mailto", "tel") and not leads.path.strip():
        yield f"a link leads nowhere: nothing stands behind {leads.scheme}:", f'{attribute}="{written}"'
    else:
        yield from _web_faults(leads, written) if leads.is_web else ()
    if len(written) > _LONGEST and leads.scheme != "data":
        yield f"an address has {len(written):,} letters: at most {_LONGEST:,}", written


def _web_faults(leads: Address, written: str) -> Iterator[Fault]:
    after = written.lstrip().partition(":")[2]
    if not leads.host or not after.startswith("//"):
        yield "an address has no host, or not after two slashes", written
    elif leads.credentials:
        yield "an address holds a name or password before its host", written
    elif is_private(leads.host):
        yield "an address leads to the reader's own computer or network", written
    elif is_lone(leads.host):
        yield "an address has a host without a dot: nobody outside its own network reaches it", written
    elif is_mixed(leads.host):
        yield "the host of an address mixes scripts, as names do that shall be taken for others", written, WARNING
    if _INNER_SPACE.search(written) or "\\" in written:
        yield "an address has a space or a backslash in it", written


@rule(37, "tracking", WARNING, "no address follows the reader, and none is shortened")
def _tracking(letter: Letter) -> Iterator[Fault]:
    for node in letter.tree.body.all("a", "area", "img"):
        leads = address(node.get("href") or node.get("src"))
        if not leads.is_web:
            continue
        pairs = f"{leads.query}&{leads.fragment}".replace(";", "&").split("&")
        for one in sorted(
            {pair.partition("=")[0] for pair in pairs if _TRACKING.match(unquote(pair.partition("=")[0]))}
        ):
            yield f"an address follows the reader with {one}: take it out", leads.written
        if leads.host.removeprefix("www.") in _SHORTENERS:
            yield f"an address is shortened by {leads.host}: write where it leads", leads.written


@rule(38, "dead-links", WARNING, "every link of an item answered in the last 24 hours", needs_desk=True)
def _dead_links(letter: Letter) -> Iterator[Fault]:
    known = letter.known
    if not known or known.links is None or known.now is None:
        return
    for item in known.items:
        if item.url:
            fault = _state_fault(item, known.links)
            state = known.links.get(item.url)
            if not fault and state and known.now - state.at > _FRESH:
                fault = "the link of an item was not checked in the last 24 hours: check it again"
            if fault:
                yield fault, f"{item.title} {item.url}"


def _state_fault(item: KnownItem, links: Mapping[str, LinkState]) -> str:
    state = links.get(item.url)
    if not state:
        return "the link of an item was not checked: check the links"
    if state.status == 0:
        return f"the link of an item gives no answer{f' ({state.why})' if state.why else ''}"
    # 401, 403 and 429 are what publishers tell robots; a person's browser may well get in, so nothing is known.
    if 200 <= state.status < 400 or state.status in (401, 403, 429):
        return ""
    return f"the link of an item answers {state.status}: the page is not there, or not any more"


RULES: tuple[Rule, ...] = (
    _link_text, _link_words, _same_words, _pdf, _link_schemes, _addresses, _tracking, _dead_links,
)  # fmt: skip
