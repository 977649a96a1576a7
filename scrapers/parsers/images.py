"""Pictures of the article."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from urllib.parse import urljoin

from pipelines.article import Image
from scrapers.candidate import Candidate
from scrapers.document import Document
from scrapers.lines import Element


def candidates(document: Document) -> Iterator[Candidate[list[Image]]]:
    """Yield the picture that the page shares."""
    for source, content in document.meta("og:image"):
        yield Candidate([Image(url=content)], source)


def from_elements(elements: Sequence[Element], document: Document) -> list[Image]:
    """Return the pictures among these elements."""
    return [Image(url=urljoin(document.url, source)) for element in elements if (source := element.get("src"))]
