"""BCP 47 tag of the text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from scrapers.candidate import Candidate
from scrapers.document import Document, text_of
from scrapers.lines import Element


def candidates(document: Document) -> Iterator[Candidate[str]]:
    """Yield declared languages."""
    if declared := document.tree.get("lang"):
        yield Candidate(declared, "html-lang")
    if document.default_language:
        yield Candidate(document.default_language, "site")


def from_elements(elements: Sequence[Element], document: Document) -> str | None:  # noqa: ARG001
    """Return what the first of these elements prints."""
    return text_of(elements[0]) or None
