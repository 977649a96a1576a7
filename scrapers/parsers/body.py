"""The text of the article."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lxml import etree

from scrapers.body.blocks import blocks
from scrapers.body.content import joined
from scrapers.candidate import Candidate
from scrapers.document import Document
from scrapers.element import Element
from scrapers.layout import Layout
from scrapers.structured import Node

_SHORT = 500
"""Length below which declared text is a summary."""


def candidates(document: Document) -> Iterator[Candidate[str]]:
    """Yield the text that structured data declares where the page prints less than half of it, then what is printed."""
    printed = document.content.text
    for node in document.articles:
        declared = _declared(node)
        if len(declared) > max(_SHORT, 2 * len(printed)):
            yield Candidate(declared, node.source)
    if printed:
        yield Candidate(printed, "text")


def _declared(node: Node) -> str:
    text = node.get("articleBody")
    if not isinstance(text, str):
        return ""
    if "</" in text:
        return joined(blocks(Layout(etree.fromstring(f"<div>{text}</div>", etree.HTMLParser())).lines))
    return "\n\n".join(line for line in map(str.strip, text.splitlines()) if line)


def from_elements(elements: Sequence[Element], document: Document) -> str | None:  # noqa: ARG001
    """Return what these elements print, a paragraph each."""
    return joined([block for element in elements for block in blocks(Layout(element).lines)]) or None
