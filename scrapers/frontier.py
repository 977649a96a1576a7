"""Frontier: Scrapy's scheduler on the collection's ledger, so that a queue survives a crash.

A page is complete when the request that `next_request` handed out has left the engine's `inprogress`: that is the last
event of success, redirect, retry, error, errback and dropped item alike. What became of it is then one entry of the
next commit: its records or its rejection, its raw response, and the requests that it led to.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Self

from scrapy import Request, Spider
from scrapy.core.scheduler import BaseScheduler
from twisted.internet.defer import Deferred
from twisted.internet.task import LoopingCall

from pipelines.store.tables.page import Page, State
from scrapers.failure import Refused
from scrapers.middlewares.obey import robots_read
from scrapers.queue.asked_pages import asked_before, page_of
from scrapers.queue.flights import Flight, Flights
from scrapers.queue.host_queues import HostQueues, limits
from scrapers.queue.stored_request import CannotStoreRequest
from scrapers.queue.storing import Storing
from scrapers.recrawl import Recrawl, at_variant, is_missing, revisit_ages, variant_of

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

    from pipelines.store.writer import CollectionWriter

logger = logging.getLogger(__name__)


class Frontier(BaseScheduler):
    """The queue of a crawl, held in the ledger of its collection.

    Requests are told apart by Scrapy's fingerprints. A request that the ledger knows is queued again if it asks for it
    (`dont_filter`), and in a later crawl as `Recrawl` says.
    """

    keeps_due = True
    """Whether a request waits in the queue until its `due`."""

    def __init__(self, crawler: Crawler) -> None:
        self.collection: CollectionWriter = crawler.settings["COLLECTION"]
        self.ledger = self.collection.ledger
        self.crawler = crawler
        self.stats = crawler.stats
        self._key_of = crawler.request_fingerprinter.fingerprint
        self._storing = Storing(crawler, self.collection)
        self._interval = crawler.settings.getfloat("COMMIT_INTERVAL")
        # not asyncio's: Twisted drops cancelled timeouts, two a page, only when one of its own calls is due; without
        # this one that is DOWNLOAD_TIMEOUT later
        self._ticker = LoopingCall(self._tick)
        self._next_id = self.ledger.pages.next_id()
        self._queues = HostQueues(self.ledger, *limits(crawler.settings))
        self._longest_wait = crawler.settings.getfloat("RETRY_AFTER_MAX")
        ages = revisit_ages(crawler.settings)
        self._recrawl = Recrawl(self.ledger, self.collection.run.number, self.collection.crawl_began, ages)
        self._flights = Flights(crawler, self.collection, self._queues.release, self._recrawl)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def open(self, spider: Spider) -> Deferred[None] | None:
        """Say what recovery put right, and begin to commit."""
        self.spider = spider
        slot = self.crawler.engine._slot  # private: tests/test_frontier.py holds that it is there
        assert slot is not None
        self._in_progress, self._ask_for_more = slot.inprogress, slot.nextcall.schedule
        for line in self.collection.recovered:
            logger.warning("Recovered: %s", line)
        if self._queues.waiting:
            logger.info("Going on with %d pages that are queued", self._queues.waiting.total())
        self._ticker.start(self._interval, now=False)
        if self.collection.run.number == self.collection.crawl_began:
            self._queue_again(self._recrawl.revisits(self.spider))
        self.crawler.signals.connect(self._robots_read, signal=robots_read)
        return None

    def close(self, reason: str) -> Deferred[None] | None:  # noqa: ARG002
        """Make the last commit, and say what it leaves in the queue for hosts that asked for it."""
        for host, until in self._queues.resting(time.time() + self._longest_wait).items():
            end = datetime.fromtimestamp(until, UTC).isoformat(timespec="seconds")
            logger.warning("%s is not to be asked until %s: %d pages wait", host, end, self._queues.waiting[host])
        if self._ticker.running:
            self._ticker.stop()
        self._tick()
        return None

    def has_pending_requests(self) -> bool:
        """Whether a page is queued, if only for later; what has to wait longer than RETRY_AFTER_MAX is left."""
        with self._storing:
            self._land()
        if self._storing.stopped:
            return False
        return self._flights.goes_on or self._queues.has_work(time.time() + self._longest_wait)

    def enqueue_request(self, request: Request) -> bool:
        """Queue a request, or let it go on with the page that it is a retry or redirect of."""
        if not self._ticker.running:  # closed: what starts a crawl may come after its end
            return False
        with self._storing:
            try:
                return self._enqueue(request, self._flights.reader)
            except CannotStoreRequest as error:
                logger.error("%s", error)
                self.stats.inc_value("frontier/refused")
                self._flights.fail_reader(error)
        return False

    def next_request(self) -> Request | None:
        """Hand out the next request of a host that may be asked."""
        with self._storing:
            self._land()
            while not self._storing.stopped and (page := self._queues.pop(time.time())):
                self.ledger.pages.take(page)
                if request := self._flights.start(page, self.spider):
                    return request
        return None

    # queueing

    def _enqueue(self, request: Request, parent: Flight | None) -> bool:
        flight = self._flights.of(request)
        if flight and self._is_continued(flight, request):
            return self._go_on(flight, request)
        key = self._key_of(request)
        known = self.ledger.pages.at(key)
        if known and (variant := variant_of(request)) and is_missing(self._flights.reason(known)):
            return self._enqueue(at_variant(request, variant), parent)
        if parent and "source" in request.meta:
            self.ledger.sources.add_lead(parent.page.id, known.id if known else self._next_id)
        elif parent and (known is None or self._recrawl.is_new(known)):
            parent.lists_news = True
        if parent and "article" in request.meta:
            parent.begun = request.meta["article"]
        if known is None:
            return self._add(request, key)
        if known.state in (State.QUEUED, State.IN_FLIGHT):
            if request.dont_filter and known.run == self.collection.run.number:
                return self._add(request, None)
            self.ledger.pages.adopt(known, self.collection.run.number)
            return self._filter(known, request)
        if not self._recrawl.is_wanted(known, request, lists_news=parent is None or parent.lists_news):
            return self._filter(known, request)
        self._requeue(known, request)
        return True

    def _robots_read(self, origin: str, allows: Callable[[str], bool]) -> None:
        self._queue_again(self._recrawl.reopened(self.spider, origin, allows))

    def _queue_again(self, pages: Iterable[Page]) -> None:
        with self._storing:
            for known, request in asked_before(pages, self.spider):
                self._requeue(known, request)

    def _follow_leads(self, flight: Flight) -> None:
        """Ask for the lists that a list leads to which was not sent because it has not changed: they may have."""
        for _, request in asked_before(self.ledger.sources.leads(flight.page.id), self.spider):
            self._enqueue(request, flight)

    def _is_continued(self, flight: Flight, request: Request) -> bool:
        """Whether a request with the number of a page in flight goes on with it: a retry, or a redirect.

        What comes from the page's own callback may be another page to which the spider handed its `meta`.
        """
        return not self._flights.is_read(flight) or self._key_of(request) == self._key_of(flight.request)

    def _go_on(self, flight: Flight, request: Request) -> bool:
        key = self._key_of(request)
        known = self.ledger.pages.at(key)
        if known is not None and known.id != flight.page.id and not request.dont_filter:
            if self.ledger.sources.lead_to(known, flight.page, self.collection.crawl_began):
                flight.failure = Refused("redirects", f"{request.url} leads back to {flight.page.url}")
            else:
                flight.is_known_elsewhere = True
                self.ledger.sources.add_lead(flight.page.id, known.id)
            return self._filter(known, request)
        self.ledger.pages.add_address(key, flight.page.id)
        flight.again = self._page(request, flight.page.id, flight.page)
        return True

    def _add(self, request: Request, key: bytes | None) -> bool:
        page = self._page(request, self._next_id)
        self._next_id += 1
        self.ledger.pages.add(page, key)
        self._queued(page)
        return True

    def _requeue(self, known: Page, request: Request) -> None:
        page = self._page(request, known.id, known)
        if not self._recrawl.is_comparable(known, request):
            page.etag = page.last_modified = None
        self.ledger.pages.requeue(page)
        self._queued(page)

    def _queued(self, page: Page) -> None:
        self._queues.push(page, time.time())
        self.collection.count("queued")
        self.stats.inc_value("frontier/queued")

    def _filter(self, known: Page, request: Request) -> bool:
        if lastmod := self._recrawl.lastmod(known, request):
            self.ledger.pages.note_lastmod(known.id, lastmod)
        if variant := variant_of(request):
            self.ledger.pages.note_variant(known.id, variant)
        self.stats.inc_value("frontier/filtered")
        return False

    def _page(self, request: Request, number: int, known: Page | None = None) -> Page:
        return page_of(request, number, self.collection.run.number, self.spider, known)

    def _land(self) -> None:
        """Bring the pages to their end whose requests have left the engine, or queue what they go on with."""
        for flight in self._flights.land(self._in_progress):
            if flight.again:
                self.collection.go_on(flight.page.id)
                self.ledger.pages.requeue(flight.again)
                self._queues.push(flight.again, time.time())
                self._rest(flight.again)
            else:
                if flight.is_unchanged:
                    self._follow_leads(flight)
                self._flights.complete(flight)

    def _rest(self, page: Page) -> None:
        """Leave a host alone until its page is due, also in a crawl to come."""
        if page.due > time.time():
            self._queues.rest(page.host, page.due)
            self.ledger.rests.put(page.host, page.due)

    # committing

    def _tick(self) -> None:
        with self._storing:
            self._land()
            self.collection.commit()
            if self._queues.waiting and not self._flights:
                self._ask_for_more()  # what waited may be due
            if self.collection.is_disk_low and not self._storing.stopped:
                logger.critical("Less than DISK_RESERVE is free on the disk of %s", self.collection.folder)
                self._storing.stop("disk-full")
