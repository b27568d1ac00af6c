"""What the linter says, and does not say, of emails that others made, of which nobody knows more than their bytes."""

from dataclasses import replace

import pytest
from good import GOOD, ITEMS

from bulletin.lint import lint
from bulletin.model import Severity

LIST_MAIL = (
    "From: Evidence list <evidence@lists.example.ac.uk>\r\n"
    "Reply-To: evidence@lists.example.ac.uk\r\n"
    "Subject: Evidence digest: 3 to 4 May 2026\r\n"
    "Date: Tue, 5 May 2026 00:00:20 +0100\r\n"
    "Message-ID: <1@lists.example.ac.uk>\r\n"
    "MIME-Version: 1.0\r\n"
    "Content-Type: text/plain; charset=utf-8\r\n"
    "Content-Transfer-Encoding: quoted-printable\r\n"
    "List-Unsubscribe: <mailto:leave@lists.example.ac.uk>\r\n"
    "\r\n"
    "There are 2 messages in this digest.\r\n"
    "\r\n"
    "You get this because you are a member of the Evidence list.\r\n"
    "Privacy notice: https://lists.example.ac.uk/privacy\r\n"
    "Change your preferences: https://lists.example.ac.uk/preferences\r\n"
    "To unsubscribe: https://lists.example.ac.uk/leave\r\n"
    "Evidence list, lists@lists.example.ac.uk\r\n"
)
OUTLOOK = (
    "From: Jo Smith <jo.smith@kingsway.nhs.uk>\r\n"
    "To: managers@kingsway.nhs.uk\r\n"
    "Subject: Bulletin\r\n"
    "Date: Mon, 6 Aug 2018 09:00:00 +0100\r\n"
    "Message-ID: <1@kingsway.nhs.uk>\r\n"
    "MIME-Version: 1.0\r\n"
    "Content-Type: text/html; charset=utf-8\r\n"
    "Content-Transfer-Encoding: 7bit\r\n"
    "\r\n"
    "<html><body lang=EN-GB><p class=MsoNormal>Dear all,</p>"
    "<p class=MsoNormal><b>CURRENT AWARENESS BULLETIN 06/08/18</b></p>"
    '<p class=MsoNormal><a href="https://www.england.nhs.uk/a">Guidance on waiting lists</a></p>'
    "<p class=MsoNormal><i>NHS England, 6th August 2018</i></p>"
    "<p class=MsoNormal>Jo Smith, Librarian, 01632 960123</p></body></html>\r\n"
)


def found(content: bytes, known=None):
    return {one.rule for one in lint(content, known)}


def said(content: bytes, rule: int, known=None):
    return [one.message for one in lint(content, known) if one.rule == rule]


def test_a_list_that_sends_plain_text_may_have_no_fault_of_the_message():
    assert not found(LIST_MAIL.encode()) & {*range(26, 33), *range(50, 69)}


def test_plain_text_says_how_to_leave():
    assert 53 in found(LIST_MAIL.replace("To unsubscribe: https://lists.example.ac.uk/leave\r\n", "").encode())


def test_the_words_of_plain_text_are_judged():
    changed = LIST_MAIL.replace("There are 2 messages", "By None: there are 2 messages! On 06/08/18")
    assert {30, 31, 64} <= found(changed.encode())


def test_a_bulletin_made_by_hand_in_outlook_is_told_what_it_lacks():
    assert {26, 30, 31, 53, 54, 55, 56, 57, 58} <= found(OUTLOOK.encode())
    assert not found(OUTLOOK.encode()) & {27, 59, 60, 61, 63, 64, 65}


@pytest.mark.parametrize("rule", [27, 56, 57, 58, 59, 61])
def test_of_html_alone_nothing_is_asked_that_only_a_message_has(rule):
    assert rule not in found(b"<p>Hello</p>")


def test_of_html_alone_no_header_is_asked_for():
    assert said(b"<p>Hello</p>", 53) == ["no link says Unsubscribe: readers must see how to leave"]


def test_lines_that_end_as_files_do_are_a_warning_of_anybodys_and_an_error_of_ours():
    content = GOOD.as_bytes().replace(b"\r\n", b"\n")
    assert [one.severity for one in lint(content) if one.rule == 59] == [Severity.WARNING]
    assert [one.severity for one in lint(content, GOOD.known) if one.rule == 59] == [Severity.ERROR]


def test_much_html_is_a_warning_and_too_much_an_error():
    for more, severity in ((76_000, Severity.WARNING), (95_000, Severity.ERROR)):
        content = GOOD.with_html("</body>", f"<!-- {'x' * more} --></body>").as_bytes()
        assert [one.severity for one in lint(content) if one.rule == 60] == [severity]


def test_a_subject_in_capitals_is_a_warning_and_a_short_one_an_error():
    capitals = GOOD.with_header("Subject", "HEALTH MANAGEMENT UPDATE: DECEMBER 2026").as_bytes()
    assert [one.severity for one in lint(capitals) if one.rule == 57] == [Severity.WARNING]
    assert [one.severity for one in lint(GOOD.with_header("Subject", "Update").as_bytes()) if one.rule == 57] == [
        Severity.ERROR
    ]


def test_each_thing_that_the_foot_lacks_is_told_by_itself():
    assert len(said(OUTLOOK.encode(), 54)) == 3


def test_two_papers_with_one_title_and_two_dois_are_two():
    alike = (
        replace(ITEMS[1], doi="10.1000/1"),
        replace(ITEMS[1], id="i4", url="https://x.example.org/4", doi="10.1000/2"),
    )
    assert 63 not in found(GOOD.as_bytes(), replace(GOOD.known, items=(ITEMS[0], *alike, ITEMS[2])))


def test_a_list_without_hosts_of_its_own_may_be_left_at_its_organisation():
    assert 53 not in found(GOOD.as_bytes(), replace(GOOD.known, hosts=frozenset()))


def test_parts_in_parts_without_end_are_told_and_nothing_breaks():
    nested = b"MIME-Version: 1.0\r\n" + b"".join(
        b'Content-Type: multipart/mixed; boundary="b%d"\r\n\r\n--b%d\r\n' % (depth, depth) for depth in range(2_000)
    )
    assert 59 in found(nested)


@pytest.mark.parametrize("link", ["https://[broken", "mailto:", "https://", "#", "javascript:alert(1)"])
def test_a_link_for_leaving_that_leads_nowhere_is_told(link):
    content = GOOD.with_html("https://library.example.nhs.uk/leave", link).as_bytes()
    assert 53 in found(content)


def test_a_browser_link_that_is_broken_is_told():
    content = GOOD.with_html("https://library.example.nhs.uk/editions/12", "https://[broken").as_bytes()
    assert 55 in found(content)
