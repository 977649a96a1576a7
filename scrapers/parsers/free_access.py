"""What the page says of its paywall."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from scrapers.candidate import Candidate
from scrapers.document import Document
from scrapers.element import Element
from scrapers.structured import texts
from scrapers.vocabulary.access import FREE, FREE_METAS, PAID, PAYWALL_METAS, UNWALLED, WALLED

_DECLARING = ("isAccessibleForFree", "hasPart")  # most objects have neither


def candidates(document: Document) -> Iterator[Candidate[bool]]:
    """Yield what structured data, then meta elements declare; a part that is not free makes the article not free."""
    for node in (*document.articles, *document.nodes):
        if not node.keys().isdisjoint(_DECLARING):
            parts = node.get("hasPart")
            declared = [_is_free(part) for part in (node, *(parts if isinstance(parts, list) else [parts]))]
            if False in declared or True in declared:
                yield Candidate(False not in declared, node.source)
    for source, text in document.meta(*FREE_METAS):
        if (free := _meaning(text)) is not None:
            yield Candidate(free, source)
    for source, text in document.meta(*PAYWALL_METAS):
        if (word := text.lower()) in WALLED | UNWALLED:
            yield Candidate(word in UNWALLED, source)


def from_elements(elements: Sequence[Element], document: Document) -> bool | None:  # noqa: ARG001
    """Return False: a site names the place of its paywall."""
    return False if elements else None


def _is_free(part: Any) -> bool | None:
    value = part.get("isAccessibleForFree") if isinstance(part, dict) else None
    if isinstance(value, bool):
        return value
    return next((free for text in texts(value) if (free := _meaning(text)) is not None), None)


def _meaning(text: str) -> bool | None:
    word = text.strip().lower()
    return True if word in FREE else False if word in PAID else None
