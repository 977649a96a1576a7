"""The lines of a page that sign its article."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from pipelines.remembered import remembered
from scrapers import announcements, names
from scrapers.dating.moments import fold, span
from scrapers.element import Element
from scrapers.layout import Box, Line
from scrapers.vocabulary import any_of, dates, markup, people

_LONGEST = 160
_JOINTS = " ,;:：|·•–—-"
_SHORT = 90
_MOST = 12  # parts between the bars of a line
_ROLE = 12  # letters of a name with its role behind it, in Korean
_NEAR = 6  # lines below the headline
_ITALICS = frozenset("i em cite".split())
_DIGIT = re.compile(r"\d")
_TWO_DIGITS = re.compile(r"\d\d")  # as every `_DATE` has
_DATE = re.compile(  # with a word for the month it is looked for from the beginnings of words only
    r"\d(?:\d?[./-]\s?\d{1,2}[./-]\s?\d{2,4}|\d{3}(?:-\d\d|年)|\d?\.? [^\W\d]{3,} \d{4})"
    r"|(?<![^\W\d])[^\W\d]{3,}\.? \d{1,2}, \d{4}"
)
_AUTHOR_PAGE = re.compile(markup.AUTHOR_ADDRESSES, re.IGNORECASE)
_CELL = re.compile(r"[|｜•\s](?:(?<=\S)|(?=[\u3400-\u9fff]{2,5}\s?[:：]))")  # 来源：港报 作者：李华 is two
_SIGNED_WITH_ROLE = re.compile(rf"^[\uac00-\ud7af]{{2,4}}\s?(?:{'|'.join(people.ROLES_AFTER.split())})$")
_DATE_WORDS = any_of(
    word for words in (*dates.PUBLISHED.values(), *dates.MODIFIED.values(), dates.BEFORE_DATE.split()) for word in words
)
_BEFORE_DATE = re.compile(rf"(?:\b{_DATE_WORDS}[\s:：]+)?(?:\b\w+day\b)?[\s,;:：|·•–—-]*$", re.IGNORECASE)
_AFTER_DATE = re.compile(
    r"^[\s,|·•–—-]*(?:(?:\w{1,3}\s)?\d{1,2}\s?[:.h時时]\s?\d{2}(?:[:分]\d{2})?"
    r"(?:\s?(?:uhr|a\.?m\.?|p\.?m\.?|น\.|(?-i:[A-Z]{2,4}\b)))?)?[\s,|·•–—-]*",
    re.IGNORECASE,
)


def marked(bylines: Iterable[list[str]]) -> Iterator[tuple[str, str]]:
    """Yield (source, text) of elements that are marked as byline, by the lines that each prints."""
    for lines in bylines:
        text = "\n".join(map(undated, lines))
        if 2 < len(text) <= _LONGEST:
            yield "byline", text


def linked(bylines: Sequence[Element]) -> Iterator[str]:
    """Yield the names that elements marked as byline link to their authors' pages."""
    for element in bylines:
        for link in [element] if element.tag == "a" else element.iter("a"):
            leads = "author" in (link.get("rel") or "") or _AUTHOR_PAGE.search(link.get("href") or "")
            if leads and (text := " ".join(" ".join(link.itertext()).split())):
                yield text


def announced(printed: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield (source, text) of the cells of lines that begin by announcing a name, or follow one that does no more."""
    before = ""
    for cell in printed:
        if before and names.all_names(cell.strip(_JOINTS)):
            yield f"text:{before.strip(_JOINTS)}", cell
        begins = announcements.may_begin(cell)  # asked once for both
        before = cell if begins and announcements.alone(cell) else ""
        if begins and (label := announcements.announcement(cell)):
            yield f"text:{label}", cell
        elif _SIGNED_WITH_ROLE.match(cell):
            yield "text", cell


def announcing(printed: Sequence[Line]) -> list[str]:
    """Return the lines that may announce a name, at their beginning or after a date, and those that follow them."""
    may = [_may_announce(line.printed) for line in printed]
    return [line.text for line, now, before in zip(printed, may, [False, *may], strict=False) if now or before]


def _may_announce(text: str) -> bool:
    if len(text) < _ROLE and not text.isascii():
        return True
    return len(text) <= 2 * _LONGEST and (text[:1].isdigit() or announcements.may_begin(text))


def cells(lines: Iterable[str]) -> Iterator[str]:
    """Yield the parts of short lines between their bars: `By Ana Berg | Tags: ferry` is two."""
    for line in lines:
        if len(line) <= 2 * _LONGEST:
            for part in (line.split("|") if line.isascii() else _CELL.split(line))[:_MOST]:
                if len(part) <= _LONGEST + 40 and 0 < len(cell := undated(part.strip())) <= _LONGEST:
                    yield cell


def undated(text: str) -> str:
    """Return a line without the date and time of day that stand before or after its names."""
    return _undated(text) if len(text) <= 2 * _LONGEST and _DIGIT.search(text) else text


@remembered(4096)
def _undated(text: str) -> str:
    if not (found := span(text)):
        return text
    before = _BEFORE_DATE.sub("", text[: _place(text, found[0])])
    return before.rstrip(_JOINTS) or _AFTER_DATE.sub("", text[_place(text, found[1]) :])


def _place(text: str, folded: int) -> int:
    """Return where in a text a place of its folded form stands."""
    if len(fold(text)) == len(text):
        return folded
    return next(at for at in range(len(text) + 1) if len(fold(text[:at])) >= folded)


def at_end(closing: Sequence[Line], last: Box) -> Iterator[tuple[str, str]]:
    """Yield (source, text) of the lines at the end of an article that are set apart and nothing but names."""
    for line in closing:
        if len(line.printed) <= _SHORT and line.box.parent is last.parent and _is_set_apart(line):
            name = line.text.strip(_JOINTS + "()")
            if names.all_names(name):
                yield "text", name


def _is_set_apart(line: Line) -> bool:
    """Return whether a paragraph is printed as a signature: to the right or in italics."""
    box = line.element
    style = f"{box.get('style') or ''} {box.get('align') or ''} {box.get('class') or ''}"
    return "right" in style or any(inner.tag in _ITALICS for inner in box.iter())


def beside_date(lines: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield (source, text) of the lines just below the headline that are nothing but names and stand beside a date."""
    texts = lines[:_NEAR]
    dates = [_DATE.search(text) if len(text) <= _SHORT and _TWO_DIGITS.search(text) else None for text in texts]
    for number, text in enumerate(texts if any(dates) else ()):
        dated = dates[number]
        if len(text) > _SHORT or not any(dates[max(0, number - 1) : number + 2]):
            continue
        if dated and announcements.inside(text):
            yield "beside-date", text
            continue
        for part in (text[: dated.start()], _AFTER_DATE.sub("", text[dated.end() :])) if dated else (text,):
            if names.all_names(name := part.strip(" |·•,-–—/")):
                yield "beside-date", name
