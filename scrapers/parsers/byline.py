"""The line that names the authors, as printed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from scrapers import names
from scrapers.candidate import Candidate
from scrapers.document import Document, text_of
from scrapers.lines import Element, lines

_LONGEST = 160
_SHORT = 90
_NEAR = 6  # lines below the headline
_DATE = re.compile(
    r"\d{1,2}[./-]\s?\d{1,2}[./-]\s?\d{2,4}|\d{4}-\d\d|\d{4}年"
    r"|\d{1,2}\.? [^\W\d]{3,} \d{4}|[^\W\d]{3,}\.? \d{1,2}, \d{4}"
)
_CELL = re.compile(r"\s*[|｜]\s*|\s{2,}")


def candidates(document: Document) -> Iterator[Candidate[str]]:
    """Yield printed bylines, then what meta data gives for one."""
    for candidate in (*printed(document), *beside_date(document)):
        if line := _signed(candidate.value, document):
            yield Candidate(line, candidate.source)
    for source, content in document.meta("byl", "byline", "author"):
        if content != document.cms_comment.get("author"):
            yield Candidate(content, source)


def from_elements(elements: Sequence[Element], document: Document) -> str | None:  # noqa: ARG001
    """Return what the first of these elements prints."""
    return text_of(elements[0]) or None


def _signed(text: str, document: Document) -> str | None:
    """Return the line with the names, with the line that announces them: `Von` and `Ana Berg` make one."""
    before = ""
    for line in text.split("\n"):
        if names.clean([line], document.publisher):
            return f"{before} {line}" if names.announces_only(before) else line
        before = line
    return None


def printed(document: Document) -> Iterator[Candidate[str]]:
    """Yield the places marked as byline, a line each, then the lines near the headline that begin like one."""
    for element in document.printed.bylines:
        text = "\n".join(line.text for line in lines(element))
        if 2 < len(text) <= _LONGEST:
            yield Candidate(text, "byline")
    before, after = document.printed.around
    for line in (*after, *before):
        for cell in _CELL.split(line.text) if len(line.text) <= 2 * _LONGEST else ():
            if (match := names.ANNOUNCES.match(cell)) and len(cell) <= _LONGEST:
                yield Candidate(cell, f"text:{match[1]}")


def beside_date(document: Document) -> Iterator[Candidate[str]]:
    """Yield the lines just below the headline that are nothing but names, where a date stands beside them."""
    _, after = document.printed.around
    texts = [line.text for line in after[:_NEAR]]
    for number, text in enumerate(texts):
        dated = _DATE.search(text)
        name = text[: dated.start()] if dated else text
        name = name.strip(" |·•,-–—")
        if dated and len(text) <= _SHORT and names.ANNOUNCED_LATER.search(text):
            yield Candidate(text, "beside-date")
            continue
        beside = dated or any(
            _DATE.search(other) and len(other) < _SHORT for other in texts[max(0, number - 1) : number + 2]
        )
        if beside and len(text) <= _SHORT and names.all_names(name):
            yield Candidate(name, "beside-date")


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
