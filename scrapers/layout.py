"""A page laid out as a reader sees it: printed lines, and the boxes that hold them."""

from __future__ import annotations

from typing import Any

from lxml import etree
from msgspec import Struct

from scrapers.classes import kinds as kinds_of
from scrapers.element import CLASS, Element

INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark nobr picture q rb rp rt ruby s"
    " samp small source span strike strong sub sup time tt u var wbr".split()
)
UNSEEN = frozenset(
    "head script style noscript template svg iframe select option textarea object embed video audio canvas map math"
    " datalist input link meta".split()
)
_PICTURES = ("img", "amp-img")
_BOX, _RUNNING, _LINK, _BREAK, _MENU, _PICTURE, _COMMENT, _NOTHING = (
    "box running link break menu picture comment nothing".split()
)
_KINDS = (
    dict.fromkeys(INLINE, _RUNNING)
    | dict.fromkeys(UNSEEN, _NOTHING)
    | dict.fromkeys(_PICTURES, _PICTURE)
    | {"a": _LINK, "br": _BREAK, "nav": _MENU, etree.Comment: _COMMENT, etree.PI: _NOTHING}
)
_MARK = "enpcontent"
_PAGE = ("p", "h1", "article")


class Box(Struct, eq=False, gc=False):
    """An element that breaks lines and holds text: the lines from number `first` up to `last`."""

    element: Element
    tag: str
    classes: str
    parent: Box | None
    number: int
    first: int
    last: int = 0


class Line(Struct, eq=False, gc=False):
    """One printed line, white space folded: what stands between two ends of a line.

    `box` is the innermost that holds all of it; `linked` counts the characters inside links; `broken` says that `<br>`
    began the line.
    """

    printed: str
    parts: list[str]
    box: Box
    linked: int
    broken: bool

    @property
    def text(self) -> str:
        """The line with a space wherever an element begins or ends, so that names side by side do not fuse."""
        return self.printed if len(self.parts) == 1 else " ".join(" ".join(self.parts).split())

    @property
    def element(self) -> Element:
        """The innermost element that breaks lines and holds all of this one."""
        return self.box.element


class Layout:
    """A page, or a part of it, as `lines` and `boxes`, both in reading order; every box but the first holds a line.

    `links`, `pictures` and, as `named`, what its class calls a byline, a box of tags or a caption, have the number of
    the line in or after which they begin. `marked` is the first and, exclusive, the last line of what a CMS marks as
    the article by comments around it.
    """

    def __init__(self, root: Element) -> None:
        self.lines: list[Line] = []
        self.boxes: list[Box] = []
        self.links: dict[Element, int] = {}
        self.pictures: dict[Element, int] = {}
        self.named: dict[str, dict[Element, int]] = {"byline": {}, "tags": {}, "caption": {}}
        self.marked: tuple[int, int] | None = None
        self._marked_from = 0
        self._walk(root)

    def size(self, box: Box) -> int:
        """Return how many letters a box prints, counted up to its hundredth line."""
        return sum([len(line.printed) for line in self.lines[box.first : min(box.last, box.first + 100)]])

    def _walk(self, root: Element) -> None:  # noqa: C901, the hot loop of a page, all its cases at a glance
        # From element to element, for the events of lxml's `iterwalk` alone take as long as this finds its way in.
        lines, boxes, kinds = self.lines, self.boxes, _KINDS
        box = Box(root, str(root.tag), root.get("class") or "", None, 0, 0)
        boxes.append(box)
        parts: list[str] = []
        links = linked = 0
        broken = False
        element: Any = root
        top = root
        text, inside = root.text, True
        while True:
            if text and (parts or not text.isspace()):
                parts.append(text)
                if links:
                    linked += len(text)
            if inside:
                following = element[0] if len(element) else None
            elif (following := element.getnext()) is None:
                element = element.getparent()
            if following is None:  # so the element ends
                if element is top:
                    parts = parts and self._end_line(parts, box, linked, broken)
                    linked, broken = 0, False
                    box.last = len(lines)
                    if box.parent is None:
                        return
                    if box.first == box.last:
                        boxes.pop()
                    box = box.parent
                    top = box.element
                elif links and element.tag == "a":
                    links -= 1
                text, inside = element.tail, False
                continue
            element = following
            kind = kinds.get(element.tag, _BOX)
            classes = element.get(CLASS)
            if classes and (names := kinds_of(classes)):
                for name in names:
                    self.named[name][element] = len(lines)
            if kind is _MENU:  # one that was left open by mistake holds the page
                kind = _NOTHING if next(element.iter(*_PAGE), None) is None else _BOX
            if kind is _BOX:
                parts = parts and self._end_line(parts, box, linked, broken)
                linked, broken = 0, False
                box = Box(element, element.tag, classes or "", box, len(boxes), len(lines))
                boxes.append(box)
                top = element
            elif kind is _LINK:
                links += 1
                self.links[element] = len(lines)
            elif kind is not _RUNNING:
                if kind is _BREAK:
                    parts = parts and self._end_line(parts, box, linked, broken)
                    linked, broken = 0, True
                elif kind is _PICTURE:
                    self.pictures[element] = len(lines)
                elif kind is _COMMENT and _MARK in (element.text or ""):
                    parts = parts and self._end_line(parts, box, linked, broken)
                    self._mark(element.text or "")
                text, inside = element.tail, False
                continue
            text, inside = element.text, True

    def _end_line(self, parts: list[str], box: Box, linked: int, broken: bool) -> list[str]:
        """Add a line, and return the parts of the next one."""
        self.lines.append(Line(" ".join("".join(parts).split()), parts, box, linked, broken))
        return []

    def _mark(self, comment: str) -> None:
        here = len(self.lines)
        if not comment.strip().startswith("/"):
            self._marked_from = here
        elif self.marked is None and here > self._marked_from:
            self.marked = self._marked_from, here
