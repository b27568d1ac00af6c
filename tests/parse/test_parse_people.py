"""Names of authors."""

import pytest

from bulletin.parse.people import names


@pytest.mark.parametrize(
    ("author", "expected"),
    [
        ("Ann Grey", ["Ann Grey"]),
        ("Smith, J", ["Smith, J"]),
        ("Rose, Jeffrey P.", ["Rose, Jeffrey P."]),
        ("ann@example.org (Ann Grey)", ["Ann Grey"]),
        ("Ann Grey <ann@example.org>", ["Ann Grey"]),
        ("ann@example.org", []),
        ("<b>Ann</b> Grey &amp; Sons", ["Ann Grey & Sons"]),
        ("Smith J, Jones K, et al.", ["Smith J", "Jones K"]),
        ("Ann Grey, Bo Chan and Cy Day", ["Ann Grey", "Bo Chan", "Cy Day"]),
        ("Ann Grey, Bo Chan, and Cy Day", ["Ann Grey", "Bo Chan", "Cy Day"]),
        ("Kaur, M., Shukla, A., O'Neill, R. J.", ["Kaur, M.", "Shukla, A.", "O'Neill, R. J."]),
        ("Grey, Ann; Chan, Bo", ["Grey, Ann", "Chan, Bo"]),
        (
            "Department for Environment, Food and Rural Affairs",
            ["Department for Environment, Food and Rural Affairs"],
        ),
        ("Department of Health and Social Care", ["Department of Health and Social Care"]),
        ("Ann Grey in Stanstead, Quebec", ["Ann Grey in Stanstead, Quebec"]),
        ("LEONARDO C. UDASCO, JR.", ["LEONARDO C. UDASCO, JR."]),
        ("  ", []),
    ],
)
def test_a_list_is_taken_apart_only_where_it_is_surely_one(author, expected):
    assert list(names([author])) == expected


def test_the_same_name_counts_once_and_fifty_are_enough():
    assert names(["Ann Grey", "Ann Grey", "Bo Chan"]) == ("Ann Grey", "Bo Chan")
    assert len(names(f"Author {n}" for n in range(80))) == 50


def test_a_name_without_end_is_cut():
    (name,) = names(["a" * 100_000])
    assert len(name) == 200
    assert name.endswith("…")
