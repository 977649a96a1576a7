"""What all parsers share of a page, collected in one walk."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from lxml import etree

from scrapers.element import Element

_TRACKBACK = re.compile(r'\b(dc:(?:date|creator))="([^"]+)"')  # what older blogs tell of a post
_LONGEST_TRACKBACK = 2000  # characters
_PARAGRAPHS = 3  # in a notice for those without scripts there are fewer


@dataclass(slots=True)
class Harvest:
    """What one walk over the page collects for all parsers; `scripts` are taken out of the tree, `json_ld` is text."""

    metas: dict[str, list[str]] = field(default_factory=dict)
    links: dict[str, list[str]] = field(default_factory=dict)
    scripts: list[Element] = field(default_factory=list)
    json_ld: list[str] = field(default_factory=list)
    elements: dict[str, list[Element]] = field(
        default_factory=lambda: {"time": [], "h1": [], "title": [], "noscript": []}
    )
    cms_comment: str = ""

    def add(self, element: Element) -> None:
        """Take what an element offers."""
        tag: Any = element.tag
        if tag is etree.Comment:
            self._add_comment(element.text or "")
        elif tag == "meta":
            self._add_meta(element)
        elif tag == "link":
            for relation in (element.get("rel") or "").lower().split():
                self.links.setdefault(relation, []).append((element.get("href") or "").strip())
        elif tag == "script":
            self.scripts.append(element)
            if "ld+json" in (element.get("type") or "").lower():
                self.json_ld.append(element.text or "")
        else:
            self.elements[tag].append(element)

    def _add_meta(self, meta: Element) -> None:
        attributes = dict(meta.items())
        if content := attributes.get("content", "").strip():
            for key in ("name", "property", "itemprop", "http-equiv"):
                if name := attributes.get(key):
                    self.metas.setdefault(name.strip().lower(), []).append(content)

    def _add_comment(self, text: str) -> None:
        if text.lstrip().startswith("enpproperty"):
            self.cms_comment = self.cms_comment or text
        elif "<rdf:RDF" in text:
            for name, content in _TRACKBACK.findall(text[:_LONGEST_TRACKBACK]):
                self.metas.setdefault(name, []).append(content)


def harvest(root: Element) -> Harvest:
    """Collect what parsers share of a page, take scripts and styles out of it, and let in what stands for them."""
    found = Harvest()
    for element in root.itersiblings(etree.Comment, preceding=True):
        found.add(element)
    for element in root.iter("meta", "link", "script", "time", "h1", "title", "noscript", etree.Comment):
        found.add(element)
    for element in found.elements["noscript"]:
        if sum(1 for _ in islice(element.iter("p"), _PARAGRAPHS)) == _PARAGRAPHS:
            element.tag = "div"  # it prints the article, for those without scripts
    etree.strip_elements(root, "script", "style", with_tail=False)
    return found
