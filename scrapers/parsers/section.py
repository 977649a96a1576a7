"""The publisher's rubric."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from scrapers import structured
from scrapers.candidate import Candidate
from scrapers.document import Document, text_of
from scrapers.element import REL, Element
from scrapers.publisher import fold

_METAS = ("article:section", "og:article:section", "og:section", "parsely-section", "section", "cxenseparse:section")
_LONGEST = 40


def candidates(document: Document) -> Iterator[Candidate[str]]:
    """Yield rubrics: as structured data and meta data name them, then the last step of the breadcrumb."""
    for source, content in _named(document):
        text = content.strip(" -–|/>»")
        if 1 < len(text) <= _LONGEST and not text.isdigit() and not document.publisher.named(text):
            yield Candidate(text, source)


def from_elements(elements: Sequence[Element], document: Document) -> str | None:  # noqa: ARG001
    """Return what the first of these elements prints."""
    return text_of(elements[0]) or None


def _named(document: Document) -> Iterator[tuple[str, str]]:
    for node in document.articles:
        for text in structured.texts(node.get("articleSection")):
            yield node.source, text.split(",")[0]
    yield from document.meta(*_METAS)
    if "nodename" in document.cms_comment:
        yield "cms-comment", document.cms_comment["nodename"]
    for node in document.nodes:
        if "BreadcrumbList" in structured.types(node):
            steps = structured.texts(node.get("itemListElement")) or _items(node)
            title = fold(document.title_tag)
            rubrics = [step for step in steps[1:] or steps if fold(step) and fold(step) not in title]
            if rubrics:
                yield "breadcrumb", rubrics[-1]
    for link in document.layout.links:  # WordPress
        if (relations := link.get(REL)) and "category" in relations.split():
            yield "rel:category", text_of(link)


def _items(node: structured.Node) -> list[str]:
    items = node.get("itemListElement")
    return (
        [text for item in items if isinstance(item, dict) for text in structured.texts(item.get("item"))[:1]]
        if isinstance(items, list)
        else []
    )
