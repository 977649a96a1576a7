"""The lines of a page that sign its article."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from scrapers import announcements, names
from scrapers.lines import Element, Line, lines
from scrapers.vocabulary import markup

_LONGEST = 160
_SHORT = 90
_NEAR = 6  # lines below the headline
_DATE = re.compile(
    r"\d{1,2}[./-]\s?\d{1,2}[./-]\s?\d{2,4}|\d{4}-\d\d|\d{4}年"
    r"|\d{1,2}\.? [^\W\d]{3,} \d{4}|[^\W\d]{3,}\.? \d{1,2}, \d{4}"
)
_AUTHOR_PAGE = re.compile(markup.AUTHOR_ADDRESSES, re.IGNORECASE)
_CELL = re.compile(r"\s*[|｜]\s*|\s{2,}")


def marked(bylines: Sequence[Element]) -> Iterator[tuple[str, str]]:
    """Yield (source, text) of elements that are marked as byline, a line for each of their lines."""
    for element in bylines:
        text = "\n".join(line.text for line in lines(element))
        if 2 < len(text) <= _LONGEST:
            yield "byline", text


def linked(bylines: Sequence[Element]) -> Iterator[str]:
    """Yield the names that elements marked as byline link to their authors' pages."""
    for element in bylines:
        for link in [element] if element.tag == "a" else element.iter("a"):
            leads = "author" in (link.get("rel") or "") or _AUTHOR_PAGE.search(link.get("href") or "")
            if leads and (text := " ".join(" ".join(link.itertext()).split())):
                yield text


def announced(printed: Sequence[Line]) -> Iterator[tuple[str, str]]:
    """Yield (source, text) of the lines, or cells of lines, that begin by announcing a name."""
    for cell in cells(printed):
        if label := announcements.announcement(cell):
            yield f"text:{label}", cell


def cells(printed: Sequence[Line]) -> Iterator[str]:
    """Yield the parts of short lines between their bars: `By Ana Berg | Tags: ferry` is two."""
    for line in printed:
        if len(line.text) <= 2 * _LONGEST:
            yield from (cell for cell in _CELL.split(line.text) if cell and len(cell) <= _LONGEST)


def beside_date(after: Sequence[Line]) -> Iterator[tuple[str, str]]:
    """Yield (source, text) of the lines just below the headline that are nothing but names and stand beside a date."""
    texts = [line.text for line in after[:_NEAR]]
    dates = [_DATE.search(text) if len(text) <= _SHORT else None for text in texts]
    for number, text in enumerate(texts):
        dated = dates[number]
        if len(text) > _SHORT or not any(dates[max(0, number - 1) : number + 2]):
            continue
        if dated and announcements.inside(text):
            yield "beside-date", text
        elif names.all_names(name := (text[: dated.start()] if dated else text).strip(" |·•,-–—")):
            yield "beside-date", name
