"""How to find the sources of a site that nobody has described: robots.txt and the home page, read as sources."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import ClassVar
from urllib.parse import urljoin, urlsplit

from protego import Protego
from scrapy.http import Response

from pipelines.urls import site_of
from scrapers.addresses import looks_like_article
from scrapers.document import Document
from scrapers.entry import Entry
from scrapers.links import joined, links
from scrapers.responses import document_of
from scrapers.sources import Feed, Section, Sitemap, Source
from scrapers.variants import original
from scrapers.vocabulary.addresses import FEED_PATHS, NO_ARTICLE, SITEMAP_PATHS

_FEED_TYPES = ("application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/xml", "text/xml")
_FEEDS = 10
_SITEMAPS = 50
_SECTIONS = 20
_CARRIED = 2000  # addresses; a home page that lists more is asked for again as a section


class RobotsTxt(Source, frozen=True):
    """A robots.txt, for the sitemaps that it names."""

    @property
    def reported(self) -> bool:
        """No site must have one."""
        return False

    def read(self, response: Response) -> Iterator[Entry | Source]:
        """Yield its sitemaps, or those that sites usually have."""
        robots = Protego.parse(response.body.decode("utf-8", "replace"))
        named = (joined(response.url, url) for url in robots.sitemaps)
        sitemaps = list(islice(dict.fromkeys(url for url in named if url and url != response.url), _SITEMAPS))
        for url in sitemaps:
            yield from self.follow(Sitemap, url)
        if not sitemaps:
            yield from self.instead()

    def instead(self) -> Iterator[Source]:
        """Yield the sitemaps that sites usually have."""
        for path in SITEMAP_PATHS:
            yield from self.follow(Sitemap, urljoin(self.url, path), guessed=True)


class HomePage(Source, frozen=True):
    """A home page, for the feeds that it names and the sections that it links to."""

    max_depth: ClassVar[int] = 1

    def read(self, response: Response) -> Iterator[Entry | Source]:
        """Yield its feeds, or those that sites usually have, what it lists itself, and its sections."""
        document = document_of(response)
        feeds = list(islice(dict.fromkeys(_feeds(document)), _FEEDS))
        for url in feeds:
            yield from self.follow(Feed, url)
        if not feeds:
            for path in FEED_PATHS:
                yield from self.follow(Feed, urljoin(response.url, path), guessed=True)
        yield from self._own(document)
        sections = dict.fromkeys(url for url in _sections(document) if url != response.url)
        for url in islice(sections, _SECTIONS):
            yield from self.follow(FoundSection, url)

    def _own(self, document: Document) -> Iterator[Source]:
        """Yield what the page itself lists, as a source: its turn comes after the feeds, which say more."""
        found = list(FoundSection(document.url).listed(document))
        pages = tuple(item.url for item in found if isinstance(item, Entry))
        older = next((item.url for item in found if isinstance(item, Source)), None)
        if len(pages) > _CARRIED:
            yield from self.follow(FoundSection, document.url)
        elif found:
            yield from self.follow(HomeSection, document.url, pages=pages, older_at=older)


class FoundSection(Section, frozen=True):
    """A page that a home page links to, by its address a section."""

    def read(self, response: Response) -> Iterator[Entry | Source]:
        """Yield what a section lists, or the page itself where it says that it is an article."""
        document = document_of(response)
        if document.article or document.metas.get("article:published_time"):
            yield Entry(url=response.url, source="home-page")
        else:
            yield from self.listed(document)


class HomeSection(Section, frozen=True):
    """What a home page lists beside its feeds and sections, as it was read with them."""

    is_read: ClassVar[bool] = True

    pages: tuple[str, ...] = ()
    older_at: str | None = None
    """Address of the page with what is older."""

    def read(self, response: Response) -> Iterator[Entry | Source]:  # noqa: ARG002
        """Yield an entry for each page, and the section that goes on with what is older."""
        for url in self.pages:
            yield Entry(url=url, source="section")
        yield from self.follow(FoundSection, self.older_at, older=True)


def sources_of(site: str) -> Iterator[Source]:
    """Yield the sources to ask first at a site: `https://example.org`."""
    yield RobotsTxt(urljoin(site, "/robots.txt"))
    yield HomePage(site if urlsplit(site).path else urljoin(site, "/"))


def _feeds(document: Document) -> Iterator[str]:
    for link in document.tree.iter("link"):
        relations = (link.get("rel") or "").lower().split()
        if "alternate" in relations and (link.get("type") or "").lower().strip() in _FEED_TYPES:
            url = joined(document.url, link.get("href"))
            if url and url != document.url and "/comments/" not in url:  # WordPress: a feed of what readers say
                yield url


def _sections(document: Document) -> Iterator[str]:
    """Yield pages of the same site whose address is short and not that of an article or service."""
    site = site_of(document.url)
    for link in links(document):
        segments = [segment for segment in urlsplit(link.url).path.lower().split("/") if segment]
        if (
            site_of(link.url) == site
            and 1 <= len(segments) <= 2
            and not urlsplit(link.url).query
            and "nofollow" not in link.relations
            and not NO_ARTICLE.intersection(segments)
            and not looks_like_article(link.url)
            and not original(link.url)
        ):
            yield link.url
