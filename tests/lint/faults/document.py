"""Seeded faults for the rules of bulletin/lint/page/document.py."""

from markup import INTRO, link, linked, put
from seeded import bad, fine, header, html, unknown

ROOT = '<html lang="en-GB" dir="ltr"'
DESK = 'class="desk" lang="en-GB" dir="ltr"'
TITLE = "<title>Health Management Update: December 2026</title>"
VIEWPORT = 'content="width=device-width, initial-scale=1"'
BODY_END = "</table>\n</body>"
ARABIC = "\u062a\u0642\u0631\u064a\u0631 \u0639\u0646 \u0635\u062d\u0629 \u0627\u0644\u0645\u062c\u062a\u0645\u0639"


def viewport(more):
    """The good message with more in its viewport."""
    return html(VIEWPORT, f'content="width=device-width, initial-scale=1, {more}"')


def styled(style, *also):
    """A paragraph with this style."""
    return put(f'<p style="{style}">Ask us for the full text of every report.</p>')


WELL_FORMED = (
    bad(1, "no doctype", html("<!DOCTYPE html>\n", "")),
    bad(1, "an old doctype", html("<!DOCTYPE html>", '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN">')),
    bad(1, "a comment before the doctype", html("<!DOCTYPE html>", "<!-- made by hand --><!DOCTYPE html>")),
    bad(1, "words between the rows of a table", html("</td></tr>\n<tr>", "</td></tr>Loose words\n<tr>"), 18, 52),
    bad(
        1,
        "a paragraph in a table",
        put('<table role="presentation"><p>Out of its cell</p><tr><td>In</td></tr></table>'),
    ),
    bad(1, "bold and underlined in another order", put("<p><b>Both <em>of them</b> here</em></p>"), 30),
    bad(1, "a span never closed", put("<p><span>Some words</p>")),
    bad(1, "a div never closed", put("<div><p>Some words</p>")),
    bad(1, "an end tag too many", put("<p>Some words</p></div>")),
    bad(1, "an end of a cell too many", put("<p>Some words</p></td>"), 15, 17, 18, 19, 20, 22, 69),
    bad(1, "the same attribute twice", put('<p class="a" class="b">Some words</p>')),
    bad(1, "a letter that there is not", put("<p>Words &nosuch; more words</p>")),
    bad(1, "an entity without its end", put("<p>Words&nbsp and more words</p>")),
    bad(1, "a number of a letter that there is not", put("<p>Words &#x110000; more words</p>"), 65),
    bad(1, "a div that closes itself", put("<div/><p>Some words</p>")),
    bad(1, "a quote that never ends", put('<p class="wide>Some words</p>'), *range(2, 71)),
    bad(1, "a second body", html(INTRO, f"{INTRO}<body>")),
    bad(
        1,
        "a link in a link",
        put(f"<p>{link('https://a.example.org/', 'One report')[:-4]} and <a>another</a></a></p>"),
        58,
    ),
    bad(
        1,
        "another heading ends it",
        put('<h2 style="font-size:22px; line-height:1.5">Sustainable Healthcare</h3>'),
        62,
    ),
    bad(1, "a comment that never ends", html("</body>", "<!-- </body>")),
    fine(1, "the doctype in small letters", html("<!DOCTYPE html>", "<!doctype html>")),
    fine(
        1,
        "paragraphs and list items that nobody closes",
        put("<ul><li>First words<li>Second words</ul><p>Some words"),
    ),
    fine(1, "breaks in the manner of XHTML", put("<p>Some words<br/>and more<br /></p>")),
    fine(1, "an ampersand that stands for itself", put("<p>Research & development at R&D and AT&T</p>")),
    fine(
        1,
        "an ampersand in an address",
        linked("https://a.example.org/?a=1&copy=2&b=3", "All the reports of the trust"),
    ),
    fine(1, "what Outlook reads and others do not", unknown(put("<![if !mso]><p>Some words</p><![endif]>"))),
    fine(1, "what others read and Outlook does not", unknown(put("<!--[if !mso]><!--><p>Words</p><!--<![endif]-->"))),
    fine(1, "in the manner of Mailchimp", unknown(put("<!--[if !gte mso 9]><!----><p>Words</p><!--<![endif]-->"))),
    fine(1, "the end of the body left out", html("</body>\n</html>\n", "")),
)

LANGUAGE = (
    bad(2, "no language", html(ROOT, '<html dir="ltr"')),
    bad(2, "an empty language", html(ROOT, '<html lang="" dir="ltr"')),
    bad(2, "an underscore", html(ROOT, '<html lang="en_GB" dir="ltr"')),
    bad(2, "the name of the language", html(ROOT, '<html lang="english" dir="ltr"')),
    bad(2, "the United Kingdom is GB", html(ROOT, '<html lang="en-UK" dir="ltr"')),
    bad(2, "another language than the list's", html(ROOT, '<html lang="fr" dir="ltr"'), 66),
    bad(2, "nobody speaks xx", unknown(html(ROOT, '<html lang="xx" dir="ltr"'))),
    fine(2, "in small letters", html(ROOT, '<html lang="en-gb" dir="ltr"')),
    fine(2, "a language of three letters", unknown(html(ROOT, '<html lang="gsw-CH" dir="ltr"'))),
    fine(2, "with a script", unknown(html(ROOT, '<html lang="en-Latn-GB-oxendict" dir="ltr"'))),
    bad(3, "no language inside", html(DESK, 'class="desk" dir="ltr"')),
    bad(3, "no direction inside", html(DESK, 'class="desk" lang="en-GB"')),
    bad(3, "neither", html(DESK, 'class="desk"')),
    bad(3, "a language that is none inside", html(DESK, 'class="desk" lang="uk_GB" dir="ltr"')),
    bad(3, "a direction that is none", html(DESK, 'class="desk" lang="en-GB" dir="left"')),
    bad(
        3,
        "a second child without",
        html(BODY_END, "</table>\n<div>One more thing</div>\n</body>"),
        15,
        17,
        18,
        22,
        53,
    ),
    bad(3, "text in the body", html(BODY_END, "</table>\nOne more thing\n</body>"), 15, 17, 18, 22, 52, 53),
    fine(3, "a comment in the body", unknown(html(BODY_END, "</table>\n<!-- end -->\n</body>"))),
    fine(3, "nothing to read", html(BODY_END, "</table>\n<div></div>\n</body>")),
    fine(3, "the direction told by the words", html(DESK, 'class="desk" lang="en-GB" dir="auto"')),
)

TITLES = (
    bad(4, "no title", html(TITLE, "")),
    bad(4, "an empty title", html(TITLE, "<title> </title>")),
    bad(4, "another title", html(TITLE, "<title>Newsletter</title>")),
    bad(4, "two titles", html(TITLE, f"{TITLE}<title>Newsletter</title>")),
    bad(4, "another subject", header("Subject", "Health Management Update: edition 12"), 57),
    fine(4, "spaces in the title", html(TITLE, "<title>\n Health  Management Update: December 2026\n</title>")),
    fine(4, "the subject encoded",
         header("Subject", "=?utf-8?q?Health_Management_Update=3A?=\r\n =?utf-8?q?_December_2026?=")),
    fine(4, "the subject folded", header("Subject", "Health Management Update:\r\n December 2026")),
    bad(21, "nobody may enlarge", viewport("user-scalable=no")),
    bad(21, "nobody may enlarge, in numbers", viewport("user-scalable=0")),
    bad(21, "not at all", viewport("maximum-scale=1")),
    bad(21, "hardly", viewport("maximum-scale = 1.5")),
    bad(21, "in capitals and with semicolons", viewport("USER-SCALABLE=NO; maximum-scale=5")),
    bad(21, "a second viewport", html("<title>", '<meta name="Viewport" content="user-scalable=no"><title>')),
    fine(21, "yes", viewport("user-scalable=yes")),
    fine(21, "five times", viewport("maximum-scale=5.0, minimum-scale=1")),
    fine(21, "in numbers", viewport("user-scalable=1")),
)  # fmt: skip

IDS = (
    bad(23, "an id twice", put('<p id="more">Some words</p><p id="more">More words</p>')),
    bad(23, "an empty id", put('<p id="">Some words</p>')),
    bad(23, "an id with a space", put('<p id="more of it">Some words</p>')),
    bad(23, "labelled by another", put('<p id="more">Some words</p><div aria-labelledby="more">More words</div>')),
    bad(23, "no such attribute", put('<p aria-lable="Words">Some words</p>')),
    bad(23, "hidden perhaps", put('<p aria-hidden="yes">Some words</p>')),
    bad(23, "a level in words", put('<p aria-level="two">Some words</p>')),
    bad(23, "described by nothing", put('<p aria-describedby="nothing">Some words</p>')),
    bad(23, "no such role", put('<div role="presentaton">Some words</div>')),
    fine(23, "ids and labels", put('<div id="a1" role="group" aria-label="Words"><p id="a2">Some words</p></div>')),
    fine(23, "described by what is there", put('<p id="d">Some words</p><p aria-describedby="d">More words</p>')),
    fine(23, "a role of books", put('<div role="doc-tip">Some words</div>')),
)

ORDER = (
    bad(25, "at a place of its own", styled("position:absolute; top:0; left:0"), 45),
    bad(25, "always there", styled("position: FIXED"), 45),
    bad(25, "moved a little", styled("position:relative; left:20px"), 45),
    bad(25, "floating", styled("float:right; width:200px"), 45),
    bad(25, "pulled up", styled("margin:-20px 0 0 0"), 45),
    bad(25, "pulled to the left", styled("margin-left:-10px"), 45),
    bad(25, "the last first", put('<div style="display:flex; flex-direction:row-reverse"><p>One</p><p>Two</p></div>'), 45),
    bad(25, "another order", styled("order:-1"), 45),
    bad(25, "carried away", styled("transform:translateY(-40px)"), 45),
    bad(25, "a row to the end", put('<div style="display:table-footer-group">Some words</div>'), 45),
    bad(25, "columns turned round", put(
        '<table role="presentation" dir="rtl"><tr><td dir="ltr">Second words</td><td dir="ltr">First words</td></tr></table>')),
    bad(25, "turned round by a style", styled("direction:rtl"), 45),
    bad(25, "letters turned round", put('<p><bdo dir="rtl">Some words</bdo></p>')),
    bad(25, "one table right of the next", put(
        '<table role="presentation" align="right" width="50%"><tr><td>Right</td></tr></table><p>Left of it</p>')),
    bad(25, "on a small screen", html("</style>", "@media (max-width:480px) { .cell { position: absolute; } }\n</style>"),
        22, 45),
    bad(25, "the keyboard jumps", linked("https://a.example.org/b", "All the reports of the trust", ' tabindex="3"')),
    fine(25, "an Arabic title", put(f'<p lang="ar" dir="rtl">{ARABIC}</p>')),
    fine(25, "an Arabic title by its letters", put(f'<p dir="auto">{ARABIC}</p>')),
    fine(25, "an Arabic title and words around it", put(
        f'<div lang="ar" dir="rtl"><p>{ARABIC}</p><p>World Health Organization, 1 December 2026</p></div>')),
    fine(25, "a Hebrew title and many words below it, in no language that is told", put(
        '<div dir="rtl"><p>תכנון Wards</p><p>What eleven hospitals did about it and what patients said of that</p></div>')),
    fine(25, "an Arabic name in a sentence", put(f"<p>A report by <bdi>{ARABIC}</bdi> and others</p>")),
    fine(25, "a rule for what is not there", html("</style>", "@media (max-width:480px) { .x { margin-top: -9px } }\n</style>")),
    fine(25, "pulled by nothing", styled("margin:-0px 0 0 0")),
    fine(25, "the head of a table", put(
        '<table role="presentation"><thead style="display:table-header-group"><tr><td>Words</td></tr></thead></table>')),
)  # fmt: skip

FAULTS = (*WELL_FORMED, *LANGUAGE, *TITLES, *IDS, *ORDER)
