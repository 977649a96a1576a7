"""What the page says of its paywall."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from scrapers.candidate import Candidate
from scrapers.document import Document
from scrapers.lines import Element


def candidates(document: Document) -> Iterator[Candidate[bool]]:
    """Yield what structured data declares."""
    for node in document.nodes:
        value = str(node.get("isAccessibleForFree", "")).lower()
        if value in ("true", "false"):
            yield Candidate(value == "true", "json-ld")


def from_elements(elements: Sequence[Element], document: Document) -> bool | None:  # noqa: ARG001
    """Return False: a site names the place of its paywall."""
    return False if elements else None
