"""The rich sample with everything that an edition can hold: editors' blocks, other scripts, a brand with a logo.

And its hostile twin, in which every word wants to be something else. All of it is invented or our own.
"""

from dataclasses import replace
from datetime import date, time

import sample_edition as sample
from sample_edition import item

from bulletin.model import (
    Block,
    BlockKind,
    Brand,
    Citation,
    Contact,
    Correction,
    Feed,
    Library,
    Logo,
    Mark,
    Placed,
    Rights,
    Section,
    Topic,
    When,
)

LOGO = "https://library.example.nhs.uk/logo.png"

BLOCKS = (
    Block(
        1,
        BlockKind.NEWS,
        "New opening hours in December",
        "We close at **midday** on 24 December. See [our hours](https://library.example.nhs.uk/hours).\n\n"
        "- Induction on Tuesdays\n- Drop-in on Thursdays",
    ),
    Block(
        2, BlockKind.TOOL, "A calculator for carbon", "Enter miles, get kilograms.", link="https://example.org/tool"
    ),
    Block(
        3,
        BlockKind.EVENT,
        "Searching the evidence: a lunchtime session",
        "Bring a question from your own work.",
        link="https://library.example.nhs.uk/lunch",
        place="Library seminar room",
        starts=When(date(2026, 12, 10), time(12, 30)),
        ends=When(date(2026, 12, 10), time(13, 30)),
    ),
    Block(
        4,
        BlockKind.CONSULTATION,
        "The duty of candour: have your say",
        link="https://example.org/candour",
        closes=When(date(2026, 12, 31)),
    ),
    Block(
        5,
        BlockKind.FUNDING,
        "Improvement fellowships 2027",
        link="https://example.org/fellows",
        closes=When(date(2027, 1, 15)),
    ),
)

NOVEMBER = date(2026, 11, 2)

OTHER_SCRIPTS = (
    item("سياسة الصحة العامة: ما الجديد في عام 2026؟", "charity", 7, kind="Report", language="ar"),
    item("תכנון שירותי בריאות, 2026 (NHS)", "charity", 8, kind="Report"),
    item("健康管理：二〇二六年の展望", "charity", 9, kind="Report", language="ja"),
)

EDITION = replace(
    sample.RICH,
    sections=(*sample.RICH.sections, Section("languages", "In other languages", tuple(map(Placed, OTHER_SCRIPTS)))),
    blocks=BLOCKS,
    corrections=(
        Correction(
            item("Bed numbers and mortality in 40 hospitals", "journal", 3, marks=(Mark.RETRACTED,)), NOVEMBER
        ),
    ),
)

HOUSE = replace(
    sample.HOUSE,
    library=replace(
        sample.LIBRARY,
        openathens="example.nhs.uk",
        address="1 Example Road, Exampleton EX1 1EX",
        hours="Monday to Friday, 9am to 5pm",
        privacy="https://library.example.nhs.uk/privacy",
        impact="https://library.example.nhs.uk/impact",
        disclaimer="The library chose these items with care and does not speak for those who wrote them.",
    ),
    brands={
        "trust": Brand(
            logo=Logo(LOGO, "Example NHS Trust", 120, 48),
            header="Library and Knowledge Service",
            footer="Example NHS Trust, Main Road, Exampleton EX1 1EX",
            contact=Contact("Jo Example, outreach librarian", "jo@example.nhs.uk", "01632 960124"),
        )
    },
)

AUDIENCE = replace(sample.AUDIENCE, brand="trust")

HOSTILE = (
    "W" * 1_200,
    "https://example.org/" + "a-" * 600,
    "سياسة" * 240,
    "\u202eTitle\u202c \u2066turned\u2069 \u200f around",
    "👩🏽‍⚕️🏴󠁧󠁢󠁥󠁮󠁧󠁿" * 60,
    "Ze\u200bro\u200b wi\ufeffdth\u00ad\u200b" * 40,
    "Bell\x07 null\x00 escape\x1b[31m del\x7f c1\x9b",
    "{{7*7}} {% raise %} {# gone #} %s %(x)s %d ${x} <%= 7*7 %>",
    "</td></tr></table></td></tr></table></body></html><h1>Owned</h1>",
    "</h3></a></title></style><style>*{display:none}</style>",
    "<!--[if mso]><table><tr><td>x<![endif]--><script>alert(1)</script>",
    "=?UTF-8?Q?=0D=0A?=Bcc: x@example.org\r\nBcc: y@example.org",
    "<img src=x onerror=alert(1)><svg onload=alert(1)><math>",
    "T̴̡̢̛͈̫̠̞͖͓̈́̈́̋͂̕͝h̷̢̛̭̘͙̲̺͔̀̑̐͒̃i̶̡̢̛̗̻̲͔̱͇͛͗̊s̸̡̛̩̪̲̱͙̊̆̾͌̓͝ ̴climbs",
    "a &amp; b &lt;c&gt; &#x202e; &nbsp; &zwj;",
)


def _hostile(words: str, number: int) -> Placed:
    one = item(
        words,
        "journal",
        number + 1,
        words,
        url=f"https://example.org/{number}",
        kind=words,
        doi=f"10.5555/{number}/" + words,
        language="en",
        citation=Citation(words, words, words, words),
        authors=(words,),
    )
    return Placed(one, see_also=("finance",), note=words, pick=number % 2 == 0)


_MONSTER = " ".join((HOSTILE[0][:160], HOSTILE[8], HOSTILE[7]))
HOSTILE_EDITION = replace(
    sample.RICH,
    sections=(
        Section("policy", _MONSTER, tuple(_hostile(words, number) for number, words in enumerate(HOSTILE))),
        Section("digital", HOSTILE[1]),
        Section("leadership", HOSTILE[2], (Placed(item("An ordinary title", "dhsc", 3, "Ordinary words.")),)),
    ),
    blocks=tuple(
        Block(
            number, kind, words, words, place=words, starts=When(date(2026, 12, 10)), closes=When(date(2026, 12, 31))
        )
        for number, (kind, words) in enumerate(zip([*BlockKind] * 2, HOSTILE, strict=False), 1)
    ),
    corrections=tuple(Correction(item(words, "journal", 2), NOVEMBER) for words in HOSTILE),
)
HOSTILE_HOUSE = replace(
    HOUSE,
    library=Library(
        _MONSTER, "library@example.nhs.uk", _MONSTER, full_text=_MONSTER, login=_MONSTER, address=_MONSTER
    ),
    topics={"finance": Topic("finance", _MONSTER)},
    feeds={"journal": Feed("journal", _MONSTER, "https://feeds.example/3", rights=Rights.ABSTRACT)},
    brands={"trust": Brand(header=_MONSTER, footer=_MONSTER, contact=Contact(_MONSTER))},
)
HOSTILE_BULLETIN = replace(sample.BULLETIN, title=_MONSTER, intro=_MONSTER)
HOSTILE_AUDIENCE = replace(AUDIENCE, name=_MONSTER, why=_MONSTER)
