"""Seeded faults for the rules of bulletin/lint/page/images.py."""

import base64

from markup import DPI, PICTURE, link, pictured, put
from seeded import attaching, bad, both, fine, html, text, unknown

ALT = 'alt="A trolley in a ward"'
SRC = "https://library.example.nhs.uk/ward.png"
SIZE = 'width="200" height="100"'
PIXEL = base64.b64encode(b"GIF89a\x01\x00\x01\x00\x00\x00\x00;").decode()


def alt(words):
    """The good message with an image with this alt text."""
    return pictured(PICTURE.replace(ALT, f'alt="{words}"'))


def source(src):
    """The good message with an image from there."""
    return pictured(PICTURE.replace(SRC, src))


def sized(size):
    """The good message with an image of this size."""
    return pictured(PICTURE.replace(SIZE, size))


def linked_image(image, more=""):
    """The good message with an image that is a link."""
    picture = link("https://a.example.org/ward", image, more)
    return both(
        pictured(picture), text("Sustainable Healthcare\n", "https://a.example.org/ward\nSustainable Healthcare\n")
    )


ALTS = (
    bad(9, "no alt", pictured(PICTURE.replace(ALT, ""))),
    bad(9, "spaces", alt(" ")),
    bad(9, "an image of", alt("Image of a trolley in a ward")),
    bad(9, "a photo showing", alt("A photo showing a trolley")),
    bad(9, "the name of a file", alt("ward.png")),
    bad(9, "the name of its file without its end", alt("Ward")),
    bad(9, "the name that a camera gave", alt("DSC_0042")),
    bad(9, "a file with a path", alt("images/2026/trolley-final.JPG")),
    bad(9, "much too long", alt("A trolley in a ward, " * 7)),
    bad(9, "it says nothing", alt("image")),
    bad(9, "decoration that speaks", pictured(PICTURE.replace(ALT, f'{ALT} role="presentation"'))),
    fine(9, "an alt text", pictured()),
    fine(9, "decoration", alt("")),
    fine(9, "125 letters", alt("A" + "b" * 124)),
    fine(9, "the image of a service", alt("How the image of nursing has changed since 1948")),
    fine(9, "a logo", alt("Example Health Library")),
    bad(10, "a linked image without words", linked_image(PICTURE.replace(ALT, 'alt=""'))),
    bad(10, "a linked image of spaces", linked_image(PICTURE.replace(ALT, 'alt="  "')), 9),
    bad(10, "a linked image without alt", linked_image(PICTURE.replace(ALT, "")), 9),
    bad(10, "two linked images without words", linked_image(PICTURE.replace(ALT, 'alt=""') * 2)),
    fine(10, "a linked image that says where", linked_image(PICTURE)),
    fine(10, "a linked image beside words", linked_image(PICTURE.replace(ALT, 'alt=""') + " Cooler wards")),
    fine(10, "a label of the link", linked_image(PICTURE.replace(ALT, 'alt=""'), ' aria-label="Cooler wards"')),
)  # fmt: skip

LONG = "<p>" + "Words of the library about reports that are worth your time this month. " * 8 + "</p>"
POSTER = '<img src="https://library.example.nhs.uk/p.png" alt="All the news" width="600" height="1200" border="0">'

SIZES = (
    bad(28, "a poster", pictured(POSTER), 22),
    bad(28, "nothing but a poster", lambda good: good.with_html(
        good.html[good.html.index("<h1 "):good.html.index("</td></tr>\n</table>\n</td></tr>")], POSTER), *range(1, 71)),
    bad(28, "an image without a size", pictured('<img src="https://library.example.nhs.uk/p.png" alt="All the news">'), 47),
    bad(28, "three banners", pictured(PICTURE.replace(SIZE, 'width="600" height="300"') * 3), 22),
    fine(28, "a picture", pictured()),
    fine(28, "a banner", sized('width="600" height="120" style="width:100%; max-width:600px"')),
    fine(28, "an image that nobody sees", pictured(PICTURE.replace(SIZE, 'width="1" height="1"'))),
    bad(47, "no height", sized('width="200"')),
    bad(47, "no width", sized('height="100"')),
    bad(47, "neither", pictured(PICTURE.replace(SIZE, 'style="width:200px; height:100px"'))),
    bad(47, "words for a size", sized('width="auto" height="auto"'), 28),
    bad(47, "too tall", sized('width="20" height="1800"')),
    bad(47, "too tall by its style", sized('width="20" height="100" style="height:1800px"')),
    bad(47, "a cell too tall", html('<td class="cell"', '<td class="cell" height="1701"')),
    bad(47, "a table too tall by its style", html("max-width:600px", "max-width:600px; height:2000px"), 45),
    fine(47, "as wide as its cell", sized('width="100%" height="100"')),
    fine(47, "as tall as may be", sized('width="2" height="1700"')),
    fine(47, "a cell of some height", html('<td class="cell"', '<td class="cell" height="1700"')),
)  # fmt: skip

SOURCES = (
    bad(48, "over http", source("http://library.example.nhs.uk/ward.png"), 35),
    bad(48, "from elsewhere", source("https://pixel.example.com/open.gif")),
    bad(48, "from a host that looks like ours", source("https://library.example.nhs.uk.example.com/ward.png")),
    bad(48, "written into the HTML", source(f"data:image/gif;base64,{PIXEL}")),
    bad(48, "attached", source("cid:ward.png@example")),
    bad(48, "a drawing", source("https://library.example.nhs.uk/ward.svg")),
    bad(48, "a kind that Outlook does not know", source("https://library.example.nhs.uk/ward.WEBP?v=2")),
    bad(48, "a background from elsewhere", put(
        '<p style="background-image:url(https://pixel.example.com/a.png)">Some words</p>'), 17, 45),
    bad(48, "other sources for other screens", pictured(
        PICTURE.replace("<img ", '<img srcset="https://cdn.example.com/a.png 2x" '))),
    bad(48, "a heavy image in the message", attaching("image/png", b"\x89PNG" + b"0" * 100_001), 61, 59),
    bad(48, "no source", source("")),
    fine(48, "from us", pictured()),
    fine(48, "a photo", source("https://library.example.nhs.uk/ward.JPG?v=2")),
    fine(48, "no ending", source("https://library.example.nhs.uk/logo/12")),
    fine(48, "nobody knows which hosts are ours", unknown(source("https://images.example.com/ward.png"))),
    bad(49, "no DPI for Outlook", put(f"<p>{PICTURE}</p>")),
    bad(49, "no xmlns:o", both(pictured(), html(' xmlns:o="urn:schemas-microsoft-com:office:office"', ""))),
    bad(49, "no xmlns:v", both(pictured(), html(' xmlns:v="urn:schemas-microsoft-com:vml"', ""))),
    bad(49, "settings for Outlook that it ignores", both(
        html("</head>", f"{DPI}</head>"), html(' xmlns:o="urn:schemas-microsoft-com:office:office"', ""))),
    fine(49, "everything for Outlook", pictured()),
    fine(49, "no images and nothing for Outlook", both(
        html(' xmlns:o="urn:schemas-microsoft-com:office:office"', ""), html(' xmlns:v="urn:schemas-microsoft-com:vml"', ""))),
)  # fmt: skip

FAULTS = (*ALTS, *SIZES, *SOURCES)
