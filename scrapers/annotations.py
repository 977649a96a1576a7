"""Microdata and RDFa: structured data that stands in the attributes of a page's elements."""

from __future__ import annotations

from itertools import islice
from typing import Any

from lxml import etree

from scrapers.element import Element
from scrapers.structured import Node, local_name

_LINKED = frozenset("url sameAs mainEntityOfPage image thumbnailUrl contentUrl embedUrl logo license item".split())
_SOCIAL = ("og:", "article:", "fb:", "twitter:")  # meta elements use RDFa's attribute; the document keeps them apart
_MICRODATA = etree.XPath("//@itemprop/.. | //@itemscope/..")  # half the time of `//*[@itemprop or @itemscope]`
_RDFA = etree.XPath("//@property/.. | //@typeof/..")
_HIGHEST = 200  # elements between a property and its item
_MOST_PROPERTIES = 10_000


def annotated(root: Element, *, rdfa: bool = False) -> list[Node]:
    """Return the items of microdata (of RDFa if `rdfa`) in JSON-LD's shape; the first holds loose properties."""
    scope, prop, kind = ("typeof", "property", "typeof") if rdfa else ("itemscope", "itemprop", "itemtype")
    loose = Node()
    items: dict[Element, Node] = {}
    for element in (_RDFA if rdfa else _MICRODATA)(root)[:_MOST_PROPERTIES]:
        item = None
        if element.get(scope) is not None:
            item = items[element] = Node({"@type": [local_name(name) for name in (element.get(kind) or "").split()]})
            if address := element.get("itemid") or element.get("resource") or element.get("about"):
                item["@id"] = address
        names = [local_name(name) for name in (element.get(prop) or "").split() if not name.startswith(_SOCIAL)]
        if names:
            above = islice(element.iterancestors(), _HIGHEST)
            owner = next((items[box] for box in above if box in items), loose)
            value = _printed(element, names[0]) if item is None else item
            for name in names:
                _add(owner, name, value)
    for node in (loose, *items.values()):
        node.source = "rdfa" if rdfa else "microdata"
    return [node for node in (loose, *items.values()) if node]


def _printed(element: Element, name: str) -> str:
    """Return an annotated element's value, its text cut after two hundred pieces."""
    linked = ("href", "src") if name in _LINKED or element.tag in ("link", "img") else ()
    for attribute in ("content", "datetime", *linked):
        if value := element.get(attribute):
            return value.strip()
    if name == "articleBody":
        return ""  # the body parser reads it from the tree
    return " ".join(" ".join(islice(element.itertext(), 200)).split())


def _add(item: Node, name: str, value: Any) -> None:
    if name in item:
        known = item[name]
        item[name] = [*known, value] if isinstance(known, list) else [known, value]
    elif value:
        item[name] = value
