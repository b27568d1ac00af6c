"""Papers to export: a plain one, a full one, and one whose every word is hostile."""

from dataclasses import replace
from datetime import UTC, date, datetime

from bulletin import render
from bulletin.export import Paper
from bulletin.model import (
    Citation,
    Heading,
    Library,
    Line,
    Page,
    Paragraph,
    Piece,
    Printed,
    PrintedBlock,
    PrintedCorrection,
)

WHEN = datetime(2026, 12, 7, 9, tzinfo=UTC)
LIBRARY = Library("Wexbridge Library", "library@example.nhs.uk", "01632 960123", full_text="Ask us for full texts.")

# One of each thing that a title has ever broken.
HOSTILE = {
    "long": "A title that does not end " * 46 + "here.",
    "one long word": "W" * 1_200,
    "markup": '"></a></li></ul><h1>owned</h1><script>alert(1)</script><!--[if mso]><b>x</b><![endif]-->',
    "entities": "Research &amp; development &lt;b&gt; &#x202e; &nbsp; &#0;",
    "end of cdata": "a ]]> b <![CDATA[ c ]]> -- > ?> <? xml",
    "template": "{{7*7}} {% raise %} {# x #} %s %(x)s ${x}",
    "line ends": "first\r\nsecond\nthird\rfourth\x0bfifth\x0csixth\x1cseventh\x85eighth\u2028ninth\u2029tenth",
    "a record inside": "Title\r\nER  - \r\n\r\nTY  - JOUR\nTI  - Another",
    "a record inside a line": "TY  - JOUR ER  - PMID- 1 TI  - x",
    "a pubmed record": "Title\r\n\r\nPMID- 7\r\nTI  - Another",
    "forbidden in XML": "a\x00b\x01c\x08d\x1fe\x7ff\x9fg\ufffeh\uffffi",
    "half a character": "a\ud800b\udfffc",
    "turned round": "abc \u202egnp.exe\u202c \u2066x\u2069 \u200f",
    "right to left": "الرعاية الصحية الأولية في المملكة المتحدة: تقرير",
    "hebrew": "בריאות הציבור באזור הצפון",
    "emoji": "Family 👩‍👩‍👧‍👦 flags 🏴󠁧󠁢󠁥󠁮󠁧󠁿 🇬🇧 hands 👋🏽 " * 4,
    "zero width": "a\u200bb\u200cc\u200dd\ufeffe\u2060f\u00adg",
    "stacked": "Z" + "\u0335\u0321\u0352\u0301" * 40 + "algo",
    "wide": "医療政策の動向と将来像について" * 12,
    "formula": "=cmd|'/C calc'!A0",
    "formula of a sum": "=SUM(A1:A9)",
    "plus": "+1+1",
    "minus": "-2+3",
    "at": "@SUM(1)",
    "full width": "\uff1d1+1",
    "tab": "\t=1+1",
    "line end": "\r\n=1+1",
    "hidden formula": "\u200b=1+1",
    "inside": "x;=1+1;\"=1+1;\t@SUM(1);'+1",
    "quoted": '"=1+1","=2+2"',
    "quote": 'He said "no"; she said, "yes"',
    "encoded word": "=?UTF-8?Q?=0A?=Bcc: x@example.org",
    "nothing": "",
    "spaces": "   ",
    "path": "../../etc/passwd",
}


def item(title: str = "Falls on wards", **more) -> Printed:
    """An item as it is printed; what is not given is blank."""
    told = {
        "title": title,
        "url": "https://www.example.org/falls",
        "source": "Journal of Wards",
        "access": "Free to read",
    }
    blank = render.page_of({"headings": [{"items": [{}]}]}).headings[0].items[0]
    return replace(blank, **{"date": "6 August 2026", "published": "2026-08-06", "id": "0123456789ab"} | told | more)


def paper(*headings: Heading, **more) -> Paper:
    """The paper of an edition with these headings."""
    count = sum(len(heading.items) for heading in headings)
    page = replace(
        render.page_of({}),
        subject="Wexbridge Update: December 2026",
        title="Wexbridge Update",
        day="Monday 7 December 2026",
        number=12,
        intro="What is new.\n\nAnd what is not.",
        count=count,
        size=f"{count} items under {len(headings)} headings",
        headings=headings,
        library=LIBRARY,
        library_link="mailto:library@example.nhs.uk",
    )
    told = {"name": "update-2026-12-07", "day": date(2026, 12, 7), "updated": WHEN}
    changes = {name: more.pop(name) for name in list(more) if name in Page.__dataclass_fields__}
    return Paper(replace(page, **changes), **told | more)


def heading(name: str, *items: Printed) -> Heading:
    return Heading("", name, items)


ARTICLE = item(
    "Early discharge and falls",
    url="https://doi.org/10.5555/ward.1",
    authors=("Bo Chan", "Ann Grey Jr", "Anna van der Berg", "Ward Falls Study Group"),
    citation=Citation("Journal of Ward Care", "12", "3", "123–129"),
    source="Journal of Ward Care",
    doi="10.5555/ward.1",
    summary="Falls cost lives. And money, too: p < 0.05.",
    abstract=True,
    kind="Systematic Review",
    access="NHS OpenAthens",
    access_link="https://go.openathens.net/redirector/example?url=x",
    ask_link="mailto:library@example.nhs.uk?subject=x",
    flags=("Preprint",),
    credit="Grey and others, CC BY 4.0",
    see_also=("Finance",),
    also_from=("Care Weekly",),
    note="Our wards begin in March.",
    pick=True,
    id="aaaaaaaaaaaa",
)
REPORT = item(
    "Heat in care homes",
    url="https://www.example.org/heat.pdf",
    source="Department of Wards, Beds and Care",
    kind="Report",
    published="2026-06-01",
    date="1 June 2026",
    id="bbbbbbbbbbbb",
)
WELSH = item(
    "Gweithlu iechyd", url="", source="", language="cy", published="", access="Ask the library", id="cccccccccccc"
)
EVENT = PrintedBlock(
    kind="event",
    number=1,
    title="Journal club",
    url="https://www.example.org/club",
    place="Room 4",
    when="Thursday 10 December 2026, 12:30pm",
    closes="",
    paragraphs=(
        Paragraph((Line((Piece("Bring a "), Piece("paper", strong=True))), Line((Piece("or two."),)))),
        Paragraph((Line((Piece("Tea"),)), Line((Piece("Cake", "https://www.example.org/cake"),))), is_list=True),
    ),
)
FULL = paper(
    heading("Safety & quality", ARTICLE, REPORT),
    heading("Workforce"),
    heading("Elsewhere", WELSH),
    credits=("NHS England news",),
    blocks=(EVENT,),
)
CORRECTED = paper(
    corrections=(
        PrintedCorrection("[Retracted] Gowns & <b>heat</b>", "https://www.example.org/gowns", "2 November 2026"),
        PrintedCorrection("[Corrected] Falls", "", "5 October 2026"),
    )
)
LISTED = replace(
    paper(heading("", ARTICLE, REPORT), title="Schwartz Round: reading", subject="Schwartz Round: reading", number=0),
    name="schwartz-round-reading",
)


def _odd(text: str) -> Printed:
    """An item of which every word is this one."""
    return item(
        text,
        source=text,
        kind=text,
        authors=(text, "Bo Chan"),
        citation=Citation(text, text, text, text),
        summary=text,
        note=text,
        see_also=(text,),
        also_from=(text,),
        access=text,
        doi=text,
        flags=(text,),
        credit=text,
    )


def hostile(text: str, **more) -> Paper:
    """A paper of which every word is this one."""
    words = dict.fromkeys(("subject", "title", "day", "intro", "size", "preheader"), text)
    odd = _odd(text)
    library = replace(LIBRARY, name=text, phone=text, full_text=text)
    return paper(heading(text, odd, odd), heading(text, odd), library=library, credits=(text,), **words | more)


ALL_HOSTILE = paper(*(heading(name, _odd(text)) for name, text in HOSTILE.items()))
BIG = paper(
    *(
        heading(f"Heading {one}", *(item(f"Title {one}.{two}", summary="Words. " * 30) for two in range(30)))
        for one in range(10)
    )
)
WIDEST = paper(
    *(heading("W" * 90, *(item("W" * 300, source="W" * 90) for _ in range(5))) for _ in range(12)),
    title="W" * 300,
    is_draft=True,
)
