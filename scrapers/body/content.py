"""Chooses the blocks of a page that are its article."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import accumulate, compress

from pipelines.remembered import remembered
from scrapers.body.blocks import Block, blocks, outside_menus
from scrapers.body.boxes import Array
from scrapers.body.edges import trimmed
from scrapers.body.model import Model
from scrapers.element import ID, Element
from scrapers.layout import Box, Layout
from scrapers.vocabulary.boilerplate import ASIDE_NAMES, ASIDE_TAGS

_LIKELY, _DOUBTFUL, _UNLIKELY = 0.5, 0.3, 0.1
_CERTAIN, _CERTAIN_OF_LONG = 0.85, 0.7  # what at least one block of an article reaches
_SHORT = 500
_DOMINANT = 0.8
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]{2,}")
_HIDDEN = re.compile(r"display:\s*none|visibility:\s*hidden")


class Content:
    """The article on a page: its `blocks` in reading order, without the headline; none where no text runs.

    `summary` is what meta data says of the article, `titles` what it calls it, `url` its address, and `declared`
    whether it says that there is one at all.
    """

    def __init__(self, layout: Layout, summary: str, titles: Sequence[str], url: str, *, declared: bool) -> None:
        page = blocks(layout.lines, outside_menus(layout.lines))
        self.blocks: list[Block] = []
        if page:
            likely = Model.learned().probabilities(page, summary)
            if layout.marked:
                inside = [layout.marked[0] <= block.line < layout.marked[1] for block in page]
                page, likely = list(compress(page, inside)), likely[inside]
            self.blocks = chosen(page, likely, titles, url, declared=declared)

    @property
    def text(self) -> str:
        """The blocks with a blank line between them."""
        return joined(self.blocks)

    @property
    def element(self) -> Element | None:
        """The innermost element that holds the whole article."""
        if not self.blocks:
            return None
        box = self.blocks[0].box
        last = self.blocks[-1].line
        while box.last <= last and box.parent:
            box = box.parent
        return box.element


def chosen(page: Sequence[Block], likely: Array, titles: Sequence[str], url: str, *, declared: bool) -> list[Block]:
    """Return what is likely text of the article, without what stands aside and the lines at its edges.

    A page that does not say of itself that it is an article must show it: by a block that is certainly text of one, or
    by siblings that hold nearly all prose.
    """
    dominant = _dominant(page)
    chances = likely.tolist()
    found = [
        block
        for number, (block, probability) in enumerate(zip(page, chances, strict=True))
        if probability > _LIKELY
        or (probability > _UNLIKELY and block.is_prose and _siblings(block) == dominant)
        or (probability > _DOUBTFUL and _is_between(page, chances, number))
    ]
    is_short = sum(block.size for block in found) < _SHORT
    if not declared and not dominant and likely.max(initial=0.0) < (_CERTAIN if is_short else _CERTAIN_OF_LONG):
        return []
    return trimmed(_without_asides(found), titles, url)


def _is_between(page: Sequence[Block], likely: Sequence[float], number: int) -> bool:
    """Return whether a block stands beside two likely ones, one before it and one after it."""
    around = page[max(0, number - 1) : number + 2]
    return (
        len(around) == 3
        and likely[number - 1] > _LIKELY < likely[number + 1]
        and around[0].box.parent is around[1].box.parent is around[2].box.parent
    )


def _dominant(page: Sequence[Block]) -> tuple[Box | None, str, str] | None:
    """Return the siblings that hold nearly all prose of the page; they are its article, however long or odd it is."""
    held: dict[tuple[Box | None, str, str], int] = {}
    for block in page:
        if block.is_prose:
            siblings = _siblings(block)
            held[siblings] = held.get(siblings, 0) + block.size
    most = max(held, key=held.__getitem__, default=None)
    return most if most and held[most] > _DOMINANT * sum(held.values()) else None


def _siblings(block: Block) -> tuple[Box | None, str, str]:
    return block.box.parent, block.box.tag, block.box.classes


def _without_asides(found: Sequence[Block]) -> list[Block]:
    """Return the blocks outside of captions, comments and the like.

    A box that holds most of the text is none: its element was left open, or its name means something else.
    """
    verdicts: dict[Box, bool] = {}
    box = _box_of_most(found)
    while box:
        verdicts[box] = False
        box = box.parent
    return [block for block in found if not _stands_aside(block.box, verdicts)]


def _box_of_most(found: Sequence[Block]) -> Box | None:
    """Return the innermost box that holds more than half of the text."""
    sizes = [0, *accumulate([block.size for block in found])]
    lines = [block.line for block in found]
    middle = bisect_right(sizes, sizes[-1] // 2) - 1  # the block with the middle letter, which such a box holds
    box = found[middle].box if found else None
    while box and 2 * (sizes[bisect_left(lines, box.last)] - sizes[bisect_left(lines, box.first)]) <= sizes[-1]:
        box = box.parent
    return box


def _stands_aside(box: Box, verdicts: dict[Box, bool]) -> bool:
    """Return whether a box is one aside, or stands in one; `verdicts` remembers those of other boxes."""
    chain = []
    around: Box | None = box
    while around and around not in verdicts:
        chain.append(around)
        around = around.parent
    verdict = verdicts[around] if around else False
    for inner in reversed(chain):
        verdict = verdicts[inner] = verdict or _is_aside(inner)
    return verdict


def _is_aside(box: Box) -> bool:
    attribute = box.element.get
    return (
        box.tag in ASIDE_TAGS
        or _names_aside(box.classes)
        or _names_aside(attribute(ID, ""))
        or attribute("hidden") is not None
        or ((style := attribute("style")) is not None and _HIDDEN.search(style) is not None)
    )


@remembered(1 << 15)
def _names_aside(names: str) -> bool:
    return not ASIDE_NAMES.isdisjoint(map(str.lower, _WORD.findall(names)))


def joined(found: Sequence[Block]) -> str:
    """Return blocks as one text, a blank line between them."""
    return "\n\n".join(block.text for block in found)
