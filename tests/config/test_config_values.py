"""Ids, addresses and numbers: one value at a time."""

from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin.config.addresses import bare_email, email, host_and_port, mailbox, web_address
from bulletin.config.values import nearest, quoted, share, slug, slugify


@pytest.mark.parametrize("text", ["a", "0", "net-zero", "a" * 64, "com10", "console", "a-"])
def test_an_id_is_small_letters_digits_and_hyphens(text):
    assert slug(text) == text


@pytest.mark.parametrize("text", ["", "-a", "A", "a_b", "a b", "é", "../a", "a/b", "a.b", "a" * 65, "a\n"])
def test_other_words_are_no_id(text):
    with pytest.raises(ValueError, match="is no id"):
        slug(text)


@pytest.mark.parametrize("text", ["con", "nul", "aux", "prn", "com1", "com9", "lpt1", "lpt9"])
def test_no_id_is_a_device_of_windows(text):
    with pytest.raises(ValueError, match="Windows keeps for itself"):
        slug(text)


@given(st.text())
def test_what_is_made_of_a_name_is_an_id_or_is_refused(name):
    made = slugify(name)
    try:
        assert slug(made) == made
    except ValueError:
        assert made in {"", "con", "nul", "aux", "prn"} or made[:3] in {"com", "lpt"}


@given(st.text())
def test_a_value_in_a_message_is_one_short_printable_line(value):
    shown = quoted(value)
    assert len(shown) <= 62
    assert shown.isprintable()


def test_only_a_word_that_is_nearly_right_is_put_right():
    assert nearest("Polcy", ["policy", "finance"]) == '; did you mean "policy"?'
    assert nearest("zzz", ["policy", "finance"]) == ""
    assert nearest("policy", []) == ""


@pytest.mark.parametrize(("text", "number"), [("0", 0), ("1", 1), ("1.0", 1), ("0.45", 0.45), (".5", 0.5)])
def test_a_share_is_a_number_from_0_to_1(text, number):
    assert share(text) == number


@pytest.mark.parametrize("text", ["", ".", "1.01", "-0", "nan", "inf", "1e-3", "40%", "0,4", "１", "0." + "1" * 400])
def test_other_words_are_no_share(text):
    with pytest.raises(ValueError, match="must be a number from 0 to 1"):
        share(text)


@pytest.mark.parametrize("text", ["a@example.org", "first.last+x@sub.example.nhs.uk", "o'neil@x-y.example"])
def test_an_email_address_is_taken_as_it_is(text):
    assert email(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a",
        "a@",
        "@example.org",
        "a@example",
        "a@b@example.org",
        "a b@example.org",
        ".a@example.org",
        "a..b@example.org",
        "a@-example.org",
        "a@example..org",
        "a@exämple.org",
        "a@[127.0.0.1]",
        "a@example.org\n",
        "a@example.org\r\nBcc: b@example.org",
        "a@example.org,b@example.org",
        "<a@example.org>",
        "a" * 65 + "@example.org",
        "a@" + "b." * 130 + "org",
    ],
)
def test_other_words_are_no_email_address(text):
    with pytest.raises(ValueError, match="is not one e-mail address"):
        email(text)


MAILBOXES = {
    "a@example.org": "a@example.org",
    "<a@example.org>": "a@example.org",
    "Library <a@example.org>": "Library <a@example.org>",
    "Llyfrgell Tŷ Elai <a@example.org>": "Llyfrgell Tŷ Elai <a@example.org>",
    "St. Mary's Library, Leeds <a@example.org>": '"St. Mary\'s Library, Leeds" <a@example.org>',
    '"Library (Leeds)" <a@example.org>': '"Library (Leeds)" <a@example.org>',
    "Library: news;<a@example.org>": '"Library: news;" <a@example.org>',
    "Library\n <a@example.org>": "Library <a@example.org>",
}


@pytest.mark.parametrize(("text", "header"), MAILBOXES.items(), ids=MAILBOXES)
def test_a_sender_is_one_address_with_or_without_a_name(text, header):
    assert mailbox(text) == header
    assert bare_email(header) == "a@example.org"


@pytest.mark.parametrize(
    "text",
    [
        "Library",
        "Library <a@example.org> <b@example.org>",
        "a@example.org, Library <b@example.org>",
        "Library <a@example.org>, b@example.org",
        'Lib"rary <a@example.org>',
        "Lib\\rary <a@example.org>",
        "Library <a@example.org",
        "Library a@example.org>",
        "Library <>",
        "Library <a@example.org\r\nBcc: b@example.org>",
        "Library\x00 <a@example.org>",
    ],
)
def test_other_words_are_no_sender(text):
    with pytest.raises(ValueError, match=r"is not one|invisible"):
        mailbox(text)


@given(st.text(), st.sampled_from(["", '"']))
def test_any_sender_that_is_taken_arrives_as_one_address_and_the_same_name(name, mark):
    try:
        header = mailbox(f"{mark}{name}{mark} <a@example.org>")
    except ValueError:
        return
    message = EmailMessage(policy=policy.SMTP)
    message["From"] = header
    arrived = message_from_bytes(message.as_bytes(), policy=policy.default)
    (address,) = arrived["From"].addresses
    assert address.addr_spec == "a@example.org"


@pytest.mark.parametrize(
    "text",
    [
        "https://example.org",
        "http://example.org:8080/feed?x=1#y",
        "HTTPS://EXAMPLE.org/é",
        "http://[::1]:8000/feed",
        "http://localhost/feed",
    ],
)
def test_a_web_address_is_taken_as_it_is(text):
    assert web_address(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "example.org",
        "//example.org",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "https://",
        "https:///feed",
        "https://:80/",
        "https://example.org:0/",
        "https://example.org:99999/",
        "https://example.org:x/",
        "https://[::1/",
        "https://example.org/a b",
        "https://example.org/\n",
        "https://exam\tple.org/",
        "https://example.org\\@evil.example/",
        'https://example.org/"onclick',
        "https://example.org/" + "a" * 2000,
    ],
)
def test_other_words_are_no_web_address(text):
    with pytest.raises(ValueError, match="is no web address"):
        web_address(text)


@pytest.mark.parametrize("text", ["https://me@example.org/", "https://me:x@example.org/", "https://:@example.org/"])
def test_a_web_address_holds_no_password_and_no_message_repeats_it(text):
    with pytest.raises(ValueError, match=r"^holds a user name or password, and this file is no place for one"):
        web_address(text)


@pytest.mark.parametrize(
    ("text", "pair"),
    [
        ("localhost:8080", "localhost:8080"),
        ("Intranet.Example.org:80", "intranet.example.org:80"),
        ("10.0.0.7:443", "10.0.0.7:443"),
        ("[::1]:8000", "[::1]:8000"),
        ("[FD00:0:0::0:1]:080", "[fd00::1]:80"),
    ],
)
def test_a_host_and_port_is_written_as_the_fetcher_compares_it(text, pair):
    assert host_and_port(text) == pair


@pytest.mark.parametrize(
    "text",
    [
        *("localhost", ":80", "localhost:", "localhost:0", "localhost:x", "localhost:70000", "::1:80", "[::1:80"),
        *("http://localhost:80", "localhost:80/x", "a@localhost:80", "localhost:80?x", "10.0.0.0/8:80", "*:80"),
        *("localhost:８０", "lócalhost:80", "[localhost]:80"),
    ],
)
def test_other_words_are_no_host_and_port(text):
    with pytest.raises(ValueError, match="is no host and port"):
        host_and_port(text)
