"""Seeded faults for the rules of bulletin/lint/programs/clients.py and stylesheets.py."""

from seeded import bad, fine, html

PROSE = "<p>What eleven hospitals did"
DARK_LINK = "a { color: #8ec5fb !important; }"


def said(style):
    """A paragraph with this style in the place of another."""
    return html(PROSE, f'<p style="{style}">What eleven hospitals did')


def put(markup):
    """More markup before the second heading."""
    heading = '<h2 style="font-size:22px; line-height:1.5">Policy'
    return html(heading, f"{markup}\n{heading}")


def sheet(css):
    """More in the style sheet."""
    return html("<style>\n", f"<style>\n{css}\n")


def head(markup):
    """More in the head."""
    return html("<style>\n", f"{markup}\n<style>\n")


SUPPORT = (
    bad(45, "flex", said("display:flex")),
    bad(45, "inline-flex in capitals", said("DISPLAY: INLINE-FLEX")),
    bad(45, "grid", said("display:grid")),
    bad(45, "a property of flex", said("justify-content:space-between")),
    bad(45, "float", said("float:left"), 25),
    bad(45, "position: relative", said("position:relative"), 25),
    bad(45, "position: absolute", said("position:absolute"), 25),
    bad(45, "rem", said("padding-left:1rem")),
    bad(45, "rem of a font", said("font-size:1rem")),
    bad(45, "vw", said("padding-left:2vw")),
    bad(45, "vh", said("min-height:10vh")),
    bad(45, "calc()", said("padding-left:calc(10px + 2px)")),
    bad(45, "clamp()", said("font-size:clamp(16px, 17px, 18px)")),
    bad(45, "var()", said("color:var(--ink)")),
    bad(45, "a variable", said("--ink:#1f2a36")),
    bad(45, "rgba()", said("background-color:rgba(255, 255, 255, 0.01)")),
    bad(45, "rgba() in a shorthand", said("border-left:1px solid rgba(0, 0, 0, 0.8)")),
    bad(45, "rgb() without commas", said("border-left:1px solid rgb(31 42 54)")),
    bad(
        45,
        "an image in background",
        said("background:#ffffff url(https://library.example.nhs.uk/sky.png); color:#1f2a36 !important"),
        41,
        48,
    ),
    bad(45, "background-image", said("background-image:url('https://library.example.nhs.uk/sky.png')"), 17, 41, 48),
    bad(45, "a gradient", said("background:linear-gradient(#ffffff, #eeeeee)"), 17),
    bad(45, "border-radius", said("border-radius:4px")),
    bad(45, "a corner", said("border-top-left-radius:4px")),
    bad(45, "box-shadow", said("box-shadow:0 1px 2px #cccccc")),
    bad(45, "opacity", said("opacity:0.95")),
    bad(45, "max-height with no way to hide it in Outlook", said("max-height:200px")),
    bad(45, "overflow", said("overflow:hidden")),
    bad(45, "transform", said("transform:rotate(1deg)"), 25),
    bad(45, "white-space: pre-line", said("white-space:pre-line")),
    bad(45, "initial", said("margin:initial")),
    bad(45, "logical margins", said("margin-inline:10px")),
    bad(45, "the fallback comes after it", said("padding-left:12px; width:calc(100% - 2px)")),
    bad(45, "a fallback that is none either", said("padding-left:1rem; padding-left:1vw")),
    bad(45, "a rule for everybody", sheet(".row { display: flex; }"), 46),
    bad(
        45,
        "<picture>",
        put(
            '<picture><source srcset="https://library.example.nhs.uk/a.webp" type="image/webp"><img src="https://library.example.nhs.uk/a.png" alt="Nurses at a trolley" width="200" height="100"></picture>'
        ),
        40,
        48,
        49,
    ),
    bad(45, "<progress>", put('<progress value="1" max="2">half</progress>'), 40),
    bad(
        45,
        "a div that holds the email in no table",
        lambda good: good.with_html(
            '<table role="presentation" class="desk"',
            '<div lang="en-GB" dir="ltr" style="max-width:600px"><table role="presentation" class="desk"',
            1,
        ).with_html("</table>\n</body>", "</table></div>\n</body>"),
    ),
    fine(
        45,
        "a line of one colour before rgba()",
        said("padding:0; border-top:1px solid #d3dce5; border-top:1px solid rgba(211, 220, 229, 0.9)"),
    ),
    fine(
        45,
        "pixels of a cell before rem",
        put(
            '<table role="presentation" width="100%"><tr><td style="padding-left:12px; padding-left:1rem">The library is open.</td></tr></table>'
        ),
    ),
    fine(45, "block before flex", said("display:block; display:flex")),
    fine(45, "pixels before rem", said("padding-left:16px; padding-left:1rem")),
    fine(45, "a shorthand before rem", said("padding:0 0 0 16px; padding-left:1rem")),
    fine(
        45,
        "width: calc() with an attribute",
        put(
            '<table role="presentation" width="100%" style="width:calc(100% - 2px)"><tr><td>The library is open.</td></tr></table>'
        ),
    ),
    fine(
        45,
        "what one program alone reads",
        said("mso-line-height-rule:exactly; -webkit-text-size-adjust:100%; -ms-text-size-adjust:100%"),
    ),
    fine(
        45,
        "where words part",
        said("word-break:break-word; overflow-wrap:break-word; hyphens:auto; white-space:normal"),
    ),
    fine(
        45,
        "how a line under a link looks",
        html(
            "color:#0b57a4; text-decoration:underline",
            "color:#0b57a4; text-decoration:underline; text-underline-offset:2px",
        ),
    ),
    fine(45, "static, none and visible", said("position:static; float:none; overflow:visible; opacity:1")),
    fine(
        45,
        "flex on small screens that know it",
        sheet("@media only screen and (max-width: 480px) { .cell { display: flex !important; } }"),
    ),
    fine(45, "flex for who supports it", sheet("@supports (display: flex) { .cell { display: flex; } }")),
    fine(
        45,
        "what hides the preheader",
        html(
            "display:none; max-height:0; overflow:hidden",
            "display:none; max-height:0; max-width:0; opacity:0; overflow:hidden; mso-hide:all; visibility:hidden",
        ),
    ),
    fine(45, "rem in words", html(PROSE, "<p>What 1rem of sleep and rgba(0,0,0,1) did")),
    fine(45, "table-layout", html('style="max-width:600px"', 'style="max-width:600px; table-layout:fixed"')),
    fine(45, "rgb() with commas", said("border-left:1px solid rgb(31, 42, 54)")),
)

INLINE = (
    bad(46, "a rule for everybody", sheet(".note { color: #1f2a36; }")),
    bad(46, "a rule of elements", sheet("p { margin: 0 0 12px 0; }"), 20),
    bad(46, "a rule inside @media all", sheet("@media all { h2 { color: #1f2a36; } }"), 15),
    bad(46, "@import", sheet("@import url('https://library.example.nhs.uk/a.css');"), 41, 48),
    bad(
        46,
        "@font-face",
        sheet("@font-face { font-family: Frutiger; src: url(https://library.example.nhs.uk/a.woff); }"),
        41,
        48,
    ),
    bad(
        46,
        "@font-face for screens only",
        sheet("@media screen { @font-face { font-family: Frutiger; src: local(Frutiger); } }"),
    ),
    bad(
        46,
        "9 kB",
        sheet(
            "@media only screen and (max-width: 480px) {"
            + "".join(f" .c{number} {{ padding: 0 !important; }}" for number in range(300))
            + " }"
        ),
    ),
    bad(
        46,
        "two style elements of 5 kB",
        head(
            "<style>@media only screen and (max-width: 480px) {"
            + "".join(f" .c{number} {{ padding: 0 !important; }}" for number in range(150))
            + " }</style><style>@media only screen and (max-width: 470px) {"
            + "".join(f" .d{number} {{ padding: 0 !important; }}" for number in range(150))
            + " }</style>"
        ),
    ),
    bad(
        46,
        "a style element in the body",
        put("<style>@media only screen and (max-width: 480px) { .cell { padding: 0 !important; } }</style>"),
        40,
    ),
    bad(46, "a style sheet that breaks off", sheet("@media (max-width: 480px) { .cell { padding: 0 } } }")),
    fine(
        46,
        "more media queries",
        sheet("@media only screen and (max-width: 480px) { .cell { padding: 12px !important; } }"),
    ),
    fine(
        46,
        "media of the element",
        head('<style media="only screen and (max-width: 480px)">.cell { padding: 12px !important; }</style>'),
    ),
    fine(46, "what a mouse does", sheet("a:hover { color: #0b57a4; }")),
    fine(
        46,
        "what belongs to one mail program",
        sheet(
            "#outlook a { padding: 0; } .ExternalClass { width: 100%; } a[x-apple-data-detectors] { color: inherit !important; } [data-ogsc] .cell { color: #e4eaf0; }"
        ),
    ),
    fine(
        46,
        "properties of one mail program",
        sheet("table { mso-table-lspace: 0pt; } img { -ms-interpolation-mode: bicubic; }"),
    ),
    fine(46, "color-scheme", sheet(":root { color-scheme: light dark; supported-color-schemes: light dark; }")),
    fine(46, "a rule that the elements say too", sheet("a { text-decoration: underline; }")),
)

FAULTS = (*SUPPORT, *INLINE)
