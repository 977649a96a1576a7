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


class RobotsTxt(Source, frozen=True):
    """A robots.txt, for the sitemaps that it names."""

    @property
    def reported(self) -> bool:
        """No site must have one."""
        return False

    def read(self, response: Response) -> Iterator[Entry | Source]:
        """Yield its sitemaps, or those that sites usually have."""
        robots = Protego.parse(response.body.decode("utf-8", "replace"))
        sitemaps = list(islice(dict.fromkeys(robots.sitemaps), _SITEMAPS))
        for url in sitemaps:
            yield from self.follow(Sitemap, joined(response.url, url))
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
        """Yield its feeds, or those that sites usually have, and its sections, the page itself first."""
        document = document_of(response)
        feeds = list(islice(dict.fromkeys(_feeds(document)), _FEEDS))
        for url in feeds:
            yield from self.follow(Feed, url)
        if not feeds:
            for path in FEED_PATHS:
                yield from self.follow(Feed, urljoin(response.url, path), guessed=True)
        for url in islice(dict.fromkeys((response.url, *_sections(document))), _SECTIONS):
            yield from self.follow(FoundSection, url)


class FoundSection(Section, frozen=True):
    """A page that a home page links to, by its address a section."""

    def read(self, response: Response) -> Iterator[Entry | Source]:
        """Yield what a section lists, or the page itself where it says that it is an article."""
        document = document_of(response)
        if document.article or document.metas.get("article:published_time"):
            yield Entry(url=response.url, source="home-page")
        else:
            yield from self.listed(document)


def sources_of(site: str) -> Iterator[Source]:
    """Yield the sources to ask first at a site: `https://example.org`."""
    yield RobotsTxt(urljoin(site, "/robots.txt"))
    yield HomePage(site if urlsplit(site).path else urljoin(site, "/"))


def _feeds(document: Document) -> Iterator[str]:
    for link in document.tree.iter("link"):
        relations = (link.get("rel") or "").lower().split()
        if "alternate" in relations and (link.get("type") or "").lower().strip() in _FEED_TYPES:
            url = joined(document.url, link.get("href"))
            if url and "/comments/" not in url:  # WordPress: a feed of what readers say
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
