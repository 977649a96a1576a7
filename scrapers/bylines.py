"""The elements that the mark-up of a page calls the byline of its article."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from itertools import chain, islice
from typing import TYPE_CHECKING

from lxml import etree

from scrapers.classes import is_foreign
from scrapers.element import CLASS, REL, Element

if TYPE_CHECKING:
    from scrapers.document import Document

LARGEST_BOX = 800
"""Letters in a box that holds the bylines of one article."""

_BOXES = 6  # around the first of them
_MOST = 40  # marked elements that are looked at: more belong to lists and comments
_DEPTH = 8  # boxes around an element that tell whether it stands elsewhere
_DECLARED = etree.XPath(f"(//@itemprop[.='author'])[position() <= {_MOST}]/..")  # all: the square of their number
_UNPRINTED = ("meta", "link")
_OUTSIDE = frozenset("nav footer figure blockquote form".split())
_WHOLE = frozenset("html body main article".split())  # their classes tell of the layout, not of what they hold


def marked(document: Document) -> Iterator[Iterable[Element]]:
    """Yield what class, then relation, then property marks as byline, in reading order, whoever's it is."""
    yield document.layout.named["byline"]
    yield [link for link in document.layout.links if link.get(REL) == "author"]
    if any(node.source == "microdata" and "author" in node for node in document.nodes):
        yield _DECLARED(document.tree)


def own(elements: Iterable[Element], shared: Collection[Element]) -> list[Element]:
    """Return those of these elements that stand together and sign the article whose headline `shared` boxes hold."""
    found = [element for element in islice(elements, _MOST) if not _is_elsewhere(element, shared)]
    if all(found[0] in element.iterancestors() for element in found[1:]):  # none, or one, with all others in it
        return found
    box = _small_box(found[0])
    return [element for element in found if element is box or box in element.iterancestors()]


def _is_elsewhere(element: Element, shared: Collection[Element]) -> bool:
    """Return whether an element stands in another article's teaser, a comment or a caption."""
    for box in chain((element,), islice(element.iterancestors(), _DEPTH)):
        if box in shared:
            return False
        tag = box.tag
        if tag in _UNPRINTED or (tag == "aside" and not _is_small(box)):
            return True
        if tag in _OUTSIDE:
            return tag != "footer" or not _is_article(box.getparent(), shared)
        if box is not element and tag not in _WHOLE and is_foreign(box.get(CLASS) or ""):
            return True
    return False


def _is_article(box: Element | None, shared: Collection[Element]) -> bool:
    return box is not None and box.tag == "article" and box in shared


def _small_box(element: Element) -> Element:
    """Return the outermost small box around an element: in it stand the bylines of one article, not of a list."""
    box = element
    for around in islice(element.iterancestors(), _BOXES):
        if not _is_small(around):
            break
        box = around
    return box


def _is_small(box: Element) -> bool:
    return sum(map(len, islice(box.itertext(), 60))) <= LARGEST_BOX
