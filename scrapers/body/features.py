"""What decides whether a block belongs to the article, as numbers: a row a feature, a column a block.

A page has about a hundred blocks, so an array operation costs what starting it costs: they are few, on stacked rows.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from scrapers.body.blocks import ENDS, Block
from scrapers.body.odds import Odds
from scrapers.element import ID
from scrapers.layout import Box

Array = NDArray[np.float64]
Index = NDArray[np.int64]

_TAGS = {tag: rank for rank, tag in enumerate("a li td th tr dd h6 h5 h4 h3 h2 h1 section div blockquote p".split())}
_DIV = _TAGS["div"]
_REACH = 3
_ANCESTORS = 5
_DEEPEST = 60  # boxes within boxes: more would leave nothing of a share but the noise of sums

_OWN = ("size", "linked", "ends", "words", "worst_word", "repeated", "summary")
_INHERITED = ("tag", "depth", "odds_sum", "odds_low", "odds_near")
_TAG, _DEPTH, _SUM = range(3)
_HELD = ("mass", "count", "links", "density", "odds")
_PLACE = ("best_mass", "in_best", "prose_before", "prose_after", "prose", "blocks", "after_h1")
_LIKES = ("like_count", "like_mass", "like_size", "like_links", "like_ends")
_BESIDE = ("size", "linked", "ends", "tag")
NAMES = (
    *_OWN,
    *_INHERITED,
    *("apart", "own_branch"),
    *(f"{name}_{level}" for name in _HELD for level in range(_ANCESTORS)),
    *_PLACE,
    *_LIKES,
    *(f"{name}_{side}" for side in ("before", "after") for name in _BESIDE),
    "links_around",
)
"""The features, in the order of the rows."""


def features(page: Sequence[Block], summary: str, odds: Odds) -> NDArray[np.float32]:
    """Return `NAMES` x blocks; `summary` is what meta data says of the article."""
    boxes = _Boxes(page, odds)
    own = _own(page, summary, odds)
    size, share, ends = own[:3]
    prose = np.array([block.size - block.linked if block.is_prose else 0 for block in page], float)
    running = np.zeros((3, len(page) + 1))  # prose, letters and linked letters before each block
    running[0, 1:] = prose
    running[1, 1:] = size
    running[2, 1:] = size * share
    running.cumsum(axis=1, out=running)
    total = running[0, -1] + 1.0

    best = boxes.best(prose)
    inherited = boxes.inherited.take(boxes.of_block, axis=1)
    tag, depth = inherited[_TAG], inherited[_DEPTH]
    shared = boxes.shared(best)
    rows = (
        own,
        inherited,
        (boxes.inherited[_DEPTH, best] - shared, depth - shared),
        boxes.held(running, total),
        _place(running, total, boxes.first[best], boxes.last[best], tag),
        boxes.likes(prose / total, size, share, ends),
        *_beside(size, share, ends, tag),
        (_links_around(running),),
    )
    return np.concatenate(rows, dtype=np.float32, casting="same_kind")


def _own(page: Sequence[Block], summary: str, odds: Odds) -> Array:
    """Tell of the text of each block."""
    times = Counter([block.text for block in page])
    found: list[float] = []
    for block in page:
        text, size = block.text, block.size
        share = block.linked / size
        mean, worst = odds.of_line(text) if share < 0.5 and block.is_short else (0.0, 0.0)
        told = len(text) > 30 and text[:60] in summary
        found += (size, share, text.endswith(ENDS), mean, worst, times[text] > 1, told)
    return np.array(found, float).reshape(len(page), -1).T


class _Boxes:
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
        kind, state = -1, (0.0,) * len(_INHERITED)  # around the outermost box
        for box, parent in zip(boxes, self._parents, strict=True):
            tag, classes = box.tag, box.classes
            own = odds.of_box(tag, classes, box.element.get(ID, ""))
            if kinds:
                kind, state = kinds[parent], states[parent]
            _, depth, total, low, near = state
            low = own if own < low else low
            states.append((_TAGS.get(tag, _DIV), depth + 1, total + own, low, near * 0.6 + own))
            own_odds.append(own)
            kinds.append(paths.setdefault((kind, tag, classes), len(paths)))
        self._kinds: Index = np.array(kinds)
        self._own_odds = own_odds
        flat = np.fromiter(chain.from_iterable(states), float, len(states) * len(_INHERITED))
        self.inherited: Array = flat.reshape(-1, len(_INHERITED)).T

    def best(self, prose: Array) -> int:
        """Return the box that holds most prose close by, its odds weighed in."""
        share = 0.7 ** np.minimum(self.inherited[_DEPTH], _DEEPEST)
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
        of_box = np.empty((len(_HELD), len(size)))
        of_box[0] = prose / total
        of_box[1] = np.log1p(self.last - self.first)
        of_box[2] = linked / size
        of_box[3] = prose / size
        of_box[4] = self._own_odds
        levels = np.empty((_ANCESTORS, len(self.of_block)), np.int64)
        levels[0] = self.of_block
        for level in range(1, _ANCESTORS):
            levels[level] = self.parent.take(levels[level - 1])
        return of_box.take(levels, axis=1).reshape(len(_HELD) * _ANCESTORS, -1)

    def likes(self, mass: Array, *values: Array) -> Array:
        """Tell of the blocks with the same path of tags and classes, which live or die together."""
        kind = self._kinds.take(self.of_block)
        count = np.bincount(kind)
        found = np.empty((len(_LIKES), len(count)))
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


def _place(running: Array, total: float, first: int, last: int, tag: Array) -> Array:
    """Tell where a block stands: in the page, among its prose, and beside the box that holds most of it."""
    blocks = len(tag)
    order = np.arange(blocks)
    found = np.empty((len(_PLACE), blocks))
    found[0] = (running[0, last] - running[0, first]) / total
    found[1] = (order - first) / max(1, last - first)
    found[2] = running[0, :-1] / total
    found[3] = 1.0 - running[0, 1:] / total
    found[4] = math.log(total)
    found[5] = math.log(blocks)
    headings = tag == _TAGS["h1"]
    found[6] = order > (headings.argmax() if headings.any() else -1)
    return found


def _beside(*values: Array) -> tuple[Array, Array]:
    """Tell of the blocks just before and after."""
    wide = np.zeros((len(values), len(values[0]) + 2))
    for row, value in enumerate(values):
        wide[row, 1:-1] = value
    return wide[:, :-2], wide[:, 2:]


def _links_around(running: Array) -> Array:
    """Tell how many of the letters of the nearest blocks are in links."""
    last = running.shape[1] - 1
    order = np.arange(last)
    begins, ends = np.maximum(order - _REACH, 0), np.minimum(order + _REACH + 1, last)
    _, size, linked = running.take(ends, axis=1) - running.take(begins, axis=1)
    return np.asarray(linked / (size + 1.0))
