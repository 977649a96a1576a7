"""The publisher's own summary."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from scrapers.candidate import Candidate
from scrapers.document import Document, text_of
from scrapers.lines import Element


def candidates(document: Document) -> Iterator[Candidate[str]]:
    """Yield summaries."""
    for node in document.nodes:
        if isinstance(value := node.get("description"), str):
            yield Candidate(value, "json-ld")
    for source, content in document.meta("og:description", "description", "twitter:description"):
        yield Candidate(content, source)


def from_elements(elements: Sequence[Element], document: Document) -> str | None:  # noqa: ARG001
    """Return what the first of these elements prints."""
    return text_of(elements[0]) or None
