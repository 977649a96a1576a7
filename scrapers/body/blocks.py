"""The blocks of text of a page: what the body takes whole or leaves whole."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from msgspec import Struct

from scrapers.layout import Box, Line

_PLAIN = re.compile(r"[\0-\u0dff\u2000-\u20ff]*")  # what most pages are written with, told at a third of the cost
_WIDE = re.compile(r"[\u0e00-\u0eff\u1100-\u11ff\u3040-\ud7ff\uf900-\ufaff]")
ENDS = frozenset('.!?。！？…:"”»’)।؟')
"""How a sentence ends."""

_LONGEST_CELL = 120
_LONGEST_ROW = 10_000  # a longer one goes on in another block, or adding its cells takes the square of their number
_LONGEST_REMARK = 160
_SHORTEST_PROSE, _LONG_PROSE = 50, 200
_LONGEST_RULE = 80  # such as `* * *`


class Block(Struct, eq=False, gc=False):
    """A paragraph, a heading, a list item, or a row of a table.

    `line` is the number of its first line in the layout; `size` counts characters, those of scripts that need few of
    them threefold; `linked` is the part of `size` inside links; `broken` says that `<br>` began it, `ends` that it ends
    like a sentence, `is_prose` that it is running text: a sentence, or long, and mostly no link.
    """

    text: str
    box: Box
    line: int
    size: int
    linked: int
    broken: bool
    ends: bool
    is_prose: bool

    @property
    def is_short(self) -> bool:
        """Whether it is a remark rather than a paragraph, so that its words can tell what it is."""
        return self.size <= _LONGEST_REMARK


def outside_menus(lines: Sequence[Line]) -> list[int]:
    """Return the numbers of lines without those inside of menus: each that is a link between two that are links."""
    linked = [10 * line.linked >= 9 * len(line.printed) for line in lines]
    linked.append(False)  # stands after the last line, and at -1 before the first
    return [
        number for number in range(len(lines)) if not (linked[number] and linked[number - 1] and linked[number + 1])
    ]


def blocks(lines: Sequence[Line], numbers: Iterable[int] | None = None) -> list[Block]:
    """Return lines, or those of these numbers, as blocks: each its own, but the short cells of a row together."""
    found: list[Block] = []
    row: Box | None = None
    for number in range(len(lines)) if numbers is None else numbers:
        line = lines[number]
        box, text, broken = line.box, line.printed, line.broken
        if not text[:1].isalnum() and _is_rule(text):
            continue
        size = len(text)
        if not text.isascii() and not _PLAIN.fullmatch(text):
            size += 2 * len(_WIDE.findall(text))
        linked = min(size, line.linked * size // len(text)) if line.linked else 0
        if box.tag in ("td", "th") and box.parent and _is_cell(box, text):
            box = box.parent
            if box is row and found[-1].size < _LONGEST_ROW:
                cells = found.pop()
                text, number, broken = f"{cells.text} {text}", cells.line, cells.broken
                size, linked = cells.size + size + 1, cells.linked + linked
            row = box
        else:
            row = None
        ends, plain = text[-1] in ENDS, size - linked
        is_prose = plain > _SHORTEST_PROSE and 2 * linked < size and (ends or plain > _LONG_PROSE)
        found.append(Block(text, box, number, size, linked, broken, ends, is_prose))
    return found


def _is_rule(text: str) -> bool:
    return len(text) < _LONGEST_RULE and not any(map(str.isalnum, text))


def _is_cell(box: Box, text: str) -> bool:
    """Return whether a cell is one of data; those of a layout hold paragraphs."""
    return box.last - box.first == 1 and len(text) < _LONGEST_CELL
