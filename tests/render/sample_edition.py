"""One rich edition, written for these tests: every source, title and sentence is invented or our own."""

import itertools
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from bulletin.model import (
    Access,
    Bulletin,
    Citation,
    DateSource,
    DistributionList,
    Edition,
    Feed,
    House,
    Item,
    Library,
    Placed,
    Rights,
    Schedule,
    Section,
    Topic,
)

TEMPLATES = Path(__file__).parents[2] / "templates"

LIBRARY = Library(
    name="Example Health Library and Knowledge Service",
    email="library@example.nhs.uk",
    phone="01632 960123",
    web="https://library.example.nhs.uk",
    full_text="Many articles open with your NHS OpenAthens account, which is free for NHS staff. If one does not "
    "open, send us the title and we will get it for you or tell you where it can be found.",
    login="Log in with NHS OpenAthens, or ask the library",
)

HEADINGS = {
    "policy": "Policy and strategy",
    "integrated-care": "Integrated care and commissioning",
    "finance": "Finance and productivity",
    "leadership": "Leadership and management",
    "workforce": "Workforce and wellbeing",
    "patient-safety": "Patient safety and quality improvement",
    "sustainable-healthcare": "Sustainable Healthcare",
    "digital": "Digital and data",
    "health-inequalities": "Health inequalities",
    "urgent-care": "Urgent care and flow",
}
TOPICS = {topic: Topic(topic, heading) for topic, heading in HEADINGS.items()}

FEEDS = {
    feed.id: feed
    for feed in [
        Feed("nhs-news", "NHS England news", "https://feeds.example/1", rights=Rights.OGL, access=Access.FREE),
        Feed("dhsc", "Department of Health and Social Care", "https://feeds.example/2", rights=Rights.OGL),
        Feed("journal", "Journal of Care Systems", "https://feeds.example/3", rights=Rights.ABSTRACT),
        Feed("review", "Health Management Review", "https://feeds.example/4", rights=Rights.ABSTRACT),
        Feed("charity", "The Kingsway Trust", "https://feeds.example/5", access=Access.FREE),
        Feed("magazine", "Hospital Times", "https://feeds.example/6"),
    ]
}

HOUSE = House(LIBRARY, TOPICS, FEEDS, TEMPLATES)

AUDIENCE = DistributionList(
    id="senior-managers",
    name="Senior managers",
    template="default",
    sender="Example Health Library <library@example.nhs.uk>",
    reply_to="library@example.nhs.uk",
    delivery="file",
    why="You get this update because you are on the library's list of senior managers.",
)

BULLETIN = Bulletin(
    id="health-management",
    title="Health Management Update",
    headings=tuple(HEADINGS),
    schedule=Schedule("0 9 1st-mon * *", "Europe/London"),
    window=timedelta(days=35),
    most=5,
    keep_empty=True,
    lists=(AUDIENCE,),
    intro="New reports, research and news for people who run health services, chosen by your library. "
    "This month: what the first year of neighbourhood teams has taught us, and a theatre that threw away less.",
)

MONTH = datetime(2026, 11, 1, 10, 0, tzinfo=UTC)


def item(title: str, feed: str = "magazine", day: int = 20, summary: str = "", **more) -> Item:
    """An item of November 2026, from one feed unless `more` says otherwise."""
    slug = "-".join(word for word in title.lower().split() if word.isalnum())[:60]
    values = {
        "title": title,
        "url": f"https://www.example.org/{feed}/{slug}",
        "published": MONTH + timedelta(days=day - 1),
        "date_source": DateSource.PUBLISHED,
        "summary": f"<p>{summary}</p>" if summary else "",
        "feeds": (feed,),
        "source": feed,
        "summary_feed": feed,
        "first_seen": MONTH + timedelta(days=day),
    }
    return Item(**(values | more))


def edition(*sections: Section) -> Edition:
    """The December edition, with these sections."""
    return Edition(
        id="health-management-2026-12-07",
        bulletin="health-management",
        number=12,
        day=date(2026, 12, 7),
        since=date(2026, 11, 2),
        sections=sections,
    )


def numbered(edition: Edition) -> Edition:
    """The edition as the store would give it: each item has an id of its own."""
    numbers = itertools.count()
    sections = tuple(
        replace(
            one,
            items=tuple(
                replace(placed, item=replace(placed.item, id=f"{next(numbers):012x}")) for placed in one.items
            ),
        )
        for one in edition.sections
    )
    return replace(edition, sections=sections)


def section(topic: str, *items: Item | Placed) -> Section:
    """A heading and its items."""
    placed = tuple(each if isinstance(each, Placed) else Placed(each) for each in items)
    return Section(topic, HEADINGS[topic], placed)


RICH = edition(
    section(
        "policy",
        Placed(
            item(
                "Neighbourhood health: what the first year has taught us",
                "dhsc",
                26,
                "Forty-three places have run neighbourhood health teams for a year. This report sets out what "
                "changed for patients, where the money went, and seven conditions that the most advanced places "
                "had in common. Shared records and one named lead for each team mattered more than new buildings. "
                "Ministers will decide in spring whether the programme becomes a national requirement.",
                kind="Policy paper",
                feeds=("dhsc", "nhs-news", "magazine"),
            ),
            see_also=("integrated-care", "digital"),
        ),
        item(
            "Planning guidance for 2027 to 2028",
            "nhs-news",
            30,
            "Three priorities instead of eleven: waiting times, access to general practice, and a balanced budget. "
            "Boards are asked to submit plans by 12 February.",
            kind="Guidance",
        ),
        item("Do targets still work? A history of waiting in five charts", "charity", 12, kind="Long read"),
    ),
    section(
        "integrated-care",
        item(
            "Does joint commissioning reduce emergency admissions? A controlled before and after study in 38 areas",
            "journal",
            18,
            "<b>Background:</b> Joint budgets are expected to move care out of hospital. <b>Methods:</b> We compared "
            "38 areas that pooled budgets with 112 that did not, from 2017 to 2025. <b>Results:</b> Emergency "
            "admissions for long-term conditions fell by 4.1% (95% CI 1.8 to 6.3), most of it after the third year. "
            "<b>Conclusions:</b> Pooled budgets can reduce admissions, but not quickly.",
            kind="Research",
            doi="10.5555/jcs.2026.0418",
            citation=Citation("Journal of Care Systems", "14", "4", "201-213"),
        ),
        item("Who holds the risk? Contracts between boards and providers", "review", 9, kind="Research"),
    ),
    section("finance"),
    section(
        "leadership",
        item(
            "The quiet board: why non-executive directors stop asking questions",
            "review",
            23,
            "Interviews with 31 non-executive directors of nine trusts show how challenge fades. The main reasons "
            "were late papers, fear of seeming disloyal and long agendas. Chairs who asked the least senior person "
            "first heard twice as many concerns.",
            kind="Research",
            doi="10.5555/hmr.77.3",
            free=True,
        ),
        item("Running a hospital from the corridor: a chief executive's diary", "magazine", 27, kind="News"),
    ),
    section(
        "workforce",
        item(
            "Self-rostering on twelve wards: two years of turnover and sickness",
            "journal",
            16,
            "Wards that let nurses choose their shifts kept 9 more nurses in every 100 than wards that did not. "
            "Sickness did not change. Ward managers spent four hours a month less on the rota after the first "
            "quarter, and more in it.",
            kind="Research",
            doi="10.5555/jcs.2026.0392",
        ),
        item(
            "Staff survey: £3 meals at night are what people remember",
            "charity",
            5,
            published=None,
            date_source=DateSource.FIRST_SEEN,
            kind="Report",
        ),
        item("Gweithlu iechyd a gofal: beth nesaf?", "charity", 6, kind="Blog", language="cy"),
    ),
    section(
        "patient-safety",
        item(
            "National framework for learning from harm: second edition",
            "nhs-news",
            24,
            "The framework now covers maternity and mental health, and asks boards to publish what they changed.",
            kind="Guidance",
            date_source=DateSource.UPDATED,
        ),
        item("Printed handbook: safer handovers (ask the library for a copy)", "magazine", 3, url="", kind="Book"),
    ),
    section(
        "sustainable-healthcare",
        Placed(
            item(
                "Reusable gowns cut theatre waste by a third in three hospitals",
                "journal",
                19,
                "Three hospitals replaced single-use gowns with reusable ones for a year. Clinical waste fell by 34% "
                "and costs by £61,000. CO₂ emissions per operation fell by 1.9 kg. Surgeons preferred the new gowns "
                "once the fit had been improved.",
                kind="Research",
                doi="10.5555/jcs.2026.0401",
            ),
            see_also=("finance",),
            note="Theatres at Wexbridge change their contract for gowns in March.",
            pick=True,
        ),
        item("Heat, β-blockers and older people: planning for next summer", "dhsc", 13, "", kind="Guidance"),
    ),
    section(
        "digital",
        item(
            "Ambient scribes in outpatient clinics: minutes saved, minutes spent",
            "review",
            25,
            "Clinicians saved 4.6 minutes a visit on notes and spent 1.7 of them on checking. Patients noticed more "
            "eye contact. The authors found one serious error in 900 notes.",
            kind="Research",
        ),
        item("One login for community nurses: lessons from Łódź and Leeds", "magazine", 11, kind="Case study"),
    ),
    section("health-inequalities"),
    section(
        "urgent-care",
        item(
            "Same day emergency care at weekends",
            "nhs-news",
            10,
            "Trusts that opened same day emergency units at weekends saw fewer people wait more than twelve hours.",
            kind="Statistics",
        ),
        item("Corridor care: what patients told us", "charity", 4, kind="Report"),
    ),
)
