"""The line that names the authors, as printed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from scrapers.candidate import Candidate
from scrapers.document import Document, text_of
from scrapers.lines import Element
from scrapers.names import ANNOUNCES

_LONGEST = 160
_CELL = re.compile(r"\s*[|｜]\s*|\s{2,}")


def candidates(document: Document) -> Iterator[Candidate[str]]:
    """Yield printed bylines, then what meta data gives for one."""
    yield from printed(document)
    for source, content in document.meta("byl", "byline", "author"):
        yield Candidate(content, source)


def from_elements(elements: Sequence[Element], document: Document) -> str | None:  # noqa: ARG001
    """Return what the first of these elements prints."""
    return text_of(elements[0]) or None


def printed(document: Document) -> Iterator[Candidate[str]]:
    """Yield the lines marked as byline, then those near the headline that begin like one."""
    for element in document.printed.bylines:
        text = text_of(element)
        if 2 < len(text) <= _LONGEST:
            yield Candidate(text, "byline")
    before, after = document.printed.around
    for line in (*after, *before):
        for cell in _CELL.split(line.text) if len(line.text) <= 2 * _LONGEST else ():
            if (match := ANNOUNCES.match(cell)) and len(cell) <= _LONGEST:
                yield Candidate(cell, f"text:{match[1]}")


def linked(document: Document) -> list[str]:
    """Return the names that bylines link to their authors' pages."""
    found: dict[str, None] = {}
    for element in document.printed.bylines:
        links = [element] if element.tag == "a" else list(element.iter("a"))
        for link in links:
            if _leads_to_author(link.get("href") or "", link.get("rel") or "") and (text := text_of(link)):
                found.setdefault(text)
    return list(found)


_AUTHOR_PAGE = re.compile(
    r"/(?:authors?|autor(?:en|es|i|e)?|auteurs?|profile|people|person|by|journalist|reporter|korrespondent\w*|team|staff|columnist|contributors?|members?|users?)[/-]|[?&]author=",
    re.IGNORECASE,
)


def _leads_to_author(href: str, rel: str) -> bool:
    return "author" in rel or bool(_AUTHOR_PAGE.search(href))
