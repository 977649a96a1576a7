"""`scrapy crawl --dry-run`: asks for the lists of articles, and shows which articles a crawl would fetch."""

from __future__ import annotations

import statistics
import sys
from collections import Counter
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Self

from scrapy import Request, Spider, signals
from scrapy.core.scheduler import Scheduler
from scrapy.http import Response
from scrapy.utils.httpobj import urlparse_cached
from twisted.internet.defer import Deferred

from pipelines.plain import number_of
from pipelines.store.collection import LEDGER, open_collection
from pipelines.store.tables.page import State
from scrapers.entry import Entry
from scrapers.progress import duration
from scrapers.recrawl import Recrawl, revisit_ages

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

_LATENCY = 0.5  # seconds; where no list was fetched


class Plan(Scheduler):
    """Scrapy's scheduler in memory, that keeps the requests for articles to itself and prints them at the end."""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        plan = super().from_crawler(crawler)
        plan.articles, plan.known, plan.latencies = [], 0, []
        crawler.signals.connect(plan.response_downloaded, signal=signals.response_downloaded)
        return plan

    articles: list[Request]
    known: int
    latencies: list[float]

    def open(self, spider: Spider) -> Deferred[None] | None:
        assert self.crawler
        self._stack, self._recrawl = ExitStack(), None
        folder = Path(self.crawler.settings["DATA_DIR"]) / getattr(spider, "collection", spider.name)
        if (folder / LEDGER).exists():
            collection = self._stack.enter_context(open_collection(folder))
            run = len(collection.runs()) + 1
            self._recrawl = Recrawl(collection.ledger, run, run, revisit_ages(self.crawler.settings))
            for page in self._recrawl.revisits(spider):
                self.articles.append(Request(page.url, meta={"entry": {"url": page.url, "source": "revisit"}}))
        return super().open(spider)

    def enqueue_request(self, request: Request) -> bool:
        """Queue a request for a list; note one for an article that a crawl would fetch."""
        if "entry" not in request.meta:
            return super().enqueue_request(request)
        if self.df.request_seen(request):
            return False
        if self._is_wanted(request):
            self.articles.append(request)
        else:
            self.known += 1
        return False

    def _is_wanted(self, request: Request) -> bool:
        assert self.crawler
        if self._recrawl is None:
            return True
        known = self._recrawl.ledger.pages.at(self.crawler.request_fingerprinter.fingerprint(request))
        return known is None or known.state <= State.IN_FLIGHT or self._recrawl.is_wanted(known, request)

    def response_downloaded(self, response: Response, request: Request) -> None:  # noqa: ARG002
        self.latencies.append(request.meta.get("download_latency", _LATENCY))

    def close(self, reason: str) -> Deferred[None] | None:
        """Print the articles, newest first, each with what lists it; then how many, and how long they would take."""
        for request in sorted(self.articles, key=lambda request: request.priority, reverse=True):
            entry = Entry.from_meta(request.meta["entry"])
            listed_at = (request.headers.get("Referer") or b"").decode("latin-1")
            sys.stdout.write(f"{entry.day or '-'!s:<10}  {request.url}  {entry.source} {listed_at}\n")
        sys.stdout.write(
            f"{number_of(len(self.articles), 'article')} would be fetched in about {duration(self._seconds())};"
            f" {self.known} that are listed are known and unchanged. Nothing was kept.\n"
        )
        self._stack.close()
        return super().close(reason)

    def _seconds(self) -> float:
        """Hosts are asked at the same time, the pages of one after the other."""
        assert self.crawler
        assert self.crawler.engine
        slots = self.crawler.engine.downloader.per_slot_settings
        usual = self.crawler.settings.getfloat("DOWNLOAD_DELAY")
        latency = statistics.fmean(self.latencies or [_LATENCY])
        hosts = Counter(urlparse_cached(request).hostname or "" for request in self.articles)
        return max((n * max(slots.get(host, {}).get("delay", usual), latency) for host, n in hosts.items()), default=0)
