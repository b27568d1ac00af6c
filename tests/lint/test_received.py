"""What the doctor reads in an email that arrived: eighteen that are well or ill in one way each, and nonsense."""

import re
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bulletin.lint.received import examine, results
from bulletin.model import Light, Provider, worst

FOLDER = Path(__file__).parent.parent / "received"
GOOD, LOOK, WRONG = Light.GOOD, Light.LOOK, Light.WRONG
ALL_GOOD = (GOOD, GOOD, GOOD)


def read(name):
    return (FOLDER / f"{name}.eml").read_bytes().replace(b"\n", b"\r\n")  # git keeps them with LF


def ills(checkup):
    return {one.about: one.light for one in checkup.remarks if one.light is not GOOD}


def said(checkup, about):
    return next(one.words for one in checkup.remarks if one.about == about)


def lights(checkup):
    """Of NHSmail, Gmail and Outlook."""
    return tuple(light for _, light, _ in checkup.verdicts)


CASES = {
    "gmail-good": ({}, ALL_GOOD),
    "outlook-good": ({}, ALL_GOOD),
    "nhsmail-good": ({}, ALL_GOOD),
    "gmail-leaving-not-signed": ({"What DKIM signs": WRONG}, (GOOD, WRONG, WRONG)),
    "gmail-not-signed": ({"DKIM": WRONG}, (WRONG, WRONG, WRONG)),
    "gmail-signed-by-somebody-else": ({"SPF": LOOK, "DKIM": LOOK, "DMARC": WRONG}, (WRONG, WRONG, WRONG)),
    "gmail-short-key-and-part-of-the-body": ({"DKIM key": LOOK, "DKIM l=": WRONG}, (WRONG, WRONG, WRONG)),
    "gmail-ed25519-alone": ({"DKIM key": LOOK}, (LOOK, LOOK, LOOK)),
    "gmail-without-encryption": ({"TLS": WRONG}, (WRONG, WRONG, WRONG)),
    "gmail-no-way-to-leave": ({"Leaving": WRONG, "Returns": WRONG}, (WRONG, WRONG, WRONG)),
    "gateway-hides-the-links": ({"Links": LOOK, "Message-ID": LOOK}, (LOOK, LOOK, LOOK)),
    "nhsmail-banner-and-bulk": ({"Banner": LOOK, "Spam": LOOK}, (LOOK, GOOD, LOOK)),
    "nhsmail-spf-fails-behind-a-gateway": (
        {"SPF": WRONG, "DKIM": WRONG, "DMARC": WRONG, "compauth": WRONG, "Spam": WRONG},
        (WRONG, WRONG, WRONG),
    ),
    "trust-leave-link-cut": ({"Leaving": WRONG, "Leave link": WRONG, "DMARC": LOOK}, (WRONG, WRONG, WRONG)),
    "gmail-forged-results-below": ({"SPF": WRONG, "DKIM": WRONG, "DMARC": WRONG}, (WRONG, WRONG, WRONG)),
    "only-arc-says-pass": ({"This file": LOOK}, (LOOK, LOOK, LOOK)),
    "exchange-forged-results-from-outside": ({"This file": LOOK}, (LOOK, LOOK, LOOK)),
    "never-sent": ({"This file": WRONG}, (LOOK, LOOK, LOOK)),
}


def test_there_is_a_case_for_each_email():
    assert {one.stem for one in FOLDER.glob("*.eml")} == set(CASES)


@pytest.mark.parametrize("name", CASES)
def test_each_email_has_the_ills_that_it_was_given_and_no_others(name):
    expected, of_each = CASES[name]
    checkup = examine(read(name))
    assert ills(checkup) == expected
    assert lights(checkup) == of_each
    assert [provider for provider, _, _ in checkup.verdicts] == list(Provider)


@pytest.mark.parametrize(
    ("name", "about", "words"),
    [
        ("gmail-good", "DKIM", "signed by wexbridge.nhs.uk, and nothing was changed since"),
        ("gmail-good", "TLS", "it came to mx.google.com encrypted (TLS 1.3)"),
        ("gmail-good", "DKIM key", "rsa-sha256, a key of 2048 bits"),
        ("gmail-leaving-not-signed", "What DKIM signs", "leaves out List-Unsubscribe and List-Unsubscribe-Post"),
        ("nhsmail-good", "Links", "Safe Links rewrote 2 of 2 links"),
        ("nhsmail-good", "Leave link", "is whole"),
        ("nhsmail-spf-fails-behind-a-gateway", "Spam", "Exchange took it for forged (SCL 5)"),
        ("gateway-hides-the-links", "Message-ID", "eu-west-2.mailer.example.net and not of wexbridge.nhs.uk"),
        ("never-sent", "This file", "it went nowhere yet: send a test"),
    ],
)
def test_it_is_said_in_words_that_tell_what_to_do(name, about, words):
    assert words in said(examine(read(name)), about)


def test_the_worst_comes_first():
    found = [one.light for one in examine(read("gmail-signed-by-somebody-else")).remarks]
    assert found == sorted(found, key=[WRONG, LOOK, GOOD].index)


def test_who_sent_it_and_who_took_it_are_told():
    checkup = examine(read("nhsmail-good"))
    assert checkup.sender == "library@wexbridge.nhs.uk"
    assert checkup.subject == "Wexbridge Update, November 2026"
    assert checkup.receiver == "lo2pepf00000001.mail.protection.outlook.com"


def test_one_click_is_only_wrong_where_it_is_wanted():
    verdicts = {provider: words for provider, _, words in examine(read("gmail-leaving-not-signed")).verdicts}
    assert verdicts[Provider.NHSMAIL] == "nothing in this email stands in the way"
    assert verdicts[Provider.GMAIL] == "mend What DKIM signs first"


@pytest.mark.parametrize("size", [95_001, 102_001])
def test_html_that_gmail_would_cut_is_told_for_gmail_alone(size):
    content = read("gmail-good").replace(b"<h1>", b"<h1>" + b"<p>gowns</p>" * (size // 12))
    checkup = examine(content)
    assert ills(checkup) == {"Size": LOOK if size < 102_000 else WRONG}
    assert lights(checkup)[::2] == (GOOD, GOOD)


def test_two_headers_of_one_receiver_are_read_together():
    checkup = examine(read("trust-leave-link-cut"))
    assert "passed for wexbridge.nhs.uk" in said(checkup, "SPF")


@pytest.mark.parametrize(
    ("value", "by", "found"),
    [
        ("mx.example.org; spf=pass smtp.mailfrom=a@b.org", "mx.example.org", [("spf", "pass")]),
        ("mx.example.org 1; none", "mx.example.org", []),
        ("spf=pass (sender IP is 1.2.3.4) smtp.mailfrom=b.org; dkim=none (a; b=c)", "", [("spf", "pass"), ("dkim", "none")]),
        ('mx.example.org; dkim=pass reason="good; spf=pass" header.d=b.org', "mx.example.org", [("dkim", "pass")]),
        ("mx.example.org; (spf=pass) dmarc=FAIL", "mx.example.org", [("dmarc", "fail")]),
        ("mx.example.org; spf/1=pass; dkim=temperror ((nested) spf=pass)", "mx.example.org", [("spf", "pass"), ("dkim", "temperror")]),
        ("", "", []),
        (";;;(((", "", []),
    ],
)  # fmt: skip
def test_results_are_read_as_rfc_8601_and_as_exchange_write_them(value, by, found):
    told = results.read(value)
    assert told.by == by
    assert [(one.method, one.result) for one in told.results] == found


@pytest.mark.parametrize("place", ["authentication-results", "received", "dkim-signature", "list-unsubscribe"])
def test_a_header_without_end_is_read_in_no_time(place):
    content = f"{place}: {'(' * 200_000}\r\n".encode() + read("gmail-good")
    before = process_time()
    examine(content)
    examine(f"{place}: {'a=b;' * 60_000}\r\n".encode() + read("gmail-good"))
    examine(f"{place}: x\r\n".encode() * 20_000 + read("gmail-good"))
    assert process_time() - before < 5


LINES = sorted({line for one in FOLDER.glob("*.eml") for line in re.split(rb"\n(?![ \t])", one.read_bytes())})


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.sampled_from(LINES), max_size=40).map(b"\r\n".join)
    | st.binary(max_size=400)
    | st.tuples(st.sampled_from(sorted(CASES)).map(read), st.integers(0, 4000), st.binary(max_size=30)).map(
        lambda told: told[0][: told[1]] + told[2] + told[0][told[1] :]
    )
)
def test_whatever_the_bytes_hold_there_is_a_verdict_and_no_error(content):
    checkup = examine(content)
    assert len(checkup.verdicts) == 3
    assert checkup.worst is worst(checkup.remarks)
    assert all(one.words.isprintable() for one in checkup.remarks)
