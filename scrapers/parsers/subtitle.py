"""Deck: the line printed below the headline."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from scrapers import structured
from scrapers.candidate import Candidate
from scrapers.document import Document, text_of
from scrapers.element import Element
from scrapers.publisher import fold

_LONGEST = 400


def candidates(document: Document) -> Iterator[Candidate[str]]:
    """Yield decks that say more than the headline."""
    for source, content in _written(document):
        text = " ".join(content.split())
        if len(text) <= _LONGEST and (key := fold(text)) and key not in _headline(document):
            yield Candidate(text, source)


def _headline(document: Document) -> str:
    headline = document.printed.headline
    return fold(document.title_tag) + ("" if headline is None else fold(text_of(headline)))


def from_elements(elements: Sequence[Element], document: Document) -> str | None:  # noqa: ARG001
    """Return what the first of these elements prints."""
    return text_of(elements[0]) or None


def _written(document: Document) -> Iterator[tuple[str, str]]:
    if document.cms_comment.get("subtitle"):
        yield "cms-comment", document.cms_comment["subtitle"]
    for text in document.printed.decks:
        yield "deck", text
    for node in document.articles:
        for text in structured.texts(node.get("alternativeHeadline"))[:1]:
            yield node.source, text
    yield from document.meta("subtitle", "sub_title")
