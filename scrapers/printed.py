"""Where a page prints its headline, its bylines and its tags: one scan that parsers share."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cached_property, lru_cache
from itertools import islice

from lxml import etree

from scrapers import tags
from scrapers.lines import Element, Line, lines
from scrapers.publisher import fold

_NEAR = 14  # lines after the headline: standfirst, byline, date, share bar, captions, lead
_BEFORE = 6  # lines before it: kicker, and the byline of some
_CLIMB = 12
_BOX = 800  # letters in a box that holds the bylines of one article

_SIGNED = etree.XPath(
    "//@class[contains(., 'uthor') or contains(., 'yline') or contains(., 'utor')]/.."
    " | //*[@rel='author' or @itemprop='author']"
)
_DECKS = etree.XPath(
    "//@class[contains(., 'ubtitle') or contains(., 'deck') or contains(., 'tandfirst') or contains(., 'ubheadline')"
    " or contains(., 'dek')]/.."
)
_SOURCE_LABELS = "Source Quelle Fuente Fonte Источник Kaynak 来源 來源 稿源".split()
_SOURCES = etree.XPath(
    "//text()[" + " or ".join(f"starts-with(normalize-space(.), '{label}')" for label in _SOURCE_LABELS) + "]"
)
_LONGEST_CREDIT = 120
_BYLINE = re.compile(r"author|byline|autor(?!i[sz])|auteur|redakteur", re.IGNORECASE)
_FOREIGN = re.compile(
    r"comment|related|teaser|card|(?<!with-)(?<!with)(?<!has-)(?<!no-)sidebar|(?<!article-)(?<!entry-)(?<!post-)footer|promo|recommend|widget|quote|caption|image|photo|bild|media|credit"
    r"|trending|popular|more-|most-|carousel|newsletter|profile-?list|author-?list-page|\bnav|menu|form|avatar"
    r"|follow|social|gallery|figure|stream|river|latest",
    re.IGNORECASE,
)
_BIOGRAPHY = re.compile(r"bio\b|about|-box|description|desc\b|profile|footer|bottom|end-of", re.IGNORECASE)
_OUTSIDE = frozenset("nav footer figure blockquote form".split())
_WHOLE = frozenset("html body main article".split())  # their classes tell of the layout, not of what they hold


class Printed:
    """The places of one page. `titles` are what its meta data calls the page; they tell the headline among headings."""

    def __init__(self, tree: Element, headings: Sequence[Element], titles: Sequence[str]) -> None:
        self._tree = tree
        self._headings = headings
        self._titles = [key for title in titles if (key := fold(title))]

    @cached_property
    def headline(self) -> Element | None:
        """The element that prints the headline."""
        for heading in self._headings:
            key = fold("".join(heading.itertext()))
            if len(key) > 3 and any(key in title or title in key for title in self._titles):
                return heading
        plain = self._plain_headline
        return plain if plain is not None else next(iter(self._headings), None)

    @property
    def _plain_headline(self) -> Element | None:
        """The headline where it is no heading: an element whose whole text begins a title."""
        for element in self._tree.iter("h2", "h3", "b", "strong", "font", "span", "div", "p", "td", "center"):
            key = fold(element.text) if element.text else ""
            if len(key) > 11 and any(title.startswith(key) for title in self._titles):
                return element
        return None

    @cached_property
    def around(self) -> tuple[list[Line], list[Line]]:
        """The lines just before and just after the headline."""
        headline = self.headline
        if headline is None:
            body = self._tree.find("body")
            return [], list(islice(lines(self._tree if body is None else body), _NEAR))
        key = fold("".join(headline.itertext()))
        before: list[Line] = []
        after: list[Line] = []
        root: Element | None = headline.getparent()
        for _ in range(_CLIMB):
            if root is None:
                break
            before, after = _split(lines(root), key)
            if len(after) >= _NEAR or root.tag == "body":
                break
            root = root.getparent()
        return before, after

    @cached_property
    def bylines(self) -> list[Element]:
        """The elements marked as byline or author of this article, in reading order."""
        found = [element for element in _SIGNED(self._tree) if _is_byline(element)]
        headline = self.headline
        shared = set() if headline is None else set(headline.iterancestors())
        own = [element for element in found[:40] if not _elsewhere(element, shared)]
        return [element for element in own if _together(own[0], element)]

    @cached_property
    def tags(self) -> list[Element]:
        """The links of the block of tags."""
        return tags.block(self._tree, self.headline)

    @cached_property
    def decks(self) -> list[Element]:
        """The elements marked as deck or standfirst."""
        return [element for element in _DECKS(self._tree)[:10] if not _elsewhere(element, set())]

    @cached_property
    def sources(self) -> list[str]:
        """Texts of the page that begin like a credit of the source, with the link that may follow."""
        found = []
        for text in _SOURCES(self._tree):
            whole = text if text.is_tail else " ".join(islice(text.getparent().itertext(), 4))
            found.append(" ".join(whole.split()))
        return [text for text in found if len(text) < _LONGEST_CREDIT]


def _split(printed: Iterator[Line], key: str) -> tuple[list[Line], list[Line]]:
    before: list[Line] = []
    for line in printed:
        if key.startswith(fold(line.text)):
            break
        before.append(line)
    return before[-_BEFORE:], list(islice(printed, _NEAR))


def _together(first: Element, other: Element) -> bool:
    """Return whether two elements stand in one small box: the bylines of one article, not of a list of articles."""
    above = {other, *other.iterancestors()}
    for box in (first, *islice(first.iterancestors(), 6)):
        if box in above:
            return box is first or _is_small(box)
    return False


def _is_byline(element: Element) -> bool:
    return (
        element.get("rel") == "author"
        or element.get("itemprop") == "author"
        or _marks_byline(element.get("class") or "")
    )


@lru_cache(maxsize=4096)
def _marks_byline(classes: str) -> bool:
    return any(_BYLINE.search(name) and not _FOREIGN.search(name) for name in classes.split())


def _elsewhere(element: Element, shared: set[Element]) -> bool:
    """Return whether an element stands in another article's teaser, a comment, a caption: not in a box of `shared`."""
    if element.tag in ("meta", "link"):
        return True
    for box in (element, *islice(element.iterancestors(), 8)):
        if box in shared:
            return False
        if box.tag in _OUTSIDE or (box.tag == "aside" and not _is_small(box)):
            return True
        if box is not element and box.tag not in _WHOLE and _is_foreign(box.get("class") or ""):
            return True
    return False


def _is_small(box: Element) -> bool:
    return sum(map(len, islice(box.itertext(), 60))) <= _BOX


@lru_cache(maxsize=8192)
def _is_foreign(classes: str) -> bool:
    return any(_FOREIGN.search(name) for name in classes.split())
