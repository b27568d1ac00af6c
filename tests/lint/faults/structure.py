"""Seeded faults for the rules of bulletin/lint/page/structure.py."""

from markup import ITEM_1, ITEM_3, heading, in_items, link, put, table
from seeded import bad, both, fine, html, knowing, unknown

H1 = '<h1 style="margin:0; font-size:28px; line-height:1.5">Health Management Update</h1>'
DATED = "<p>Monday 7 December 2026, edition 12, from the Example Health Library</p>"
CAPTION = "<caption>Beds by ward</caption>"
HEAD = '<tr><th scope="col">Ward</th><th scope="col">Beds</th></tr>'
ROW = "<tr><td>Ward one</td><td>20 beds</td></tr>"
LAYOUT = "<tr><td>First words</td><td>Second words</td></tr>"

TABLES = (
    bad(5, "a layout that does not say so", table(LAYOUT)),
    bad(5, "the outermost table", html('<table role="presentation" class="desk"', '<table class="desk"')),
    bad(5, "another role", table(LAYOUT, ' role="group"')),
    bad(5, "data without a caption", table(HEAD + ROW)),
    bad(5, "data with an empty caption", table("<caption> </caption>" + HEAD + ROW)),
    bad(5, "headers that head nothing", table(CAPTION + "<tr><th>Ward</th><th>Beds</th></tr>" + ROW)),
    bad(5, "a scope that is none", table(CAPTION + HEAD.replace('"col"', '"column"') + ROW)),
    bad(5, "data without headers", table(CAPTION + ROW)),
    bad(5, "called a table and no more", table(ROW, ' role="table"')),
    bad(5, "a layout within data", table(CAPTION + HEAD + f"<tr><td><table>{ROW}</table></td><td>1</td></tr>")),
    fine(5, "a table of data", table(CAPTION + HEAD + ROW)),
    fine(5, "a table of data with its parts", table(f"{CAPTION}<thead>{HEAD}</thead><tbody>{ROW}</tbody>")),
    fine(5, "headers of rows", table(CAPTION + '<tr><th scope="row">Ward one</th><td>20 beds</td></tr>')),
    fine(5, "no role at all", table(LAYOUT, ' role="none"')),
    fine(5, "a layout in capitals", table(LAYOUT, ' ROLE="Presentation"')),
    fine(5, "data within a layout", table(f"<tr><td><table>{CAPTION}{HEAD}{ROW}</table></td></tr>", ' role="none"')),
)

HEADINGS = (
    bad(6, "no h1", html(H1, H1.replace("h1", "p"))),
    bad(6, "two of them", put(heading(1, "Another bulletin"))),
    bad(6, "the first is hidden", html(H1, H1.replace("margin:0", "display:none")), 18, 52, 69, 7),
    bad(6, "a second by its role", put('<div role="heading" aria-level="1">Another bulletin</div>')),
    fine(6, "an h1 by its role", html(H1, H1.replace("<h1", '<p role="heading" aria-level="1"').replace("/h1", "/p"))),
    fine(6, "an h1 that is none", put(heading(1, "Some words", ' role="presentation"'))),
    bad(7, "an h4 under an h2", html(DATED, DATED + heading(2, "News") + heading(4, "A small thing")), 62),
    bad(7, "an h3 under the h1", html(DATED, DATED + heading(3, "A small thing"))),
    bad(7, "an h5", put(heading(2, "News") + heading(3, "One") + heading(4, "Two") + heading(5, "Three")), 62),
    bad(7, "an h6", put(heading(6, "Small")), 62),
    bad(7, "an empty heading", put(heading(2, "&nbsp;")), 62),
    bad(7, "a heading of a comma", put(heading(2, ",") + "<p>Words</p>"), 62),
    bad(7, "an h4 by its role", html(DATED, f'{DATED}<div role="heading" aria-level="4">Small</div>'), 62),
    fine(7, "back up by two", both(
        html(ITEM_1 + "</p>", f"{ITEM_1}</p>{heading(4, 'Where it was tried')}<p>In Exampleton</p>"))),
    fine(7, "contents before the h1", html(H1, f"{heading(2, 'In this edition')}<p>Two headings</p>{H1}")),
)  # fmt: skip

FOREIGN = (
    bad(8, "a heading of an abstract", html("<p>Forty wards measured what they threw away for a year.",
        f"{heading(4, 'Forty wards measured')}<p>what they threw away for a year.")),
    bad(8, "an h2 in a summary", html("Most of it was packaging that nobody needed on the ward.",
        f"</p>{heading(2, 'Most of it was packaging')}<p>that nobody needed on the ward."), 62),
    bad(8, "an h4 in the cell of an item", in_items(heading(4, "Where it was tried"), "", "")),
    bad(8, "an h2 in the cell of the last item", in_items("", "", heading(2, "Breaking news") + "<p>Words</p>"), 62),
    bad(8, "a summary that is a heading", both(
        html("<p>The plan names six services that every neighbourhood shall have within five years.</p>",
             heading(4, "The plan names six services that every neighbourhood shall have within five years.")))),
    bad(8, "an item is the h1", html(H1, heading(1, "Ward teams cut waste by a third")), 69, 12, 13, 63),
    fine(8, "a block of the library after the items",
        html(ITEM_3 + "</p>", f"{ITEM_3}</p>{heading(2, 'Tool of the month')}<p>A checklist for rounds</p>")),
    fine(8, "a block of the library, of which an item happens to speak",
        html(ITEM_3 + "</p>", f"{ITEM_3}</p>{heading(2, 'Packaging')}<p>What to do with it</p>")),
    fine(8, "the same, where what it says is not printed", both(
        html(ITEM_3 + "</p>", f"{ITEM_3}</p>{heading(2, 'Packaging')}<p>What to do with it</p>"),
        html("Forty wards measured what they threw away for a year. Most of it was packaging that nobody needed on the "
             "ward. A trolley that is filled once a day made the difference.", "Waste"))),
    fine(8, "titles in cells of their own", in_items("", "", "")),
    bad(8, "an h2 in an item, of anybody", unknown(in_items("", heading(2, "Breaking news") + "<p>Words</p>", "")), 58, 62),
    fine(8, "an h4 in an item, of anybody", unknown(in_items("", heading(4, "Where it was tried"), ""))),
    fine(8, "nobody knows the items", unknown(in_items("<p>More</p>", "", ""))),
)  # fmt: skip

LISTS = (
    bad(33, "bullets by hand", put("<p>• First words<br>• Second words</p>")),
    bad(33, "a bullet by its number", put("<p>&bull; First words</p>")),
    bad(33, "a dot as a bullet", put("<p>· First words</p>")),
    bad(33, "a bullet in a cell of its own", table("<tr><td>•</td><td>First words</td></tr>", ' role="none"')),
    bad(33, "dashes by hand", put("<p>- First words<br>- Second words</p>")),
    bad(33, "stars by hand", put("<p>* First words</p><p>* Second words</p>")),
    bad(33, "links in lines", put(f"<p>{'<br>'.join(link(f'https://a.example.org/{n}', f'Report {n}') for n in 'xyz')}</p>"),
        20, 58),
    fine(33, "a list", put("<ul><li>First words</li><li>Second words</li></ul>")),
    fine(33, "dots between words", put("<p>Journal of Care · 2 December 2026 · Research</p>")),
    fine(33, "one dash", put("<p>– and that is why they did it</p>")),
    fine(33, "an address in lines", put("<p>Ask us<br>1 Example Road<br>Exampleton</p>")),
    fine(33, "a number first", put("<p>-5 degrees in the morning<br>-7 degrees at night</p>")),
)  # fmt: skip

BEGINNING = (
    bad(69, "no name", html(H1, H1.replace("Health Management Update", "Our bulletin"))),
    bad(69, "no month", html(DATED, "<p>Edition 12, from the Example Health Library</p>")),
    bad(69, "another month", html(DATED, "<p>Monday 30 November 2026, edition 12, from the Example Library</p>")),
    bad(69, "much before it", html(H1, f"<p>{'News for everybody who works here, every month. ' * 5}</p>{H1}"), 32),
    bad(69, "no month, and nobody knows which", unknown(html(DATED, "<p>Edition 12, from the Example Library</p>"))),
    fine(69, "after much that is nothing but an indentation", html(H1, f"{chr(10)}{' ' * 900}{H1}")),
    fine(69, "after a few words", html(H1, f"<p>News for all</p>{H1}")),
    fine(
        69,
        "after the preheader",
        html("3 items, chosen by your library</div>", "3 items, chosen by your library</div>"),
    ),
    fine(69, "a short month, and nobody knows which", unknown(html(DATED, "<p>7 Dec 2026, edition 12</p>"))),
)

INTO = f"<p>{link('#h1', 'Sustainable Healthcare')}</p><p>{link('#h2', 'Policy and strategy')}</p>"
ANCHORED = both(
    html(
        '<h2 style="font-size:22px; line-height:1.5">Sus', '<h2 id="h1" style="font-size:22px; line-height:1.5">Sus'
    ),
    html(
        '<h2 style="font-size:22px; line-height:1.5">Pol', '<h2 id="h2" style="font-size:22px; line-height:1.5">Pol'
    ),
)
MANY = knowing(headings={"Sustainable Healthcare": 10, "Policy and strategy": 4}, most=20)
SECTIONS = [heading(3, link(f"https://a.example.org/{n}", f"Report {n} of many")) + "<p>Words</p>" for n in range(13)]

CONTENTS = (
    bad(70, "many items and no contents", MANY, 62),
    bad(70, "many items that nobody knows", unknown(put(heading(2, "Many") + "".join(SECTIONS))), 55, 58, 68),
    bad(70, "a link to nowhere", put(f"<p>{link('#nowhere', 'Policy and strategy')}</p>"), 20, 58),
    bad(
        70, "other words than the heading's", both(put(f"<p>{link('#h2', 'Plans and rules')}</p>"), ANCHORED), 20, 58
    ),
    fine(70, "many items and contents", both(put(INTO), ANCHORED, MANY)),
    fine(70, "contents with numbers", both(put(f"<p>{link('#h2', 'Policy and strategy (1)')}</p>"), ANCHORED)),
    fine(70, "back to the top", put(f"<p>{link('#top', 'Back to the top')}</p>")),
    fine(70, "few items and contents", both(put(INTO), ANCHORED)),
)

FAULTS = (*TABLES, *HEADINGS, *FOREIGN, *LISTS, *BEGINNING, *CONTENTS)
