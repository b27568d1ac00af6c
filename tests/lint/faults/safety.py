"""Seeded faults for the rules of bulletin/lint/page/safety.py."""

from markup import DPI, in_items, link, put
from seeded import bad, both, fine, html, unknown

NEAR = (1, 11, 15, 16, 17, 18, 20, 33, 35, 36, 45, 46, 58, 65)  # what such elements do besides

ELEMENTS = (
    *(
        bad(40, f"an element {name}", put(markup), *NEAR)
        for name, markup in (
            ("script", "<script>alert(1)</script>"),
            ("script in capitals", "<SCRIPT SRC='https://a.example.org/a.js'></SCRIPT>"),
            ("style in the body", "<style>p { color: #000000 }</style>"),
            ("link", '<link rel="stylesheet" href="https://a.example.org/a.css">'),
            ("form", '<form action="https://a.example.org/"><p>Some words</p></form>'),
            ("input", '<p>Some words <input type="text" name="a"></p>'),
            ("button", "<p><button>Send us a word</button></p>"),
            ("select", "<p><select><option>One</option></select></p>"),
            ("textarea", "<p><textarea>Words</textarea></p>"),
            ("iframe", '<iframe src="https://a.example.org/"></iframe>'),
            ("object", '<object data="https://a.example.org/a.swf"></object>'),
            ("embed", '<embed src="https://a.example.org/a.swf">'),
            ("applet", "<applet></applet>"),
            ("svg", "<p><svg><circle r='1'></circle></svg></p>"),
            ("math", "<p><math><mi>x</mi></math></p>"),
            ("video", '<video src="https://a.example.org/a.mp4"></video>'),
            ("audio", '<audio src="https://a.example.org/a.mp3"></audio>'),
            ("noscript", "<noscript><p>Some words</p></noscript>"),
            ("template", "<template><p>Some words</p></template>"),
            ("meta in the body", '<meta http-equiv="refresh" content="0;url=https://a.example.org/">'),
        )
    ),
    bad(40, "a refresh in the head", html("<title>", '<meta http-equiv="Refresh" content="5; url=https://a.example.org/"><title>')),
    bad(40, "a font from elsewhere", html("<title>", '<link href="https://fonts.example.com/css" rel="stylesheet"><title>')),
    bad(40, "another base", html("<title>", '<base href="https://a.example.org/"><title>')),
    fine(40, "a style element in the head", html("</style>", "</style>\n<style>@media print { p { margin: 0 } }</style>")),
    fine(40, "another meta element", html("<title>", '<meta http-equiv="X-UA-Compatible" content="IE=edge"><title>')),
    fine(40, "an element in words", put("<p>How to write a &lt;form&gt; and a &lt;script&gt;</p>")),
)  # fmt: skip

ATTRIBUTES = (
    *(
        bad(41, f"an attribute {name}", put(f"<p {attribute}>Some words</p>"), 15, 16, 17, 35, 36, 45, 48)
        for name, attribute in (
            ("onclick", 'onclick="alert(1)"'),
            ("onmouseover in capitals", "ONMOUSEOVER=alert(1)"),
            ("of a handler that nobody knows", 'onpointerrawupdate="x()"'),
            ("srcdoc", 'srcdoc="words"'),
            ("formaction", 'formaction="https://a.example.org/"'),
            ("xlink:href", 'xlink:href="https://a.example.org/"'),
            ("contenteditable", "contenteditable"),
            ("autofocus", "autofocus"),
            ("style that runs", 'style="width:expression(alert(1))"'),
            ("style that runs, in disguise", 'style="width:exp/**/ression(alert(1))"'),
            ("style that runs, escaped", 'style="width:\\65 xpression(alert(1))"'),
            ("style with a binding", 'style="-moz-binding:url(https://a.example.org/a.xml)"'),
        )
    ),
    bad(41, "a ping", put(f"<p>{link('https://a.example.org/', 'Virtual wards', ' ping=https://b.example.org/')}</p>"),
        20, 36, 58),
    bad(41, "a background from elsewhere", html('<td class="cell"', '<td background="https://a.example.org/a.png" class="cell"'),
        17, 48),
    bad(41, "a handler of the body", html('<body style="', '<body onload="alert(1)" style="')),
    fine(41, "words that begin so", put('<p title="only one">onclick="alert(1)"</p>')),
    fine(41, "an attribute for programs", put('<p data-on="x">Some words</p>')),
)  # fmt: skip

OURS = '<!--[if mso]><table role="presentation" width="600" align="center" border="0" cellpadding="0" cellspacing="0"><tr><td><![endif]-->'
BARE = "<!--[if (gte mso 9)|(IE)]><table width='600'><tr><td><![endif]-->"


def sealed(comment):
    """The good message of which nobody knows anything, with a comment."""
    return unknown(put(comment))


COMMENTS = (
    bad(42, "words for Outlook", put("<!--[if mso]><p>Pay here</p><![endif]-->")),
    bad(42, "a link for Outlook", put('<!--[if mso]><a href="https://evil.example.org/">&nbsp;</a><![endif]-->')),
    bad(42, "bones that are not ours", put(BARE)),
    bad(42, "words for Outlook, of anybody", sealed("<!--[if gte mso 9]><table><tr><td>Pay here</td></tr></table><![endif]-->")),
    bad(42, "a script for Outlook", sealed("<!--[if mso]><script>x()</script><![endif]-->")),
    bad(42, "a button of VML", sealed('<!--[if mso]><v:rect href="https://evil.example.org/"></v:rect><![endif]-->')),
    bad(42, "a style sheet from elsewhere", sealed('<!--[if mso]><style>@import "https://evil.example.org/"</style><![endif]-->')),
    bad(42, "a condition without its end", sealed("<!--[if mso]><table><tr><td>-->")),
    bad(42, "a comment in an item", in_items("<!-- 12345 -->", "", "")),
    bad(42, "a condition in an item", in_items("", OURS.replace("600", "601"), "")),
    bad(42, "a comment in a sentence", sealed("<p>Some words <!-- from the feed --> and more</p>")),
    bad(42, "a comment that hides a link", sealed('<!-- <a href="https://a.example.org/">Old link</a> -->')),
    bad(42, "a comment after the end", html("</html>", '</html><!-- <script src="https://a.example.org/"></script> -->')),
    fine(42, "our own", put(OURS + "<!--[if mso]></td></tr></table><![endif]-->")),
    fine(42, "our own settings", html("<title>", f"{DPI}<title>")),
    fine(42, "a note between the parts", sealed("<!-- The opening -->")),
    fine(42, "bones of another template", sealed(BARE + "<!--[if (gte mso 9)|(IE)]></td></tr></table><![endif]-->")),
    fine(42, "settings of another template", unknown(html("<title>",
        "<!--[if gte mso 9]><xml><o:OfficeDocumentSettings><o:AllowPNG/><o:PixelsPerInch>96</o:PixelsPerInch>"
        "</o:OfficeDocumentSettings></xml><![endif]--><title>"))),
    fine(42, "a style for Outlook", unknown(html("<title>", "<!--[if mso]><style>td { font-family: Arial }</style><![endif]--><title>"))),
    fine(42, "what Outlook does not see", sealed("<!--[if !mso]><!--><p>Some words</p><!--<![endif]-->")),
)  # fmt: skip

OPEN = '<table role="presentation"><tr><td>Some words'
LEFT = (1, 5, 8, 15, 16, 17, 18, 20, 22, 25, 44, 53, 54, 55, 58, 62, 68)  # what comes of cells that are torn open

LEAVING = '<p style="font-size:14px"><a href="https://library.example.nhs.uk/leave" style="color:#0b57a4; text-decoration:underline">Unsubscribe</a></p>'


def footed(good):
    """The good message whose last item holds the link for leaving."""
    return in_items("", "", LEAVING)(good.with_html(LEAVING, ""))


CELLS = (
    bad(43, "a table left open", in_items(OPEN, "", ""), *LEFT),
    bad(43, "a table left open in the second", in_items("", OPEN, ""), *LEFT),
    bad(43, "a table left open, of anybody", unknown(in_items(OPEN, "", "")), *LEFT),
    bad(43, "the foot in an item", footed, *LEFT),
    bad(43, "the foot in an item, of anybody", unknown(footed), *LEFT),
    bad(43, "an item in an item", in_items('<div class="item"><h3 style="font-size:18px; line-height:1.5">One more</h3></div>', "", ""), 8, *LEFT),
    bad(43, "a cell that ends too soon", both(in_items("", "", ""), html("Most of it was packaging", "</td></tr></table>Most of it was packaging")),
        19, 24, 33, 52, 69, *LEFT),
    bad(43, "a table closed too soon, of anybody", unknown(in_items("</td></tr></table><p>Words</p>", "", "")), 19, 24, 33, 52, 69, *LEFT),
    fine(43, "cells of their own", in_items("", "", "")),
    fine(43, "a table in an item", in_items(f"{OPEN}</td></tr></table>", "", "")),
    fine(43, "cells of their own, of anybody", unknown(in_items("", "", ""))),
)  # fmt: skip

TORN = (1, 9, 28, 36, 40, 41, 42, 43, 46, 47, 48, 49, *LEFT)

POINTS = (
    bad(44, "a script in an item", in_items("<script>alert(1)</script>", "", ""), 40),
    bad(44, "a handler in an item", in_items('<p onclick="x()">Some words</p>', "", ""), 41),
    bad(44, "a style element in an item", in_items("", "<style>p { margin: 0 }</style>", ""), 20, 40, 46),
    bad(44, "a form in an item", in_items('<form action="https://a.example.org/"></form>', "", ""), 40),
    bad(44, "MathML that mutates", in_items("<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>", "", ""),
        *TORN),
    bad(44, "SVG that mutates",
        in_items("<svg></p><style><a title='</style><img src=x onerror=alert(1)>'>", "", ""), *TORN),
    fine(44, "bold words and a list", in_items("<p><b>Some</b> <span class='x'>words</span></p>", "<ul><li>One</li><li>Two</li></ul>", "")),
    fine(44, "angle brackets in words", in_items("<p>p &lt; 0.05 &amp; n &gt; 40, &quot;so&quot;</p>", "", "")),
    fine(44, "angle brackets in an attribute", in_items('<p title="a &lt; b &amp; &quot;c&quot;">Some words</p>', "", "")),
)  # fmt: skip

FAULTS = (*ELEMENTS, *ATTRIBUTES, *COMMENTS, *CELLS, *POINTS)
