"""The labelled samples: nothing is joined that a reader called different. docs/duplicates.md has the figures."""

import pytest
from alike_samples import SHARED, Sample, invented, real

from bulletin.classify import alike


def judged(sample: Sample) -> tuple[list[tuple[str, str]], int]:
    """Pairs that were joined wrongly, and how many were joined rightly."""
    found = {frozenset((pair.a, pair.b)) for pair in alike(sample.items, [])}
    joined = [pair for pair in sample.pairs if frozenset((pair.one, pair.other)) in found]
    return [(pair.one, pair.other) for pair in joined if pair.label == "different"], len(
        [pair for pair in joined if pair.label == "same"]
    )


def test_of_the_invented_pairs_none_is_joined_wrongly_and_most_are_found():
    wrong, right = judged(invented())
    assert wrong == []
    assert right >= 37


def test_an_invented_pair_is_judged_rightly_even_when_nothing_else_is_known():
    sample = invented()
    items = {item.id: item for item in sample.items}
    found = [pair for pair in sample.pairs if alike([items[pair.other]], [items[pair.one]])]
    assert {pair.label for pair in found} == {"same"}
    assert len(found) >= 36


def test_an_invented_pair_is_judged_alike_whichever_comes_first():
    sample = invented()
    there, back = (
        {frozenset((pair.a, pair.b)) for pair in alike(items, [])} for items in (sample.items, sample.items[::-1])
    )
    assert there == back


@pytest.mark.slow
@pytest.mark.skipif(not SHARED.is_dir(), reason="the real feed documents are not part of the project")
def test_of_the_real_pairs_none_is_joined_wrongly_and_most_copies_are_found():
    sample = real()
    assert len(sample.pairs) >= 300
    wrong, right = judged(sample)
    assert wrong == []
    assert right >= 32
