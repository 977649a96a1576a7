"""Calendar day of publication at the publisher."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from scrapers.candidate import Candidate
from scrapers.document import Document, text_of
from scrapers.element import Element


def candidates(document: Document) -> Iterator[Candidate[str]]:
    """Yield the days that the page offers, the best supported first; a day of change only where it is the only one."""
    for day, source in document.dates.days:
        yield Candidate(day.isoformat(), source)


def from_elements(elements: Sequence[Element], document: Document) -> str | None:
    """Return the first day that these elements print."""
    for element in elements:
        if moment := document.dates.read(text_of(element)):
            return moment.day.isoformat()
    return None
