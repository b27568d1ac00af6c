"""Where publishers keep their feeds, by rule: addresses that a page's own address lets one expect.

Each rule was seen in a public list of feeds, none is promised by its publisher: what comes of it must be tried.
"""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

# Host (a regular expression for all of it), path, and what the feed's address is made of: \g<0> is the path's match.
_RULES = tuple(
    (re.compile(host), re.compile(path), template)
    for host, path, template in (
        (r"www\.gov\.uk", r"/search/[\w-]+(?=$|[/?])", r"https://www.gov.uk\g<0>.atom{query}"),
        (r"www\.gov\.uk", r"/government/organisations/[\w-]+", r"https://www.gov.uk\g<0>.atom"),
        (r"www\.gov\.wales", r"/announcements", r"https://www.gov.wales/announcements/rss"),
        (r"www\.legislation\.gov\.uk", r"/new(?=$|/)", r"https://www.legislation.gov.uk/new/data.feed"),
        (r"[\w-]+\.blog\.gov\.uk", r"", r"https://{host}/feed/"),
        (r"www\.theguardian\.com", r"/[\w-]+(?:/[\w-]+)?(?=$|/$)", r"https://www.theguardian.com\g<0>/rss"),
        (r"www\.nature\.com", r"/subjects/[\w-]+", r"https://www.nature.com\g<0>.rss"),
        (r"www\.nature\.com", r"/(?!articles|subjects|search|siteindex)\w+", r"https://www.nature.com\g<0>.rss"),
        (
            r"(?:[\w-]+\.)?onlinelibrary\.wiley\.com",
            r"/(?:journal|toc|loi)/(?P<code>\d{7}[\dxX])",
            r"https://onlinelibrary.wiley.com/feed/\g<code>/most-recent",
        ),
        (
            r"www\.tandfonline\.com",
            r"/(?:journals|toc|loi)/(?P<code>\w{4,8})",
            r"https://www.tandfonline.com/feed/rss/\g<code>",
        ),
        (
            r"(?:journals\.sagepub\.com|www\.nejm\.org|www\.healthaffairs\.org)",
            r"/(?:home|toc|loi|journal)/(?P<code>\w{2,12})",
            r"https://{host}/action/showFeed?type=etoc&feed=rss&jc=\g<code>",
        ),
        (r"www\.nejm\.org", r"", r"https://www.nejm.org/action/showFeed?jc=nejm&type=etoc&feed=rss"),
        (
            r"www\.thelancet\.com",
            r"/journals/(?P<code>\w+)",
            r"https://www.thelancet.com/rssfeed/\g<code>_current.xml",
        ),
        (
            r"www\.thelancet\.com",
            r"/journals/(?P<code>\w+)",
            r"https://www.thelancet.com/rssfeed/\g<code>_online.xml",
        ),
        (r"journals\.plos\.org", r"/(?P<code>\w+)", r"https://journals.plos.org/\g<code>/feed/atom"),
        (r"[\w-]+\.biomedcentral\.com", r"", r"https://{host}/articles/most-recent/rss.xml"),
        (r"(?:www|[\w-]+)\.bmj\.com", r"", r"https://{host}/rss/current.xml"),
        (r"(?:www|[\w-]+)\.bmj\.com", r"", r"https://{host}/rss/recent.xml"),
    )
)
_ELSEVIER = "www.sciencedirect.com"
_ISSN = re.compile(r"ISSN\W{1,5}(\d{4})-?(\d{3}[\dxX])\b")


def expected(url: str, text: str) -> Iterator[str]:
    """Yield the addresses of feeds that the publisher of the page at `url`, which says `text`, probably has."""
    parts = urlsplit(url)
    host = (parts.hostname or "").lower()
    query = f"?{parts.query}" if parts.query else ""
    for place, path, template in _RULES:
        found = path.match(parts.path) if place.fullmatch(host) else None
        if found:
            yield found.expand(template).replace("{host}", host).replace("{query}", query)
    issn = _ISSN.search(text) if host == _ELSEVIER else None
    if issn:
        yield f"https://rss.sciencedirect.com/publication/science/{issn[1]}{issn[2].upper()}"
