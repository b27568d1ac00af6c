"""Searches, ISSNs, selectors, folders and User-Agents: one value at a time."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin.config.asked import agent, is_folder, issn, mail_folder, search, selector


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0140-6736", "0140-6736"),
        ("01406736", "0140-6736"),
        ("2049-3630", "2049-3630"),
        ("1050-124x", "1050-124X"),
        ("2434-561X", "2434-561X"),
    ],
)
def test_an_issn_comes_back_with_its_hyphen(text, number):
    assert issn(text) == number


@pytest.mark.parametrize(
    "text", ["", "0140", "0140 6736", "0140-67360", "ISSN 0140-6736", "X140-6736", "0140–6736", "٠١٤٠-٦٧٣٦"]
)
def test_other_words_are_no_issn(text):
    with pytest.raises(ValueError, match=r"is no ISSN, the number of a journal|is empty"):
        issn(text)


@given(st.integers(0, 9_999_999), st.integers(1, 10))
def test_one_last_digit_fits_and_ten_do_not(digits, off):
    right = [last for last in "0123456789X" if _fits(f"{digits:07}{last}")]
    assert len(right) == 1
    wrong = "0123456789X"[("0123456789X".index(right[0]) + off) % 11]
    with pytest.raises(ValueError, match="its last digit does not fit"):
        issn(f"{digits:07}{wrong}")


def _fits(text: str) -> bool:
    try:
        return bool(issn(text))
    except ValueError:
        return False


@pytest.mark.parametrize(
    "text",
    [
        "article",
        "ul.news > li",
        "#main .card:not(.old):nth-child(2n+1)",
        'a[href*="/report"]',
        "a[title='it\\'s']",
        "h2, h3",
        "li:has(> a[href^='(x'])",
        "main > * + *",
    ],
)
def test_a_selector_is_taken_as_it_is(text):
    assert selector(text) == text


@pytest.mark.parametrize(
    "text",
    ["ul {", "li }", "li; a", "<li>", "li:not(.a", "a[href", "a]", "(a]", "a['x]", 'a"', "[(])", "a" * 501],
)
def test_what_can_be_no_selector_is_refused(text):
    with pytest.raises(ValueError, match=r'is no CSS selector, such as .*: type "bulletin feeds try ADDRESS"'):
        selector(text)


def test_a_search_may_be_long_but_not_without_end():
    assert search("a" * 4000)
    with pytest.raises(ValueError, match="is over 4,000 letters long: make two feeds"):
        search("a" * 4001)


@pytest.mark.parametrize("read", [search, issn, mail_folder, selector, agent])
@pytest.mark.parametrize("text", ["", " \n ", "a\x00b", "\ud800"])
def test_nothing_empty_or_invisible_is_asked(read, text):
    with pytest.raises(ValueError, match=r"is empty|invisible"):
        read(text)


@pytest.mark.parametrize("text", ["a" * 201, "café", "a\u200bb"])
def test_an_agent_is_one_short_line_of_plain_signs(text):
    with pytest.raises(ValueError, match="is no User-Agent: write at most 200 plain letters"):
        agent(text)


@pytest.mark.parametrize(
    ("name", "is_one"),
    [("there", True), ("gone/", True), ("gone", False), ("file", False), ("a" * 5000, False), ("there\x00", False)],
)
def test_a_folder_of_the_workspace_is_there_or_ends_in_a_slash(tmp_path: Path, name, is_one):
    (tmp_path / "there").mkdir()
    (tmp_path / "file").touch()
    assert is_folder(tmp_path, name) is is_one
