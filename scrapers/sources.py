"""Where a site lists its articles. A source is asked with one request and read into entries and further sources."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from itertools import islice
from typing import Any, ClassVar

import msgspec
from scrapy.http import Response

from scrapers import feeds
from scrapers.addresses import day_of, is_web_page
from scrapers.document import Document
from scrapers.element import select
from scrapers.entry import Entry, day_in
from scrapers.links import absolute, base_of, joined, links
from scrapers.responses import LARGEST_LIST, content_of, document_of
from scrapers.sitemaps import Row, root_of, rows

logger = logging.getLogger(__name__)

_ROWS = 50_000  # the limit of the sitemap protocol


class Source(msgspec.Struct, frozen=True):
    """A place that lists articles; `url` is where."""

    url: str

    modified: str | None = None
    """When it last changed, as the source that named it writes it."""

    depth: int = 0
    """How many sources were followed to reach it."""

    guessed: bool = False
    """Nobody named it, we only try: its absence is no failure."""

    older: bool = False
    """It goes on where the list that named it ends, with what is older."""

    max_depth: ClassVar[int] = 4
    """Sources are followed no deeper; a deeper one is named in the log."""

    max_bytes: ClassVar[int | None] = None
    """Size of a response that is taken; without one it is DOWNLOAD_MAXSIZE."""

    is_read: ClassVar[bool] = False
    """Whether it came with the source that named it: it is not asked for."""

    @property
    def reported(self) -> bool:
        """Whether somebody named it for this crawl, so that its absence is recorded and not only logged."""
        return self.depth == 0

    def read(self, response: Response) -> Iterator[Entry | Source]:
        """Yield the articles that a response lists, and the sources that it leads to."""
        raise NotImplementedError

    def instead(self) -> Iterator[Source]:
        """Yield the sources to ask when this one cannot be read."""
        yield from ()

    def follow(self, kind: type[Source], url: str | None, **values: Any) -> Iterator[Source]:
        """Yield the source at an address that this one names, unless that would lead too deep."""
        if url and self.depth >= self.max_depth:
            logger.warning("%s: not followed, sources are nested deeper than %d", url, self.max_depth)
        elif url and url.startswith(("http://", "https://")):
            yield kind(url, depth=self.depth + 1, **values)

    def to_meta(self) -> dict[str, Any]:
        """Return the source as plain JSON values, to travel in `Request.meta`."""
        return {"kind": type(self).__name__, **msgspec.to_builtins(self)}

    @staticmethod
    def from_meta(values: dict[str, Any]) -> Source:
        """Return the source that `to_meta` wrote."""
        return msgspec.convert(values, _kinds()[values["kind"]])


class Feed(Source, frozen=True):
    """A feed: RSS 0.9x, 1.0 or 2.0, or Atom."""

    max_depth: ClassVar[int] = 20  # pages of an archived feed, RFC 5005
    max_bytes: ClassVar[int | None] = LARGEST_LIST

    def read(self, response: Response) -> Iterator[Entry | Source]:
        """Yield an entry for each item, and the next page of a feed that has pages."""
        feed = feeds.parse(response)
        yield from feeds.entries(feed, response.url)
        if declared := feeds.older(feed, response.url):
            yield from self.follow(Feed, declared, older=True)
        else:
            yield from self.follow(Feed, feeds.older_in_wordpress(feed, self.url), older=True, guessed=True)


class Sitemap(Source, frozen=True):
    """A sitemap, sitemap index or text sitemap, plain or gzipped; of a news sitemap also what it says of each article.

    The sitemaps of an index are asked newest first.
    """

    max_bytes: ClassVar[int | None] = LARGEST_LIST

    def read(self, response: Response) -> Iterator[Entry | Source]:
        """Yield an entry for each page, and the sitemaps of an index."""
        content = content_of(response)
        if root_of(content) in ("rss", "feed", "rdf"):
            yield from Feed(self.url, depth=self.depth).read(response)
            return
        children: list[tuple[str, Row]] = []
        for kind, row in islice(rows(content), _ROWS):
            url = joined(response.url, row.get("loc"))
            if url and kind == "sitemap":
                children.append((url, row))
            elif url and is_web_page(url):
                yield self._entry(url, row)
        for url, row in sorted(children, key=_recency, reverse=True):
            yield from self.follow(type(self), url, modified=row.get("lastmod"))

    def _entry(self, url: str, row: Row) -> Entry:
        if not any(name.startswith("news:") for name in row):
            return Entry(url=url, source="sitemap", modified=row.get("lastmod"))
        return Entry(
            url=url,
            source="news-sitemap",
            title=row.get("news:title"),
            published=row.get("news:publication_date"),
            modified=row.get("lastmod"),
            keywords=_split(row.get("news:keywords")),
            language=row.get("news:language"),
        )


class NewsSitemap(Sitemap, frozen=True):
    """A sitemap of articles only: every page that it lists is taken for one."""

    def _entry(self, url: str, row: Row) -> Entry:
        entry = super()._entry(url, row)
        entry.source = "news-sitemap"
        return entry


class Section(Source, frozen=True):
    """A page that links to articles: a rubric, a home page, an archive."""

    links: str = ""
    """Regular expression that the address of an article matches; by default the spider decides."""

    within: str = ""
    """CSS selector of the elements in which links count; by default the whole page."""

    next: str = "link[rel~=next], a[rel~=next]"
    """CSS selector of the link to the page with older articles."""

    max_depth: ClassVar[int] = 10

    def read(self, response: Response) -> Iterator[Entry | Source]:
        """Yield an entry for each link to a page, and the next page of the section."""
        return self.listed(document_of(response))

    def listed(self, document: Document) -> Iterator[Entry | Source]:
        """Yield what `read` yields, from a page that is parsed."""
        places = set(select(self.within, document.tree)) if self.within else None
        seen = set()
        for link in links(document):
            if link.url in seen or (places is not None and places.isdisjoint(link.element.iterancestors())):
                continue
            seen.add(link.url)
            if re.search(self.links, link.url):
                yield Entry(url=link.url, source="section")
        base = base_of(document)
        for element in islice(select(self.next, document.tree), 1):
            url = absolute(base, element.get("href"))
            yield from self.follow(type(self), url, older=True, links=self.links, within=self.within, next=self.next)


def _kinds() -> dict[str, type[Source]]:
    kinds: dict[str, type[Source]] = {}
    pending: list[type[Source]] = [Source]
    while pending:
        subclasses = pending.pop().__subclasses__()
        kinds |= {kind.__name__: kind for kind in subclasses}
        pending += subclasses
    return kinds


def _split(keywords: str | None) -> list[str]:
    return [word.strip() for word in (keywords or "").split(",") if word.strip()]


def _recency(child: tuple[str, Row]) -> str:
    url, row = child
    day = day_in(row.get("lastmod")) or day_of(url)
    return day.isoformat() if day else "9999"  # without a date it may hold the newest
