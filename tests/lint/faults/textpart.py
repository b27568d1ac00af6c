"""Seeded faults for the rule of bulletin/lint/message/textpart.py."""

from good import TEXT, Good
from seeded import bad, fine, html, raw, seal, text, unknown

TITLE = "Cooler wards in hot summers"


def turned_round(good: Good) -> Good:
    """The same with the HTML first."""
    parts = good.as_bytes().split(b"--=_good")
    return seal(good, b"--=_good".join((parts[0], parts[2], parts[1], parts[3])))


def html_only(good: Good) -> Good:
    """The HTML alone, as the whole message."""
    parts = good.as_bytes().split(b"--=_good")
    head = parts[0].partition(b"Content-Type:")[0]
    return seal(good, head + parts[2].removeprefix(b"\r\n"))


FAULTS = (
    bad(58, "nothing in it", text(TEXT, "\n")),
    bad(58, "none", unknown(html_only)),
    bad(58, "HTML first", turned_round),
    bad(58, "no alternatives", raw(b"multipart/alternative", b"multipart/mixed")),
    bad(58, "a title is missing", text(f"{TITLE}\n", "")),
    bad(58, "a title is missing, judged by anybody", unknown(text(f"{TITLE}\n", ""))),
    bad(58, "a title is cut short", text("A new plan for community services", "A new plan for ...")),
    bad(58, "a heading is missing, judged by anybody", unknown(text("Policy and strategy\n", "News\n"))),
    bad(58, "a link is missing", text("  https://trust.example.org/heat\n", "")),
    bad(58, "a link is cut short", text("https://trust.example.org/heat", "https://trust.example.org")),
    bad(58, "a link of the foot is missing, judged by anybody", unknown(text(": https://library.example.nhs.uk/privacy", ""))),
    bad(58, "a line of 79 letters", text("Your library\n---", f"{'Words ' * 13}a\n\nYour library\n---")),
    bad(58, "nothing is wrapped", text("chosen by your\nlibrary.", "chosen by your library.")),
    fine(58, "a line of 78 letters", text("Your library\n---", f"{'Words ' * 12}of our\n\nYour library\n---")),
    fine(58, "a title in two lines", text(TITLE, "Cooler wards\nin hot summers")),
    fine(58, "a title in capitals", unknown(text(TITLE, TITLE.upper()))),
    fine(58, "a long link", lambda good: unknown(html("https://trust.example.org/heat", f"https://trust.example.org/{'h' * 90}"))(
        text("https://trust.example.org/heat", f"https://trust.example.org/{'h' * 90}")(good))),
    fine(58, "a link in angle brackets", text("https://trust.example.org/heat", "<https://trust.example.org/heat>")),
    fine(58, "a link written otherwise", unknown(text("https://trust.example.org/heat", "https://Trust.example.org/heat/"))),
    fine(58, "straight quotation marks", unknown(text("the library’s list", "the library's list"))),
)  # fmt: skip
