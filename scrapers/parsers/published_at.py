"""Instant of publication."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from scrapers.candidate import Candidate
from scrapers.document import Document, text_of
from scrapers.element import Element


def candidates(document: Document) -> Iterator[Candidate[str]]:
    """Yield the instants on the day of publication, the most trusted first."""
    for instant, source in document.dates.instants:
        yield Candidate(instant.isoformat(), source)


def from_elements(elements: Sequence[Element], document: Document) -> str | None:
    """Return the first instant that these elements print."""
    for element in elements:
        moment = document.dates.read(text_of(element))
        if moment and moment.instant:
            return moment.instant.isoformat()
    return None
