"""Seeded faults for the rules of bulletin/lint/words/preheader.py and bulletin/lint/message/mail.py."""

from good import PREHEADER, SUBJECT
from seeded import adding, attaching, bad, both, fine, header, html, knowing, text, unknown

DIV = f'<div style="display:none; max-height:0; overflow:hidden">{PREHEADER}</div>'
LONG = "An update on the management of hospitals, clinics and community services"
MANY = "Words and words and words and words and words and words.\n"
SHOWN = "New reports and research for people who run health services, chosen by your library."


def subject(value: str):
    """Another subject, in the header and in the title element."""
    return both(header("Subject", value), html(f"<title>{SUBJECT}</title>", f"<title>{value}</title>"))


def preheader(text: str):
    """Another preheader."""
    return html(PREHEADER, text)


FAULTS = (
    bad(26, "no preheader", html(DIV, "")),
    bad(26, "a short one", preheader("Ward teams cut waste")),
    bad(26, "39 letters", preheader("Ward teams cut waste by a third: a plan")),
    bad(26, "131 letters", preheader(("Ward teams cut waste by a third; " * 4)[:130] + "s")),
    bad(26, "stuffed with what nobody sees", preheader(PREHEADER + "&zwnj;&nbsp;" * 60)),
    bad(26, "stuffed in a block of its own", html(DIV, DIV + f'<div style="display:none">{"&#847;&zwnj;&nbsp;" * 40}</div>')),
    bad(26, "a first line in the browser", html(DIV, '<p style="line-height:1.5">View this email in a browser</p>')),
    bad(26, "words of another email", preheader("Cheap loans without questions, apply quickly before midnight tomorrow")),
    bad(
        26,
        "white on white",
        html(DIV, f'<div style="color:#ffffff; background-color:#ffffff">{PREHEADER}</div>'),
        15,
    ),
    fine(26, "40 letters", preheader("Ward teams cut waste by a third: a plan.")),
    fine(26, "130 letters", preheader(("Ward teams cut waste by a third; " * 4)[:129] + "s")),
    fine(26, "one that can be seen", html(DIV, f'<p style="line-height:1.5">{SHOWN}</p>')),
    fine(26, "a chain of words in it", preheader("Ward-teams/cut/waste: what forty wards measured; 3 items, chosen by us")),
    bad(27, "the subject again", preheader(SUBJECT), 26),
    bad(27, "the subject in capitals", preheader(f"{SUBJECT.upper()}!"), 26),
    bad(27, "the subject and a few words", preheader(f"{SUBJECT}. Read it now"), ),
    fine(27, "the subject and what is in it", preheader(f"{SUBJECT}: ward teams cut waste by a third; a new plan")),
    fine(27, "begins alike", preheader("Health Management Update with ward teams that cut waste by a third")),
    bad(56, "another address", header("From", '"Example Health Library" <someone@example.nhs.uk>')),
    bad(56, "another name", header("From", '"Example Library" <library@example.nhs.uk>')),
    bad(56, "an address alone", header("From", "library@example.nhs.uk")),
    bad(56, "two senders", header("From", "Library <library@example.nhs.uk>, Jo <jo@example.nhs.uk>")),
    bad(56, "a name that is another address", unknown(header("From", '"chief@trust.example" <library@example.nhs.uk>')), 54),
    bad(56, "no Reply-To", header("Reply-To", None)),
    bad(56, "no Reply-To, judged by anybody", unknown(header("Reply-To", None))),
    bad(56, "answers to nobody", unknown(header("Reply-To", "no-reply@example.nhs.uk"))),
    bad(56, "answers to somebody else", header("Reply-To", "jo@example.nhs.uk")),
    bad(56, "Sender is another", unknown(adding("Sender", "jo@example.nhs.uk"))),
    bad(56, "the list has moved", knowing(sender="Example Health Library <bulletins@example.nhs.uk>")),
    fine(56, "the address in capitals", header("From", '"Example Health Library" <Library@Example.nhs.uk>')),
    fine(56, "an encoded name", header("From", "=?utf-8?B?RXhhbXBsZSBIZWFsdGggTGlicmFyeQ==?=\r\n <library@example.nhs.uk>")),
    fine(56, "Reply-To with a name", header("Reply-To", '"The library" <library@example.nhs.uk>')),
    fine(56, "Sender is the same", unknown(adding("Sender", "library@example.nhs.uk"))),
    bad(57, "too short", unknown(subject("Update: December"))),
    bad(57, "19 letters", unknown(subject("Health update: 2026"))),
    bad(57, "121 letters", unknown(subject(("Health Management Update:\r\n " * 6)[:131])), 59, 69),
    bad(57, "a line break in an encoded word", unknown(header("Subject", "Health Management =?utf-8?Q?=0A?= December 2026")), 4, 59, 26, 27),
    bad(57, "a mark of direction", unknown(header("Subject", "=?utf-8?Q?Health_Management_=E2=80=AEUpdate_2026?=")), 4),
    bad(57, "block capitals", unknown(subject("HEALTH MANAGEMENT UPDATE: DECEMBER 2026"))),
    bad(57, "some block capitals", unknown(subject("IMPORTANT NOTICE for December 2026"))),
    bad(57, "that of the edition before", knowing(last_subject=SUBJECT)),
    bad(57, "no month", subject("Health Management Update, the twelfth")),
    bad(57, "another bulletin", subject("Estates and Facilities: December 2026")),
    bad(57, "none", unknown(header("Subject", None)), 4, 59),
    fine(57, "20 letters", unknown(subject("Health update: 12/26"))),
    fine(57, "abbreviations", unknown(subject("NHS and COVID: December 2026"))),
    fine(57, "the bulletin, the month and a story", subject("Health Management Update: December 2026 and less waste")),
    fine(57, "a very long title", both(
        header("Subject", f"December 2026:\r\n {LONG}"),
        html(f"<title>{SUBJECT}", f"<title>December 2026: {LONG}"),
        html(">Health Management Update</h1>", f">{LONG}</h1>"),
        knowing(title=LONG),
    )),
    bad(60, "96 kB of HTML", html("</body>", f"<!-- {'x' * 95_000} --></body>")),
    bad(60, "81 kB of HTML is a warning", html("</body>", f"<!-- {'x' * 76_000} --></body>")),
    bad(60, "96 kB of HTML alone", lambda good: good.with_html("</body>", f"<!-- {'x' * 95_000} --></body>").html.encode()),
    fine(60, "75 kB of HTML", html("</body>", f"<!-- {'x' * 68_000} --></body>")),
    bad(61, "a huge plain text", text("Your library\n---", MANY * 9_000 + "Your library\n---")),
    bad(61, "an attachment", unknown(attaching("application/pdf", b"%PDF" + b"x" * 2_000))),
    bad(61, "images of 301 kB", unknown(attaching("image/png", b"x" * 301_000, "inline")), 48),
    fine(61, "a small image", unknown(attaching("image/png", b"x" * 3_000, "inline"))),
    fine(61, "a long plain text", text("Your library\n---", MANY * 7_000 + "Your library\n---")),
)  # fmt: skip
