"""The boxes that hold a page's blocks, as arrays: which blocks each holds, and what it inherits from those around."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from scrapers.body.blocks import Block
from scrapers.body.odds import Odds
from scrapers.element import ID
from scrapers.layout import Box

Array = NDArray[np.float64]
Index = NDArray[np.int64]

TAGS = {tag: rank for rank, tag in enumerate("a li td th tr dd h6 h5 h4 h3 h2 h1 section div blockquote p".split())}
"""The tags of boxes, ranked by how likely they hold text."""

INHERITED = ("tag", "depth", "odds_sum", "odds_low", "odds_near")
TAG, DEPTH, _SUM = range(3)
HELD = ("mass", "count", "links", "density", "odds")
LIKES = ("like_count", "like_mass", "like_size", "like_links", "like_ends")
ANCESTORS = 5

_DIV = TAGS["div"]
_DEEPEST = 60  # boxes within boxes: more would leave nothing of a share but the noise of sums


class Boxes:
    """The boxes that hold blocks, each after the one around it: which blocks they hold and what they inherit.

    A box is a range of blocks, so whatever is summed over boxes is a difference of running sums.
    """

    def __init__(self, page: Sequence[Block], odds: Odds) -> None:
        boxes = _around(page)
        places = {box.number: place for place, box in enumerate(boxes)}
        lines = np.array([block.line for block in page])
        self._parents = [places[box.parent.number] if box.parent else 0 for box in boxes]
        self.parent: Index = np.array(self._parents)
        self.of_block: Index = np.array([places[block.box.number] for block in page])
        self.first, self.last = lines.searchsorted([[box.first for box in boxes], [box.last for box in boxes]])
        self._inherit(boxes, odds)

    def _inherit(self, boxes: Sequence[Box], odds: Odds) -> None:
        kinds: list[int] = []
        paths: dict[tuple[int, str, str], int] = {}
        own_odds: list[float] = []
        states: list[tuple[float, ...]] = []
        kind, state = -1, (0.0,) * len(INHERITED)  # around the outermost box
        for box, parent in zip(boxes, self._parents, strict=True):
            tag, classes = box.tag, box.classes
            own = odds.of_box(tag, classes, box.element.get(ID, ""))
            if kinds:
                kind, state = kinds[parent], states[parent]
            _, depth, total, low, near = state
            low = own if own < low else low
            states.append((TAGS.get(tag, _DIV), depth + 1, total + own, low, near * 0.6 + own))
            own_odds.append(own)
            kinds.append(paths.setdefault((kind, tag, classes), len(paths)))
        self._kinds: Index = np.array(kinds)
        self._own_odds = own_odds
        flat = np.fromiter(chain.from_iterable(states), float, len(states) * len(INHERITED))
        self.inherited: Array = flat.reshape(-1, len(INHERITED)).T

    def best(self, prose: Array) -> int:
        """Return the box that holds most prose close by, its odds weighed in."""
        share = 0.7 ** np.minimum(self.inherited[DEPTH], _DEEPEST)
        running = np.zeros(len(prose) + 1)
        np.cumsum(prose * share.take(self.of_block), out=running[1:])
        mass = (running.take(self.last) - running.take(self.first)) / share  # seven tenths for each box in between
        odds = np.minimum(self.inherited[_SUM] * -0.5, 50)  # more than `exp` can hold
        return int((mass / (1.0 + np.exp(odds))).argmax())

    def shared(self, best: int) -> Array:
        """Return how many of the boxes around each block are also around the best one."""
        begun = np.zeros(len(self.of_block) + 1)
        begun[0] = 1.0  # the outermost, which holds all blocks
        while best:
            begun[self.first[best]] += 1
            begun[self.last[best]] -= 1
            best = self._parents[best]
        return begun[:-1].cumsum()

    def held(self, running: Array, total: float) -> Array:
        """Tell of each of the innermost boxes around a block how much of the page's prose it holds, how densely."""
        prose, size, linked = running.take(self.last, axis=1) - running.take(self.first, axis=1)
        size += 1.0
        of_box = np.empty((len(HELD), len(size)))
        of_box[0] = prose / total
        of_box[1] = np.log1p(self.last - self.first)
        of_box[2] = linked / size
        of_box[3] = prose / size
        of_box[4] = self._own_odds
        levels = np.empty((ANCESTORS, len(self.of_block)), np.int64)
        levels[0] = self.of_block
        for level in range(1, ANCESTORS):
            levels[level] = self.parent.take(levels[level - 1])
        return of_box.take(levels, axis=1).reshape(len(HELD) * ANCESTORS, -1)

    def likes(self, mass: Array, *values: Array) -> Array:
        """Tell of the blocks with the same path of tags and classes, which live or die together."""
        kind = self._kinds.take(self.of_block)
        count = np.bincount(kind)
        found = np.empty((len(LIKES), len(count)))
        found[0] = np.log1p(count)
        found[1] = np.bincount(kind, mass)
        count[count == 0] = 1
        for row, value in enumerate(values, 2):
            found[row] = np.bincount(kind, value) / count
        return found.take(kind, axis=1)


def _around(page: Sequence[Block]) -> list[Box]:
    """Return the boxes that hold blocks, each after the one around it."""
    found: dict[int, Box] = {}
    for block in page:
        box: Box | None = block.box
        while box and box.number not in found:
            found[box.number] = box
            box = box.parent
    return [found[number] for number in sorted(found)]
