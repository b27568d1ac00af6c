"""Seeded faults for the rules of bulletin/lint/sight."""

import base64

from seeded import bad, fine, html

CELL = (
    "padding:24px; background-color:#ffffff; color:#1f2a36; font-family:Arial, Helvetica, sans-serif; font-size:16px; "
    "line-height:1.5; text-align:left"
)
PROSE = "<p>What eleven hospitals did"
INTRO = "<p>New reports and research"
LINK = 'style="color:#0b57a4; text-decoration:underline">Ward teams'
DARK_LINK = "a { color: #8ec5fb !important; }"
DARK_CELL = ".cell { background-color: #18212b !important; color: #e4eaf0 !important; }"
NARROW = "@media only screen and (max-width: 480px)"
FOOT = "<p>Example Health Library, 1 Example Road"


def said(style, words="What eleven hospitals did"):
    """A paragraph with this style in the place of another."""
    return html(PROSE, f'<p style="{style}">{words}')


def cell(old, new):
    """Another style of both cells."""
    return html(f'style="{CELL}"', f'style="{CELL.replace(old, new)}"', -1)


def put(markup):
    """More markup before the footer."""
    return html(
        '<h2 style="font-size:22px; line-height:1.5">Policy',
        f'{markup}\n<h2 style="font-size:22px; line-height:1.5">Policy',
    )


def dark(rule):
    """Another rule for the dark."""
    return html(DARK_LINK, f"{DARK_LINK}\n  {rule}")


def small(rule):
    """A style sheet for small screens."""
    return html("<style>\n", f"<style>\n{NARROW} {{ {rule} }}\n")


def anchor(style, words="Read the whole of the report"):
    """A link."""
    return f'<a class="press" href="https://trust.example.org/whole" style="{style}">{words}</a>'


PRESSED = dark(
    ".press { background-color: #8ec5fb !important; border-color: #8ec5fb !important; color: #0d131a !important; }"
)


def button(style, around=""):
    """A button in a paragraph, with colours of its own for the dark."""
    return lambda good: PRESSED(put(f'<p style="{around}">{anchor(style)}</p>')(good))


BUTTON = (
    "display:inline-block; padding:12px 24px 12px 24px; color:#ffffff; background-color:#005eb8; text-decoration:none"
)
PLAIN = "color:#0b57a4; text-decoration:underline"


def gif(delays, rounds=None):
    """An animated GIF of one pixel: its frames are shown for so many hundredths of a second."""
    loop = b"" if rounds is None else b"\x21\xff\x0bNETSCAPE2.0\x03\x01" + rounds.to_bytes(2, "little") + b"\0"
    frames = b"".join(
        b"\x21\xf9\x04\0" + delay.to_bytes(2, "little") + b"\0\0" + b"\x2c\0\0\0\0\1\0\1\0\0\x02\x02\x44\x01\0"
        for delay in delays
    )
    return b"GIF89a\1\0\1\0\x80\0\0\0\0\0\xff\xff\xff" + loop + frames + b"\x3b"


def attached(content):
    """The good message with an image in it."""

    def change(good):
        raw = good.as_bytes()
        head, body = raw.split(b"\r\n\r\n", 1)
        head, _, kind = head.rpartition(b"Content-Type: ")
        image = base64.encodebytes(content).replace(b"\n", b"\r\n")
        outer = b'Content-Type: multipart/related; boundary="=_outer"'
        inner = b"--=_outer\r\nContent-Type: " + kind + b"\r\n\r\n" + body
        part = (
            b"--=_outer\r\nContent-Type: image/gif\r\nContent-ID: <logo@example.nhs.uk>\r\n"
            b"Content-Disposition: inline\r\nContent-Transfer-Encoding: base64\r\n\r\n"
            + image
            + b"\r\n--=_outer--\r\n"
        )
        return head + outer + b"\r\n\r\n" + inner + b"\r\n" + part

    return change


UNDERLINES = (
    bad(14, "a link says none", html(LINK, 'style="color:#0b57a4; text-decoration:none">Ward teams')),
    bad(14, "a link says nothing", html(LINK, 'style="color:#0b57a4">Ward teams')),
    bad(
        14,
        "a link has no style",
        html(
            f'<a href="https://journals.example.org/waste" {LINK}',
            '<a href="https://journals.example.org/waste">Ward teams',
        ),
    ),
    bad(14, "none after underline", html(LINK, f'style="{PLAIN}; text-decoration:none">Ward teams')),
    bad(14, "the dark takes the line away", dark("a { text-decoration: none !important; }")),
    bad(14, "a small screen takes the line away", small("a { text-decoration: none !important; }")),
    bad(14, "words that are no link", said("text-decoration:underline")),
    bad(14, "a word in <u>", html(PROSE, "<p>What <u>eleven</u> hospitals did")),
    bad(
        14, "a heading", html('<h2 style="font-size:22px;', '<h2 style="text-decoration: underline; font-size:22px;')
    ),
    bad(
        14,
        "words before the link in an underlined paragraph",
        html('<p style="font-size:14px">You get', '<p style="font-size:14px; text-decoration:underline">You get'),
    ),
    fine(
        14,
        "the line is that of a span in the link",
        html(
            f"{LINK} cut waste by a third",
            'style="color:#0b57a4; text-decoration:none"><span style="text-decoration:underline">Ward teams cut waste by a third</span>',
        ),
    ),
    fine(
        14,
        "a line with its kind and colour",
        html(LINK, 'style="color:#0b57a4; text-decoration:underline solid #0b57a4">Ward teams'),
    ),
    fine(14, "a button without a line", button(BUTTON)),
    fine(
        14, "a bold link", html("Ward teams cut waste by a third</a>", "<b>Ward teams cut waste by a third</b></a>")
    ),
    fine(14, "an anchor without an address", put('<a id="policy"></a>')),
)

CONTRAST = (
    bad(15, "grey on white", said("color:#949494")),
    bad(15, "grey that is nearly enough", said("color:#777777")),
    bad(15, "grey in rgb()", said("color:rgb(150, 150, 150)")),
    bad(15, "grey in <font>", html(PROSE, '<p><font color="#aaaaaa">What eleven</font> hospitals did')),
    bad(15, "grey by name", said("color:darkgray")),
    bad(15, "a dark background with dark text", said("background-color:#12385f")),
    bad(15, "the background shorthand", said("background:#12385f")),
    bad(
        15,
        "bgcolor of a table",
        put(
            '<table role="presentation" bgcolor="#005eb8" width="100%"><tr><td>The library is open.</td></tr></table>'
        ),
    ),
    bad(15, "a link", html(LINK, 'style="color:#7fb2e5; text-decoration:underline">Ward teams')),
    bad(15, "white on a light button", button(BUTTON.replace("#005eb8", "#4f9bd9")), 16),
    bad(
        15,
        "large text with 2.9 to 1",
        html('<h1 style="margin:0; font-size:28px;', '<h1 style="margin:0; color:#959595; font-size:28px;'),
    ),
    bad(
        15,
        "22 px that is not bold is not large",
        html('<h2 style="font-size:22px;', '<h2 style="font-size:22px; font-weight:normal; color:#8a8a8a;'),
    ),
    bad(15, "faded text", said("opacity:0.55"), 45),
    bad(
        15,
        "dark: the cell stays dark and the text too",
        html(DARK_CELL, ".cell { background-color: #18212b !important; }"),
    ),
    bad(15, "dark: the link keeps its colour", html(DARK_LINK, "")),
    bad(15, "dark: a light grey background", dark(".cell { background-color: #cccccc !important; }")),
    bad(15, "dark: an inline colour that no dark rule changes", said("color:#4a5765")),
    bad(15, "a colour for small screens only", small("p { color: #aaaaaa !important; }")),
    bad(
        15,
        "! important in the style beats the dark",
        html(
            '<p style="font-size:14px">The Kingsway',
            '<p style="font-size:14px; color:#1f2a36 !important">The Kingsway',
        ),
    ),
    fine(
        15,
        "grey with 4.6 to 1, and a rule for the dark",
        lambda good: dark(".soft { color: #a9b6c3 !important; }")(
            good.with_html(PROSE, '<p class="soft" style="color:#757575">What eleven hospitals did', 1)
        ),
    ),
    fine(
        15,
        "large text with 3.1 to 1",
        lambda good: dark("h1 { color: #e4eaf0 !important; }")(
            good.with_html(
                '<h1 style="margin:0; font-size:28px;', '<h1 style="margin:0; color:#919191; font-size:28px;', 1
            )
        ),
    ),
    fine(
        15,
        "19 px bold is large",
        lambda good: dark("h2 { color: #e4eaf0 !important; }")(
            good.with_html(
                "<p>Monday 7 December 2026, edition 12, from the Example Health Library",
                '<h2 style="margin:0; color:#919191; font-size:19px; line-height:1.5">Monday 7 December 2026, edition 12, from the Example Health Library</h2><p>',
                1,
            )
        ),
    ),
    fine(15, "a dark cell with white text", said("background-color:#12385f; color:#ffffff")),
    fine(15, "a colour that is none leaves the one before", said("color:bluish")),
    fine(
        15,
        "a bullet of light grey between words",
        html(
            "The Kingsway Trust, 27 November", 'The Kingsway Trust <span style="color:#999999">·</span> 27 November'
        ),
    ),
)

MARKS = (
    bad(16, "a pale button", button(BUTTON.replace("#005eb8", "#d8e3ee").replace("#ffffff", "#1f2a36"))),
    bad(
        16,
        "a pale border around a link",
        button(
            "display:inline-block; padding:12px 24px 12px 24px; color:#0b57a4; border:1px solid #cccccc; text-decoration:none",
            "",
        ),
    ),
    bad(
        16,
        "a pale cell around a link",
        lambda good: PRESSED(
            put(
                '<table role="presentation"><tr><td class="press" style="padding:10px 20px 10px 20px; background-color:#dde6ee">'
                + anchor("display:inline-block; padding:10px; color:#12385f; text-decoration:none")
                + "</td></tr></table>"
            )(good)
        ),
    ),
    bad(
        16,
        "a pale line beside a text",
        put('<p style="border-left:4px solid #c9d6e2; padding-left:12px">The library chose this.</p>'),
    ),
    bad(
        16,
        "a pale line by its three properties",
        put(
            '<p style="border-left-width:4px; border-left-style:solid; border-left-color:#c9d6e2">The library chose this.</p>'
        ),
    ),
    bad(
        16,
        "a line that the dark swallows",
        put('<p style="border-left:4px solid #12385f; padding-left:12px">The library chose this.</p>'),
    ),
    fine(16, "a strong button", button(BUTTON)),
    fine(
        16,
        "a strong border",
        button(
            "display:inline-block; padding:12px 24px 12px 24px; color:#0b57a4; border:2px solid #7f7f7f; text-decoration:none"
        ),
    ),
    fine(
        16,
        "a line between two items may be pale",
        put('<p style="border-top:1px solid #d3dce5; padding-top:12px">The library chose this.</p>'),
    ),
    fine(
        16,
        "a line beside a text that both lights show",
        put('<p style="border-left:4px solid #7f8a95; padding-left:12px">The library chose this.</p>'),
    ),
)

PAIRS = (
    bad(
        17,
        "a colour with no background but that of the body",
        lambda good: (
            good.with_html("; background-color:#ffffff; color", "; color")
            .with_html('style="background-color:#e9eef3; color:#1f2a36">\n<tr>', 'style="color:#1f2a36">\n<tr>')
            .with_html("background-color: #0d131a !important; ", "")
            .with_html("background-color: #18212b !important; ", "")
        ),
        15,
    ),
    bad(
        17,
        "a background with no colour",
        lambda good: good.with_html("; color:#1f2a36", "").with_html(" color: #e4eaf0 !important;", ""),
    ),
    bad(
        17,
        "an image with no colour",
        put(
            '<table role="presentation" width="100%"><tr><td style="background-image:url(https://library.example.nhs.uk/sky.png)">The library is open.</td></tr></table>'
        ),
        45,
        41,
        48,
    ),
    bad(
        17,
        "an image of an attribute",
        put(
            '<table role="presentation" width="100%"><tr><td background="https://library.example.nhs.uk/sky.png">The library is open.</td></tr></table>'
        ),
        41,
        45,
        48,
    ),
    fine(
        17,
        "an inner element sets the colour and the cell the background",
        lambda good: dark(".note { color: #a9b6c3 !important; }")(
            good.with_html(PROSE, '<p class="note" style="color:#4a5765">What eleven hospitals did', 1)
        ),
    ),
    fine(
        17,
        "bgcolor and font",
        put(
            '<table role="presentation" bgcolor="#005eb8" width="100%"><tr><td><font color="#ffffff">The library is open.</font></td></tr></table>'
        ),
    ),
)

SIZES = (
    bad(18, "body at 14 px", cell("font-size:16px", "font-size:14px")),
    bad(18, "body at 15 px", cell("font-size:16px", "font-size:15px")),
    bad(18, "a summary at 15 px", said("font-size:15px")),
    bad(18, "a summary at 11 points", said("font-size:11pt")),
    bad(18, "a summary at 0.9 em", said("font-size:0.9em")),
    bad(
        18,
        "small print at 13 px",
        html('<p style="font-size:14px">The Kingsway', '<p style="font-size:13px">The Kingsway'),
    ),
    bad(18, "small print in small", html("2 December 2026</p>", "2 December 2026 <small>Free to read</small></p>")),
    bad(
        18,
        "small print in <font size=1>",
        html("2 December 2026</p>", '2 December 2026 <font size="1">Free to read</font></p>'),
    ),
    bad(
        18,
        "the way out at 12 px",
        html(
            '<p style="font-size:14px"><a href="https://library.example.nhs.uk/leave"',
            '<p style="font-size:12px"><a href="https://library.example.nhs.uk/leave"',
        ),
        20,
        53,
    ),
    bad(18, "lines of 1.2", cell("line-height:1.5", "line-height:1.2"), 20),
    bad(18, "lines of 20 px", said("line-height:20px")),
    bad(18, "lines of 120 %", said("line-height:120%")),
    bad(18, "normal lines", said("line-height:normal")),
    bad(18, "no height of lines at all", lambda good: good.with_html("; line-height:1.5", ""), 20),
    bad(18, "a font shorthand without a height", said("font:16px Arial, sans-serif")),
    bad(18, "lines that a larger font outgrows", said("font-size:20px; line-height:24px")),
    bad(
        18,
        "a heading whose lines touch",
        html(
            '<h1 style="margin:0; font-size:28px; line-height:1.5"',
            '<h1 style="margin:0; font-size:28px; line-height:1"',
        ),
    ),
    bad(18, "smaller on a small screen", small("p { font-size: 12px !important; }"), 20),
    fine(18, "lines of 24 px", said("line-height:24px")),
    fine(18, "lines of 150 %", said("line-height:150%")),
    fine(18, "12 points are 16 px", said("font-size:12pt")),
    fine(18, "a font shorthand with a height", said("font:16px/24px Arial, sans-serif")),
    fine(
        18,
        "a credit line at 14 px",
        put(
            '<p style="font-size:14px">Summary © 2026 The Authors, reproduced under the licence CC BY 4.0, as the journal gives it.</p>'
        ),
    ),
    fine(18, "a figure below the line", put("<p>Less CO<sub>2</sub> in theatres.</p>")),
)

SIDES = (
    bad(19, "a justified summary", said("text-align:justify")),
    bad(19, "a centred summary", said("text-align:center")),
    bad(19, "align of a paragraph", html(PROSE, '<p align="center">What eleven hospitals did')),
    bad(19, "a <center>", put("<center>The library is open over the holidays.</center>")),
    bad(19, "both cells in the middle", cell("text-align:left", "text-align:center")),
    bad(19, "text at the right", said("text-align:right")),
    bad(19, "a justified cell", html(f'style="{CELL}"', f'style="{CELL.replace("left", "justify")}"', 1)),
    fine(
        19,
        "a header in the middle",
        lambda good: good.with_html('<h1 style="margin:0;', '<h1 style="margin:0; text-align:center;', 1).with_html(
            "<p>Monday", '<p style="text-align:center">Monday', 1
        ),
    ),
    fine(19, "a button in the middle", button(BUTTON, "text-align:center")),
    fine(19, "start is left", said("text-align:start")),
)

TARGETS = (
    bad(
        20,
        "a link of 20 px alone",
        put('<p style="margin:0; font-size:14px; line-height:21px">' + anchor(PLAIN) + "</p>"),
    ),
    bad(
        20,
        "entries of contents without room, each with a number behind it",
        put(
            '<ul style="margin:0">'
            + "".join(f'<li style="margin:0">{anchor(PLAIN)} ({one})</li>' for one in (3, 2))
            + "</ul>"
        ),
    ),
    bad(20, "a button of 36 px", button(BUTTON.replace("12px 24px 12px 24px", "6px 24px 6px 24px"))),
    bad(
        20,
        "a button whose cell has the room",
        lambda good: PRESSED(
            put(
                '<table role="presentation"><tr><td class="press" style="padding:12px 24px 12px 24px; background-color:#005eb8; color:#ffffff">'
                + anchor("color:#ffffff; text-decoration:none")
                + "</td></tr></table>"
            )(good)
        ),
    ),
    bad(
        20,
        "a list of links without room",
        put(
            "<ul>"
            + "".join(
                f"<li>{anchor(PLAIN, words)}</li>" for words in ("Opening hours", "Ask a librarian", "Training")
            )
            + "</ul>"
        ),
        13,
    ),
    bad(
        20,
        "links one under the other with br",
        put(
            "<p>"
            + "<br>".join(anchor(PLAIN, words) for words in ("Opening hours", "Ask a librarian", "Training"))
            + "</p>"
        ),
        13,
        33,
    ),
    bad(
        20,
        "links side by side with a space",
        put(
            "<p>"
            + " ".join(anchor(PLAIN, words) for words in ("Opening hours", "Ask a librarian", "Training"))
            + "</p>"
        ),
        13,
    ),
    bad(
        20,
        "paragraphs of links 4 px apart",
        put(
            "".join(
                f'<p style="margin:0 0 4px 0">{anchor(PLAIN, words)}</p>'
                for words in ("Opening hours", "Ask a librarian")
            )
        ),
    ),
    bad(
        20,
        "a bordered link of 18 px",
        button(
            "display:inline-block; border:2px solid #7f7f7f; color:#0b57a4; text-decoration:none; line-height:21px; font-size:14px",
            "",
        ),
    ),
    fine(
        20,
        "a list of links 8 px apart",
        put(
            "<ul>"
            + "".join(
                f'<li style="margin:0 0 8px 0">{anchor(PLAIN, words)}</li>'
                for words in ("Opening hours", "Ask a librarian", "Training")
            )
            + "</ul>"
        ),
    ),
    fine(
        20,
        "a list of links in lines of 32 px",
        put(
            "<ul>"
            + "".join(
                f'<li style="line-height:32px">{anchor(PLAIN, words)}</li>'
                for words in ("Opening hours", "Ask a librarian", "Training")
            )
            + "</ul>"
        ),
    ),
    fine(
        20,
        "links with bars between them",
        put(
            "<p>"
            + " | ".join(anchor(PLAIN, words) for words in ("Opening hours", "Ask a librarian", "Training"))
            + "</p>"
        ),
    ),
    fine(
        20,
        "a link in a sentence",
        put('<p style="margin:0">Ask ' + anchor(PLAIN, "your librarian") + " for more.</p>"),
    ),
    fine(20, "a button of 44 px", button(BUTTON.replace("12px 24px 12px 24px", "10px 24px 10px 24px"))),
)

WIDTHS = (
    bad(
        22,
        "a table of 700 px",
        html(
            '<table role="presentation" width="100%" align="center"',
            '<table role="presentation" width="700" align="center"',
        ),
    ),
    bad(
        22,
        "a table of 600 px that does not give way",
        html(
            '<table role="presentation" width="100%" align="center" border="0" cellpadding="0" cellspacing="0" style="max-width:600px">',
            '<table role="presentation" width="600" align="center" border="0" cellpadding="0" cellspacing="0">',
        ),
    ),
    bad(22, "the same in its style", html('style="max-width:600px"', 'style="width:600px"')),
    bad(22, "max-width of 800 px", html("max-width:600px", "max-width:800px")),
    bad(22, "no limit at all", html(' style="max-width:600px"', "")),
    bad(22, "min-width", html("max-width:600px", "max-width:600px; min-width:560px"), 45),
    bad(
        22,
        "an image of 700 px",
        put(
            '<p><img src="https://library.example.nhs.uk/ward.png" alt="Nurses at a trolley" width="700" height="200"></p>'
        ),
        49,
    ),
    bad(
        22,
        "an image of 500 px that does not give way",
        put(
            '<p><img src="https://library.example.nhs.uk/ward.png" alt="Nurses at a trolley" width="500" height="200"></p>'
        ),
        49,
    ),
    bad(22, "a div of 400 px", put('<div style="width:400px">The library is open.</div>')),
    bad(22, "a word as wide as two screens", html(PROSE, f"<p>What {'methyl' * 12} did")),
    bad(22, "a line that may not break", said("white-space:nowrap")),
    fine(
        22,
        "a table of 600 px that a small screen makes fluid",
        lambda good: small(".sheet { width: 100% !important; }")(
            good.with_html(
                '<table role="presentation" width="100%" align="center" border="0" cellpadding="0" cellspacing="0" style="max-width:600px">',
                '<table role="presentation" class="sheet" width="600" align="center" border="0" cellpadding="0" cellspacing="0">',
                1,
            )
        ),
    ),
    fine(
        22,
        "a table of 600 px with a style of 100 %",
        html(
            '<table role="presentation" width="100%" align="center" border="0" cellpadding="0" cellspacing="0" style="max-width:600px">',
            '<table role="presentation" width="600" align="center" border="0" cellpadding="0" cellspacing="0" style="width:100%; max-width:600px">',
        ),
    ),
    fine(22, "640 px", html("max-width:600px", "max-width:640px")),
    fine(22, "a long word that may break", html(PROSE, f'<p style="word-break:break-word">What {"methyl" * 12} did')),
    fine(
        22,
        "a cell of half the table",
        put(
            '<table role="presentation" width="100%"><tr><td width="50%">The library</td><td width="50%">is open.</td></tr></table>'
        ),
    ),
)

MOTION = (
    bad(24, "blink", html(PROSE, "<p>What <blink>eleven</blink> hospitals did")),
    bad(24, "marquee", put("<marquee>The library is open.</marquee>")),
    bad(24, "text-decoration: blink", said("text-decoration:blink")),
    bad(24, "an animation without end", said("animation:pulse 2s infinite"), 45),
    bad(24, "an animation of 3 times 2 seconds", said("animation:pulse 2s 3"), 45),
    bad(24, "an animation of 8000 ms in a style sheet", small(".cell { animation: pulse 8000ms; }")),
    bad(24, "a GIF without end", attached(gif((50, 50), 0)), 48),
    bad(24, "a GIF of 6 seconds", attached(gif((200, 200, 200))), 48),
    fine(24, "an animation of 2 seconds on Apple's programs", small(".cell { animation: pulse 2s; }")),
    fine(24, "a GIF of 2 seconds", attached(gif((100, 100)))),
    fine(24, "a GIF of one frame that says it goes on for ever", attached(gif((50,), 0))),
)

DARK_MODE = (
    bad(50, "no color-scheme", html('<meta name="color-scheme" content="light dark">\n', "")),
    bad(50, "no supported-color-schemes", html('<meta name="supported-color-schemes" content="light dark">\n', "")),
    bad(
        50,
        "light only",
        html('<meta name="color-scheme" content="light dark">', '<meta name="color-scheme" content="light only">'),
    ),
    fine(
        50,
        "dark light",
        html('<meta name="color-scheme" content="light dark">', '<meta name="color-scheme" content="dark light">'),
    ),
    fine(50, "capitals in the name", html('<meta name="color-scheme"', '<meta name="Color-Scheme"')),
)

FONTS = (
    bad(51, "no generic font", cell("Arial, Helvetica, sans-serif", "Arial, Helvetica")),
    bad(51, "one font", said("font-family:Georgia")),
    bad(51, "a font to be fetched", cell("Arial, Helvetica", "Lato, Arial")),
    bad(51, "a face", html(PROSE, '<p><font face="Verdana">What eleven</font> hospitals did')),
    bad(51, "a shorthand", said("font:16px/24px 'Open Sans', sans-serif")),
    fine(
        51, "the system's own font", cell("Arial, Helvetica", "-apple-system, BlinkMacSystemFont, 'Segoe UI', Roboto")
    ),
    fine(51, "a generic font alone", said("font-family:serif")),
    fine(51, "inherit", said("font-family:inherit")),
)

HIDDEN = (
    bad(52, "display: none", said("display:none")),
    bad(52, "visibility: hidden", said("visibility:hidden"), 45),
    bad(52, "the attribute", html(PROSE, "<p hidden>What eleven hospitals did"), 45),
    bad(52, "font-size: 0", said("font-size:0")),
    bad(52, "font-size: 0px", said("font-size:0px; line-height:0")),
    bad(52, "font-size: 1px", said("font-size:1px")),
    bad(52, "white on white", said("color:#ffffff"), 15),
    bad(52, "nearly white on white", said("color:#fefefe"), 15),
    bad(52, "transparent", said("color:transparent"), 15, 45),
    bad(
        52,
        "the same colour in a part of the line",
        html(PROSE, '<p>What <span style="color:#fff">cheap loans</span> eleven hospitals did'),
        15,
    ),
    bad(52, "opacity: 0", said("opacity:0"), 15, 45),
    bad(52, "opacity: 40%", said("opacity:40%"), 15, 45),
    bad(52, "text-indent", said("text-indent:-9999px")),
    bad(52, "moved off the screen", said("position:absolute; left:-9999px"), 25, 45),
    bad(52, "no height", said("max-height:0; overflow:hidden"), 45),
    bad(
        52,
        "a second hidden text after the preheader",
        put('<div style="display:none; mso-hide:all">Cheap loans, cheap loans</div>'),
    ),
    bad(
        52,
        "hidden by a style sheet",
        html("<style>\n", "<style>\np { display: none; }\n"),
        26,
        45,
        46,
        53,
        54,
        55,
        62,
        68,
        69,
    ),
    fine(52, "no text in it", put('<div style="display:none; mso-hide:all">&nbsp;&zwnj;</div>')),
    fine(
        52,
        "a cell of size 0 whose columns have a size",
        put(
            '<table role="presentation" width="100%"><tr><td style="font-size:0"><div style="display:inline-block; '
            'font-size:16px">The library is open.</div></td></tr></table>'
        ),
    ),
    fine(52, "hidden on small screens only", small(".cell p.wide { display: none !important; }")),
    fine(
        52,
        "small screens show it",
        lambda good: small("p.more { display: block !important; }")(
            good.with_html(PROSE, '<p class="more" style="display:none">What eleven hospitals did', 1)
        ),
    ),
)

FAULTS = (
    *UNDERLINES, *CONTRAST, *MARKS, *PAIRS, *SIZES, *SIDES, *TARGETS, *WIDTHS, *MOTION, *DARK_MODE, *FONTS, *HIDDEN
)  # fmt: skip
