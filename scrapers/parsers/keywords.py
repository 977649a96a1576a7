"""The publisher's tags for the article."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from scrapers.candidate import Candidate
from scrapers.document import Document, text_of
from scrapers.lines import Element


def candidates(document: Document) -> Iterator[Candidate[list[str]]]:
    """Yield lists of tags."""
    for source, content in document.meta("news_keywords", "keywords"):
        yield Candidate([word.strip() for word in content.split(",") if word.strip()], source)


def from_elements(elements: Sequence[Element], document: Document) -> list[str]:  # noqa: ARG001
    """Return what each of these elements prints."""
    return [text for element in elements if (text := text_of(element))]
