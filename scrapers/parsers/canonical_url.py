"""The address that the page declares as its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from urllib.parse import urljoin

from scrapers.candidate import Candidate
from scrapers.document import Document
from scrapers.lines import Element


def candidates(document: Document) -> Iterator[Candidate[str]]:
    """Yield declared addresses."""
    for link in document.tree.iter("link"):
        href = link.get("href")
        if href and (link.get("rel") or "").lower() == "canonical":
            yield Candidate(urljoin(document.url, href), "link:canonical")


def from_elements(elements: Sequence[Element], document: Document) -> str | None:
    """Return the address that the first of these elements links to."""
    href = elements[0].get("href")
    return urljoin(document.url, href) if href else None
