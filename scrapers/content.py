"""Chooses the blocks of a page that are its article."""

from __future__ import annotations

import re
from functools import lru_cache

from scrapers.blocks import Block, Box
from scrapers.vocabulary.boilerplate import CLOSING, HARD

_WORD = re.compile(r"[a-z]+")
_HARD_WORDS = frozenset(HARD)
_SIDE_TAGS = frozenset("nav aside footer form figure figcaption".split())


def article(page: list[Block], title: str) -> list[Block]:
    """Return the blocks of the article, in reading order; none where no box of the page holds running text."""
    prose = [block for block in page if block.size > 60 and block.linked < 0.4 * block.size]
    total = sum(block.size for block in prose)
    held: dict[Box, int] = {}
    for block in prose:
        for box in block.box.chain():
            held[box] = held.get(box, 0) + block.size
    aside = {block.box: _aside(block.box, held, total / 3) for block in page}
    for block in prose:
        weight = float(block.size)
        for box in block.box.chain():
            if not aside[block.box]:
                box.mass += weight
            weight *= 0.7
    if not held:
        return []
    best = max(held, key=lambda box: box.mass)
    while (
        best
        and best.parent
        and held[best.parent] - held[best] > 0.05 * held[best]
        and held[best.parent] < 1.6 * held[best]
    ):
        best = best.parent
    inside = [
        block
        for block in page
        if not aside[block.box] and any(box is best for box in block.box.chain()) and _kept(block, title)
    ]
    running = [number for number, block in enumerate(inside) if block in prose]
    return inside[running[0] : running[-1] + 1] if running else []


def _kept(block: Block, title: str) -> bool:
    if block.text.startswith(CLOSING) and block.size < 200:
        return False
    if block.box.tag == "h1" or title.startswith(block.text) or (" | " in block.text and block.size < 100):
        return False
    return block.linked < 0.5 * len(block.text)


def _aside(box: Box, held: dict[Box, int], much: float) -> bool:
    return any((box.tag in _SIDE_TAGS or _named_aside(box.names)) and held.get(box, 0) < much for box in box.chain())


@lru_cache(maxsize=4096)
def _named_aside(names: str) -> bool:
    return not _HARD_WORDS.isdisjoint(_WORD.findall(names.lower()))
