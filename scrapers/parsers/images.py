"""Pictures of the article."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from pipelines.article import Image
from scrapers import pictures, structured
from scrapers.candidate import Candidate
from scrapers.document import Document
from scrapers.element import Element


def candidates(document: Document) -> Iterator[Candidate[list[Image]]]:
    """Yield the pictures printed in the article, then the one that meta data declares."""
    yield Candidate(pictures.printed(document), "figure")
    for node in document.articles:
        for value in _as_list(node.get("image")):
            if image := _declared(value, document):
                yield Candidate([image], node.source)
    for source, content in document.meta("og:image", "og:image:url", "twitter:image"):
        if url := pictures.address(document.url, content):
            yield Candidate([Image(url=url)], source)


def from_elements(elements: Sequence[Element], document: Document) -> list[Image]:
    """Return the pictures among and within these elements."""
    return [image for element in elements if (image := pictures.image_of(element, document))]


def _declared(value: Any, document: Document) -> Image | None:
    """Return the picture of an address or an ImageObject."""
    urls = structured.addresses({"url": value} if isinstance(value, str) else value)
    url = pictures.address(document.url, next(iter(urls), None))
    if url is None:
        return None
    caption, credit = pictures.split_credit(_text(value, "caption"))
    return Image(url=url, caption=caption, credit=_text(value, "creditText") or credit)


def _text(value: Any, key: str) -> str:
    return " ".join(structured.texts(value.get(key))) if isinstance(value, dict) else ""


def _as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
