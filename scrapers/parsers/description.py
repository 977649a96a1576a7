"""The publisher's own summary."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence

from scrapers import structured
from scrapers.candidate import Candidate
from scrapers.document import Document, text_of
from scrapers.element import Element
from scrapers.publisher import fold

_METAS = (
    "og:description",
    "description",
    "twitter:description",
    "dc.description",
    "dcterms.description",
    "sailthru.description",
)
_TAG = re.compile(r"<[^<>]+>")


def candidates(document: Document) -> Iterator[Candidate[str]]:
    """Yield summaries; a text that only repeats the title tag is none."""
    title = fold(document.title_tag)
    for source, content in _written(document):
        text = " ".join(_TAG.sub(" ", html.unescape(content)).split())
        if text and not document.publisher.named(text) and fold(text) != title:
            yield Candidate(text, source)


def from_elements(elements: Sequence[Element], document: Document) -> str | None:  # noqa: ARG001
    """Return what the first of these elements prints."""
    return text_of(elements[0]) or None


def _written(document: Document) -> Iterator[tuple[str, str]]:
    yield from document.meta("og:description")
    for node in document.articles:
        for text in structured.texts(node.get("description"))[:1]:
            yield node.source, text
    yield from document.meta(*_METAS[1:])
    if document.entry and document.entry.description:
        yield document.entry.source, document.entry.description
