"""Newsletters and alerts of bodies that do not exist, in the shapes in which real ones come."""

from collections.abc import Sequence
from email.message import EmailMessage
from email.policy import SMTP

from feedwriter import AT

from bulletin import parse
from bulletin.model import Feed, FeedKind, Fetched, Validators

FOOTER = """
<table><tr><td><a href="https://list.example.org/unsubscribe?u=1">Unsubscribe from all of these emails</a>
<a href="https://list.example.org/p">Manage your email preferences here</a>
<a href="https://www.example.org/privacy">Privacy policy of the Example Trust</a>
<a href="https://twitter.com/example">Follow the Example Trust on Twitter</a>
<a href="mailto:news@example.org">Write to the editors of this letter</a></td></tr></table>"""

# A news weekly: nested tables, a linked headline, a line or two, and "Read more" with a tracker's other address.
WEEKLY = f"""<!DOCTYPE html><html><head><title>Weekly</title><style>a {{color: red}}</style></head><body>
<div style="display:none">The week's news about boards and budgets in one short email</div>
<table><tr><td><a href="https://www.example.org/view?id=9">View this email in your browser</a></td></tr></table>
<table><tr><td><table><tr><td>
<h2><a href="https://hsw.example.org/a/101?utm_source=newsletter">Trusts told to publish waiting list plans</a></h2>
<p>Regional directors have written to every board. The plans are due in March.</p>
<p><a href="https://hsw.example.org/a/101?utm_content=more">Read more</a></p>
</td></tr><tr><td>
<h2><a href="https://hsw.example.org/a/102">Two community trusts to share a chair</a></h2>
<p>The boards will stay <b>separate</b>.</p></td></tr></table></td></tr></table>{FOOTER}</body></html>"""

# A think tank's monthly: the heading is no link, the button under it is.
BUTTONS = f"""<html><body><table>
<tr><td style="font-size:22px;font-weight:bold">How neighbourhood teams work in practice</td></tr>
<tr><td>Our new long read looks at <a href="https://kt.example.org/teams">six neighbourhood teams</a>
in two years.</td></tr>
<tr><td><a class="button" href="https://kt.example.org/long-reads/teams">Read the full report &raquo;</a></td></tr>
<tr><td><h3>Social care in 2026: where are we now?</h3></td></tr>
<tr><td>What the figures say.</td></tr>
<tr><td><a href="https://kt.example.org/social-care">Find out more</a></td></tr></table>{FOOTER}</body></html>"""

# A publisher's table of contents: titles in bold, authors and pages, and links to each form of the text.
CONTENTS = """<html><body><h1>Journal of Ward Care</h1><h2>Volume 12, Number 3</h2>
<p><b>Early discharge and falls in older people</b><br>Bo Chan, Ann Grey<br>J Ward Care 2026; 12(3): 1-9<br>
<a href="https://doi.org/10.5555/ward.1">Abstract</a> | <a href="https://jwc.example.org/1.pdf">PDF</a></p>
<p><b>Night staffing on acute wards</b><br>Cy Fox<br>
<a href="https://doi.org/10.5555/ward.2">https://doi.org/10.5555/ward.2</a></p></body></html>"""

# A search engine's alert on scholarly papers: the target is a parameter of its own address.
SCHOLAR = """<html><body><h3><span>[PDF]</span> <a class="gse_alrt_title"
href="https://scholar.google.com/scholar_url?url=https://jwc.example.org/3.pdf%3Fa%3D1&amp;hl=en&amp;sa=X">Ward rounds
with <b>families</b> present</a></h3><div style="color:#006621">B Chan, A Grey - Journal of Ward Care, 2026</div>
<div class="gse_alrt_sni">We asked forty families what they would change.</div>
<div><a href="https://scholar.google.com/citations?q=1">Save</a> <a href="https://twitter.com/x">Twitter</a></div>
<p><a href="https://scholar.google.com/scholar_alerts?cancel=1">Cancel this alert for early discharge</a></p>
</body></html>"""

# A public body's bulletin: cards that are links as a whole, behind two wrappers.
CARDS = """<html><body>
<a href="https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Flinks-1.govdelivery.com%2FCL0%2Fhttps%3A%252F%252Fwww.example.gov.uk%252Fguidance%252Fheat%2F1%2F0101&amp;data=05">
<div><h3>Heat and health: new guidance</h3><p>For care homes and hospitals, in force from May.</p></div></a>
<ul><li>NEW: <a href="https://www.example.gov.uk/flu">Flu vaccination figures for November</a> - up to week 46</li>
<li>Our colleagues <a href="https://www.example.gov.uk/blog">wrote about their visit to Leeds</a> in a blog.</li></ul>
</body></html>"""

PLAIN = """Dear colleague,

EVIDENCE UPDATE
===============

Shared decisions after a stroke: what helps
https://ev.example.org/stroke.
A review of eleven trials. Families matter
most.

Discharge lounges cut waits in four of
five hospitals
Four of five hospitals saw shorter waits.
<https://ev.example.org/lounges>

* Costs of agency staff, third quarter: https://ev.example.org/agency

To unsubscribe from this list go to https://ev.example.org/unsubscribe
"""


def letter(
    html: str = "",
    text: str = "",
    date: str = "Tue, 17 Nov 2026 08:30:00 +0000",
    headers: Sequence[tuple[str, str]] = (),
) -> bytes:
    """One message as a mailbox gives it."""
    message = EmailMessage(policy=SMTP)
    message["From"] = "Example Trust <news@example.org>"
    message["Subject"] = "News"
    if date:
        message["Date"] = date
    for name, value in headers:
        message[name] = value
    message.set_content(text or "This email is in HTML.")
    if html:
        message.add_alternative(html, subtype="html")
    return message.as_bytes()


def read_letters(*letters: bytes) -> parse.Parsed:
    """What the room makes of a visit to a mailbox."""
    return parse.document(posted(*letters))


def posted(*letters: bytes) -> Fetched:
    """What a visit to a mailbox brings."""
    feed = Feed("alerts", "Alerts", "imaps://mail.example.org", kind=FeedKind.MAIL, search="Alerts")
    return Fetched(feed, feed.url, "message/rfc822", letters[0], Validators(), AT, letters[1:])
