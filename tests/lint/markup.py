"""Pieces of HTML that seeded faults put into the good message."""

from good import HTML
from seeded import Change, both, html, text

INTRO = "Tell us what else you would like to see.</p>\n"
LOOKS = "color:#0b57a4; text-decoration:underline"
DPI = (
    "<!--[if mso]><xml><o:OfficeDocumentSettings><o:PixelsPerInch>96</o:PixelsPerInch>"
    "</o:OfficeDocumentSettings></xml><![endif]-->"
)
ITEM_1 = "A trolley that is filled once a day made the difference."
ITEM_3 = "that every neighbourhood shall have within five years."
PICTURE = '<img src="https://library.example.nhs.uk/ward.png" alt="A trolley in a ward" width="200" height="100" border="0">'
ROWS = HTML[HTML.index('<h2 style="font-size:22px; line-height:1.5">Sustainable') : HTML.index("</td></tr>\n<tr><td")]


def put(markup: str) -> Change:
    """The good message with more HTML after its opening."""
    return html(INTRO, f"{INTRO}{markup}\n")


def link(href: str, words: str, more: str = "") -> str:
    """A link as the good message has them."""
    return f'<a href="{href}" style="{LOOKS}"{more}>{words}</a>'


def linked(href: str, words: str, more: str = "", after: str = "") -> Change:
    """The good message with a link in a sentence, in both its parts."""
    sentence = put(f"<p>Have a look at {link(href, words, more)}{after} when you have time.</p>")
    return both(sentence, text("Sustainable Healthcare\n", f"{words}\n  {href}\n\nSustainable Healthcare\n"))


def pictured(image: str = PICTURE) -> Change:
    """The good message with an image, and with what Outlook needs for it."""
    return both(html("</head>", f"{DPI}\n</head>"), put(f"<p>{image}</p>"))


def table(inside: str, attributes: str = "") -> Change:
    """The good message with a table in its opening."""
    return put(f"<table{attributes}>{inside}</table>")


def heading(level: int, words: str, more: str = "") -> str:
    """A heading as the good message has them."""
    return f'<h{level} style="font-size:18px; line-height:1.5"{more}>{words}</h{level}>'


def in_items(*cells: str) -> Change:
    """The good message with its items in cells of their own, each `td.item`, and with these more words in them."""

    def changed(good):
        rows = good.html
        for number, words in enumerate(cells, 1):
            rows = rows.replace(f"<!--{number}-->", words)
        return good.with_html(good.html, rows)

    return both(html(ROWS, celled()), changed)


def celled() -> str:
    """The items of the good message as rows of a table; <!--1--> to <!--3--> stand for what is put into them."""
    pieces = ROWS.split("<h3 ")
    rows = []
    for number, piece in enumerate(pieces[1:], 1):
        item, _, after = piece.rpartition("</p>")
        after = f"<tr><td>{after.strip()}</td></tr>\n" if after.strip() else ""
        rows.append(f'<tr><td class="item"><h3 {item}</p><!--{number}--></td></tr>\n{after}')
    return (
        '<table role="presentation" width="100%" border="0" cellpadding="0" cellspacing="0">\n'
        f"<tr><td>{pieces[0].strip()}</td></tr>\n{''.join(rows)}</table>\n"
    )
