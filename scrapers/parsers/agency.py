"""The news agency that the page credits."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from scrapers import names, structured
from scrapers.candidate import Candidate
from scrapers.document import Document, text_of
from scrapers.element import Element
from scrapers.parsers import authors
from scrapers.vocabulary import agencies, any_of, labels, pattern

_LABEL = re.compile(rf"^\W*({pattern(labels.SOURCE)})\s*[:：]\s*(.{{2,60}}?)\s*(?:[|｜。.].*)?$", re.IGNORECASE)
_IN_BRACKETS = re.compile(rf"[(（/]({any_of(agencies.DATELINES.split())})(?:[/,;][^)]{{1,12}})?[)）/]")
_OPENING_WORD = re.compile(r"\W?(新华社|新華社|中新社|中央社).{0,14}[电電讯訊]")
_OPENING = 60  # letters of a paragraph in which its dateline stands


def candidates(document: Document) -> Iterator[Candidate[str]]:
    """Yield credited agencies: of meta data, of bylines, of a printed source, of a dateline."""
    for source, texts in _credits(document):
        for text in texts:
            for name in names.agencies_in(text):
                yield Candidate(name, source)


def from_elements(elements: Sequence[Element], document: Document) -> str | None:  # noqa: ARG001
    """Return the agency that the first of these elements prints, without "Source:"."""
    text = text_of(elements[0])
    match = _LABEL.match(text)
    return (match[2] if match else text) or None


def _credits(document: Document) -> Iterator[tuple[str, list[str]]]:
    for node in document.articles:
        for key in ("sourceOrganization", "creditText", "provider"):
            yield node.source, structured.texts(node.get(key))
    for source, content in document.meta("agency", "source", "dc.source", "article:source", "article:agency"):
        yield source, [content]
    yield from authors.declared(document)
    yield from authors.metas(document)
    for source, text in document.printed.announced:
        yield source, [text]
    yield from _printed(dict.fromkeys((*document.printed.cells, *document.printed.texts)))
    yield from _printed(document.printed.sources)


def _printed(lines: Iterable[str]) -> Iterator[tuple[str, list[str]]]:
    for line in lines:
        if (":" in line or "：" in line) and (match := _LABEL.match(line)):
            yield f"text:{match[1]}", [match[2]]
        elif match := _OPENING_WORD.match(line) or _IN_BRACKETS.search(line, 0, _OPENING):
            yield "dateline", [match[1]]
