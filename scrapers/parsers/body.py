"""The text of the article."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from scrapers.candidate import Candidate
from scrapers.document import Document, text_of
from scrapers.lines import Element


def candidates(document: Document) -> Iterator[Candidate[str]]:
    """Yield the paragraphs of the page."""
    text = from_elements(list(document.tree.iter("p")), document)
    if text:
        yield Candidate(text, "paragraphs")


def from_elements(elements: Sequence[Element], document: Document) -> str | None:  # noqa: ARG001
    """Return what these elements print, a paragraph each."""
    return "\n\n".join(text for element in elements if (text := text_of(element))) or None
