"""Tokens, codes, keys, addresses and limits: the small things that log-in is made of."""

import stat
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pyotp
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin.config.secret import secret_key
from bulletin.errors import InputError, OutputError
from bulletin.people import addresses, limits, secretkey, tokens, totp
from bulletin.people.tokens import Keys

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
KEYS = Keys(b"k" * 32)
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def ago(minutes: float) -> datetime:
    return NOW - timedelta(minutes=minutes)


def test_tokens_are_long_and_never_the_same():
    made = {tokens.new_token() for _ in range(1000)}
    assert len(made) == 1000
    assert min(map(len, made)) >= 43  # 256 bits in base 64


def test_a_recovery_code_is_known_however_its_groups_are_typed():
    codes = tokens.new_codes()
    assert len(set(codes)) == 10
    (code, *_) = codes
    assert tokens.code_digest(code) == tokens.code_digest(f" {code.upper().replace('-', ' ')} ")
    assert len({tokens.code_digest(one) for one in codes}) == 10


@given(st.lists(st.text(), max_size=4), st.lists(st.text(), max_size=4))
def test_a_mark_stands_for_one_list_of_texts_alone(first, second):
    assume_differ = [text.encode("utf-8", "replace") for text in first] != [
        text.encode("utf-8", "replace") for text in second
    ]
    assert (KEYS.mark("csrf", *first) != KEYS.mark("csrf", *second)) == assume_differ


def test_a_mark_for_one_purpose_or_of_one_newsroom_serves_for_no_other():
    mark = KEYS.mark("csrf", "a")
    assert KEYS.proves(mark, "csrf", "a")
    assert not KEYS.proves(mark, "visit", "a")
    assert not Keys(b"other" * 8).proves(mark, "csrf", "a")
    assert not KEYS.proves("ü", "csrf", "a")


def test_the_code_of_the_moment_is_taken_and_with_it_the_one_before_and_after():
    made = pyotp.TOTP(SECRET)
    now = int(NOW.timestamp()) // 30
    for drift in (-1, 0, 1):
        assert totp.step_of(SECRET, made.at(NOW, counter_offset=drift), NOW, 0) == now + drift
    assert totp.step_of(SECRET, made.at(NOW, counter_offset=2), NOW, 0) is None
    assert totp.step_of(SECRET, made.at(NOW, counter_offset=-2), NOW, 0) is None


def test_a_code_is_taken_once():
    code = pyotp.TOTP(SECRET).at(NOW)
    step = totp.step_of(SECRET, f"{code[:3]} {code[3:]}", NOW, 0)
    assert step is not None
    assert totp.step_of(SECRET, code, NOW, step) is None


@pytest.mark.parametrize("typed", ["", "12345", "abcdef", "１２３４５６", "\ud800", "0" * 1000])
def test_what_is_no_code_is_refused(typed):
    assert totp.step_of(SECRET, typed, NOW, 0) is None


@pytest.mark.parametrize("library", ["Wexbridge Library", "Knowledge: Møller & Sons", ""])
def test_an_authenticator_app_understands_the_address(library):
    secret = totp.new_secret()
    made = pyotp.parse_uri(totp.address(secret, "ann+b@example.nhs.uk", library))
    assert (made.secret, made.name, made.interval, made.digits) == (secret, "ann+b@example.nhs.uk", 30, 6)
    assert made.issuer == (library.replace(":", "") or "bulletin")


def test_the_picture_stands_within_the_page():
    shown = totp.picture(totp.address(totp.new_secret(), "ann@example.nhs.uk", "Wexbridge Library"))
    assert shown.startswith("data:image/svg+xml")
    assert "http://www.w3.org/2000/svg" in shown.replace("%3A", ":").replace("%2F", "/")


@pytest.mark.parametrize("typed", ["Ann@Example.NHS.uk", " ann@example.nhs.uk\r\n", "ANN@EXAMPLE.NHS.UK"])
def test_an_address_is_written_in_one_way(typed):
    assert addresses.normalised(typed) == "ann@example.nhs.uk"


NO_ADDRESSES = """\
ann
ann@
@example.org
ann@localhost
ann@example..org
ann@exam ple.org
ann@example.org, bo@example.org
<ann@example.org>
ann@groß.de
ann@exampıe.org
ſam@example.org
ann@example.orgＫ
"""


@pytest.mark.parametrize("typed", NO_ADDRESSES.splitlines())
@pytest.mark.parametrize("around", ["{}", "{}\nBcc: x@example.org"])
def test_what_is_no_address_or_could_pass_for_another_is_refused(typed, around):
    with pytest.raises(InputError, match="an email address looks like"):
        addresses.normalised(around.format(typed))


@pytest.mark.parametrize("typed", ["", "a" * 65 + "@example.org", "ann@" + "a." * 130 + "org", "a\nb@example.org"])
def test_addresses_that_are_empty_long_or_of_two_lines_are_refused(typed):
    with pytest.raises(InputError, match="an email address looks like"):
        addresses.normalised(typed)


@pytest.mark.parametrize(
    ("failures", "minutes"),
    [
        pytest.param([], 0, id="none"),
        pytest.param([1, 1, 1, 1], 0, id="four"),
        pytest.param([5, 4, 3, 2, 1], 10, id="five: a quarter of an hour after the first"),
        pytest.param([15, 4, 3, 2, 1], 0, id="the first has fallen out of the window"),
        pytest.param([600, 500, 400, 300, 200], 0, id="five in a day"),
        pytest.param([60] * 5 + [5, 4, 3, 2, 1], 25, id="ten in a day: half an hour"),
        pytest.param([900] * 200 + [5, 4, 3, 2, 1], 115, id="never more than two hours"),
        pytest.param([1500] * 200 + [4, 3, 2, 1], 0, id="yesterday's are forgotten"),
    ],
)
def test_the_wait_after_failures_grows_and_ends(failures, minutes):
    assert limits.wait([ago(one) for one in failures], 5, NOW) == timedelta(minutes=minutes)


@given(st.lists(st.floats(0, 3000), max_size=60))
def test_nobody_ever_waits_more_than_two_hours(failures):
    assert timedelta() <= limits.wait([ago(one) for one in failures], 5, NOW) <= timedelta(hours=2)


@pytest.mark.parametrize(
    ("seconds", "words"), [(1, "1 minute"), (60, "1 minute"), (61, "2 minutes"), (900, "15 minutes")]
)
def test_a_wait_is_told_in_whole_minutes(seconds, words):
    assert limits.in_words(timedelta(seconds=seconds)) == words


@pytest.mark.parametrize(
    ("began", "seen", "over"), [(0, 0, False), (59, 59, False), (60, 60, True), (719, 1, False), (720, 1, True)]
)
def test_a_session_ends_after_an_idle_hour_or_half_a_day(began, seen, over):
    assert limits.is_over(ago(began), ago(seen), NOW) is over


def test_a_secret_is_made_once_and_for_its_owner_alone(tmp_path):
    first = secretkey.secret(tmp_path, "")
    assert len(first) >= 32
    assert secretkey.secret(tmp_path, "") == first
    assert stat.S_IMODE((tmp_path / "secret.key").stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["secret.key"]


def test_a_secret_that_was_made_can_be_named_as_one_of_before(tmp_path):
    made = secretkey.secret(tmp_path, "")
    named = (tmp_path / "secret.key").read_text(encoding="ascii")
    assert secret_key(named).encode() == made


def test_of_many_who_make_a_secret_at_once_all_get_the_same(tmp_path):
    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(lambda _: secretkey.secret(tmp_path, ""), range(32)))) == 1


def test_a_secret_that_the_environment_names_needs_no_file(tmp_path):
    assert secretkey.secret(tmp_path, "named" * 8) == b"named" * 8
    assert not any(tmp_path.iterdir())


@pytest.mark.parametrize("content", [b"", b"short", b"changeme" * 3, b"a" * 64, b"changeme" * 8])
def test_a_file_that_keeps_no_secret_is_refused(tmp_path, content):
    path = tmp_path / "secret.key"
    path.write_bytes(content)
    path.chmod(0o600)
    with pytest.raises(InputError, match="holds too little"):
        secretkey.secret(tmp_path, "")


def test_a_secret_that_others_may_read_is_refused(tmp_path):
    secretkey.secret(tmp_path, "")
    (tmp_path / "secret.key").chmod(0o644)
    with pytest.raises(InputError, match="may be read by others: run chmod 600"):
        secretkey.secret(tmp_path, "")


def test_a_folder_that_is_not_there_is_told_in_one_line(tmp_path):
    with pytest.raises(OutputError, match="cannot be read or made"):
        secretkey.secret(tmp_path / "nowhere", "")
