"""The labelled pages as blocks of which it is known whether they are article text: what `learn_body` learns from."""

from __future__ import annotations

import copy
import math
import random
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import numpy as np
from rapidfuzz.distance import LCSseq

from benchmarks import labelled
from scrapers.body.blocks import Block, blocks, outside_menus
from scrapers.body.boxes import Array
from scrapers.body.odds import line_words, name_words
from scrapers.document import Document
from scrapers.layout import Layout

CORPORA = ("fundus", "aeb", "wcxb", "readability", "newspaper4k", "trafilatura")
WORD = re.compile(r"\w+")


@dataclass
class Sample:
    """A labelled page: `good` is the share of each block's words that are article text, NaN where unknown."""

    page: Any
    site: str
    document: Document
    layout: Layout
    blocks: list[Block]
    words: Array
    good: Array
    box_words: list[tuple[list[str], int, int]]
    line_words: list[list[str]]


def samples() -> list[Sample]:
    """Return the labelled pages as they are."""
    found = []
    for page in labelled.load("corpora").load(CORPORA):
        if not page.gold["body"] and "with" not in page.extra:
            continue
        document = Document(page.html, page.url or "", charset=page.charset)
        printed = blocks(document.layout.lines, outside_menus(document.layout.lines))
        if printed:
            good = _aligned(printed, page.gold["body"]) if page.gold["body"] else _snippets(printed, page.extra)
            found.append(_sample(page, document, document.layout, printed, good))
    return found


def _sample(page: Any, document: Document, layout: Layout, printed: list[Block], good: Array) -> Sample:
    words = np.array([len(WORD.findall(block.text)) for block in printed], float)
    return Sample(page, _site(page), document, layout, printed, words, good, *_words(layout, printed))


def small(sample: Sample, chance: random.Random) -> Sample | None:
    """Return a sample without most of the page around its article, and some of its paragraphs: as small sites print."""
    good = [block for block, share in zip(sample.blocks, sample.good, strict=True) if share > 0.5]
    if not sample.page.gold["body"] or len(good) < 3:
        return None
    box = good[0].box
    while box.parent and box.last <= good[-1].line:
        box = box.parent
    for _ in range(chance.randrange(3)):
        box = box.parent or box
    shares = {block.text: share for block, share in zip(sample.blocks, sample.good.tolist(), strict=True)}
    root = copy.deepcopy(box.element)
    kept = chance.choice((0.1, 0.3, 1.0))
    for element in list(root.iter("p", "li")):
        parent = element.getparent()
        if parent is not None and element is not root and chance.random() > kept:
            parent.remove(element)
    layout = Layout(root)
    printed = blocks(layout.lines, outside_menus(layout.lines))
    if len(printed) < 2:
        return None
    known = np.array([shares.get(block.text, math.nan) for block in printed])
    return _sample(sample.page, sample.document, layout, printed, known)


def _site(page: Any) -> str:
    """Return the registered domain, near enough, so that two corpora's pages of one site fall into one fold."""
    labels = (urlsplit(page.url or "").hostname or page.site).split(".")
    return ".".join(labels[-3:] if len(labels) > 2 and len(labels[-1]) == 2 and len(labels[-2]) < 4 else labels[-2:])


def _aligned(page: Sequence[Block], gold: str) -> Array:
    """Return the share of each block's words that the longest common subsequence with the label holds."""
    texts = [WORD.findall(block.text) for block in page]
    owner = np.repeat(np.arange(len(page)), [len(text) for text in texts])
    numbers: dict[str, int] = {}
    ours = [numbers.setdefault(word, len(numbers)) for text in texts for word in text]
    theirs = [numbers.setdefault(word, len(numbers)) for word in WORD.findall(gold)]
    matched = np.zeros(len(ours))
    for step in LCSseq.opcodes(ours, theirs):
        if step.tag == "equal":
            matched[step.src_start : step.src_end] = 1
    count = np.bincount(owner, minlength=len(page))
    share = np.bincount(owner, weights=matched, minlength=len(page)) / np.maximum(count, 1)
    runs = {size: set(zip(*(theirs[at:] for at in range(size)), strict=False)) for size in (2, 3)}
    at = 0
    for number, words in enumerate(count.tolist()):
        text = ours[at : at + words]
        at += words
        if words > 1:  # chance matches of single words, here and there, are no article text
            size = min(3, words)
            grams = list(zip(*(text[at:] for at in range(size)), strict=False))
            share[number] = min(share[number], sum(gram in runs[size] for gram in grams) / len(grams))
    return share


def _snippets(page: Sequence[Block], extra: dict[str, list[str]]) -> Array:
    good = np.full(len(page), np.nan)
    for number, block in enumerate(page):
        if any(text in block.text for text in extra["with"]):
            good[number] = 1
        elif any(text in block.text for text in extra["without"]):
            good[number] = 0
    return good


def _words(layout: Layout, page: Sequence[Block]) -> tuple[list[tuple[list[str], int, int]], list[list[str]]]:
    lines = [block.line for block in page]
    boxes = []
    for box in layout.boxes:
        first, last = np.searchsorted(lines, [box.first, box.last]).tolist()
        words = set(name_words(f"{box.element.get('id') or ''} {box.classes}"))
        boxes.append(([f"<{box.tag}", *words], first, last))
    return boxes, [list(set(line_words(block.text))) if block.is_short else [] for block in page]
