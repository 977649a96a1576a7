"""The line that names the authors, as printed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from scrapers import announcements, names
from scrapers.body.blocks import ENDS
from scrapers.candidate import Candidate
from scrapers.document import Document, text_of
from scrapers.element import Element
from scrapers.parsers import authors
from scrapers.publisher import fold

_MOST_BESIDE = 8  # words beside the names, such as a date, a place and the minutes that reading takes
_JOINTS = " ,;|/·•–—"
_IN_BRACKETS = re.compile(r"^[(（]([^()（）]*)[)）]$")


def candidates(document: Document) -> Iterator[Candidate[str]]:
    """Yield the line that prints the declared authors, then what else looks like a byline, then that of meta data,
    then what signs the article at its end."""
    lists = (*authors.declared(document), *authors.metas(document))
    people = [name for _, texts in lists for name in names.clean(texts, document.publisher)]
    if line := next((line for line in document.printed.lines_with(people) if _signs(line, people)), None):
        label = announcements.announcement(line)
        yield Candidate(_tidy(line), f"text:{label}" if label else "text")
    for source, text in sorted(document.printed.signatures, key=_is_unannounced):
        if line := _signed(text, document):
            yield Candidate(_tidy(line), source)
    for source, content in document.meta("byl", "byline", "author"):
        if authors.is_own(content, document) and not content.isdigit():
            yield Candidate(content, source)
    for source, text in authors.closing(document):
        yield Candidate(_tidy(text), source)


def from_elements(elements: Sequence[Element], document: Document) -> str | None:  # noqa: ARG001
    """Return what the first of these elements prints."""
    return _tidy(text_of(elements[0])) or None


def _signs(line: str, people: Sequence[str]) -> bool:
    """Return whether a line with some of these people names them as its authors: a caption or a deck may name them."""
    named = [name for name in people if fold(name) in fold(line)]
    if len(line.split()) - sum(len(name.split()) for name in named) <= _MOST_BESIDE:
        return True
    begins = announcements.announcement(line) is not None or any(fold(line).startswith(fold(name)) for name in named)
    return begins and line[-1:] not in ENDS


def _is_unannounced(signature: tuple[str, str]) -> bool:
    return announcements.announcement(signature[1].partition("\n")[0]) is None


def _tidy(line: str) -> str:
    """Return a line without brackets and separators around it, and the space that markup leaves before a comma."""
    return _IN_BRACKETS.sub(r"\1", line.replace(" ,", ",").strip(_JOINTS))


def _signed(text: str, document: Document) -> str | None:
    """Return the line with the names, with the line that announces them: `Von` and `Ana Berg` make one."""
    before = ""
    for line in text.split("\n"):
        people = names.clean([line], document.publisher)
        if any(not authors.is_rubric(name, document) for name in people):
            return f"{before} {line}" if announcements.alone(before) else line
        before = line
    return None
