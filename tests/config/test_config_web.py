"""What the environment says about the pages, the mail and the sign-in: what is taken, what is told in one line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from imap_stub import CERTIFICATE

from bulletin.config import load
from bulletin.config.endpoints import authority, mail_server, web_base
from bulletin.config.secret import secret_key
from bulletin.model import Oidc, Security, Smtp, Web

KEY = "q7Jd-0aXw2Zr9Lk_4Vb8Nf3Ht6Ms1Pcye"
ENTRA = "https://login.microsoftonline.com/72f988bf-86f1-41af-91ab-2d7cd011db47/v2.0"
SIGN_IN = {
    "BULLETIN_OIDC_ISSUER": ENTRA,
    "BULLETIN_OIDC_CLIENT_ID": "bulletin",
    "BULLETIN_OIDC_CLIENT_SECRET": "s3cret",
}


def test_a_newsroom_without_settings_is_for_this_machine_alone(tmp_path, write_workspace):
    config = load(write_workspace(tmp_path), {})
    assert config.web == Web("http://127.0.0.1:8080", "")
    assert (config.secret_key, config.smtp, config.oidc) == ("", None, None)


def test_every_setting_of_the_pages_is_read(tmp_path, write_workspace):
    settings = SIGN_IN | {
        "BULLETIN_BASE_URL": "https://bulletin.example.nhs.uk",
        "BULLETIN_SECRET_KEY": KEY,
        "BULLETIN_SMTP_URL": "smtp://me:s3cret@mail.example.org",
        "BULLETIN_REQUIRE_TOTP": "admin",
        "BULLETIN_TRUSTED_PROXY": "127.0.0.1",
    }
    config = load(write_workspace(tmp_path), settings)
    assert config.web == Web("https://bulletin.example.nhs.uk", "admin", "127.0.0.1")
    assert config.secret_key == KEY
    assert config.smtp == Smtp("mail.example.org", 587, "me", "s3cret", Security.STARTTLS)
    assert config.oidc == Oidc(ENTRA, "bulletin", "s3cret")
    assert "s3cret" not in repr(config)
    assert KEY not in repr(config)


def test_all_that_is_wrong_is_told_at_once_and_no_secret_is_repeated(tmp_path, write_workspace, mistakes):
    settings = {
        "BULLETIN_BASE_URL": "http://bulletin.example.nhs.uk",
        "BULLETIN_SECRET_KEY": "s3cret",
        "BULLETIN_SMTP_URL": "smtp://me:s3cret@",
        "BULLETIN_REQUIRE_TOTP": "everybody",
        "BULLETIN_OIDC_CLIENT_SECRET": "s3cret",
        "BULLETIN_TRUSTED_PROXY": "*",
    }
    told = mistakes(write_workspace(tmp_path), settings)
    assert [line.split(":")[1].strip() for line in told] == [
        "BULLETIN_BASE_URL",
        "BULLETIN_OIDC_ISSUER and BULLETIN_OIDC_CLIENT_ID",
        "BULLETIN_REQUIRE_TOTP",
        "BULLETIN_SECRET_KEY",
        "BULLETIN_SMTP_URL",
        "BULLETIN_TRUSTED_PROXY",
    ]
    assert "s3cret" not in "".join(told)


@pytest.mark.parametrize(
    ("written", "base"),
    [
        ("https://bulletin.example.nhs.uk", "https://bulletin.example.nhs.uk"),
        ("https://Bulletin.Example.nhs.uk/", "https://bulletin.example.nhs.uk"),
        ("https://bulletin.example.nhs.uk:443", "https://bulletin.example.nhs.uk"),
        ("https://bulletin.example.nhs.uk:8443", "https://bulletin.example.nhs.uk:8443"),
        ("http://127.0.0.1:8080", "http://127.0.0.1:8080"),
        ("http://localhost", "http://localhost"),
        ("http://localhost:80", "http://localhost"),
        ("http://[::1]:8080", "http://[::1]:8080"),
    ],
)
def test_the_pages_have_one_address_in_one_spelling(written, base):
    assert web_base(written) == base


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("http://bulletin.example.nhs.uk", "must begin with https://"),
        ("http://10.0.0.7:8080", "must begin with https://"),
        ("http://0.0.0.0:8080", "must begin with https://"),
        ("bulletin.example.nhs.uk", "is no address"),
        ("ftp://127.0.0.1", "is no address"),
        ("https://a.example:0", "is no address"),
        ("https://a.example\t", "is no address"),
        ("https://a.example/desk", "must be a host and nothing behind it"),
        ("https://a.example/?x=1", "must be a host and nothing behind it"),
        ("https://a.example#x", "must be a host and nothing behind it"),
        ("https://me:s3cret@a.example", "must be a host and nothing behind it"),
    ],
)
def test_another_address_is_none_for_the_pages(written, said):
    with pytest.raises(ValueError, match=said) as caught:
        web_base(written)
    assert "s3cret" not in str(caught.value)


@pytest.mark.parametrize(
    ("written", "server"),
    [
        ("smtp://me:s3cret@mail.example.org", Smtp("mail.example.org", 587, "me", "s3cret", Security.STARTTLS)),
        ("smtp://mail.example.org:25", Smtp("mail.example.org", 25, "", "", Security.STARTTLS)),
        ("smtps://me:s3cret@mail.example.org", Smtp("mail.example.org", 465, "me", "s3cret", Security.TLS)),
        ("smtps://a%40b.example:p%2F%3A@m.example:1465", Smtp("m.example", 1465, "a@b.example", "p/:", Security.TLS)),
        ("smtp://127.0.0.1:1025", Smtp("127.0.0.1", 1025, "", "", Security.NONE)),
        ("smtp://localhost:25", Smtp("localhost", 25, "", "", Security.NONE)),
        ("smtps://localhost", Smtp("localhost", 465, "", "", Security.TLS)),
    ],
)
def test_a_mail_server_outside_this_machine_is_always_encrypted(written, server):
    assert mail_server(written) == server
    assert "s3cret" not in repr(server)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("mail.example.org", "is no address"),
        ("imap://me:s3cret@mail.example.org", "is no address"),
        ("smtp://me:s3cret@", "is no address"),
        ("smtp://me@mail.example.org", "has a user or a password, but not both"),
        ("smtp://:s3cret@mail.example.org", "has a user or a password, but not both"),
        ("smtp://me:s3cret@mail.example.org/inbox", "must end after the host and port"),
        ("smtp://me:s3cret@mail.example.org?tls=no", "must end after the host and port"),
        ("smtp://me:s3cret%0a@mail.example.org", "holds an invisible character"),
    ],
)
def test_another_address_is_no_mail_server(written, said):
    with pytest.raises(ValueError, match=said) as caught:
        mail_server(written)
    assert "s3cret" not in str(caught.value)


@pytest.mark.parametrize("name", SIGN_IN)
def test_the_three_settings_of_the_sign_in_stand_or_fall_together(tmp_path, write_workspace, mistakes, name):
    others = SIGN_IN | {name: ""}
    assert mistakes(write_workspace(tmp_path), others) == [
        f"environment: {name}: must be set, because the others are"
    ]


@pytest.mark.parametrize("written", [ENTRA, "https://id.example.org/", "http://127.0.0.1:9000/realm"])
def test_an_issuer_is_kept_word_for_word(written):
    assert authority(written, frozenset()) == written


def test_an_issuer_is_asked_over_an_encrypted_way():
    with pytest.raises(ValueError, match="must begin with https://"):
        authority("http://id.example.org", frozenset())


@pytest.mark.parametrize("key", [KEY, "9f8e7d6c5b4a39281706f5e4d3c2b1a0", "Zürich-äöü-7Kd92-plain-words-below"])
def test_a_long_key_of_ones_own_is_taken(key):
    assert secret_key(key) == key


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("changeme", "must have 32 characters"),
        (KEY[:31], "must have 32 characters"),
        ("changeme" * 4, "is an example"),
        ("Change-Me-to-a-random-value-of-yours", "is an example"),
        ("a" * 64, "is an example"),
        ("0123456789abcdef0123456789abcdef", "is an example"),
        ("this-is-a-SAMPLE-key-of-many-letters", "is an example"),
    ],
)
def test_a_key_that_others_could_know_is_refused(key, said):
    with pytest.raises(ValueError, match=said) as caught:
        secret_key(key)
    assert key not in str(caught.value)


def said(reader, written):
    try:
        return str(reader(written))
    except ValueError as error:
        return str(error)


@given(st.text(max_size=60), st.sampled_from([web_base, mail_server]))
def test_whatever_is_written_is_read_or_refused_in_one_line(written, reader):
    assert said(reader, written).isprintable()


def test_authorities_of_the_operator_are_believed_by_the_mail_as_by_all_else(tmp_path, write_workspace):
    settings = {
        "BULLETIN_CA_FILE": str(CERTIFICATE),
        "BULLETIN_SMTP_URL": "smtp://mail.example.org",
        "BULLETIN_IMAP_URL": "imaps://me:s3cret@mail.example.org",
    }
    config = load(write_workspace(tmp_path), settings)
    assert [one.ca_file for one in (config, config.smtp, config.mailbox)] == [CERTIFICATE] * 3


@pytest.mark.parametrize(
    ("held", "said"),
    [
        (None, "cannot be read (No such file or directory)"),
        (b"", "holds no certificate in PEM"),
        (b"0\x82\x01 these are no letters", "holds no certificate in PEM"),
        (b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", "holds no certificate in PEM"),
    ],
)
def test_a_file_of_authorities_that_holds_none_is_told_at_the_start(tmp_path, write_workspace, mistakes, held, said):
    path = tmp_path / "authorities.pem"
    if held is not None:
        path.write_bytes(held)
    (told,) = mistakes(write_workspace(tmp_path), {"BULLETIN_CA_FILE": str(path)})
    assert said in told
