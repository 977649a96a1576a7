"""`scrapy sources`: where a site lists its articles, as lines for its spider."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError
from scrapy.http import Response
from scrapy.settings import Settings

from pipelines.plain import number_of
from pipelines.urls import is_web_address, site_of
from scrapers.addresses import looks_like_article
from scrapers.discovery import sources_of
from scrapers.entry import Entry, recency
from scrapers.sources import Feed, NewsSitemap, Section, Sitemap, Source
from scrapers.terminal import piped, positive
from scrapers.visit import CannotRead, Fetch, run

_CHILDREN = 2  # of a sitemap index only the newest sitemaps are asked: they tell whether it is alive
_ORDER = [NewsSitemap, Feed, Sitemap, Section]  # those that say most of their articles first


@dataclass(frozen=True)
class Listing:
    """A source and the articles that it lists."""

    kind: type[Source]
    url: str
    articles: int
    newest: str | None

    def __str__(self) -> str:
        newest = f", newest {self.newest}" if self.newest else ""
        return f'{self.kind.__name__}("{self.url}"),  # {number_of(self.articles, "article")}{newest}'


class Command(ScrapyCommand):
    """Lists a site's feeds, sitemaps and sections as ready-to-paste sources."""

    requires_crawler_process = False  # `run` starts one
    default_settings = {"LOG_LEVEL": "CRITICAL"}  # an address that is only tried may well be missing

    def syntax(self) -> str:
        return "[options] URL"

    def short_desc(self) -> str:
        return "List a site's feeds, sitemaps and sections, as lines to paste into its spider"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--limit", type=positive, default=40, metavar="N", help="ask no more pages (default: 40)")

    @piped
    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        assert isinstance(self.settings, Settings)
        if len(args) != 1:
            raise UsageError(f"sources takes one URL, got {' '.join(args) or 'none'}", print_help=False)
        site = _home_page(args[0])

        async def survey(fetch: Fetch) -> tuple[list[Listing], int]:
            asked = _Survey(site, fetch, opts.limit)
            return await asked.listings(), asked.left_out

        try:
            listings, left_out = run(self.settings, survey)
        except CannotRead as problem:
            print(f"scrapy sources: {problem}", file=sys.stderr)
            self.exitcode = 1
            return
        if left_out:
            left = f"{number_of(left_out, 'further place')} that may list articles"
            print(f"scrapy sources: not asked, by --limit {opts.limit}: {left}", file=sys.stderr)
        elif not listings:
            print(f"scrapy sources: {site} names no feed or sitemap, and no section lists articles", file=sys.stderr)
        if not listings:
            self.exitcode = 1
            return
        kinds = sorted({listing.kind.__name__ for listing in listings})
        print(f"from scrapers.sources import {', '.join(kinds)}\n\n    sources = [")
        for listing in sorted(listings, key=lambda listing: (_ORDER.index(listing.kind), -listing.articles)):
            print(f"        {listing}")
        print("    ]")


def _home_page(address: str) -> str:
    url = address if "://" in address else f"https://{address}"
    if not is_web_address(url):
        raise UsageError(f"{address} is no http or https address", print_help=False)
    return url if urlsplit(url).path else f"{url}/"


class _Survey:
    """Asks a site's sources one after the other."""

    def __init__(self, site: str, fetch: Fetch, limit: int) -> None:
        self.site = site
        self.fetch = fetch
        self.left, self.left_out = limit, 0

    async def listings(self) -> list[Listing]:
        """Return the sources that list articles; raise `CannotRead` if the site itself cannot be had."""
        pending = list(sources_of(self.site))
        seen = set(pending)
        found: list[Listing] = []
        while pending:
            source = pending.pop(0)
            entries, others = await self._ask(source)
            if isinstance(source, Feed | Sitemap | Section):
                if listing := _listing(source, entries):
                    found.append(listing)
                continue
            pending += [other for other in dict.fromkeys(others) if other not in seen]
            seen.update(others)
        return found

    async def _ask(self, source: Source) -> tuple[list[Entry], list[Source]]:
        """Return what a source lists, and the sources that it names; those of a sitemap index are asked, too."""
        if self.left <= 0:
            self.left_out += 1
            return [], []
        self.left -= 1
        try:
            fetched = None if source.is_read else await self.fetch(source.url, source.max_bytes)
            found = list(source.read(fetched or Response(source.url)))
        except CannotRead:
            if source.url == self.site:
                raise
            return [], list(source.instead())
        except ValueError:  # what it serves is broken
            return [], []
        entries = [item for item in found if isinstance(item, Entry)]
        others = [item for item in found if isinstance(item, Source)]
        if isinstance(source, Sitemap):
            for child in others[:_CHILDREN]:
                entries += (await self._ask(child))[0]
        return entries, others


def _listing(source: Source, entries: list[Entry]) -> Listing | None:
    articles = list(_articles(source, entries))
    if not articles:
        return None
    newest = max(articles, key=lambda entry: recency(entry.day))
    is_news = isinstance(source, Sitemap) and all(entry.source == "news-sitemap" for entry in articles)
    kind = NewsSitemap if is_news else Section if isinstance(source, Section) else type(source)
    return Listing(kind, source.url, len(articles), newest.day_told)


def _articles(source: Source, entries: list[Entry]) -> Iterator[Entry]:
    """Yield the entries that are articles of the same site, as a crawl would choose them."""
    for entry in entries:
        if entry.source == "home-page":
            continue  # it is no section, but an article itself
        listed_as_article = entry.source in ("feed", "news-sitemap") or looks_like_article(entry.url)
        if listed_as_article and site_of(entry.url) == site_of(source.url):
            yield entry
