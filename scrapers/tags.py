"""The block of tags that a page prints with its article."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from scrapers.classes import holds_other_links, names_tags
from scrapers.element import REL, Element
from scrapers.layout import Box, Layout
from scrapers.vocabulary import markup

_ADDRESSES = frozenset(markup.TAG_ADDRESSES.split())
_OUTSIDE = frozenset("header footer aside figure".split())
_WHOLE = frozenset("body main article".split())
_NO_ADDRESSES = frozenset("category author mailto: javascript:".split())
_PLAIN = frozenset("a li p h1 h2 h3".split())  # so many that only their class is asked
_NAMING = frozenset("id data-testid data-test data-qa".split())
_AROUND = ("li", "span")
_MOST = 25  # more are a menu
_MOST_DECLARED = 40  # more are a cloud
_LONGEST = 60
_MOST_BOXES = 100
_DEPTH = 4  # boxes above a link whose class may name the block


def block(layout: Layout, above: range, below: int) -> list[Element]:
    """Return the links of the first block of tags below the headline, else just above it.

    `above` are the numbers of the lines before the headline, `below` is that of the first one after it.
    """
    boxes = _Boxes(layout)
    if found := _first([link for link, line in layout.links.items() if line >= below], boxes, layout):
        return found
    found = _first([link for link, line in layout.links.items() if line in above], boxes, layout)
    return found if len(found) > 1 or any(map(_is_declared, found)) else []  # one alone is the rubric


def _first(links: list[Element], boxes: _Boxes, layout: Layout) -> list[Element]:
    """Return the first block of links that are declared as tags, else of links that look like tags."""
    declared = next(_groups(filter(_is_declared, links)), [])
    if declared:
        return declared if len(declared) <= _MOST_DECLARED else []
    looking = _groups(link for link in links if _looks_like_tag(link, boxes))
    return next((group for group in looking if len(group) <= _MOST and _is_list(group, layout)), [])


class _Boxes:
    """What the boxes of one page are named; the links of a menu share theirs, so each is looked at once."""

    def __init__(self, layout: Layout) -> None:
        self._named = set(islice(layout.named["tags"], _MOST_BOXES))
        if not self._named:
            self._named.update(box.element for box in _linked(layout) if _is_called_tags(box))
        self.links = {link for box in self._named for link in self._inside(box)}
        self._aside: dict[Element, bool] = {}

    def _inside(self, box: Element) -> Iterator[Element]:
        """Yield the links that stand just inside a box named as one of tags, or just around it."""
        if (parent := box.getparent()) is not None and parent.tag == "a" and parent[0] is box:
            yield parent
        for link in islice(box.iter("a"), 2 * _MOST):
            if link is box or box in islice(link.iterancestors(), _DEPTH):
                yield link

    def aside(self, box: Element) -> bool:
        """Return whether a box, or one around it, is a menu, a teaser, a comment: not part of the article."""
        chain: list[Element] = []
        above: Element | None = box
        known = False
        while above is not None:
            if (seen := self._aside.get(above)) is not None:
                known = seen
                break
            chain.append(above)
            if self._is_aside(above):
                known = True
                break
            above = above.getparent()
        self._aside.update(dict.fromkeys(chain, known))
        return known

    def _is_aside(self, box: Element) -> bool:
        tag = box.tag
        if tag in _WHOLE:
            return False
        if tag == "nav":
            return box not in self._named
        if tag in _OUTSIDE:
            return not any(above.tag in ("main", "article") for above in box.iterancestors())
        classes = box.get("class")
        return classes is not None and holds_other_links(classes)


def _groups(links: Iterable[Element]) -> Iterator[list[Element]]:
    """Yield the runs of links that share a box."""
    group: list[Element] = []
    boxes: set[Element] = set()
    for link in links:
        around = set(islice(link.iterancestors(), _DEPTH))
        if boxes & around and link.get("href") != group[0].get("href"):
            boxes &= around
        else:
            yield from [group] if group else []
            group, boxes = [], around
        group.append(link)
    yield from [group] if group else []


def _is_declared(link: Element) -> bool:
    if (written := link.get(REL)) is None:
        return False
    relations = written.split()
    return "tag" in relations and "category" not in relations and "/category/" not in (link.get("href") or "")


def _looks_like_tag(link: Element, boxes: _Boxes) -> bool:
    href = link.get(b"href")
    if not href or href[0] == "#":
        return False
    parts = href.casefold().split("/")
    if _ADDRESSES.isdisjoint(parts) and link not in boxes.links and "?tag=" not in href:
        return False
    parent = link.getparent()
    return parent is not None and _NO_ADDRESSES.isdisjoint(parts) and not boxes.aside(parent)


def _linked(layout: Layout) -> Iterator[Box]:
    """Yield the boxes that may be a block of links: short, and a link in their first or last line."""
    lines = layout.lines
    for box in layout.boxes:
        if box.tag in _PLAIN or not 0 < box.last - box.first <= 2 * _MOST:
            continue
        if lines[box.first].linked or lines[box.last - 1].linked:
            yield box


def _is_called_tags(box: Box) -> bool:
    """Return whether a box is named as one of tags by other means than its class: its id, its mark for tests."""
    element = box.element
    for name in element.attrib:
        mark = element.get(name) if name in _NAMING else name if name.startswith("data-test-") else None
        if mark and names_tags(mark):
            return True
    return False


def _is_list(group: list[Element], layout: Layout) -> bool:
    """Return whether the links make up most of their box or line: not links in the running text, nor headlines."""
    said = sum(len("".join(link.itertext()).strip()) for link in group)
    if not 0 < said <= _LONGEST * len(group):
        return False
    if len(group) == 1 and not any(names_tags(box.get("class") or "") for box in _closest(group[0])):
        return False
    if len(group) > 2 and len({layout.links[link] for link in group}) == 1:
        line = layout.lines[layout.links[group[0]]]
        return line.linked > 2 * (len(line.printed) - line.linked) - 40
    around = set(group[-1].iterancestors())
    box = next((box for box in group[0].iterancestors() if box in around), None)
    return box is not None and sum(len(text.strip()) for text in islice(box.itertext(), 120)) <= 2 * said + 40


def _closest(link: Element) -> Iterator[Element]:
    """Yield a link, what stands just in it and just around it; a paragraph around it may be the kicker."""
    yield from (link, *link[:1])
    parent = link.getparent()
    if parent is not None and parent.tag in _AROUND and link.getprevious() is None and link.getnext() is None:
        yield parent
