"""Seeded faults for the rules of bulletin/lint/page/links.py."""

from datetime import UTC, datetime, timedelta

from good import ITEMS
from markup import link, linked, put
from seeded import bad, both, fine, knowing

from bulletin.model import LinkState

WARDS = "https://a.example.org/wards"
WASTE = "https://journals.example.org/waste"


def leading(href):
    """The good message with a link that leads there."""
    return linked(href, "All the reports of the trust")


def saying(words, more=""):
    """The good message with a link of these words."""
    return linked(WARDS, words, more)


def to(href):
    """The good message with a link that only the HTML has."""
    return put(f"<p>Have a look at {link(href, 'All the reports of the trust')} when you have time.</p>")


WORDS = (
    bad(11, "a link without words", put(f"<p>Look {link(WARDS, '')} at this.</p>"), 58),
    bad(11, "an arrow", saying("→")),
    bad(11, "one letter", saying("A")),
    bad(11, "spaces that cannot be seen", saying("&nbsp;&nbsp;"), 58),
    bad(11, "hidden words", put(f"<p>Look {link(WARDS, '<span aria-hidden=true>the wards</span>')} at this.</p>"), 58),
    fine(11, "two letters", saying("UK")),
    fine(11, "a label", saying("→", ' aria-label="The wards of the trust"')),
    fine(11, "a place to jump to", put('<p><a id="here" name="here"></a>Some words</p>')),
    fine(11, "words in bold", saying("<b>The wards of the trust</b>")),
    *(
        bad(12, f"it says {words}", saying(words))
        for words in ("Click here", "here", "Read more", "more", "More information", "link", "this", "Read more…",
                      "Find out more", "Learn more &gt;", "click here to read it", "Full story", "[Download]",
                      "READ MORE", "<b>Read</b> more", "Read&nbsp;more →", "Continue reading »", "This link")
    ),
    bad(12, "the address itself", saying(WARDS)),
    bad(12, "the address without https", saying("www.example.org/wards")),
    bad(12, "a host", linked("https://library.example.org/", "library.example.org")),
    bad(12, "a host and a path", linked("https://www.example.org/wards", "example.org/wards")),
    fine(12, "here to stay", saying("Here to stay: virtual wards")),
    fine(12, "more beds", saying("More beds, more nurses")),
    fine(12, "read more about it", saying("Read more about virtual wards")),
    fine(12, "a name that is a host", linked("https://www.gov.uk/", "GOV.UK")),
    fine(12, "a label that says where", saying("Read more", ' aria-label="Read more about virtual wards"')),
    fine(12, "this week", saying("This week in health")),
    bad(13, "the same words to two places", both(saying("Virtual wards"), linked("https://b.example.org/", "virtual  wards"))),
    bad(13, "the same words to two parts", both(saying("Virtual wards"), linked(f"{WARDS}?page=2", "Virtual wards"))),
    bad(13, "an item twice", linked("https://b.example.org/", "Cooler wards in hot summers")),
    fine(13, "the same words to one place", both(saying("Virtual wards"), linked("HTTPS://A.example.org:443/wards", "Virtual wards"))),
    fine(13, "one mailbox in other capitals", both(linked("mailto:Library@example.nhs.uk", "Ask the library"), linked("mailto:library@example.nhs.uk", "Ask the library"))),
    fine(13, "other words to one place", both(saying("Virtual wards"), saying("Hospital at home"))),
    bad(34, "a PDF that nobody expects", leading("https://a.example.org/report.pdf")),
    bad(34, "in capitals, with a query", leading("https://a.example.org/Report.PDF?download=1#page=2")),
    bad(34, "a file in the query", leading("https://a.example.org/get?file=report%2Epdf")),
    fine(34, "it says so", linked("https://a.example.org/report.pdf", "Our report (PDF, 545 kB)")),
    fine(34, "it says so right after", linked("https://a.example.org/report.pdf", "Our report", after=" (PDF only, 545KB)")),
    fine(34, "about PDFs", leading("https://a.example.org/pdf-files-for-all")),
)  # fmt: skip

KINDS = (
    *(
        bad(35, name, to(href), 1, 36, 53, 58)
        for name, href in (
            ("a script", "javascript:alert(1)"),
            ("a script in capitals", "JaVaScRiPt:alert(1)"),
            ("a script with a tab", "java\tscript:alert(1)"),
            ("a script with a line end", "java&#10;script:alert(1)"),
            ("a script in entities", "&#106;&#97;&#118;&#97;script&#58;alert(1)"),
            ("a script after a control", "&#1;javascript:alert(1)"),
            ("a script of Visual Basic", "vbscript:msgbox(1)"),
            ("a page in the address", "data:text/html;base64,PHNjcmlwdD4="),
            ("a file", "file:///etc/passwd"),
            ("a file on a share", "file://server/share/a.docx"),
            ("a program of Windows", "ms-msdt:/id"),
            ("a document of Office", "ms-word:ofe|u|https://a.example.org/a.docx"),
            ("another kind", "ftp://a.example.org/file"),
            ("a feed", "feed:https://a.example.org/rss"),
        )
    ),
    bad(35, "no https", leading("http://a.example.org/wards")),
    bad(35, "a tab in https", to("ht\ttps://a.example.org/wards"), 58),
    bad(35, "a header in an address for email", to("mailto:a@example.org?subject=Hello%0D%0ABcc:b@example.org"), 58),
    bad(35, "a window of its own", saying("Virtual wards", ' target="evil"')),
    bad(35, "out of its frame", saying("Virtual wards", ' target="_top"')),
    bad(35, "a new window that keeps hold", saying("Virtual wards", ' target="_blank"')),
    bad(35, "a quotation from a script", put('<blockquote cite="javascript:alert(1)">Some words</blockquote>')),
    fine(35, "a telephone number", to("tel:+441234567890")),
    fine(35, "an address for email", to("mailto:library@example.nhs.uk?subject=Hello%20there&body=One%0D%0ATwo")),
    fine(35, "https in capitals", leading("HTTPS://a.example.org/wards")),
    fine(35, "a new window without a hold", saying("Virtual wards", ' target="_blank" rel="noopener noreferrer"')),
    fine(35, "javascript in a path", leading("https://a.example.org/javascript:the-good-parts")),
)

ADDRESSES = (
    *(
        bad(36, name, to(href), 14, 37, 58)
        for name, href in (
            ("a path alone", "/wards"),
            ("no scheme", "//a.example.org/wards"),
            ("a word", "wards.html"),
            ("a host alone", "www.example.org"),
            ("nothing", ""),
            ("a sharp", "#"),
            ("one's own computer", "https://localhost:8000/wards"),
            ("one's own computer by number", "https://127.0.0.1/"),
            ("a short number", "https://127.1/"),
            ("a number in hexadecimal", "https://0x7f000001/"),
            ("a number in octal", "https://0177.0.0.01/"),
            ("one number", "https://2130706433/"),
            ("a private network", "https://192.168.1.20/wards"),
            ("another private network", "https://10.0.0.8/wards"),
            ("the cloud's own", "https://169.254.169.254/latest/meta-data"),
            ("IPv6 of one's own", "https://[::1]/"),
            ("IPv6 of a private network", "https://[fd00::1]/"),
            ("IPv4 in IPv6", "https://[::ffff:10.0.0.1]/"),
            ("a name of a private network", "https://wiki.trust.local/"),
            ("an intranet", "https://intranet/wards"),
            ("a name and a password", "https://user:secret@a.example.org/"),
            ("a host that is a name", "https://www.gov.uk@evil.example.org/"),
            ("a space", "https://a.example.org/two words"),
            ("a backslash", "https:\\\\a.example.org\\wards"),
            ("no slashes", "https:a.example.org/wards"),
            ("no host", "https:///wards"),
            ("Latin and Cyrillic", "https://n\u04bbs.example.org/"),
            ("Latin and Cyrillic, encoded", "https://xn--ns-olc.example.org/"),
            ("too long", f"https://a.example.org/{'a' * 2_000}"),
        )
    ),
    *(
        bad(36, f"a field: {field}", to(f"https://a.example.org/{field}"), 58, 64)
        for field in ("{{ token }}", "%%token%%", "*|TOKEN|*", "{% url %}", "${token}", "{token}", "%7B%7Btoken%7D%7D",
                      "&lt;%= token %&gt;")
    ),
    bad(36, "nobody to write to", linked("mailto:?subject=Leave", "Write to the library")),
    bad(36, "no number", linked("tel:", "Call the library")),
    bad(36, "an image without a host", put('<p><img src="/ward.png" alt="A ward" width="20" height="10"></p>'), 49),
    fine(36, "2,000 letters", leading(f"https://a.example.org/{'a' * 1_978}")),
    fine(36, "braces of a title in a letter", leading("mailto:library@example.nhs.uk?subject=%7B%7B7%2A7%7D%7D")),
    bad(36, "braces in a letter as they are", leading("mailto:library@example.nhs.uk?subject={{title}}"), 64),
    fine(36, "a percent sign", leading("https://a.example.org/50%25-more%20beds")),
    fine(36, "a host in German", leading("https://xn--mnchen-3ya.example.org/")),
    fine(36, "a host in Japanese", leading("https://xn--wgv71a119e.example.org/")),
    fine(36, "a number that all can reach", leading("https://93.184.215.14/wards")),
    fine(36, "an at sign in a path", leading("https://a.example.org/@ward")),
    fine(36, "a port", leading("https://a.example.org:8443/wards")),
)  # fmt: skip

FOLLOWING = (
    *(
        bad(37, f"with {pair}", leading(f"https://a.example.org/wards?id=1&amp;{pair}=x"), 58)
        for pair in ("utm_source", "UTM_Medium", "fbclid", "gclid", "mc_eid", "mc_cid", "msclkid", "_hsenc", "mkt_tok")
    ),
    bad(37, "in the fragment", leading("https://a.example.org/wards#utm_source=rss")),
    bad(37, "the name encoded", leading("https://a.example.org/wards?utm%5Fsource=rss")),
    bad(37, "shortened", leading("https://bit.ly/3abcdef")),
    bad(37, "shortened in capitals", leading("https://WWW.TinyURL.com/abc")),
    fine(37, "what the page needs", leading("https://a.example.org/wards?id=1&amp;page=2&amp;source=who")),
    fine(37, "a name that ends so", leading("https://habit.ly.example.org/")),
    fine(37, "in a path", leading("https://a.example.org/utm_source")),
)  # fmt: skip

NOW = datetime(2026, 12, 7, 8, tzinfo=UTC)
ALL = {item.url: LinkState(200, NOW - timedelta(hours=2)) for item in ITEMS}


def answering(status, hours=2, why=""):
    """The good message, of which one link answered so."""
    return knowing(links=ALL | {WASTE: LinkState(status, NOW - timedelta(hours=hours), why)}, now=NOW)


ANSWERS = (
    bad(38, "not found", answering(404)),
    bad(38, "gone", answering(410)),
    bad(38, "a server that fails", answering(503)),
    bad(38, "no answer", answering(0, why="no such host")),
    bad(38, "long ago", answering(200, 25)),
    bad(38, "a refusal long ago", answering(403, 48)),
    bad(38, "never asked", knowing(links={one: state for one, state in ALL.items() if one != WASTE}, now=NOW)),
    bad(38, "none was asked", knowing(links={}, now=NOW)),
    fine(38, "all answered", answering(200)),
    fine(38, "led on", answering(301)),
    fine(38, "a publisher that lets no robots in", answering(403)),
    fine(38, "a publisher that asks who one is", answering(401)),
    fine(38, "asked too often", answering(429)),
    fine(38, "a day ago", answering(200, 24)),
    fine(38, "nobody asks", knowing(links=None, now=NOW)),
)

FAULTS = (*WORDS, *KINDS, *ADDRESSES, *FOLLOWING, *ANSWERS)
