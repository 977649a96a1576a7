"""`scrapy crawl --dry-run`: a crawl on a copy of the ledger that asks for lists only and shows what comes next."""

from __future__ import annotations

import math
import sqlite3
import statistics
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Self

from scrapy import Request, signals
from scrapy.http import Response
from scrapy.utils.httpobj import urlparse_cached

from pipelines.keep import PAGE
from pipelines.plain import number_of
from pipelines.store.collection import LEDGER, open_collection
from pipelines.store.recovery import check_place
from pipelines.store.writer import CollectionWriter
from scrapers.entry import Entry
from scrapers.progress import duration, reasons
from scrapers.responses import NOT_MODIFIED

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

_LATENCY = 0.5  # seconds; where no list was fetched
_REDRAWN = 2 * math.e - 5  # Scrapy draws delay * (1 ± jitter) anew when it is over, and waits on where that is longer


@contextmanager
def rehearsal(folder: Path) -> Iterator[CollectionWriter]:
    """Open a collection that knows all that the one in a folder knows, and is gone afterwards; raise `StoreError`."""
    check_place(folder)
    with TemporaryDirectory(prefix="broadsheet-") as scratch:
        copy = Path(scratch) / folder.name
        if (folder / LEDGER).exists():
            copy.mkdir()
            _copy(folder, copy / LEDGER)
        with CollectionWriter(copy) as collection:
            yield collection


def _copy(folder: Path, target: Path) -> None:
    """Copy what the ledger of a collection knows of pages; its files stay where they are."""
    with open_collection(folder) as known, closing(sqlite3.connect(target)) as copy:
        known.ledger.db.backup(copy)
        with copy:
            copy.execute("DELETE FROM segments")


class Plan:
    """Notes the pages of articles that robots.txt lets through, and answers for them that they have not changed."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.collection: CollectionWriter = crawler.settings["COLLECTION"]
        self.articles: list[Request] = []
        self.lists: Counter[str] = Counter()
        """Host -> how often it was asked."""
        self.latencies: list[float] = []
        self._ended_before = "" if len(self.collection) else reasons(self.collection.counts())

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        plan = cls(crawler)
        crawler.signals.connect(plan.response_downloaded, signal=signals.response_downloaded)
        return plan

    def process_request(self, request: Request) -> Response | None:
        if request.meta.keys().isdisjoint(("entry", "article")):
            return None
        self.articles.append(request)
        request.headers["If-None-Match"] = b"*"  # else that answer would be doubted
        return Response(request.url, status=NOT_MODIFIED)

    def response_downloaded(self, response: Response, request: Request) -> None:  # noqa: ARG002
        self.lists[_host(request)] += 1
        self.latencies.append(request.meta.get("download_latency", _LATENCY))

    def show(self) -> None:
        """Print the articles, newest first, each with what lists it; then how many, and how long they would take."""
        for request in sorted(self.articles, key=lambda request: request.priority, reverse=True):
            sys.stdout.write(f"{self._line(request)}\n")
        forbidden = self._counts().get("robots/forbidden", 0)
        sys.stdout.write(
            f"{number_of(len(self.articles), 'article')} would be fetched, in {_about(self._seconds())} with their"
            f" lists; robots.txt forbids {number_of(forbidden, 'page')}. Nothing was kept.\n"
        )
        if not self.articles and self._ended_before:
            sys.stdout.write(f"Earlier crawls kept nothing of what they found: {self._ended_before}.\n")
        if self.is_cut_off:
            sys.stdout.write("The lists were not read to their end: there may be more articles.\n")

    @property
    def is_cut_off(self) -> bool:
        """Whether the lists were not read to their end."""
        return self._counts().get("finish_reason") != "finished"

    @property
    def problem(self) -> str | None:
        """Why the plan says nothing of the site, as a sentence."""
        if self.collection.queued():  # for a host that is left alone: the Frontier has said so
            return None
        counts = self._counts()
        missed = {name.partition("/")[2]: n for name, n in counts.items() if name.startswith("source_missed/")}
        read = [name for name in counts if name.startswith(("source/", "source_unchanged/"))]
        if missed and set(read) <= {"source/robots-txt", "source_unchanged/robots-txt"}:
            return f"no list of articles could be read: {', '.join(f'{n} {reason}' for reason, n in missed.items())}"
        forbids_pages = counts.get("robots/forbidden", 0) > missed.get("robots", 0)  # the others are lists
        if self.articles or forbids_pages or len(self.collection) or self._ended_before:
            return None
        return "no page of an article was found"

    def _line(self, request: Request) -> str:
        entry = Entry.from_meta(request.meta.get("entry") or {"url": request.url, "source": "part"})
        is_kept = self.collection.ledger.pages.content_hash(request.meta[PAGE]) is not None
        listed_at = (request.headers.get("Referer") or b"").decode("latin-1")
        source = "revisit" if is_kept else entry.source
        return f"{entry.day_told or '-':<10}  {request.url}  {source} {listed_at}"

    def _counts(self) -> dict[str, Any]:
        assert self.crawler.stats
        return self.crawler.stats.get_stats()

    def _seconds(self) -> float:
        """Hosts are asked at the same time, the pages of one after the other; the lists are asked for again."""
        hosts = self.lists + Counter(map(_host, self.articles))
        return max((n * self._seconds_each(host) for host, n in hosts.items()), default=0)

    def _seconds_each(self, host: str) -> float:
        assert self.crawler.engine
        settings = self.crawler.settings
        chosen = self.crawler.engine.downloader.per_slot_settings.get(host, {})
        usual = settings.getfloat("DOWNLOAD_DELAY")
        delay = chosen.get("delay", usual)
        latency = statistics.fmean(self.latencies or [_LATENCY])
        if usual and settings.getbool("AUTOTHROTTLE_ENABLED"):
            delay = max(delay, latency / settings.getfloat("AUTOTHROTTLE_TARGET_CONCURRENCY"))
        jitter = chosen.get("jitter", settings.getfloat("DOWNLOAD_DELAY_JITTER"))
        return float(max(delay * (1 + _REDRAWN * jitter), latency))


def _host(request: Request) -> str:
    return urlparse_cached(request).hostname or ""


def _about(seconds: float) -> str:
    return f"about {duration(seconds)}" if seconds >= 1 else "less than a second"
