"""A page laid out as a reader sees it: printed lines, and the boxes that hold them."""

from __future__ import annotations

from typing import Any

from lxml import etree

from scrapers.lines import Element

INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark nobr q rb rp rt ruby s samp small"
    " span strike strong sub sup time tt u var wbr".split()
)
UNSEEN = frozenset(
    "head script style noscript template svg iframe select option textarea object embed video audio canvas map math"
    " datalist input img picture source link meta".split()
)
_MARK = "enpcontent"
_TEXT = ("p", "h1", "article")  # a menu that holds one was left open by mistake and holds the page


class Box:
    """An element that breaks lines and holds text: the lines from number `first` up to `last`."""

    __slots__ = ("element", "first", "last", "number", "parent", "tag")

    def __init__(self, element: Element, tag: str, parent: Box | None, number: int, first: int) -> None:
        self.element = element
        self.tag = tag
        self.parent = parent
        self.number = number
        self.first = first
        self.last = first


class Line:
    """One printed line, white space folded: what stands between two ends of a line.

    `box` is the innermost that holds all of it; `linked` counts the characters inside links; `broken` says that `<br>`
    began the line.
    """

    __slots__ = ("box", "broken", "linked", "parts", "printed")

    def __init__(self, printed: str, parts: list[str], box: Box, linked: int, broken: bool) -> None:
        self.printed = printed
        self.parts = parts
        self.box = box
        self.linked = linked
        self.broken = broken

    @property
    def text(self) -> str:
        """The line with a space wherever an element begins or ends, so that names side by side do not fuse."""
        return " ".join(" ".join(self.parts).split())

    @property
    def element(self) -> Element:
        """The innermost element that breaks lines and holds all of this one."""
        return self.box.element


class Layout:
    """A page, or a part of it, as `lines` and `boxes`, both in reading order; every box holds a line."""

    def __init__(self, root: Element) -> None:
        self.lines: list[Line] = []
        self.boxes: list[Box] = []
        self._parts: list[str] = []
        self._linked = 0
        self._broken = False
        self._marked_from = 0
        self.marked: tuple[int, int] | None = None
        """First and last line, exclusive, of the text that a CMS marks as that of the article by comments around it."""
        self._walk(root)

    def _walk(self, root: Element) -> None:  # noqa: C901, the cases of one walk
        boxes, inline, unseen = self.boxes, INLINE, UNSEEN
        box = Box(root, str(root.tag), None, 0, 0)
        boxes.append(box)
        links = 0
        walker = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
        next(walker)
        text = root.text
        for event, element in walker:
            if text:
                self._parts.append(text)
                if links:
                    self._linked += len(text)
            tag: Any = element.tag
            if event == "start":
                text = None
                if tag in unseen or (tag == "nav" and next(element.iter(*_TEXT), None) is None):
                    walker.skip_subtree()
                    continue
                if tag == "a":
                    links += 1
                elif tag not in inline:
                    self._end_line(box)
                    if tag == "br":
                        self._broken = True
                    else:
                        box = Box(element, tag, box, len(boxes), len(self.lines))
                        boxes.append(box)
                text = element.text
            else:
                if tag == "a":
                    links -= 1
                elif box.element is element:
                    self._end_line(box)
                    self._close(box)
                    if box.parent is None:
                        return
                    box = box.parent
                elif event == "comment" and _MARK in (element.text or ""):
                    self._end_line(box)
                    self._mark(element.text or "")
                text = element.tail

    def _mark(self, comment: str) -> None:
        here = len(self.lines)
        if not comment.strip().startswith("/"):
            self._marked_from = here
        elif self.marked is None and here > self._marked_from:
            self.marked = self._marked_from, here

    def _end_line(self, box: Box) -> None:
        if self._parts:
            printed = " ".join("".join(self._parts).split())
            if printed:
                self.lines.append(Line(printed, self._parts, box, self._linked, self._broken))
            self._parts = []
        self._linked = 0
        self._broken = False

    def _close(self, box: Box) -> None:
        box.last = len(self.lines)
        if box.first == box.last:
            self.boxes.pop()
