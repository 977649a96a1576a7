"""The text of the article."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from scrapers import content
from scrapers.blocks import blocks
from scrapers.candidate import Candidate
from scrapers.document import Document, text_of
from scrapers.lines import Element


def candidates(document: Document) -> Iterator[Candidate[str]]:
    """Yield the blocks of the page that are its article."""
    title = document.tree.find(".//title")
    article = content.article(list(blocks(document.tree)), "" if title is None else text_of(title))
    if article:
        yield Candidate("\n\n".join(block.text for block in article), "text")


def from_elements(elements: Sequence[Element], document: Document) -> str | None:  # noqa: ARG001
    """Return what these elements print, a paragraph each."""
    return "\n\n".join(block.text for element in elements for block in blocks(element)) or None
