"""Tokens: another one for whatever an editor changed, the same wherever the neighbours moved it."""

from dataclasses import fields, replace

import pytest

from bulletin.model import Standing
from bulletin.review import token

OTHER = {"topics": (), "unsure": True, "left_out": True, "pick": True, "position": 3}


@pytest.mark.parametrize("name", [one.name for one in fields(Standing) if one.name != "position"])
def test_whatever_an_editor_changes_gives_another_token(name):
    assert token(replace(Standing(), **{name: OTHER.get(name, "other")})) != token(Standing())


def test_its_place_among_others_does_not_count():
    assert token(Standing(place="greener", position=3)) == token(Standing(place="greener", position=0))


def test_a_token_is_short_and_fit_for_a_form():
    assert len(token(Standing(title="“β” <\0\ud800"))) == 12
    assert token(Standing()).isalnum()
