"""The addresses of services, mailbox and proxy: what stands in the environment, and that no message repeats it."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin.config import load
from bulletin.config.endpoints import mail_account, proxy, service
from bulletin.model import Mailbox, Manners, Services

ALLOWED = frozenset({"mirror.example.org:80", "mirror.example.org:8080", "[fd00::1]:80"})


@pytest.mark.parametrize(
    ("text", "base"),
    [
        ("https://mirror.example.org", "https://mirror.example.org"),
        ("https://mirror.example.org:8443/a/b//", "https://mirror.example.org:8443/a/b"),
        ("http://mirror.example.org/a", "http://mirror.example.org/a"),
        ("http://Mirror.example.org:8080/", "http://Mirror.example.org:8080"),
        ("http://[fd00::1]/", "http://[fd00::1]"),
        ("http://localhost:1", "http://localhost:1"),
        ("http://127.0.0.2:1", "http://127.0.0.2:1"),
        ("http://[::1]:1", "http://[::1]:1"),
    ],
)
def test_a_service_is_asked_at_its_address(text, base):
    assert service(text, ALLOWED) == base


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("mirror.example.org", "is no address: write it as https://www.example.org/path"),
        ("ftp://mirror.example.org", "is no address"),
        ("https://", "is no address"),
        ("https://[::1", "is no address"),
        ("https://a.example:0", "is no address"),
        ("https://a.example:99999", "is no address"),
        ("https://a.example/\tb", "is no address"),
        ("https://a .example/", "is no address"),
        ("https://a.example/?key=secret", "must be an address without"),
        ("https://a.example/#secret", "must be an address without"),
        ("https://me:secret@a.example/", "must be an address without"),
        ("http://a.example", "must begin with https://, or its host:port must stand in BULLETIN_ALLOW_ADDRESSES"),
        ("http://mirror.example.org:81", "must begin with https://"),
        ("http://10.0.0.1", "must begin with https://"),
    ],
)
def test_another_address_is_no_service(text, said):
    with pytest.raises(ValueError, match=said) as caught:
        service(text, ALLOWED)
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(
    ("text", "box"),
    [
        ("imaps://me:secret@mail.example.org", Mailbox("mail.example.org", 993, "me", "secret")),
        ("imaps://me:secret@Mail.example.org:1993/", Mailbox("mail.example.org", 1993, "me", "secret")),
        ("imaps://me%40a.example:p%2F%3A%25%C3%A9@m.example", Mailbox("m.example", 993, "me@a.example", "p/:%é")),
        ("imaps://me@a.example:a@b:c@m.example", Mailbox("m.example", 993, "me@a.example", "a@b:c")),
        ("imap://me:secret@localhost", Mailbox("localhost", 143, "me", "secret", tls=False)),
        ("imap://me:secret@127.0.0.1:1143", Mailbox("127.0.0.1", 1143, "me", "secret", tls=False)),
        ("imaps://me:secret@[2001:db8::1]", Mailbox("2001:db8::1", 993, "me", "secret")),
    ],
)
def test_a_mailbox_has_a_host_a_user_and_a_password(text, box):
    assert mail_account(text) == box
    assert "secret" not in repr(box)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "me:s3cret@mail.example.org",
            "is no address: write it as imaps://user:password@mail.example.org; in a name",
        ),
        ("https://me:s3cret@mail.example.org", "is no address"),
        ("imaps://me:s3/cret@mail.example.org", "is no address"),
        ("imaps://me:12/s3cret@mail.example.org", "lacks the user or the password"),
        ("imaps://me:s3#cret@mail.example.org", "is no address"),
        ("imaps://me:s3 cret@mail.example.org", "is no address"),
        ("imaps://me:s3cret@", "is no address"),
        ("imaps://mail.example.org", "lacks the user or the password: write imaps://user:password@"),
        ("imaps://me@mail.example.org", "lacks the user or the password"),
        ("imaps://:s3cret@mail.example.org", "lacks the user or the password"),
        ("imaps://me:s3%0Acret@mail.example.org", "holds an invisible character in user or password"),
        ("imaps://me%00:s3cret@mail.example.org", "holds an invisible character"),
        ("imaps://me:s3cret@mail.example.org/INBOX", "must end after the host; the folder goes into feeds.yaml"),
        ("imaps://me:s3cret@mail.example.org?x", "must end after the host"),
        ("imap://me:s3cret@mail.example.org", "must begin with imaps://, because the password would go over"),
        ("imap://me:s3cret@10.0.0.1", "must begin with imaps://"),
    ],
)
def test_another_address_is_no_mailbox(text, said):
    with pytest.raises(ValueError, match=said) as caught:
        mail_account(text)
    assert "s3" not in str(caught.value)
    assert "cret" not in str(caught.value)


@pytest.mark.parametrize(
    "text", ["http://proxy.example.org:8080", "http://me:secret@proxy.example.org:8080", "http://127.0.0.1:3128"]
)
def test_a_proxy_is_taken_as_it_is_without_a_slash(text):
    assert proxy(text) == proxy(f"{text}/") == text


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("proxy.example.org:8080", "is no address: write it as http://proxy.example.nhs.uk:8080"),
        ("https://proxy.example.org:8080", "is no address"),
        ("socks5://proxy.example.org:8080", "is no address"),
        ("http://me:s3/cret@proxy.example.org:8080", "is no address"),
        ("http://me:s3cret@proxy.example.org", "must be a host and port and nothing behind them"),
        ("http://proxy.example.org:8080/path", "must be a host and port"),
        ("http://proxy.example.org:8080/?x=1", "must be a host and port"),
    ],
)
def test_another_address_is_no_proxy(text, said):
    with pytest.raises(ValueError, match=said) as caught:
        proxy(text)
    assert "s3" not in str(caught.value)


@given(st.text(alphabet=st.sampled_from("ab@:/?#%[] .é\n2"), min_size=1), st.sampled_from([mail_account, proxy]))
def test_any_password_is_read_or_refused_without_a_word_of_it(tail, read):
    scheme = "imaps" if read is mail_account else "http"
    assert "zq" not in _complaint(read, f"{scheme}://me:zq{tail}zq@mail.example.org:81")


def _complaint(read, text: str) -> str:
    try:
        read(text)
    except ValueError as error:
        return str(error)
    return ""


def test_every_setting_of_the_network_reaches_the_config(tmp_path, write_workspace):
    environ = {
        "BULLETIN_PUBMED_URL": "https://a.example/p",
        "BULLETIN_EUROPEPMC_URL": "https://a.example/e/",
        "BULLETIN_CROSSREF_URL": " https://a.example/c ",
        "BULLETIN_UNPAYWALL_URL": "http://b.example:8080/u",
        "BULLETIN_ALLOW_ADDRESSES": "b.example:8080",
        "BULLETIN_IMAP_URL": "imaps://me:secret@mail.example.org",
        "BULLETIN_HOST_GAP": "0.25",
        "BULLETIN_HOST_CONNECTIONS": "4",
        "BULLETIN_PROXY_URL": "http://proxy.example.org:8080",
    }
    config = load(write_workspace(tmp_path), environ)
    assert config.services == Services(
        "https://a.example/p", "https://a.example/e", "https://a.example/c", "http://b.example:8080/u"
    )
    assert config.mailbox == Mailbox("mail.example.org", 993, "me", "secret")
    assert config.manners == Manners(timedelta(seconds=0.25), 4)
    assert config.proxy == "http://proxy.example.org:8080"


@pytest.mark.parametrize("blank", ["", "  "])
def test_a_setting_that_is_empty_counts_as_left_out(tmp_path, write_workspace, blank):
    names = ("PUBMED_URL", "IMAP_URL", "HOST_GAP", "HOST_CONNECTIONS", "PROXY_URL")
    config = load(write_workspace(tmp_path), {f"BULLETIN_{name}": blank for name in names})
    assert (config.services, config.mailbox, config.manners, config.proxy) == (Services(), None, Manners(), "")


def test_every_mistake_in_the_settings_is_told_with_the_name_of_the_setting(tmp_path, write_workspace, mistakes):
    environ = {
        "BULLETIN_PUBMED_URL": "x",
        "BULLETIN_EUROPEPMC_URL": "http://a.example",
        "BULLETIN_IMAP_URL": "imaps://me@mail.example.org",
        "BULLETIN_HOST_GAP": "61",
        "BULLETIN_HOST_CONNECTIONS": "0",
        "BULLETIN_PROXY_URL": "http://me:secret@proxy.example.org",
    }
    said = mistakes(write_workspace(tmp_path), environ)
    assert [line.split(":")[:2] for line in said] == [["environment", f" {name}"] for name in sorted(environ)]
    assert 'environment: BULLETIN_HOST_CONNECTIONS: must be a whole number from 1 to 8, not "0"' in said
    assert 'environment: BULLETIN_HOST_GAP: must be a number from 0 to 60, not "61"' in said
    assert "secret" not in "".join(said)


@pytest.mark.parametrize("text", ["-1", "60.1", "1e1", "nan", "1,5", "1.", "１"])
def test_other_words_are_no_gap(tmp_path, write_workspace, mistakes, text):
    (said,) = mistakes(write_workspace(tmp_path), {"BULLETIN_HOST_GAP": text})
    assert said.startswith("environment: BULLETIN_HOST_GAP: must be a number from 0 to 60, not ")
