"""What decides whether a block belongs to the article, as numbers: a row a feature, a column a block.

A page has about a hundred blocks, so an array operation costs what starting it costs: they are few, on stacked rows.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from struct import pack

import numpy as np
from numpy.typing import NDArray

from scrapers.body.blocks import Block
from scrapers.body.boxes import ANCESTORS, HELD, LIKES, TAGS, Array, Boxes, Holder
from scrapers.body.odds import Odds

_REACH = 3
_MARGIN = _REACH + 1  # with so many blocks of nothing around a page, what is beside each block is a shift

_BESIDE = ("tag", "ends", "linked", "size")
_OWN = ("words", "worst_word", "repeated", "summary", "odds_sum", "odds_low", "odds_near", "depth", *_BESIDE)
_DESCRIBED = (*_OWN, "prose", "links")  # the last two, of letters, are no features
_DEPTH, _TAG, _ENDS, _LINKED, _SIZE, _PROSE = map(_DESCRIBED.index, "depth tag ends linked size prose".split())
_PLACE = ("best_mass", "in_best", "prose_before", "prose_after", "prose", "blocks", "after_h1")
NAMES = (
    *_OWN,
    *(f"{name}_{side}" for side in ("before", "after") for name in _BESIDE),
    *("apart", "own_branch"),
    *(f"{name}_{level}" for name in HELD for level in range(ANCESTORS)),
    *_PLACE,
    *LIKES,
    "links_around",
)
"""The features, in the order of the rows."""


def features(page: Sequence[Block], boxes: Boxes, summary: str, odds: Odds) -> NDArray[np.float32]:
    """Return `NAMES` x blocks; `boxes` are those around them, `summary` is what meta data says of the article."""
    described = _described(page, boxes, summary, odds)
    of_page, beside = _shifted(described, 0), described[_TAG : len(_OWN)]
    running = described[_SIZE:].cumsum(axis=1)
    around = _shifted(running, _REACH) - _shifted(running, -_REACH - 1)
    running = running[:, _MARGIN - 1 : -_MARGIN]  # letters, prose and linked letters before each block
    total = float(running[1, -1]) + 1.0
    best = boxes.best(of_page[_PROSE].tolist())
    shared = boxes.shared(best)
    heading = next((number for number, holder in enumerate(boxes.of_blocks) if holder.tag == TAGS["h1"]), -1)
    rows = (
        of_page[: len(_OWN)],
        _shifted(beside, -1),
        _shifted(beside, 1),
        (best.depth - shared, of_page[_DEPTH] - shared),
        boxes.held(running, total),
        _place(running[1], total, best, heading),
        boxes.likes(total, of_page[_PROSE], of_page[_ENDS], of_page[_LINKED], of_page[_SIZE]),
        (around[2] / (around[0] + 1.0),),
    )
    return np.concatenate(rows, dtype=np.float32, casting="same_kind")


def _shifted(rows: Array, by: int) -> Array:
    """Return what rows with a margin tell of the block that stands `by` after each."""
    return rows[:, _MARGIN + by : rows.shape[1] - _MARGIN + by]


def _described(page: Sequence[Block], boxes: Boxes, summary: str, odds: Odds) -> Array:
    """Return `_DESCRIBED` x blocks, with a margin of zeros around the blocks."""
    repeated = _repeated(block.text for block in page)
    margin = [0.0] * len(_DESCRIBED) * _MARGIN
    found = margin.copy()
    for block, holder in zip(page, boxes.of_blocks, strict=True):
        text, size, linked = block.text, block.size, block.linked
        mean, worst = odds.of_line(text) if 2 * linked < size and block.is_short else (0.0, 0.0)
        found += (
            mean,
            worst,
            text in repeated,
            len(text) > 30 and text[:60] in summary,
            holder.odds_sum,
            holder.odds_low,
            holder.odds_near,
            holder.depth,
            holder.tag,
            block.ends,
            linked / size,
            size,
            size - linked if block.is_prose else 0.0,
            linked,
        )
    found += margin
    packed = pack(f"{len(found)}d", *found)  # in half the time of `np.fromiter`
    return np.frombuffer(packed).reshape(-1, len(_DESCRIBED)).T


def _repeated(texts: Iterable[str]) -> set[str]:
    once: set[str] = set()
    repeated: set[str] = set()
    for text in texts:
        (repeated if text in once else once).add(text)
    return repeated


def _place(running: Array, total: float, best: Holder, heading: int) -> Array:
    """Tell where a block stands: in the page, among its prose, and beside the box that holds most of it."""
    first, last = best.first, best.last
    blocks = len(running) - 1
    order = np.arange(blocks)
    found = np.empty((len(_PLACE), blocks))
    found[0] = (running[last] - running[first]) / total
    found[1] = (order - first) / max(1, last - first)
    found[2] = running[:-1] / total
    found[3] = 1.0 - running[1:] / total
    found[4] = math.log(total)
    found[5] = math.log(blocks)
    found[6] = order > heading
    return found
