"""Signing in with one's organisation: the whole way against a provider on loopback, and every way to cheat on it."""

import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import newsroom
import pytest
from provider_stub import CLIENT, SECRET, TENANT, key_pair, open_provider

from bulletin import jobs
from bulletin.errors import SignInError
from bulletin.jobs import oidc
from bulletin.jobs.people import Visitor
from bulletin.model import Grant, Oidc, Role
from bulletin.people.tokens import Keys

VISITOR = Visitor(Keys(b"k" * 32), "127.0.0.1", "a browser")
VISIT = "visit-of-this-browser"


@pytest.fixture
def provider():
    with open_provider() as ours:
        yield ours


@pytest.fixture
def clock():
    return newsroom.Clock(datetime.now(UTC))


@pytest.fixture
def desk(tmp_path, provider, clock):
    """A desk whose organisation is the provider, and at which Ann works."""
    folder = newsroom.workspace(tmp_path, "https://example.org/feed")
    config = replace(
        newsroom.settings(folder), oidc=Oidc(provider.authority, CLIENT, SECRET), database_url="sqlite://"
    )
    with jobs.open_desk(config, clock) as ours:
        jobs.people.add_editor(ours, "", "ann@example.nhs.uk", "Ann", [Grant(Role.EDITOR)])
        yield ours


def whole_way(desk, provider, visit=VISIT):
    state, code = provider.sign_in(oidc.set_out(desk, VISITOR, visit))
    return oidc.come_back(desk, VISITOR, visit, state, code)


def test_somebody_who_works_here_comes_back_as_themselves(desk, provider):
    assert whole_way(desk, provider).email == "ann@example.nhs.uk"
    assert provider.way_in == "form"


def test_a_provider_that_wants_the_secret_in_the_header_gets_it_there(desk, provider):
    provider.about = {"token_endpoint_auth_methods_supported": ["client_secret_basic"]}
    assert whole_way(desk, provider).email == "ann@example.nhs.uk"
    assert provider.way_in == "basic"


def test_nobody_gets_an_account_by_signing_in(desk, provider):
    provider.claims = {"preferred_username": "eve@example.nhs.uk"}
    assert whole_way(desk, provider) is None
    assert [one.email for one in desk.store.editors.list()] == ["ann@example.nhs.uk"]


def test_who_was_disabled_stays_out(desk, provider):
    jobs.people.add_editor(desk, "", "bob@example.nhs.uk", "Bob", [Grant(Role.ADMIN)])
    jobs.people.disable(desk, "", jobs.people.find_editor(desk, "ann@example.nhs.uk"))
    assert whole_way(desk, provider) is None


@pytest.mark.parametrize(
    ("claims", "is_let_in"),
    [
        ({"email": "ann@example.nhs.uk", "email_verified": True, "preferred_username": "x"}, True),
        ({"email": "ann@example.nhs.uk", "email_verified": "true", "tid": None}, True),
        ({"email": "ANN@EXAMPLE.NHS.UK", "email_verified": True}, True),
        ({"email": "ann@example.nhs.uk", "email_verified": False, "preferred_username": "x"}, False),
        ({"email": "ann@example.nhs.uk", "preferred_username": None}, False),
        ({"email": "ann@example.nhs.uk", "email_verified": 1, "preferred_username": None, "tid": None}, False),
        ({"tid": None}, False),
        ({"tid": "another-tenant"}, False),
        ({"preferred_username": None}, False),
        ({"preferred_username": ["ann@example.nhs.uk"]}, False),
        ({"preferred_username": "ann@example.nhs.uk\n"}, True),
        ({"preferred_username": "änn@example.nhs.uk"}, False),
        ({"preferred_username": "ann_example.nhs.uk#EXT#@x.onmicrosoft.com"}, False),
    ],
)
def test_only_an_address_that_the_organisation_vouches_for_counts(desk, provider, claims, is_let_in):
    """Anybody can type a colleague's address as their own at a provider that does not verify it."""
    provider.claims = claims
    assert (whole_way(desk, provider) is not None) == is_let_in


@pytest.mark.parametrize(
    "claims",
    [
        {"iss": "https://login.microsoftonline.com/common/v2.0"},
        {"iss": None},
        {"aud": "another-program"},
        {"aud": None},
        {"aud": ["another-program", CLIENT], "azp": "another-program"},
        {"azp": "another-program"},
        {"nonce": "another"},
        {"nonce": None},
        {"exp": int(time.time()) - 3600},
        {"exp": None},
        {"exp": "soon"},
        {"iat": int(time.time()) + 3600},
        {"iat": None},
        {"nbf": int(time.time()) + 3600},
        {"sub": None},
    ],
)
def test_a_token_that_was_not_made_for_us_now_is_not_believed(desk, provider, claims):
    provider.claims = claims
    with pytest.raises(SignInError):
        whole_way(desk, provider)


def test_a_token_without_a_signature_is_not_believed(desk, provider):
    provider.algorithm = "none"
    with pytest.raises(SignInError, match="not to be believed"):
        whole_way(desk, provider)


def test_a_token_signed_by_somebody_else_is_not_believed(desk, provider):
    provider.key = key_pair(1)
    with pytest.raises(SignInError, match="not to be believed"):
        whole_way(desk, provider)


def test_our_public_key_is_nobodys_shared_secret(desk, provider):
    provider.algorithm = "HS256"
    with pytest.raises(SignInError, match="not to be believed"):
        whole_way(desk, provider)


def test_a_code_that_another_browser_got_is_refused_before_it_is_traded(desk, provider):
    state, code = provider.sign_in(oidc.set_out(desk, VISITOR, "visit-of-an-attacker"))
    with pytest.raises(SignInError, match="not begun in this browser"):
        oidc.come_back(desk, VISITOR, VISIT, state, code)
    assert not any(path.endswith("/token") for path in provider.asked)


@pytest.mark.parametrize("state", ["", ".", "..", "1.2.3", "x" * 5000, "\udcff.\0", "9" * 400 + ".a.b"])
def test_a_state_that_we_did_not_make_is_refused(desk, state):
    with pytest.raises(SignInError, match="not begun in this browser"):
        oidc.come_back(desk, VISITOR, VISIT, state, "code")


def test_without_a_visit_nothing_was_begun(desk, provider):
    state, code = provider.sign_in(oidc.set_out(desk, VISITOR, ""))
    with pytest.raises(SignInError, match="not begun in this browser"):
        oidc.come_back(desk, VISITOR, "", state, code)


def test_a_code_is_good_for_its_own_way_alone(desk, provider):
    """The verifier of one way does not open a code of another (RFC 9700, 2.1.1)."""
    first, _ = provider.sign_in(oidc.set_out(desk, VISITOR, VISIT))
    _, second = provider.sign_in(oidc.set_out(desk, VISITOR, VISIT))
    with pytest.raises(SignInError, match="answered 400"):
        oidc.come_back(desk, VISITOR, VISIT, first, second)


def test_a_code_serves_once(desk, provider):
    state, code = provider.sign_in(oidc.set_out(desk, VISITOR, VISIT))
    assert oidc.come_back(desk, VISITOR, VISIT, state, code)
    with pytest.raises(SignInError, match="answered 400"):
        oidc.come_back(desk, VISITOR, VISIT, state, code)


def test_a_way_that_took_too_long_begins_again(desk, provider, clock):
    state, code = provider.sign_in(oidc.set_out(desk, VISITOR, VISIT))
    clock.now += timedelta(minutes=16)
    with pytest.raises(SignInError, match="too long"):
        oidc.come_back(desk, VISITOR, VISIT, state, code)


def test_the_verifier_and_our_secret_do_not_travel_through_the_browser(desk):
    address = oidc.set_out(desk, VISITOR, VISIT)
    asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
    assert asked["redirect_uri"] == "http://127.0.0.1:8080/login/oidc"
    assert asked["scope"].split()[0] == "openid"
    assert SECRET not in address
    assert "verifier" not in address


@pytest.mark.parametrize(
    "about",
    [
        {"issuer": "https://login.microsoftonline.com/common/v2.0"},
        {"issuer": None},
        {"token_endpoint": None},
        {"token_endpoint": "http://evil.test/token"},
        {"authorization_endpoint": "javascript:alert(1)"},
        {"authorization_endpoint": "https:///x"},
        {"authorization_endpoint": "https://[::1"},
        {"jwks_uri": "file:///etc/passwd"},
        {"jwks_uri": 7},
    ],
)
def test_a_provider_that_names_another_issuer_or_an_open_way_is_not_followed(desk, provider, about):
    provider.about = about
    with pytest.raises(SignInError) as caught:
        oidc.set_out(desk, VISITOR, VISIT)
    assert str(caught.value).isprintable()


@pytest.mark.parametrize(
    "answer",
    [(500, b""), (302, b""), (200, b"<html>"), (200, b"[]"), (200, b"{}" + b" " * 2_000_000), (200, b"[" * 100_000)],
)
@pytest.mark.parametrize("path", [f"/{TENANT}/v2.0/.well-known/openid-configuration", f"/{TENANT}/oauth2/v2.0/token"])
def test_an_odd_answer_is_one_plain_line(desk, provider, path, answer):
    provider.instead = {path: answer}
    with pytest.raises(SignInError) as caught:
        whole_way(desk, provider)
    assert str(caught.value).isprintable()
    assert SECRET not in str(caught.value)
    assert "/elsewhere" not in provider.asked


@pytest.mark.parametrize("keys", [b"{}", b'{"keys": []}', b'{"keys": [{}]}', b'{"keys": "x"}', b'{"keys": [7]}'])
def test_odd_keys_are_one_plain_line(desk, provider, keys):
    provider.instead = {f"/{TENANT}/discovery/v2.0/keys": (200, keys)}
    with pytest.raises(SignInError):
        whole_way(desk, provider)


def test_a_provider_that_is_not_there_is_one_plain_line(desk, provider):
    gone = replace(desk, config=replace(desk.config, oidc=Oidc("http://127.0.0.1:1/x", CLIENT, SECRET)))
    with pytest.raises(SignInError, match="cannot be asked"):
        oidc.set_out(gone, VISITOR, VISIT)
