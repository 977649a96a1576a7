"""What the labelled pages taught: which blocks of a page are its article."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Any, Self

from scrapers.body.blocks import Block
from scrapers.body.boxes import Array, Boxes
from scrapers.body.features import features
from scrapers.body.forest import Forest
from scrapers.body.odds import Odds


class Model:
    """The odds of words, and the forest that weighs them beside all else that a page shows."""

    def __init__(self, odds: Odds, forest: Forest) -> None:
        self._odds, self._forest = odds, forest

    @classmethod
    @cache
    def learned(cls) -> Self:
        """Return what the package ships."""
        odds = _shipped("odds")
        return cls(Odds(odds["boxes"], odds["lines"]), Forest(_shipped("forest")))

    def probabilities(self, page: Sequence[Block], summary: str) -> Array:
        """Return for each block the probability that it belongs to the article; `summary` is what meta data says."""
        boxes = Boxes(page, self._odds)
        return self._forest.probabilities(features(page, boxes, summary, self._odds))


def _shipped(name: str) -> Any:
    return json.loads(files(__package__).joinpath(f"learned/{name}.json").read_text("utf-8"))
