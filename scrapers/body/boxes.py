"""The boxes that hold a page's blocks: which blocks each holds, and what it inherits from those around."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from scrapers.body.blocks import Block
from scrapers.body.odds import Odds
from scrapers.element import ID
from scrapers.layout import Box

Array = NDArray[np.float64]

TAGS = {tag: rank for rank, tag in enumerate("a li td th tr dd h6 h5 h4 h3 h2 h1 section div blockquote p".split())}
"""The tags of boxes, ranked by how likely they hold text."""

HELD = ("mass", "count", "links", "density", "odds")
LIKES = ("like_count", "like_mass", "like_ends", "like_links", "like_size")
ANCESTORS = 5

_DIV = TAGS["div"]
_FARTHER = 0.7  # what prose counts for in a box, for each box in between
_DOUBTED = 50.0  # more change nothing, and `exp` overflows at 710


class Holder(Struct, eq=False, gc=False):
    """A box that holds the blocks from number `first` up to `last`, and what it inherits from the one around it.

    `number` is its own, `around` that of the one around it; `kind` numbers the tags and classes from the outermost on.
    """

    number: int
    around: int
    first: int
    last: int
    kind: int
    own_odds: float
    odds_sum: float
    odds_low: float
    odds_near: float
    depth: int
    tag: int


_NOTHING = Holder(0, 0, 0, 0, -1, 0.0, 0.0, 0.0, 0.0, 0, 0)  # what is around the outermost


class Boxes:
    """The boxes that hold blocks, each after the one around it, and of each block the innermost.

    A box is a range of blocks, so whatever is summed over boxes is a difference of running sums.
    """

    def __init__(self, page: Sequence[Block], odds: Odds) -> None:
        self._odds = odds
        self._kinds: dict[tuple[int, str, str], int] = {}
        self._all: list[Holder] = []
        self.of_blocks: list[Holder] = []
        inner: Box | None = None
        holder = _NOTHING
        for number, block in enumerate(page):
            while inner and inner.last <= block.line:
                holder.last = number
                inner, holder = inner.parent, self._all[holder.around]
            begun = []
            box: Box | None = block.box
            while box and box is not inner:
                begun.append(box)
                box = box.parent
            for box in reversed(begun):
                holder = self._begin(box, holder, number, len(page))
            inner = block.box
            self.of_blocks.append(holder)

    def _begin(self, box: Box, around: Holder, first: int, last: int) -> Holder:
        tag, classes = box.tag, box.classes
        odds = self._odds.of_box(tag, classes, box.element.get(ID, ""))
        holder = Holder(
            len(self._all),
            around.number,
            first,
            last,
            self._kinds.setdefault((around.kind, tag, classes), len(self._kinds)),
            odds,
            around.odds_sum + odds,
            odds if odds < around.odds_low else around.odds_low,
            around.odds_near * 0.6 + odds,
            around.depth + 1,
            TAGS.get(tag, _DIV),
        )
        self._all.append(holder)
        return holder

    def best(self, prose: Sequence[float]) -> Holder:
        """Return the box that holds most prose close by, its odds weighed in."""
        held = [0.0] * len(self._all)
        for holder, size in zip(self.of_blocks, prose, strict=True):
            held[holder.number] += size
        best, most = self._all[0], 0.0
        for holder in reversed(self._all):
            if mass := held[holder.number]:
                held[holder.around] += _FARTHER * mass
                mass /= 1.0 + math.exp(min(-0.5 * holder.odds_sum, _DOUBTED))
                if mass >= most:
                    best, most = holder, mass
        return best

    def shared(self, best: Holder) -> Array:
        """Return how many of the boxes around each block are also around the best one."""
        begun = [0] * (len(self.of_blocks) + 1)
        begun[0] = 1  # the outermost, which holds all blocks
        while best.number:
            begun[best.first] += 1
            begun[best.last] -= 1
            best = self._all[best.around]
        return np.fromiter(begun[:-1], float).cumsum()

    def held(self, running: Array, total: float) -> Array:
        """Tell of each of the innermost boxes around a block how much of the page's prose it holds, how densely."""
        around = np.fromiter([holder.around for holder in self._all], np.int64)
        first = np.fromiter([holder.first for holder in self._all], np.int64)
        last = np.fromiter([holder.last for holder in self._all], np.int64)
        size, prose, linked = running.take(last, axis=1) - running.take(first, axis=1)
        size += 1.0
        of_box = np.empty((len(HELD), len(size)))
        of_box[0] = prose / total
        of_box[1] = np.log1p(last - first)
        of_box[2] = linked / size
        of_box[3] = prose / size
        of_box[4] = [holder.own_odds for holder in self._all]
        levels = np.empty((ANCESTORS, len(self.of_blocks)), np.int64)
        levels[0] = [holder.number for holder in self.of_blocks]
        for level in range(1, ANCESTORS):
            levels[level] = around.take(levels[level - 1])
        return of_box.take(levels, axis=1).reshape(len(HELD) * ANCESTORS, -1)

    def likes(self, total: float, prose: Array, *values: Array) -> Array:
        """Tell of the blocks with the same path of tags and classes, which live or die together."""
        kind = np.fromiter([holder.kind for holder in self.of_blocks], np.int64)
        count = np.bincount(kind)
        sums = np.empty((len(LIKES), len(count)))
        sums[0] = count
        for row, value in enumerate((prose, *values), 1):
            sums[row] = np.bincount(kind, value)
        found = sums.take(kind, axis=1)
        found[1] /= total
        found[2:] /= found[0]
        found[0] = np.log1p(found[0])
        return found
