"""The lines that a reader of a page sees, in reading order: where bylines, dates and labels stand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

Element = etree._Element

INLINE = frozenset(
    "a abbr acronym address b bdi bdo big cite code data dfn em font i ins kbd label mark q s samp small span strike"
    " strong sub sup time tt u var wbr".split()
)
UNSEEN = frozenset("script style noscript template head svg iframe select option textarea button object".split())


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line, white space folded, and the innermost element that holds all of it."""

    text: str
    element: Element


def lines(root: Element) -> Iterator[Line]:
    """Yield the printed lines below an element; `<br>` and block elements end a line."""
    parts: list[str] = []
    holder: Element = root

    def flush() -> Iterator[Line]:
        text = " ".join(" ".join(parts).split())
        parts.clear()
        if text:
            yield Line(text, holder)

    for event, element in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        tag = element.tag
        if event == "start":
            if tag not in INLINE:
                yield from flush()
                holder = element
            if element.text and tag not in UNSEEN:
                parts.append(element.text)
            continue
        if event == "end" and tag not in INLINE:
            yield from flush()
            parent = element.getparent()
            holder = root if parent is None else parent
        if element.tail and element is not root and not _unseen(element.getparent()):
            parts.append(element.tail)
    yield from flush()


def _unseen(element: Element | None) -> bool:
    return element is not None and element.tag in UNSEEN
