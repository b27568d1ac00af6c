"""Seeded faults for the rules of bulletin/lint/message/leaving.py and bulletin/lint/message/footer.py."""

from good import GOOD
from seeded import adding, bad, both, fine, header, html, knowing, text, unknown

STYLE = 'style="color:#0b57a4; text-decoration:underline"'
LEAVE = f'<a href="https://library.example.nhs.uk/leave" {STYLE}>Unsubscribe</a>'
WHY = "You get this because you are on the library’s list of senior managers."
LISTS = f'<a href="https://library.example.nhs.uk/lists" {STYLE}>Change what you get</a>'
PRIVACY = f'<a href="https://library.example.nhs.uk/privacy" {STYLE}>Privacy notice</a>'
CONTACT = (
    "Example Health Library, 1 Example Road, Exampleton EX1 1EX<br>"
    f'<a href="mailto:library@example.nhs.uk" {STYLE}>library@example.nhs.uk</a>'
)
URL = "<https://library.example.nhs.uk/leave>"
TOKEN = "0123456789abcdef" * 3
OWN, TRIAL = f"https://library.example.nhs.uk/leave/{TOKEN}", f"http://127.0.0.1:8080/leave/{TOKEN}"
MAIL = "<mailto:library@example.nhs.uk?subject=Unsubscribe>"
MAILTO = LEAVE.replace("https://library.example.nhs.uk/leave", "mailto:library@example.nhs.uk?subject=Unsubscribe")
MANY = " and what is said there of ".join(
    f'<a href="https://library.example.nhs.uk/{place}" {STYLE}>Place {place}</a>' for place in "abcdefgh"
)


def link(new: str):
    """Another link for leaving."""
    return html(LEAVE, new)


def words(new: str):
    """Other words for the link for leaving."""
    return html(">Unsubscribe</a>", f">{new}</a>")


def list_header(value: str | None, post: str | None = "List-Unsubscribe=One-Click"):
    """Other headers for leaving."""
    return both(header("List-Unsubscribe", value), header("List-Unsubscribe-Post", post))


def own(address: str):
    """A message with a page for leaving of its reader's own, in one long line of the header."""
    return both(
        link(LEAVE.replace("https://library.example.nhs.uk/leave", address)),
        text("https://library.example.nhs.uk/leave", address),
        header("List-Unsubscribe", f"<{address}>, <mailto:library@example.nhs.uk?subject=leave%20{TOKEN}>"),
        knowing(leave_link=address, hosts=GOOD.known.hosts | {"127.0.0.1"}),
    )


FAULTS = (
    bad(53, "no link", link("Unsubscribe")),
    bad(53, "no link, judged by anybody", unknown(link("Unsubscribe"))),
    bad(53, "other words", words("Leave the list")),
    bad(53, "hidden", link(f'<span style="display:none">{LEAVE}</span>'), 52),
    bad(53, "12 px", html('<p style="font-size:14px"><a href="https://library.example.nhs.uk/leave"', '<p style="font-size:12px"><a href="https://library.example.nhs.uk/leave"'), 18),
    bad(53, "somebody else's host", link(LEAVE.replace("library.example.nhs.uk", "leave.example.com"))),
    bad(53, "somebody else's host, judged by anybody", unknown(link(LEAVE.replace("library.example.nhs.uk", "leave.example.com"))), 58),
    bad(53, "leads nowhere", link(LEAVE.replace("https://library.example.nhs.uk/leave", "#leave")), 36, 70),
    bad(53, "at the top", both(link("Goodbye"), html("<p>Monday", f"<p>{LEAVE} Monday"))),
    bad(53, "between items", both(link("Goodbye"), html("<p>Forty wards", f"<p>{LEAVE} Forty wards"))),
    bad(53, "many links after it", link(f"{LEAVE} and {MANY}"), 32),
    bad(53, "no header", list_header(None, None)),
    bad(53, "no header, judged by anybody", unknown(list_header(None, None))),
    bad(53, "two headers", adding("List-Unsubscribe", URL)),
    bad(53, "no angle brackets", list_header("https://library.example.nhs.uk/leave")),
    bad(53, "http", list_header(URL.replace("https", "http"), None)),
    bad(53, "the email address first", list_header(f"{MAIL},\r\n {URL}")),
    bad(53, "https without one click", list_header(f"{URL},\r\n {MAIL}", None)),
    bad(53, "one click written otherwise", list_header(f"{URL},\r\n {MAIL}", "List-Unsubscribe=one-click")),
    bad(53, "one click without https", list_header(MAIL)),
    bad(53, "two headers of one click", adding("List-Unsubscribe-Post", "List-Unsubscribe=One-Click")),
    bad(53, "a header that leads to others", list_header("<https://leave.example.com/1>")),
    bad(53, "http in the link at the end", both(link(LEAVE.replace("https", "http")), knowing(leave_link="")), 35),
    bad(53, "a page that is not the reader's own", knowing(leave_link=OWN)),
    bad(53, "a reader's page in the email and not in the header", both(own(OWN), header("List-Unsubscribe", URL))),
    bad(53, "a reader's page behind another", both(own(OWN), list_header(f"{URL}, <{OWN}>"))),
    bad(53, "a reader's page without one click", both(own(OWN), header("List-Unsubscribe-Post", None))),
    bad(53, "a reader's page by http", own(OWN.replace("https", "http")), 35),
    bad(53, "a page on this machine without one click", both(own(TRIAL), header("List-Unsubscribe-Post", None))),
    bad(53, "a page on this machine for everybody", both(own(TRIAL), knowing(leave_link="")), 35, 36),
    fine(53, "a reader's own page", own(OWN)),
    fine(53, "a reader's own page on this machine, in a trial", own(TRIAL)),
    fine(53, "https alone", list_header(URL)),
    fine(53, "by email alone", list_header(MAIL, None)),
    fine(53, "a draft that is left by email", both(link(MAILTO), list_header(MAIL, None))),
    fine(53, "a link to an email, judged by anybody", unknown(both(link(MAILTO), list_header(MAIL, None), text("https://library.example.nhs.uk/leave", "library@example.nhs.uk")))),
    fine(53, "more words", words("Unsubscribe from this list")),
    fine(53, "small letters", words("unsubscribe")),
    fine(53, "a few links after it", link(f"{LEAVE} and {MANY[: MANY.index('Place d') + 11]}")),
    fine(53, "another host of the same organisation", unknown(both(link(LEAVE.replace("library.example", "post.example")), text("library.example.nhs.uk/leave", "post.example.nhs.uk/leave")))),
    fine(53, "a comment in the header", list_header(f"(leave) {URL},\r\n {MAIL}")),
    bad(54, "no organisation", html("Example Health Library, 1 Example", "1 Example")),
    bad(54, "no organisation, judged by anybody", unknown(html("Example Health Library, 1 Example Road, Exampleton", "1 Old Road, Newtown"))),
    bad(54, "another organisation", html("Example Health Library, 1 Example", "Some Library, 1 Example")),
    bad(54, "no contact", html(CONTACT, "Example Health Library")),
    bad(54, "no contact, judged by anybody", unknown(html(CONTACT, "Example Health Library"))),
    bad(54, "no reason", html(WHY, "")),
    bad(54, "no reason, judged by anybody", unknown(html(WHY, "Best wishes."))),
    bad(54, "no privacy notice", html(PRIVACY, "Privacy notice")),
    bad(54, "no privacy notice, judged by anybody", unknown(html(PRIVACY, ""))),
    bad(54, "no link to lists", html(LISTS, "")),
    bad(54, "no link to lists, judged by anybody", unknown(html(LISTS, "Change what you get"))),
    bad(54, "nothing at all", both(html(CONTACT, ""), html(WHY, ""), html(LISTS, ""), html(PRIVACY, ""))),
    fine(54, "a telephone number", html(CONTACT, "Example Health Library, 01632 960123")),
    fine(54, "a postal address alone", html(CONTACT, "Example Health Library, 1 Example Road, Exampleton EX1 1EX")),
    fine(54, "an email address alone", html(CONTACT, "Example Health Library, library@example.nhs.uk")),
    fine(54, "receiving", html(WHY, "You’re receiving this email because you signed up to it.")),
    fine(54, "subscribed", html(WHY, "You are subscribed to Health Management Update.")),
    fine(54, "how we use your data", html(">Privacy notice<", ">How we use your data<")),
    fine(54, "data protection", html(">Privacy notice<", ">Data protection<")),
    fine(54, "preferences", html(">Change what you get<", ">Update your preferences<")),
    fine(54, "manage", html(">Change what you get<", ">Manage subscriptions<")),
    fine(54, "your lists", html(">Change what you get<", ">See or change your lists<")),
    fine(54, "the library's name in another case", knowing(library="EXAMPLE health library")),
)  # fmt: skip
