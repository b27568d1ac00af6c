"""Passwords: how they are kept, which are refused, and that an account's being there takes no time."""

import time
from statistics import median

import pytest
from argon2 import PasswordHasher, Type, extract_parameters

from bulletin.errors import InputError
from bulletin.people import passwords

GOOD = "four quiet otters swim"
ABOUT = ("Ann Example", "ann.example@wexbridge.nhs.uk", "Wexbridge Library")


def test_a_password_fits_what_was_kept_of_it_and_another_does_not(quick_hashes):
    kept = passwords.hashed(GOOD)
    assert passwords.fits(GOOD, kept)
    assert not passwords.fits(GOOD + " ", kept)
    assert GOOD not in kept


def test_two_people_with_one_password_are_not_seen_to_have_it(quick_hashes):
    assert passwords.hashed(GOOD) != passwords.hashed(GOOD)


def test_nothing_fits_where_no_password_was_chosen(quick_hashes):
    assert not passwords.fits("", "")


def test_a_damaged_hash_fits_nothing(quick_hashes):
    assert not passwords.fits(GOOD, "$argon2id$torn")


@pytest.mark.parametrize("odd", ["\ud800" * 12, "\0" * 12, "naïve café ŝtrange ☕", "x" * passwords.LONGEST])
def test_odd_letters_are_kept_like_others(odd, quick_hashes):
    assert passwords.fits(odd, passwords.hashed(odd))


def test_hashes_are_argon2id_with_the_care_that_the_bar_asks_for():
    used = extract_parameters(passwords.hashed(GOOD))
    assert (used.type, used.parallelism) == (Type.ID, 1)
    assert used.memory_cost >= 46 * 1024


def test_a_hash_that_was_made_with_less_care_is_stale():
    with_less = PasswordHasher(time_cost=1, memory_cost=19 * 1024, parallelism=1).hash(GOOD)
    assert passwords.is_stale(with_less)
    assert not passwords.is_stale(passwords.hashed(GOOD))


@pytest.mark.parametrize(
    "password",
    [GOOD, "Tr1cky-Wombat-Lamp", "x9$Kq2!vLp0w", "correct horse battery staple", "påfugl på en grå sky", GOOD * 9],
)
def test_long_and_unlikely_passwords_are_taken(password):
    passwords.refuse_weak(password, ABOUT)


@pytest.mark.parametrize(
    ("password", "reason"),
    [
        ("", "too short"),
        ("short one 1", "too short"),
        ("x" * 201, "too long"),
        ("password1234", "common password"),
        ("qwertyuiop12", "easy to guess"),
        ("aaaaaaaaaaaaaaaa", "easy to guess"),
        ("123456789012", "easy to guess"),
        ("letmeinletmein", "easy to guess"),
        ("Wexbridge Library", "easy to guess"),
        ("ann.example2026", "easy to guess"),
        ("wexbridge.nhs.uk", "easy to guess"),
        ("bulletinbulletin1", "easy to guess"),
    ],
)
def test_short_long_and_likely_passwords_are_refused_with_a_reason(password, reason):
    with pytest.raises(InputError, match=reason) as refused:
        passwords.refuse_weak(password, ABOUT)
    assert "\n" not in str(refused.value)


@pytest.mark.slow
def test_a_wrong_password_takes_as_long_whether_or_not_there_is_one():
    kept = passwords.hashed(GOOD)

    def took(hash_: str) -> float:
        began = time.process_time()
        passwords.fits("something else", hash_)
        return time.process_time() - began

    pairs = [(took(kept), took("")) for _ in range(15)]
    known, unknown = (median(side) for side in zip(*pairs, strict=True))
    assert abs(known - unknown) < 0.02
    assert 0.02 < known < 0.5


def test_half_a_second_is_not_spent_on_word_lists_unless_a_password_is_chosen(run_python):
    assert run_python("import sys, bulletin.people.passwords; sys.exit('zxcvbn' in sys.modules)") == 0
