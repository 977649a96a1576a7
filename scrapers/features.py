"""What decides whether a block belongs to the article, as numbers: a row a feature, a column a block.

A page has about a hundred blocks, so an array operation costs what starting it costs: they are few, on stacked rows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from scrapers.blocks import ENDS, Block
from scrapers.layout import Box
from scrapers.odds import Odds

Array = NDArray[np.float64]
Index = NDArray[np.int64]

_TAGS = {tag: rank for rank, tag in enumerate("a li td th tr dd h6 h5 h4 h3 h2 h1 section div blockquote p".split())}
_DIV = _TAGS["div"]
_REACH = 3
_ANCESTORS = 5

_OWN = ("size", "linked", "ends", "words", "worst_word", "repeated", "summary")
_INHERITED = ("tag", "depth", "odds_sum", "odds_low", "odds_near", "caption")
_TAG, _DEPTH, _SUM = range(3)
_HELD = ("mass", "count", "links", "density", "odds")
_PLACE = ("best_mass", "in_best", "in_page", "prose_before", "prose_after", "prose", "blocks", "after_h1")
_LIKES = (
    *("like_count", "like_parents", "like_per_parent"),
    *("like_mass", "like_size", "like_links", "like_ends"),
)
_BESIDE = ("size", "linked", "ends", "tag")
NAMES = (
    *_OWN,
    *_INHERITED,
    *("apart", "own_branch"),
    *(f"{name}_{level}" for name in _HELD for level in range(_ANCESTORS)),
    *_PLACE,
    *_LIKES,
    *(f"{name}_{side}" for side in ("before", "after") for name in _BESIDE),
    *("size_second_before", "size_second_after", "prose_around", "links_around"),
)
"""The features, in the order of the rows."""


def features(page: Sequence[Block], summary: str, odds: Odds) -> Array:
    """Return `NAMES` x blocks; `summary` is what meta data says of the article."""
    boxes = _Boxes(page, odds)
    own = _own(page, summary, odds)
    size, share, ends = own[:3]
    running = np.zeros((3, len(page) + 1))  # prose, letters and linked letters before each block
    running[0, 1:] = [block.size - block.linked if block.is_prose else 0 for block in page]
    running[1, 1:] = size
    running[2, 1:] = size * share
    prose = running[0, 1:].copy()
    np.cumsum(running, axis=1, out=running)
    total = running[0, -1] + 1.0

    best = boxes.best(prose)
    inherited = boxes.inherited[:, boxes.of_block]
    tag, depth = inherited[_TAG], inherited[_DEPTH]
    shared = boxes.shared(best)[boxes.of_block]
    return np.concatenate(
        [
            own,
            inherited,
            [boxes.inherited[_DEPTH, best] - shared, depth - shared],
            boxes.held(running, total),
            _place(running, total, boxes.first[best], boxes.last[best], tag),
            boxes.likes(prose / total, size, share, ends),
            *_beside(np.stack([size, share, ends, tag])),
            _around(running, total),
        ]
    )


def _own(page: Sequence[Block], summary: str, odds: Odds) -> Array:
    """Tell of the text of each block."""
    times = Counter([block.text for block in page])
    found = []
    for block in page:
        text, size = block.text, block.size
        share = block.linked / size
        mean, worst = odds.of_line(text) if share < 0.5 and block.is_short else (0.0, 0.0)
        told = len(text) > 30 and text[:60] in summary
        found.append((size, share, text.endswith(ENDS), mean, worst, times[text] > 1, told))
    return np.array(found, float).T


class _Boxes:
    """The boxes that hold blocks, each after the one around it: which blocks they hold and what they inherit.

    A box is a range of blocks, so whatever is summed over boxes is a difference of running sums.
    """

    def __init__(self, page: Sequence[Block], odds: Odds) -> None:
        self._odds = odds
        self._numbers: dict[Box, int] = {}
        self._parents: list[int] = []
        self._kinds: list[int] = []
        self._paths: dict[tuple[int, str, str], int] = {}
        self._own_odds: list[float] = []
        self._states: list[tuple[float, ...]] = []
        first: list[int] = []
        last: list[int] = []
        of_block: list[int] = []
        for number, block in enumerate(page):
            chain: list[Box] = []
            box: Box | None = block.box
            while box and box not in self._numbers:
                chain.append(box)
                box = box.parent
            for inner in reversed(chain):
                self._add(inner)
            first += [number] * len(chain)
            last += [number] * len(chain)
            at = self._numbers[block.box]
            of_block.append(at)
            last[at] = number + 1
        for at in range(len(last) - 1, 0, -1):
            last[self._parents[at]] = max(last[at], last[self._parents[at]])
        self.of_block: Index = np.array(of_block)
        self.parent: Index = np.array(self._parents)
        self.first: Index = np.array(first)
        self.last: Index = np.array(last)
        self.inherited: Array = np.array(self._states, float).T

    def _add(self, box: Box) -> None:
        tag, classes = box.tag, box.classes
        own = self._odds.of_box(tag, classes, box.element.get("id") or "")
        if box.parent:
            parent = self._numbers[box.parent]
            kind = self._kinds[parent]
            _, depth, total, low, near, caption = self._states[parent]
        else:
            parent, kind = 0, -1
            depth = total = low = near = caption = 0.0
        self._numbers[box] = len(self._parents)
        self._parents.append(parent)
        self._kinds.append(self._paths.setdefault((kind, tag, classes), len(self._paths)))
        self._own_odds.append(own)
        self._states.append(
            (
                _TAGS.get(tag, _DIV),
                depth + 1,
                total + own,
                own if own < low else low,
                near * 0.6 + own,
                caption or tag == "figcaption" or tag == "caption",
            )
        )

    def best(self, prose: Array) -> int:
        """Return the box that holds most prose close by, its odds weighed in."""
        mass = np.bincount(self.of_block, weights=prose, minlength=len(self._parents)).tolist()
        for number in range(len(mass) - 1, 0, -1):
            mass[self._parents[number]] += 0.7 * mass[number]
        odds = np.clip(self.inherited[_SUM] / 2, -50, 50)  # what `exp` can hold
        return int(np.argmax(mass / (1.0 + np.exp(-odds))))

    def shared(self, best: int) -> Array:
        """Return how many of the boxes around each one are also around the best one."""
        around = {best}
        while best:
            best = self._parents[best]
            around.add(best)
        shared = [1]
        for number in range(1, len(self._parents)):
            shared.append(shared[self._parents[number]] + (number in around))
        return np.array(shared, float)

    def held(self, running: Array, total: float) -> Array:
        """Tell of each of the innermost boxes around a block how much of the page's prose it holds, how densely."""
        prose, size, linked = running[:, self.last] - running[:, self.first]
        size += 1.0
        count = np.log1p(self.last - self.first)
        of_box = np.stack([prose / total, count, linked / size, prose / size, self._own_odds])
        levels = [self.of_block]
        for _ in range(_ANCESTORS - 1):
            levels.append(self.parent[levels[-1]])
        return of_box[:, np.concatenate(levels)].reshape(len(_HELD) * _ANCESTORS, -1)

    def likes(self, mass: Array, *values: Array) -> Array:
        """Tell of the blocks with the same path of tags and classes, which live or die together."""
        kind = np.array(self._kinds)[self.of_block]
        count = np.bincount(kind)
        count[count == 0] = 1
        pairs = np.unique(kind * len(self._parents) + self.parent[self.of_block]) // len(self._parents)
        parents = np.bincount(pairs)
        parents[parents == 0] = 1
        found = [np.log1p(count), np.log1p(parents), count / parents, np.bincount(kind, weights=mass)]
        found += [np.bincount(kind, weights=value) / count for value in values]
        return np.stack(found)[:, kind]


def _place(running: Array, total: float, first: int, last: int, tag: Array) -> Array:
    """Tell where a block stands: in the page, among its prose, and beside the box that holds most of it."""
    blocks = len(tag)
    order = np.arange(blocks)
    found = np.empty((len(_PLACE), blocks))
    found[0] = (running[0, last] - running[0, first]) / total
    found[1] = (order - first) / max(1, last - first)
    found[2] = order / blocks
    found[3] = running[0, :-1] / total
    found[4] = (total - running[0, 1:]) / total
    found[5] = np.log(total)
    found[6] = np.log(blocks)
    headings = tag == _TAGS["h1"]
    found[7] = order > (headings.argmax() if headings.any() else -1)
    return found


def _beside(values: Array) -> tuple[Array, ...]:
    """Tell of the blocks just before and after, and how long those next to them are."""
    wide = np.zeros((len(values), values.shape[1] + 4))
    wide[:, 2:-2] = values
    return wide[:, 1:-3], wide[:, 3:-1], wide[:1, :-4], wide[:1, 4:]


def _around(running: Array, total: float) -> Array:
    """Tell how much prose and how many links are among the nearest blocks."""
    last = running.shape[1] - 1
    order = np.arange(last)
    prose, size, linked = running[:, np.minimum(order + _REACH + 1, last)] - running[:, np.maximum(order - _REACH, 0)]
    return np.stack([prose / total, linked / (size + 1.0)])
