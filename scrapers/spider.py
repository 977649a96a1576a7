"""The spider of a news site: sources -> requests -> pages -> articles."""

from __future__ import annotations

import logging
import re
from collections.abc import AsyncIterator, Iterator
from typing import Any, ClassVar

from scrapy.exceptions import UsageError
from scrapy.http import Request, Response
from twisted.python.failure import Failure

from scrapers.addresses import is_within, looks_like_article
from scrapers.article_spider import ANSWERS, ArticleSpider, Output
from scrapers.bounds import Bounds
from scrapers.entry import Entry, day_in, recency
from scrapers.failure import reason_of
from scrapers.recrawl import CHOICE
from scrapers.responses import NOT_MODIFIED, Unreadable
from scrapers.selection import Selection
from scrapers.sources import Section, Sitemap, Source

source_ended = object()
"""Signal: a spider has read a source or missed it. With it go `source`, its `kind`, the `status`, how many it `listed`
(None where it was missed) and the `response`, or the failure."""

_SOURCE, _OLDER, _SECTION = 1_000_000, 0, -1
"""Priorities. What lists articles comes first; articles and dated sitemaps by their day, newest first; then the older
pages of feeds; sections last: they say least, so an article is known by what its feed or news sitemap says of it."""


class NewsSpider(ArticleSpider):
    """Crawls one news site. A site names its sources and the form of its articles' addresses, and overrides its page.

    What travels in `Request.meta` beside an article's is `source`.
    """

    allowed_domains: list[str] = []

    sources: ClassVar[list[Source]] = []
    """Where the site lists its articles."""

    article_url: ClassVar[str | None] = None
    """Regular expression that the address of each article matches. By default every entry of a feed or news sitemap is
    taken, and of other sources what looks like an article's."""

    schedule: ClassVar[str | None] = None
    """When `scrapy schedule` crawls it, as in crontab(5), in the page's `timezone`: `*/15 6-23 * * *`."""

    def __init__(
        self,
        name: str | None = None,
        *,
        collection: str | None = None,
        since: str | None = None,
        until: str | None = None,
        sample: str | None = None,
        **options: Any,
    ) -> None:
        """Take the options that the site's own `__init__` left over; there is none that is not known.

        `since` and `until` are the first and last day of publication, `sample` the most article pages to visit.
        """
        options.pop("_job", None)  # the name that scrapyd gives a run
        if options:
            raise UsageError(f"{type(self).name}: unknown option -a {' -a '.join(options)}", print_help=False)
        super().__init__(name)
        self.collection = collection or self.name
        try:
            self.bounds = Bounds.of(since, until, sample)
        except ValueError as error:
            raise UsageError(str(error), print_help=False) from error
        self._selection = Selection(self.bounds, self.skips)

    @property
    def choice(self) -> str:
        """By what the spider chooses among what a list names: one that was read by another choice is read anew."""
        return f"{self.article_url or ''} {self.bounds}" if self.bounds else self.article_url or ""

    @property
    def revisits(self) -> bool:
        """Whether the young articles of earlier crawls are looked at again: not in a crawl that keeps to bounds."""
        return not self.bounds

    async def start(self) -> AsyncIterator[Any]:
        """Yield the requests for the site's sources."""
        for source in self.sources:
            yield self.ask(source)

    def ask(self, source: Source) -> Request:
        """Return the request for a source."""
        return Request(
            source.url,
            callback=self.read_source,
            errback=self.miss_source,
            priority=_priority_of(source),
            meta={
                "source": source.to_meta(),
                "allow_offsite": True,  # feeds are often served by others
                "handle_httpstatus_list": ANSWERS,
                CHOICE: self.choice,
                **({"download_maxsize": source.max_bytes} if source.max_bytes else {}),
            },
        )

    def read_source(self, response: Response) -> Iterator[Output]:
        """Follow what a source lists."""
        source = Source.from_meta(response.meta["source"])
        kind, listed = _kind_of(source), 0
        problems: list[str] = []
        if response.status == NOT_MODIFIED:  # what it lists is known; the Frontier asks for the lists that it leads to
            self.count(f"source_unchanged/{kind}")
            self._ended(source, "http-304", None, response)
            return
        for item, reason in self._selection.among(self._listed(source, response, problems)):
            listed += not (isinstance(item, Source) and item.guessed)
            if reason:
                self.count(f"skipped/{reason}")
            elif isinstance(item, Source):
                yield self.ask(item)
            else:
                self.count(f"found/{item.source}")
                yield self.visit(item)
        self.count(f"source/{kind}")
        self._ended(source, "source-broken" if problems else f"http-{response.status}", listed, response)
        for problem in problems:
            yield self.reject(response.url, "source-broken", problem)
        if not listed and not problems:
            self.count(f"source_empty/{kind}")
            self.logger.log(_level(source), "%s: this %s lists nothing", response.url, kind)

    def _listed(self, source: Source, response: Response, problems: list[str]) -> Iterator[Entry | Source]:
        """Yield what a source lists, and add to the problems why it could not be read to its end."""
        try:
            yield from source.read(response)
            return
        except Unreadable as error:
            why = str(error)
            self.logger.log(_level(source), "%s: this %s could not be read: %s", response.url, _kind_of(source), why)
        except Exception as error:  # one broken source must not end the others' crawl
            why = f"{type(error).__name__}: {error}"
            self.logger.exception("%s: this %s could not be read", response.url, _kind_of(source))
        self.count(f"source_broken/{_kind_of(source)}")
        if not source.guessed:
            problems.append(f"{_kind_of(source)} could not be read: {why}")

    def miss_source(self, failure: Failure) -> Iterator[Output]:
        """Ask what may stand in for a source that could not be fetched; report one that somebody named."""
        request: Request = failure.request  # type: ignore[attr-defined]
        source = Source.from_meta(request.meta["source"])
        reason, detail = reason_of(failure.value)
        self.count(f"source_missed/{reason}")
        self.logger.log(_level(source), "%s: this %s could not be fetched: %s", source.url, _kind_of(source), detail)
        self._ended(source, reason, None, failure)
        for other in source.instead():
            yield self.ask(other)
        if source.reported:
            yield self.reject(request.url, reason, f"{_kind_of(source)} could not be fetched: {detail}")

    def _ended(self, source: Source, status: str, listed: int | None, response: Response | Failure) -> None:
        self.crawler.signals.send_catch_log(
            source_ended, source=source, kind=_kind_of(source), status=status, listed=listed, response=response
        )

    def skips(self, entry: Entry) -> str | None:
        """Return why an entry is not visited, as a short word for counting, or None."""
        if not is_within(entry.url, self.allowed_domains):
            return "offsite"
        if self.article_url is not None:
            return None if re.search(self.article_url, entry.url) else "other-address"
        if entry.source in ("sitemap", "section") and not looks_like_article(entry.url):
            return "other-address"
        return None


def _priority_of(source: Source) -> int:
    if isinstance(source, Section):
        return _SECTION
    if source.older:
        return _OLDER
    day = day_in(source.modified) if isinstance(source, Sitemap) else None
    return recency(day) if day else _SOURCE


def _kind_of(source: Source) -> str:
    """`NewsSitemap` -> `news-sitemap`"""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "-", type(source).__name__).lower()


def _level(source: Source) -> int:
    if source.guessed:
        return logging.DEBUG
    return logging.WARNING if source.reported else logging.INFO
