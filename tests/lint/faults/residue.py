"""Seeded faults for the rule of bulletin/lint/words/residue.py."""

from dataclasses import replace

from good import ITEMS, SUBJECT
from seeded import bad, both, fine, header, html, knowing, text, unknown

OWN = "Tell us what else you would like to see."
SOURCE = "Office for Care, 30 November 2026"


def own(more: str):
    """More words of our own, at the end of the opening."""
    return html(OWN, f"{OWN} {more}")


def source(new: str):
    """Another line of source and date of an item, in both parts."""
    return unknown(both(html(SOURCE, new), text(SOURCE, new)))


def titled(title: str):
    """Another title of an item, everywhere."""
    old = ITEMS[1].title
    return both(
        html(old, title), text(old, title), knowing(items=(ITEMS[0], replace(ITEMS[1], title=title), ITEMS[2]))
    )


FAULTS = (
    bad(64, "two braces", own("Dear {{ name }}.")),
    bad(64, "braces that close", own("Dear name }}.")),
    bad(64, "a statement of a template", own("{% if items %} Hello.")),
    bad(64, "a field of a mailing program", own("Dear *|FNAME|*.")),
    bad(64, "a place for a value", own("We have %s items.")),
    bad(64, "a named place for a value", own("We have %(count)d items.")),
    bad(64, "By None", source("By None")),
    bad(64, "a date that is none", source("Office for Care, None")),
    bad(64, "None alone", source("None")),
    bad(64, "None between strokes", source("Office for Care | None | Report")),
    bad(64, "None in brackets", source("Office for Care (None)")),
    bad(64, "None and a year", source("Office for Care, None 2026")),
    bad(64, "nan%", own("Waste fell by nan%.")),
    bad(64, "a sum that is none", own("It cost £nan in all.")),
    bad(64, "NaN", own("It took NaN days.")),
    bad(64, "nan items", own("There are nan items.")),
    bad(64, "nan in a sentence", own("It fell by nan per cent.")),
    bad(64, "None in a sentence", own("It was made in None wards.")),
    bad(64, "edition None", own("This is edition None of this year.")),
    bad(64, "undefined", own("Dear undefined, welcome.")),
    bad(64, "undefined alone", source("undefined")),
    bad(64, "null as an author", source("Author: null")),
    bad(64, "an object", own("See [object Object] for more.")),
    bad(64, "a thing of Python", own("See &lt;built-in method title&gt; for more.")),
    bad(64, "Lorem ipsum", own("Lorem ipsum dolor sit amet.")),
    bad(64, "TODO", own("TODO: say more.")),
    bad(64, "[insert", own("Write to [insert address here].")),
    bad(64, "[your name]", own("Best wishes, [Your name].")),
    bad(64, "in the subject", unknown(both(header("Subject", f"{SUBJECT} {{{{ day }}}}"), html(f"<title>{SUBJECT}", f"<title>{SUBJECT} {{{{ day }}}}")))),
    bad(64, "in the plain text alone", text("Tell us what else", "{{ intro }} Tell us what else")),
    bad(64, "None in the plain text alone", text("  Office for Care, 30 November 2026", "  None")),
    bad(64, "in the text of an image", html("</h1>", '</h1><img src="https://library.example.nhs.uk/logo.png" width="90" height="30" alt="{{ library }}">'), 49, 50, 42, 15, 17, 16),
    fine(64, "None of the wards", own("None of the wards did it. None was asked. Services Second to None.")),
    fine(64, "second to none", own("It is second to none, and nothing is undefined in law.")),
    fine(64, "a null result", own("A null result is a result. My nan says so.")),
    fine(64, "an abstract that begins with None", own("Abstract: None of the wards did it.")),
    fine(64, "a title that speaks of templates", titled("How {{ braces }} and %s made TODO lists")),
    fine(64, "per cent", own("It fell by 5% so far, and 100% said so.")),
    fine(64, "square brackets", own("[Free to read] and [Ask the library].")),
    fine(64, "a style sheet", html("<style>\n", "<style>\n@media print {{ .x {{ color:#000000; }} }}\n".replace("{{", "{").replace("}}", "}"))),
    fine(64, "a summary that says None", both(html(ITEMS[1].summary, "Harm: None. Cost: None of it."), knowing(items=(ITEMS[0], replace(ITEMS[1], summary="Harm: None. Cost: None of it."), ITEMS[2])))),
)  # fmt: skip
