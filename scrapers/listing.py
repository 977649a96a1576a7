"""Tells the pages that lead to articles from the articles."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from pipelines.urls import site_of
from scrapers.addresses import looks_like_article
from scrapers.document import Document, text_of
from scrapers.element import Element
from scrapers.links import absolute, base_of

_DECLARED = frozenset({"CollectionPage", "SearchResultsPage", "ContactPage", "AboutPage"})
_WIDE = re.compile(r"[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")

_HEADLINE = 20  # letters, as `weight` counts them
_SHORTEST = 8  # characters of such a headline
_TEASER = 40
_NEAR = 4  # lines from a headline to its teaser: a date, an author, a rubric may stand between
_FEW = 3
_TITLES = 100  # each line is looked for in each; drawings (SVG) have some, too
_MOST, _NEARLY_ALL = 0.6, 0.85


def listing(document: Document, body: str | None) -> str | None:
    """Return what shows that a page leads to articles and is none, as a sentence, or None."""
    parts = urlsplit(document.url)
    if parts.hostname and parts.path in ("", "/") and not parts.query:
        return "this is the address of a home page"
    if document.article or "article:published_time" in document.metas:
        return None
    if not document.is_declared_article:
        declared = {str(kind) for node in document.nodes for kind in _as_list(node.get("@type"))} & _DECLARED
        if declared:
            return f"structured data calls the page {', '.join(sorted(declared))}"
    return _Print(document).leads_on(body)


def weight(text: str | None) -> float:
    """Return the length of a text in letters of alphabetic scripts: an ideograph counts for two and a half."""
    if not text or text.isascii():
        return len(text or "")
    return len(text) + 1.5 * len(_WIDE.findall(text))


class _Print:
    """A page as printed lines, of which some are linked headlines and some the teasers of other articles."""

    def __init__(self, document: Document) -> None:
        heads = [text_of(element) for element in document.tree.iter("title")]
        titles = [*(title for _, title in document.meta("og:title", "twitter:title")), *heads]
        self.titles = list(dict.fromkeys(titles))[:_TITLES]
        self.lines = [line.text for line in document.layout.lines]
        self.headlines = {text for text in _headlines(document) if not any(text in title for title in self.titles)}
        self.lengths: dict[str, set[int]] = {}  # of the headlines that begin alike: on some pages all of them do
        for headline in self.headlines:
            self.lengths.setdefault(headline[:_SHORTEST], set()).add(len(headline))
        self.teasers = self._teasers()

    def leads_on(self, body: str | None) -> str | None:
        """Return what shows that the text of the page are teasers."""
        own = self._own_headline()
        above = {_key(line) for line in self.lines[: own or 0]}  # such as a cookie banner
        paragraphs = [text for text in (body or "").split("\n\n") if text and _key(text) not in above]
        if not paragraphs:
            leading = sum(len(line) for line in self.lines if line in self.headlines or _key(line) in self.teasers)
            return "most of the page leads to articles" if 2 * leading > sum(map(len, self.lines)) else None
        opened = [_key(text) in self.teasers or self._opens_with_headline(text) for text in paragraphs]
        # a page with a headline of its own may have some paragraphs below links to related articles
        most = _MOST if own is None else _NEARLY_ALL
        if len(opened) >= _FEW and sum(opened) >= most * len(opened):
            return "its paragraphs are the teasers of other articles"
        if len(self.teasers) > _FEW and (all(opened) or (opened[0] and own is None)):
            return "its text is one teaser among many"
        return None

    def _own_headline(self) -> int | None:
        """Return the number of the line that prints the page's own headline."""
        numbers = (number for number, line in enumerate(self.lines) if weight(line) >= _HEADLINE)
        return next((number for number in numbers if any(self.lines[number] in title for title in self.titles)), None)

    def _teasers(self) -> set[str]:
        """Return the keys of the lines that begin with a linked headline or stand next below one."""
        found, distance = set(), _NEAR
        for line in self.lines:
            if line in self.titles:
                distance = _NEAR
            elif line in self.headlines:
                distance = 0
            elif self._opens_with_headline(line):
                found.add(_key(line))
            elif distance < _NEAR:
                distance += 1
                if weight(line) >= _TEASER:
                    found.add(_key(line))
                    distance = _NEAR
        return found

    def _opens_with_headline(self, text: str) -> bool:
        """Whether a line or a paragraph, such as a row of a table, begins with a linked headline and goes on."""
        if text in self.headlines:
            return False
        return any(text[:length] in self.headlines for length in self.lengths.get(text[:_SHORTEST], ()))


def _headlines(document: Document) -> set[str]:
    """Return the texts of the links to other articles of the site."""
    site, own, base = site_of(document.url), urlsplit(document.url).path, base_of(document)
    return {
        text
        for link in document.tree.iter("a")
        if weight(text := _headline_of(link)) >= _HEADLINE
        and (url := absolute(base, link.get("href")))
        and site_of(url) == site
        and urlsplit(url).path != own
        and looks_like_article(url)
    }


def _headline_of(link: Element) -> str:
    """Return what a link prints; of a card, that is a link all over, its heading."""
    if not len(link):  # as most are
        return " ".join((link.text or "").split())
    return text_of(next(link.iter("h1", "h2", "h3", "h4", "h5"), link))


def _key(text: str) -> str:
    """Return what a line and the paragraph made of it have in common."""
    return text[:60]


def _as_list(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]
