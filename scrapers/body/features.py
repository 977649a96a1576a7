"""What decides whether a block belongs to the article, as numbers: a row a feature, a column a block.

A page has about a hundred blocks, so an array operation costs what starting it costs: they are few, on stacked rows.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from scrapers.body.blocks import ENDS, Block
from scrapers.body.boxes import ANCESTORS, DEPTH, HELD, INHERITED, LIKES, TAG, TAGS, Array, Boxes
from scrapers.body.odds import Odds

_REACH = 3

_OWN = ("size", "linked", "ends", "words", "worst_word", "repeated", "summary")
_PLACE = ("best_mass", "in_best", "prose_before", "prose_after", "prose", "blocks", "after_h1")
_BESIDE = ("size", "linked", "ends", "tag")
NAMES = (
    *_OWN,
    *INHERITED,
    *("apart", "own_branch"),
    *(f"{name}_{level}" for name in HELD for level in range(ANCESTORS)),
    *_PLACE,
    *LIKES,
    *(f"{name}_{side}" for side in ("before", "after") for name in _BESIDE),
    "links_around",
)
"""The features, in the order of the rows."""


def features(page: Sequence[Block], boxes: Boxes, summary: str, odds: Odds) -> NDArray[np.float32]:
    """Return `NAMES` x blocks; `boxes` are those around them, `summary` is what meta data says of the article."""
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
    tag, depth = inherited[TAG], inherited[DEPTH]
    shared = boxes.shared(best)
    rows = (
        own,
        inherited,
        (boxes.inherited[DEPTH, best] - shared, depth - shared),
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
    headings = tag == TAGS["h1"]
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
