"""Instant of the last change."""

from __future__ import annotations

from collections.abc import Iterator

from scrapers.candidate import Candidate
from scrapers.document import Document
from scrapers.parsers.published_at import from_elements as from_elements


def candidates(document: Document) -> Iterator[Candidate[str]]:
    """Yield the instants of change, the most trusted first; none before the publication."""
    published = document.dates.instants[0][0] if document.dates.instants else None
    for dated in document.dates.modified:
        instant = dated.moment.instant
        if instant and (published is None or instant >= published):
            yield Candidate(instant.isoformat(), dated.source)
