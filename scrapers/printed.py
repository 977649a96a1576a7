"""Where a page prints its headline, its bylines, its deck and its tags: one scan that parsers share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import islice
from operator import itemgetter
from typing import TYPE_CHECKING

from scrapers import bylines, signatures, tags
from scrapers.classes import is_deck
from scrapers.element import Element
from scrapers.layout import INLINE, Box, Layout, Line
from scrapers.publisher import fold
from scrapers.vocabulary import labels

if TYPE_CHECKING:
    from scrapers.document import Document

_NEAR = 10  # lines after the headline: standfirst, byline, date, share bar, captions, lead
_ABOVE = 6  # lines above it: kicker, date, and the byline of some
_BOXES_ABOVE = 3  # boxes around the headline in which they stand
_NEAREST = 5  # lines among which the deck stands
_LONGEST = 500  # letters of a headline
_LONGEST_CREDIT = 120
_MOST_CAPTIONS = 500
_SUBHEADS = ("h2", "h3")


class Printed:
    """The places of one page that speak of its article."""

    def __init__(self, document: Document) -> None:
        self._document = document

    @cached_property
    def headline(self) -> Element | None:
        """The element that prints the headline: a heading that agrees with a title of the meta data."""
        titles = [*self._document.metas.get("og:title", ()), self._document.title_tag]
        keys = [key for title in titles if (key := fold(title))]
        for heading in self._document.headings:
            key = fold("".join(heading.itertext()) if len(heading) else heading.text or "")
            if len(key) > 3 and any(key in title or title in key for title in keys):
                return heading
        plain = _without_heading(self._document.tree, keys) if keys else None
        return plain if plain is not None else next(iter(self._document.headings), None)

    @cached_property
    def box(self) -> Box | None:
        """The innermost box around the headline; often the element that prints it."""
        headline = self.headline
        if headline is None:
            return None
        if own := self._box_of(headline):
            return own
        around = set(headline.iterancestors())
        return next((box for box in reversed(self._document.layout.boxes) if box.element in around), None)

    def _box_of(self, element: Element) -> Box | None:
        return next((box for box in self._document.layout.boxes if box.element is element), None)

    @cached_property
    def _span(self) -> tuple[int, int]:
        """The first and, exclusive, the last line of the headline; none where the page begins without one."""
        headline, box = self.headline, self.box
        if headline is None or box is None:
            return 0, 0
        if box.element is headline:
            return box.first, box.last
        lines, key = self._document.layout.lines, fold(headline.text or "")
        first = next((at for at in range(box.first, box.last) if key in fold(lines[at].printed)), box.first)
        return first, first + 1

    @cached_property
    def below(self) -> list[Line]:
        """The lines just below the headline."""
        last = self._span[1]
        return self._document.layout.lines[last : last + _NEAR]

    @cached_property
    def texts(self) -> list[str]:
        """What the lines just below the headline print."""
        return [line.text for line in self.below]

    @cached_property
    def _before(self) -> range:
        """The numbers of the lines just above the headline, in the boxes around it."""
        first, box = self._span[0], self.box
        for _ in range(_BOXES_ABOVE):
            box = box.parent if box else None
        return range(max(first - _ABOVE, box.first if box else 0), first)

    @cached_property
    def above(self) -> list[Line]:
        """The lines just above the headline, without those of other articles."""
        lines = self._document.layout.lines
        return [lines[number] for number in self._before if self._is_short(lines[number].box)]

    def _is_short(self, box: Box) -> bool:
        """Return whether the outermost box around this one and not the headline is short: no other article."""
        while box.parent and box.parent.element not in self._shared:
            box = box.parent
        return box.element in self._shared or self._document.layout.size(box) <= bylines.LARGEST_BOX

    @cached_property
    def cells(self) -> list[str]:
        """The parts between bars of the short lines just below the headline, without their dates."""
        return list(signatures.cells(self.texts))

    @cached_property
    def closing(self) -> list[tuple[str, str]]:
        """Source and text of what signs the article above its headline, within it or at its end."""
        blocks = self._document.content.blocks
        above = [line.text for line in self.above]
        found = [*signatures.announced(signatures.cells(above)), *signatures.beside_date(above)]
        # Nearer ones are in `announced`; the last of them may announce the next
        below = signatures.announcing(self._within[_NEAR - 1 :])
        found += signatures.announced(signatures.cells(below))
        if blocks:
            lines, last = self._document.layout.lines, blocks[-1].line
            found += signatures.at_end(lines[max(self._span[1], last - 1) : last + 4], blocks[-1].box)
        return found

    @cached_property
    def _within(self) -> list[Line]:
        """The lines below the headline up to some below the article's text."""
        last, blocks = self._span[1], self._document.content.blocks
        end = blocks[-1].line if blocks else last
        return self._document.layout.lines[last : end + 1 + _NEAR]

    @property
    def around(self) -> tuple[list[Line], list[Line]]:
        """The lines just above and just below the headline."""
        return self.above, self.below

    @cached_property
    def bylines(self) -> list[Element]:
        """The elements that class, relation or property marks as byline of this article, in reading order."""
        found = (bylines.own(elements, self._shared) for elements in bylines.marked(self._document))
        return next(filter(None, found), [])

    @cached_property
    def linked(self) -> list[str]:
        """The names that bylines link to their authors' pages."""
        return list(dict.fromkeys(signatures.linked(self.bylines)))

    @cached_property
    def announced(self) -> list[tuple[str, str]]:
        """Source and text of the lines below the headline that sign the article."""
        return [*signatures.announced(self.cells), *signatures.beside_date(self.texts)]

    @cached_property
    def signatures(self) -> list[tuple[str, str]]:
        """Source and text of all lines that sign the article, the surest first."""
        return [*signatures.marked(map(self._lines_of, self.bylines)), *self.announced]

    def _lines_of(self, element: Element) -> list[str]:
        if not len(element):
            return [" ".join((element.text or "").split())]
        box = None if element.tag in INLINE else self._box_of(element)
        lines = self._document.layout.lines[box.first : box.last] if box else Layout(element).lines
        return [line.text for line in lines]

    def lines_with(self, people: Iterable[str]) -> Iterator[str]:
        """Yield the short lines below the headline that print one of these names."""
        if keys := {fold(name) for name in people}:
            for cell in self.cells:
                folded = fold(cell)
                if any(key in folded for key in keys):
                    yield cell

    @property
    def decks(self) -> list[str]:
        """The lines below the headline that are marked as deck or standfirst."""
        return [line.text for line in self.below[:_NEAREST] if _in_deck(line.box)]

    @cached_property
    def tags(self) -> list[Element]:
        """The links of the block of tags."""
        return tags.block(self._document.layout, self._before, self._span[1])

    @cached_property
    def captions(self) -> dict[Element, int]:
        """The elements that print captions, in reading order, with the number of the line in which they begin."""
        layout = self._document.layout
        found = {box.element: box.first for box in layout.boxes if box.tag == "figcaption"} | layout.named["caption"]
        return dict(sorted(islice(found.items(), _MOST_CAPTIONS), key=itemgetter(1)))

    @cached_property
    def sources(self) -> list[str]:
        """The texts that begin like the credit of a source, with the link that may follow."""
        label = labels.SOURCE_HEADS.get((self._document.tree.get("lang") or "")[:2].lower(), "Source")
        lines = [line.parts for line in self._within if label in line.printed]
        starts = [
            parts[at : at + 4] for parts in lines for at, part in enumerate(parts) if part.lstrip().startswith(label)
        ]
        found = [" ".join(" ".join(parts).split()) for parts in starts]
        return [text for text in found if len(text) < _LONGEST_CREDIT]

    @cached_property
    def _shared(self) -> set[Element]:
        """The boxes that hold the headline, so that what stands in them is this article's."""
        return set() if self.headline is None else set(self.headline.iterancestors())


def _without_heading(tree: Element, titles: list[str]) -> Element | None:
    """Return the element whose whole text begins or ends a title, where the headline is no heading."""
    for element in tree.iter("h2", "h3", "b", "strong", "font", "span", "div", "p", "td", "center"):
        text = "".join(element.itertext()) if element.tag in _SUBHEADS else element.text
        if (
            text
            and 11 < len(text) < _LONGEST
            and not text.isspace()
            and len(key := fold(text)) > 11
            and any(title.startswith(key) or title.endswith(key) for title in titles)
        ):
            return element
    return None


def _in_deck(box: Box) -> bool:
    boxes = [around for around in (box, box.parent, box.parent and box.parent.parent) if around]
    named = [around.classes for around in boxes if around.classes]
    return any(map(is_deck, named)) and all(around.tag != "aside" for around in boxes)
