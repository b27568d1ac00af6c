"""Every rule finds what was put wrong on purpose, and nothing else is found: recall 100 %, false alarms 0."""

from collections import Counter

import pytest
from faults import (
    characters,
    clients,
    document,
    edition,
    footer,
    images,
    links,
    mail,
    mime,
    residue,
    safety,
    sight,
    structure,
    textpart,
    words,
)
from good import GOOD

from bulletin.lint import RULES, lint

ROOMS = (
    characters,
    clients,
    document,
    edition,
    footer,
    images,
    links,
    mail,
    mime,
    residue,
    safety,
    sight,
    structure,
    textpart,
    words,
)
FAULTS = [fault for room in ROOMS for fault in room.FAULTS]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_what_was_put_wrong_is_found_and_nothing_else(fault):
    found = {finding.rule for finding in lint(fault.content(), fault.known())}
    assert fault.rules <= found
    assert found <= fault.rules | fault.also


def test_the_good_message_has_no_fault():
    assert lint(GOOD.as_bytes(), GOOD.known) == ()


def test_it_has_none_either_when_nobody_says_more_of_it():
    assert lint(GOOD.as_bytes()) == ()
    assert lint(GOOD.html.encode()) == ()


def test_every_rule_has_two_faults_and_one_near_miss():
    """Rule 71: the linter itself."""
    assert len(FAULTS) >= 200
    bad = Counter(rule for fault in FAULTS for rule in fault.rules)
    fine = Counter(int(fault.name.partition(",")[0]) for fault in FAULTS if not fault.rules)
    assert [rule for rule in range(1, 71) if bad[rule] < 2 or not fine[rule]] == []


def test_each_name_of_a_seeded_fault_is_used_once():
    assert not [name for name, times in Counter(fault.name for fault in FAULTS).items() if times > 1]


def test_numbers_and_names_of_rules_are_used_once():
    assert len({rule.number for rule in RULES}) == len({rule.name for rule in RULES}) == len(RULES)
