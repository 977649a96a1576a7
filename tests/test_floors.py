"""Extraction never falls below what it has reached on the labelled pages."""

from __future__ import annotations

import pytest

from benchmarks import labelled
from benchmarks.floors import floors, scores


@pytest.mark.skipif(not labelled.AVAILABLE, reason="the labelled pages are not beside the project")
@pytest.mark.parametrize("corpus", floors())
def test_scores_stand_above_their_floors(corpus: str) -> None:
    reached = scores(corpus)
    below = {
        metric: f"{reached[metric]:.3f} < {floor}"
        for metric, floor in floors()[corpus].items()
        if reached[metric] < floor
    }
    assert not below
