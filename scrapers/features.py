"""What decides whether a block belongs to the article, as numbers: a row a block, a column a feature."""

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
_REACH = 3
_ANCESTORS = 5


def features(page: Sequence[Block], boxes: Sequence[Box], summary: str, odds: Odds) -> dict[str, Array]:
    """Return the features of each block by name; `summary` is what meta data says of the article."""
    own = _Texts(page, summary, odds)
    tree = _Tree(page, boxes, odds)
    found = own.features | tree.features
    found |= _holders(own, tree)
    found |= _place(own, tree)
    found |= _likes(own, tree)
    found |= _neighbours(own, found["tag"])
    return found


class _Texts:
    """The texts of the blocks, each by itself."""

    def __init__(self, page: Sequence[Block], summary: str, odds: Odds) -> None:
        times = Counter(block.text for block in page)
        size: list[int] = []
        linked: list[int] = []
        ends: list[bool] = []
        known: list[tuple[float, float]] = []
        for block in page:
            size.append(block.size)
            linked.append(block.linked)
            ends.append(block.text.endswith(ENDS))
            known.append(odds.of_line(block.text) if block.is_short and block.linked * 2 < block.size else (0.0, 0.0))
        self.size = np.array(size, float)
        self.linked = np.array(linked, float)
        self.ends = np.array(ends, float)
        self.share = self.linked / self.size
        self.prose = np.where([block.is_prose for block in page], self.size - self.linked, 0.0)
        self.total = self.prose.sum() + 1.0
        words = np.array(known)
        self.features: dict[str, Array] = {
            "size": self.size,
            "linked": self.share,
            "ends": self.ends,
            "words": words[:, 0],
            "worst_word": words[:, 1],
            "repeated": np.array([times[block.text] > 1 for block in page], float),
            "summary": np.array([len(block.text) > 30 and block.text[:60] in summary for block in page], float),
        }


class _Tree:
    """The boxes of the page, and what each block inherits from those that hold it.

    A box is a range of blocks, so whatever is summed over boxes is a difference of running sums.
    """

    def __init__(self, page: Sequence[Block], boxes: Sequence[Box], odds: Odds) -> None:
        lines = [block.line for block in page]
        self.first: Index = np.searchsorted(lines, [box.first for box in boxes])
        self.last: Index = np.searchsorted(lines, [box.last for box in boxes])
        self.parent: Index = np.array([box.parent.number if box.parent else 0 for box in boxes])
        self.box: Index = np.array([block.box.number for block in page])
        self._inherit(boxes, odds)
        tag = np.array([_TAGS.get(box.tag, _TAGS["div"]) for box in boxes], float)
        self.features: dict[str, Array] = {
            name: values[self.box]
            for name, values in {
                "tag": tag,
                "depth": self.depth,
                "odds": self.odds,
                "odds_sum": self.sum,
                "odds_low": self.low,
                "odds_high": self.high,
                "odds_near": self.near,
                "hidden": self.hidden,
                "caption": self.caption,
            }.items()
        }
        headings = np.flatnonzero(tag[self.box] == _TAGS["h1"])
        self.features["after_h1"] = (np.arange(len(page)) > (headings[0] if len(headings) else -1)).astype(float)

    def _inherit(self, boxes: Sequence[Box], odds: Odds) -> None:
        paths: dict[tuple[int, str, str], int] = {}
        kinds: list[int] = []
        states: list[tuple[float, float, float, float, float, float, bool, bool]] = []
        of_box = odds.of_box
        kind, total, low, high, near, depth, hidden, caption = -1, 0.0, 0.0, 0.0, 0.0, 0.0, False, False
        for box in boxes:
            tag, classes, attribute = box.tag, box.classes, box.element.get
            own = of_box(tag, classes, attribute("id") or "")
            if box.parent:
                number = box.parent.number
                kind = kinds[number]
                _, total, low, high, near, depth, hidden, caption = states[number]
            states.append(
                (
                    own,
                    total + own,
                    own if own < low else low,
                    own if own > high else high,
                    near * 0.6 + own,
                    depth + 1,
                    hidden or _is_hidden(attribute("style"), attribute("hidden")),
                    caption or tag == "figcaption" or tag == "caption",
                )
            )
            kinds.append(paths.setdefault((kind, tag, classes), len(paths)))
        self.odds, self.sum, self.low, self.high, self.near, self.depth, self.hidden, self.caption = np.array(states).T
        self.kind: Index = np.array(kinds)

    def held(self, values: Array) -> Array:
        """Return the sum over the blocks of each box."""
        running = np.concatenate([[0.0], np.cumsum(values)])
        return np.asarray(running[self.last] - running[self.first])


def _is_hidden(style: str | None, hidden: str | None) -> bool:
    if style and ("none" in style or "hidden" in style):
        style = style.replace(" ", "")
        return "display:none" in style or "visibility:hidden" in style
    return hidden is not None


def _holders(own: _Texts, tree: _Tree) -> dict[str, Array]:
    """Tell of each of the innermost boxes around a block how much of the page's prose it holds, and how densely."""
    prose, size = tree.held(own.prose), tree.held(own.size) + 1.0
    mass, density = prose / own.total, prose / size
    links = tree.held(own.linked) / size
    count = np.log1p(tree.last - tree.first)
    found: dict[str, Array] = {}
    box = tree.box
    for level in range(_ANCESTORS):
        found[f"mass_{level}"] = mass[box]
        found[f"count_{level}"] = count[box]
        if level < _ANCESTORS - 1:
            found[f"links_{level}"] = links[box]
            found[f"density_{level}"] = density[box]
            if level:
                found[f"odds_{level}"] = tree.odds[box]
        box = tree.parent[box]
    return found


def _place(own: _Texts, tree: _Tree) -> dict[str, Array]:
    """Tell where a block stands: in the page, among its prose, and beside the box that holds most of it."""
    blocks = len(own.size)
    order = np.arange(blocks)
    after = np.cumsum(own.prose)
    best = _best(own, tree)
    first, last = tree.first[best[-1]], tree.last[best[-1]]
    # boxes around the best one are ranges inside each other, so those that also hold a block are counted from both ends
    shared = np.minimum(
        np.searchsorted(tree.first[best], order, side="right"),
        np.searchsorted(-tree.last[best], -order, side="left"),
    )
    return {
        "apart": len(best) - shared.astype(float),
        "own_branch": tree.depth[tree.box] - shared,
        "best_mass": np.full(blocks, own.prose[first:last].sum() / own.total),
        "in_best": (order - first) / max(1, last - first),
        "in_page": order / blocks,
        "prose_before": (after - own.prose) / own.total,
        "prose_after": (own.total - after) / own.total,
        "prose": np.full(blocks, np.log(own.total)),
        "blocks": np.full(blocks, np.log(blocks)),
    }


def _best(own: _Texts, tree: _Tree) -> list[int]:
    """Return the box that holds most prose close by, its odds weighed in, after those around it, outermost first."""
    mass = np.bincount(tree.box, weights=own.prose, minlength=len(tree.parent)).tolist()
    parent = tree.parent.tolist()
    for number in range(len(mass) - 1, 0, -1):
        mass[parent[number]] += 0.7 * mass[number]
    odds = np.clip(tree.sum / 2, -50, 50)  # a deep or long page sums to more than `exp` can hold
    best = [int(np.argmax(mass / (1.0 + np.exp(-odds))))]
    while best[-1]:
        best.append(parent[best[-1]])
    return best[::-1]


def _likes(own: _Texts, tree: _Tree) -> dict[str, Array]:
    """Tell of the blocks with the same path of tags and classes, which live or die together."""
    kind = tree.kind[tree.box]
    count = np.bincount(kind)
    count[count == 0] = 1
    pairs = np.unique(kind * len(tree.parent) + tree.parent[tree.box]) // len(tree.parent)
    parents = np.bincount(pairs, minlength=len(count))

    def mean(values: Array) -> Array:
        return (np.bincount(kind, weights=values) / count)[kind]

    return {
        "like_count": np.log1p(count)[kind],
        "like_parents": np.log1p(parents)[kind],
        "like_per_parent": (count / np.maximum(parents, 1))[kind],
        "like_mass": (np.bincount(kind, weights=own.prose) / own.total)[kind],
        "like_size": mean(own.size),
        "like_links": mean(own.share),
        "like_ends": mean(own.ends),
    }


def _neighbours(own: _Texts, tag: Array) -> dict[str, Array]:
    """Tell of the blocks just before and after."""
    found: dict[str, Array] = {}
    for side, shift in (("before", 1), ("after", -1)):
        for name, values in (("size", own.size), ("linked", own.share), ("ends", own.ends), ("tag", tag)):
            found[f"{name}_{side}"] = _shifted(values, shift)
    for name, shift in (("size_second_before", 2), ("size_second_after", -2)):
        found[name] = _shifted(own.size, shift)
    size = _window(own.size)
    found["prose_around"] = _window(own.prose) / own.total
    found["links_around"] = _window(own.linked) / (size + 1.0)
    return found


def _shifted(values: Array, by: int) -> Array:
    shifted = np.zeros_like(values)
    if by > 0:
        shifted[by:] = values[:-by]
    else:
        shifted[:by] = values[-by:]
    return shifted


def _window(values: Array) -> Array:
    running = np.concatenate([[0.0], np.cumsum(values)])
    order = np.arange(len(values))
    return np.asarray(running[np.minimum(order + _REACH + 1, len(values))] - running[np.maximum(order - _REACH, 0)])
