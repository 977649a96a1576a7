"""A page as blocks of text, in reading order, each with the elements that hold it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from scrapers.lines import Element

INLINE = frozenset(
    "a abbr acronym address b bdi bdo big cite code data del dfn em font i ins kbd label mark nobr q rb rp rt ruby s"
    " samp small span strike strong sub sup time tt u var wbr".split()
)
UNSEEN = frozenset(
    "script style noscript template head svg iframe select option textarea object embed video audio canvas map math"
    " datalist dialog input img picture source link meta".split()
)
_BLOCKS_IN_CELL = "p div table br ul ol h1 h2 h3 h4 h5 blockquote section article figure".split()
_WIDE = re.compile(r"[\u0e00-\u0eff\u1100-\u11ff\u3040-\ud7ff\uf900-\ufaff]")


class Box:
    """An element that breaks lines, in the chain of those that hold it."""

    __slots__ = ("depth", "element", "mass", "names", "parent", "tag")

    def __init__(self, element: Element, tag: str, parent: Box | None) -> None:
        self.element = element
        self.tag = tag
        self.parent = parent
        self.depth: int = parent.depth + 1 if parent else 0
        self.names = f"{element.get('class') or ''} {element.get('id') or ''}"
        self.mass = 0.0

    def chain(self) -> Iterator[Box]:
        """Yield this box and those around it, innermost first."""
        box: Box | None = self
        while box:
            yield box
            box = box.parent


@dataclass(slots=True)
class Block:
    """A paragraph, heading, list item or table row: `text` with white space folded, and the innermost `box` of it.

    `size` counts characters, those of scripts without spaces threefold; `linked` is the part of it inside links.
    """

    text: str
    box: Box
    size: int
    linked: int
    after_break: bool


def blocks(root: Element) -> Iterator[Block]:  # noqa: C901, the cases of one walk
    """Yield the blocks of text below an element."""
    box = Box(root, str(root.tag), None)
    parts: list[str] = []
    links = linked = 0
    broken = False

    def flush(at: Box) -> Iterator[Block]:
        text = " ".join("".join(parts).split())
        parts.clear()
        if text:
            yield Block(text, at, size_of(text), min(linked, len(text)), broken)

    walker = etree.iterwalk(root, events=("start", "end"))
    for event, element in walker:
        tag = str(element.tag)
        if event == "start":
            if tag in UNSEEN:
                walker.skip_subtree()
            elif tag in INLINE or (tag in ("td", "th") and box.tag == "row"):
                if tag == "a":
                    links += 1
                elif tag in ("td", "th"):
                    parts.append(" ")
            else:
                yield from flush(box)
                linked, broken = 0, tag == "br"
                if tag != "br":
                    if tag == "tr" and next(element.iterdescendants(*_BLOCKS_IN_CELL), None) is None:
                        tag = "row"
                    box = Box(element, tag, box)
            text = element.text
            if text and tag not in UNSEEN:
                parts.append(text)
                if links:
                    linked += len(text)
            continue
        if tag == "a":
            links -= 1
        elif box.element is element and box.parent:
            yield from flush(box)
            linked, broken = 0, False
            box = box.parent
        tail = element.tail
        if tail and element is not root:
            parts.append(tail)
            if links:
                linked += len(tail)
    yield from flush(box)


def size_of(text: str) -> int:
    """Return the length of a text, characters of scripts without spaces counted threefold."""
    return len(text) if text.isascii() else len(text) + 2 * len(_WIDE.findall(text))
