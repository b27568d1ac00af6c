"""When are two items the same thing? By DOI, then by address, then by what the feed calls them.

An item carries `keys`, strongest first. Two items that share a key may be one thing; `same` has the last word,
because addresses and identifiers lie: a whole feed can link to one page, a publisher can reuse a guid, and a
correction bears its paper's name. A wrong "new" costs an editor a glance; a wrong "same" loses an item.
"""

import hashlib
import re
import unicodedata
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit, urlunsplit

from bulletin.model import Item

# ANSI/NISO Z39.84: prefix 10. and four to nine digits, then a suffix without spaces. Suffixes made from a SICI hold
# the page in angle brackets; cut off there, all articles of a journal's number would be one.
_DOI = re.compile(
    r"(?<!\d)10\.\d{4,9}/(?:[^\s\"<>?#&\\^`{}|\x00-\x1f\x7f\ud800-\udfff]|<\d+:{1,2}[\w-]*>)+",
    re.IGNORECASE,
)
_LONGEST_DOI = 500  # a longer one is no DOI but an attack on the search for tails
# What publishers hang behind a DOI in an address: /full, .pdf, v2.full-text, ...
_DOI_TAIL = re.compile(
    r"(?:/(?:abstract|abs|full|fulltext|full-text|pdf|epdf|epub|html|meta|summary|references|suppl)"
    r"|\.(?:pdf|full|abstract|full-text|full\.pdf|short)|;jsessionid=.*|[.,;:]+)$",
    re.IGNORECASE,
)
_PREPRINT_VERSION = re.compile(r"^(10\.(?:1101|64898)/[\d.]+)v\d+.*$", re.IGNORECASE)  # bioRxiv, medRxiv
# Crossref and DataCite prefixes of preprint servers. 10.1101 is bioRxiv and medRxiv before a digit, and Cold Spring
# Harbor's journals before a letter.
_PREPRINT = re.compile(
    r"10\.1101/\d"
    r"|10\.64898/"  # openRxiv: bioRxiv and medRxiv since late 2025
    r"|10\.21203/rs\."  # Research Square
    r"|10\.2139/ssrn"  # SSRN
    r"|10\.48550/arxiv"  # arXiv
    r"|10\.20944/preprints"  # Preprints.org
    r"|10\.312(?:19|2\d|3[0-5])/"  # OSF Preprints, PsyArXiv, SocArXiv and their family
    r"|10\.22541/au\."  # Authorea
    r"|10\.2196/preprints"  # JMIR
)
_PREPRINT_HOSTS = frozenset(
    {"arxiv.org", "biorxiv.org", "medrxiv.org", "preprints.org", "researchsquare.com", "papers.ssrn.com"}
)
_RESOLVERS = frozenset({"doi.org", "dx.doi.org", "doi.dx.org", "hdl.handle.net"})

_TRACKING_PREFIXES = ("utm_", "at_", "_hs", "wt.", "ns_", "pk_", "mtm_", "hsa_", "trk_", "vero_", "oly_")
_TRACKING = frozenset(
    [
        "fbclid",
        "gclid",
        "dclid",
        "msclkid",
        "yclid",
        "igshid",
        "mc_cid",
        "mc_eid",
        "mkt_tok",
        "xtor",
        "ito",
        "cmp",
        "dgcid",
        "rss",
        "rss_id",
        "af",
        "via",
        "spm",
        "ck_subscriber_id",
        "_ga",
        "ref_src",
        "ncid",
        "sr_share",
        "feedname",
    ]
)
# These carry meaning elsewhere; only the value says that a feed put them there.
_TRACKING_PAIRS = frozenset(
    {
        ("source", "rss"),
        ("src", "rss"),
        ("ref", "rss"),
        ("feed", "rss"),
        ("feed", "atom"),
        ("from", "rss"),
        ("rss", "yes"),
        ("partner", "rss"),
        ("cid", "rss"),
    }
)
_QUERY_IS_NOISE = frozenset({"pubmed.ncbi.nlm.nih.gov"})  # ?fc=...&ff=...&v=... change with every search

_WWW = re.compile(r"^(?:www\.)+")
_WORDS = re.compile(r"\w+")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_MONTHS = frozenset(
    {"january", "february", "march", "april", "may", "june"}
    | {"july", "august", "september", "october", "november", "december"}
)
_KINDS = ("doi", "url", "guid", "page", "title")  # of keys, strongest first
_LABEL = re.compile(r"^\s*[\[(](?P<label>[^\])]{1,30})[\])]\s*")  # [Articles] Title, (ASAP) Title
_NOTICE = re.compile(r"\b(corrections?|corrigendum|erratum|errata|retract\w*|withdrawn|concern)\b")


def doi(text: str) -> str:
    """The first DOI in an identifier or address, lower case and without resolver; empty when there is none."""
    found = _DOI.search(unquote(text))
    if not found or len(found.group()) > _LONGEST_DOI:
        return ""
    name = found.group().lower()
    while (shorter := _without_tail(name)) != name:
        name = shorter
    name = _PREPRINT_VERSION.sub(r"\1", name)
    return name if _DOI.fullmatch(name) else ""


def is_preprint_doi(doi: str) -> bool:
    """Whether a DOI is one that a preprint server gave."""
    return bool(_PREPRINT.match(doi))


def is_preprint(item: Item) -> bool:
    """Whether an item is on a preprint server, by its DOI, or without one by its address."""
    if item.doi:
        return is_preprint_doi(item.doi)
    try:
        host = urlsplit(item.url).hostname or ""
    except ValueError:  # a bracket that never closes
        return False
    return host.removeprefix("www.") in _PREPRINT_HOSTS


def clean_url(url: str) -> str:
    """The same address without tracking parameters; everything else stays as the publisher wrote it."""
    try:
        parts = urlsplit(url)
    except ValueError:  # a bracket that never closes
        return url
    kept = "&".join(pair for pair in parts.query.split("&") if not _is_tracking(*_pair(pair)))
    return url if kept == parts.query else urlunsplit(parts._replace(query=kept))


def canonical_url(url: str) -> str:
    """What is left of an address when all that does not matter is gone: for comparing, not for visiting.

    Scheme, www, default port, trailing slash, fragment and tracking parameters go; the query is sorted. Empty for
    what is no http(s) address, and for a bare home page, which identifies nothing.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:  # a port that is no number, a bracket that never closes
        return ""
    host = _WWW.sub("", (parts.hostname or "").rstrip("."))
    if parts.scheme not in ("http", "https") or not host or not host.isprintable():
        return ""
    place = f"[{host}]" if ":" in host else host
    place += "" if port in (None, 80, 443) else f":{port}"
    path = _requoted(parts.path).rstrip("/")
    query = [] if host in _QUERY_IS_NOISE else parse_qsl(parts.query, keep_blank_values=True)
    kept = urlencode(sorted(pair for pair in query if not _is_tracking(*pair)), errors="replace")
    route = f"#{_requoted(parts.fragment)}" if parts.fragment.startswith("!") else ""
    if not (path or kept or route):
        return ""
    return place + path + (f"?{kept}" if kept else "") + route


def normal_title(title: str) -> str:
    """A title as it is compared: no case, punctuation or label such as [Articles], & as and, 2,600 as 2600."""
    title = _THOUSANDS.sub("", unicodedata.normalize("NFKC", title).replace("&", " and "))
    label = _LABEL.match(title)
    if label and not _NOTICE.search(label["label"].casefold()):
        title = title[label.end() :]
    return " ".join(_WORDS.findall(title.casefold()))


def is_notice(title: str) -> bool:
    """Whether a normal title speaks of a correction, a retraction or a concern."""
    return bool(_NOTICE.search(title))


def keys(item: Item, feed: str) -> tuple[str, ...]:
    """The keys of an item that a feed brought, strongest first; there is always at least one.

    DOI and address hold everywhere. The feed's own guid counts only together with the title, and the title alone
    only where there is nothing else: both hold inside their feed.
    """
    title = normal_title(item.title)
    found = []
    if item.doi:
        found.append(f"doi:{item.doi}")
    address = canonical_url(item.url)
    if address and address.split("/")[0] not in _RESOLVERS:
        found.append(f"url:{address}")
    if item.guid:
        found.append(_inside(feed, "guid", item.guid, title))
    if not (item.doi or address or item.guid):
        found.append(_inside(feed, "title", title))
    elif address:
        found.append(_inside(feed, "page", address, title))
    return tuple(map(_short, found or [_inside(feed, "title", title)]))


def strength(key: str) -> int:
    """The rank of a key: 0 for a DOI, the strongest."""
    return _KINDS.index(key.partition(":")[0])


def exact(key: str) -> bool:
    """Whether a key holds a feed and a title: an item that brings it again is the same words from the same place."""
    return strength(key) >= _KINDS.index("guid")


def feed_of(key: str) -> str:
    """The id of the feed inside which a key holds; empty for one that holds everywhere."""
    return key.partition(":")[2].rpartition(":")[0] if exact(key) else ""


def same(known: Item, incoming: Item) -> bool:
    """Whether two items that share a key are one thing.

    Guids mean something inside one feed only: the known item's must come from the incoming item's feed, or be empty.
    """
    if known.doi and incoming.doi:
        return known.doi == incoming.doi
    ours, theirs = normal_title(known.title), normal_title(incoming.title)
    if ours == theirs:
        return True
    if _numbers(ours) != _numbers(theirs) or is_notice(ours) != is_notice(theirs):
        return False
    if known.guid and incoming.guid:
        here, there = canonical_url(known.guid), canonical_url(incoming.guid)
        return known.guid == incoming.guid or (here != "" and here == there)
    return _overlap(ours, theirs) >= 0.6


def _without_tail(name: str) -> str:
    """One thing less behind a DOI; a bracket goes only if nothing in the DOI opens it."""
    if any(name.endswith(end) and name.count(end) > name.count(start) for start, end in ("()", "[]")):
        return name[:-1]
    return _DOI_TAIL.sub("", name)


def _inside(feed: str, kind: str, *parts: str) -> str:
    digest = hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()
    return f"{kind}:{feed}:{digest[:24]}"


def _short(key: str) -> str:
    """Cut a key to what a PostgreSQL index can hold (2,704 bytes); the cut-off part still counts."""
    return key if len(key) <= 300 else f"{key[:200]}...{hashlib.sha256(key.encode()).hexdigest()}"


def _requoted(part: str) -> str:
    return quote(unquote(part), safe="/~:@!$'()*+,;=-._", errors="replace")


def _pair(text: str) -> tuple[str, str]:
    name, _, value = text.partition("=")
    return unquote(name), unquote(value)


def _is_tracking(name: str, value: str) -> bool:
    name, value = name.casefold(), value.casefold()
    return name.startswith(_TRACKING_PREFIXES) or name in _TRACKING or (name, value) in _TRACKING_PAIRS


def _numbers(title: str) -> set[str]:
    """What tells one number of a series from the next: May's board papers are not July's."""
    return {word for word in title.split() if word in _MONTHS or any(map(str.isdigit, word))}


def _overlap(a: str, b: str) -> float:
    """Share of the shorter title's words that the longer one has too."""
    one, two = set(a.split()), set(b.split())
    return len(one & two) / max(1, min(len(one), len(two)))
