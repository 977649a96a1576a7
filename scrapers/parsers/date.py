"""Calendar day of publication at the publisher."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from scrapers.candidate import Candidate
from scrapers.document import Document, text_of
from scrapers.lines import Element
from scrapers.parsers import published_at


def candidates(document: Document) -> Iterator[Candidate[str]]:
    """Yield the day of each instant of publication."""
    for candidate in published_at.candidates(document):
        yield Candidate(candidate.value[:10], candidate.source)


def from_elements(elements: Sequence[Element], document: Document) -> str | None:  # noqa: ARG001
    """Return what the first of these elements prints."""
    return text_of(elements[0]) or None
