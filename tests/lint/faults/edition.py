"""Seeded faults for the rules of bulletin/lint/editions/edition.py and bulletin/lint/editions/twice.py."""

from dataclasses import replace
from datetime import UTC, datetime

from good import HTML, ITEMS
from seeded import bad, both, fine, html, knowing, text, unknown

TITLE = ITEMS[1].title
READ = "Read this update in your browser"
PAGE = "https://library.example.nhs.uk/editions/12"
ENTRY = HTML[
    HTML.index('<h3 style="font-size:18px; line-height:1.5"><a href="https://trust') : HTML.index(
        '<h2 style="font-size:22px; line-height:1.5">Policy'
    )
]
EMPTY = '<h2 style="font-size:22px; line-height:1.5">Estates</h2>'
SECOND = datetime(2026, 12, 2, tzinfo=UTC)


def item(place: int = 1, **changes):
    """The same message, of one item of which the desk knows something else."""
    return knowing(items=tuple(replace(one, **changes) if at == place else one for at, one in enumerate(ITEMS)))


def entitled(title: str):
    """The second item with another title, in both parts."""
    return both(html(TITLE, title), text(TITLE, title))


def more(**changes):
    """An item more that the desk knows of, which is like the second but for this."""
    return knowing(
        items=(
            *ITEMS,
            replace(ITEMS[1], **{"id": "i4", "title": "Something else", "url": "https://x.example.org/4"} | changes),
        )
    )


def shown(link: str):
    """Another link to the page in a browser, of a list that has no archive."""
    return both(html(PAGE, link), text(PAGE, link), knowing(archive_link=""))


FAULTS = (
    bad(39, "not marked at all", item(marks=("retracted",))),
    bad(39, "the mark is lost from the title", item(title=f"[Retracted] {TITLE}", marks=("retracted",)), 58),
    bad(39, "the mark stands with another item", both(html("The Kingsway Trust, 27", "Retracted. The Kingsway Trust, 27"), text("The Kingsway Trust, 27", "Retracted. The Kingsway Trust, 27"), item(0, marks=("retracted",)))),
    bad(39, "not marked in the plain text", both(html(f">{TITLE}<", f">[Corrected] {TITLE}<"), item(marks=("corrected",)))),
    bad(39, "not marked in the HTML", both(text(TITLE, f"[Corrected] {TITLE}"), item(marks=("corrected",)))),
    bad(39, "another mark", both(entitled(f"[Corrected] {TITLE}"), item(marks=("retracted",), title=f"[Corrected] {TITLE}"))),
    fine(39, "marked in the title", both(entitled(f"[Retracted] {TITLE}"), item(marks=("retracted",), title=f"[Retracted] {TITLE}"))),
    fine(39, "the title says so itself", both(entitled(f"RETRACTED: {TITLE}"), item(marks=("retracted",), title=f"RETRACTED: {TITLE}"))),
    fine(39, "marked behind the title", both(html(f"{TITLE}</a>", f"{TITLE}</a> (expression of concern)"), text("The Kingsway Trust, 27", "Expression of concern. The Kingsway Trust, 27"), item(marks=("expression of concern",)))),
    bad(55, "no link to the archive", html(PAGE, "https://library.example.nhs.uk/")),
    bad(55, "the edition before", knowing(archive_link="https://library.example.nhs.uk/editions/13")),
    bad(55, "no link at all, judged by anybody", unknown(html(f'<a href="{PAGE}" style="color:#0b57a4; text-decoration:underline">{READ}</a>', "Goodbye."))),
    bad(55, "not https", shown(PAGE.replace("https", "http")), 35),
    bad(55, "this very machine", shown("https://localhost:8080/editions/12"), 36),
    bad(55, "behind a log-in", shown("https://library.example.nhs.uk/login?next=editions")),
    bad(55, "with a secret", shown(f"{PAGE}?token=abcdef")),
    fine(55, "no archive, and a good link", knowing(archive_link="")),
    fine(55, "view online", html(READ, "View online")),
    fine(55, "no link, and no archive", both(html(READ, "The library’s own website"), knowing(archive_link=""))),
    bad(62, "an empty heading", html('<h2 style="font-size:22px; line-height:1.5">Policy', f'{EMPTY}<h2 style="font-size:22px; line-height:1.5">Policy')),
    bad(62, "an empty heading, judged by anybody", unknown(both(html('<h2 style="font-size:22px; line-height:1.5">Policy', f'{EMPTY}<h2 style="font-size:22px; line-height:1.5">Policy'), text("Policy and strategy\n", "Estates\n\nPolicy and strategy\n")))),
    bad(62, "an empty heading to jump to, judged by anybody", unknown(both(html('<h2 style="font-size:22px; line-height:1.5">Policy', EMPTY.replace("Estates", '<a id="estates" name="estates"></a>Estates') + '<h2 style="font-size:22px; line-height:1.5">Policy'), text("Policy and strategy\n", "Estates\n\nPolicy and strategy\n")))),
    bad(62, "a heading at the end", unknown(both(html("</td></tr>\n</table>\n</td>", f"{EMPTY}</td></tr>\n</table>\n</td>"), text("Your library\n", "Estates\n\nYour library\n")))),
    bad(62, "a heading without items", knowing(headings={"Sustainable Healthcare": 2, "Policy and strategy": 1, "Estates": 0})),
    bad(62, "too many items", knowing(most=1)),
    bad(62, "no items", knowing(items=()), 67, 68, 32, 30, 31, 66),
    fine(62, "a heading that says that it is empty", both(html('<h2 style="font-size:22px; line-height:1.5">Policy', f'{EMPTY}<p style="line-height:1.5">No items this month.</p><h2 style="font-size:22px; line-height:1.5">Policy'), knowing(headings={"Estates": 0}, keep_empty=True))),
    fine(62, "as many items as there may be", knowing(most=2)),
    fine(62, "headings that are links", unknown(both(html("<h2 style=\"font-size:22px; line-height:1.5\">Policy and strategy</h2>", ""), html("<h3 ", "<h2 ", 3), html("</h3>", "</h2>", 3), text("Policy and strategy\n-------------------\n", "")))),
    bad(63, "in an earlier edition", item(printed_in="health-management-2026-11-02")),
    bad(63, "the same identity", more(id="i2"), 58),
    bad(63, "the same DOI", both(item(doi="10.1000/x"), lambda good: good.knowing(items=(*good.known.items, replace(ITEMS[1], id="i4", title="Something else", url="https://x.example.org/4", doi="https://doi.org/10.1000/X")))), 58),
    bad(63, "the same address", more(url="https://www.trust.example.org/heat/?utm_source=feed"), 58),
    bad(63, "the same title", more(title="Cooler Wards in hot summers"), 58, 66),
    bad(63, "printed twice", html(ENTRY, ENTRY * 2)),
    bad(63, "printed twice, judged by anybody", unknown(html(ENTRY, ENTRY * 2))),
    bad(63, "one address under two titles", unknown(both(html(ENTRY, ENTRY + ENTRY.replace(TITLE, "Wards that stay cool")), text(f"{TITLE}\n", f"{TITLE}\nWards that stay cool\n")))),
    bad(63, "one title with two addresses", unknown(both(html(ENTRY, ENTRY + ENTRY.replace("org/heat", "org/heat2")), text("  https://trust.example.org/heat\n", "  https://trust.example.org/heat\n  https://trust.example.org/heat2\n"))), 13),
    fine(63, "the same link in the summary", html("What eleven hospitals did", '<a href="https://trust.example.org/heat" style="color:#0b57a4; text-decoration:underline">What eleven hospitals did</a>')),
    fine(63, "nothing in earlier editions", item(printed_in="")),
    bad(67, "nobody knows whose words", item(provenance="")),
    bad(67, "words of a machine", item(provenance="model")),
    bad(67, "an editor of whom nobody tells", item(editor="Edited by R. Shah")),
    fine(67, "an editor of whom readers are told", both(html("and what patients said of it.", "and what patients said of it.</p><p style=\"line-height:1.5\">Edited by R. Shah"), item(editor="Edited by R. Shah", provenance="library"))),
    fine(67, "no summary, nobody's words", both(html("<p>What eleven hospitals did against the heat, what it cost, and what patients said of it.</p>\n", ""), item(summary="", provenance=""))),
    bad(68, "no source", item(source="")),
    bad(68, "no date", item(dated="", date=None)),
    bad(68, "the source is not printed", html("<p style=\"font-size:14px\">The Kingsway Trust, 27", "<p style=\"font-size:14px\">27")),
    bad(68, "the date is not printed", html("Trust, 27 November 2026", "Trust")),
    bad(68, "the source of another item", both(html("The Kingsway Trust, 27", "Journal of Care Systems, 27"))),
    bad(68, "in the future", item(date=datetime(2026, 12, 9, tzinfo=UTC))),
    bad(68, "too old", item(date=datetime(2026, 10, 1, tzinfo=UTC))),
    fine(68, "on the day itself", item(date=datetime(2026, 12, 7, 8, tzinfo=UTC))),
    fine(68, "on the first day of the window", item(date=datetime(2026, 11, 2, tzinfo=UTC))),
    fine(68, "a date that only says when it was seen", both(html("27 November 2026", "first seen 27 November 2026"), item(dated="first seen 27 November 2026", date=None))),
)  # fmt: skip
