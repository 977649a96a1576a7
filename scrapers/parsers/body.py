"""The text of the article."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from scrapers.blocks import blocks
from scrapers.candidate import Candidate
from scrapers.content import joined
from scrapers.document import Document
from scrapers.layout import Layout
from scrapers.lines import Element


def candidates(document: Document) -> Iterator[Candidate[str]]:
    """Yield the blocks of the page that are its article."""
    if text := document.content.text:
        yield Candidate(text, "text")


def from_elements(elements: Sequence[Element], document: Document) -> str | None:  # noqa: ARG001
    """Return what these elements print, a paragraph each."""
    return joined([block for element in elements for block in blocks(Layout(element).lines)]) or None
