"""Frontier: Scrapy's scheduler on the collection's ledger, so that a queue survives a crash.

A page is complete when the request that `next_request` handed out has left the engine's `inprogress`: that is the last
event of success, redirect, retry, error, errback and dropped item alike. What became of it is then one entry of the
next commit: its records or its rejection, its raw response, and the requests that it led to.
"""

from __future__ import annotations

import logging
import sqlite3
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Self

from scrapy import Request, Spider, signals
from scrapy.core.scheduler import BaseScheduler
from scrapy.exceptions import CloseSpider, IgnoreRequest
from scrapy.http import Response
from scrapy.spidermiddlewares.httperror import HttpError
from scrapy.utils.asyncio import create_looping_call
from scrapy.utils.defer import deferred_from_coro
from scrapy.utils.httpobj import urlparse_cached
from twisted.internet.defer import Deferred
from twisted.python.failure import Failure

from pipelines.article import Rejection
from pipelines.keep import PAGE
from pipelines.store import warc
from pipelines.store.errors import CannotStore
from pipelines.store.ledger import Page, State
from pipelines.urls import site_of
from scrapers.failure import reason_of
from scrapers.host_queues import HostQueues
from scrapers.stored_request import CannotStoreRequest, dump, load

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.settings import BaseSettings
    from scrapy.utils.asyncio import AsyncioLoopingCall
    from twisted.internet.task import LoopingCall

    from pipelines.store.writer import CollectionWriter

logger = logging.getLogger(__name__)

_FRESH = 3600  # seconds; a source read longer ago is read again when an interrupted crawl goes on
_FINAL = {"certificate", "offsite", "robots", "scheme", "too-large"}  # reasons that the next crawl would find again
_TRY_AGAIN = {"http-408", "http-425", "http-429"}  # the answers below 500 that speak of this moment only

_reading: ContextVar[_Flight | None] = ContextVar("_reading", default=None)
"""The page whose callback or errback runs; tasks that Scrapy starts from there inherit it."""


@dataclass(slots=True, eq=False)
class _Flight:
    """A page that was handed out and is not complete."""

    page: Page
    request: Request
    holds_host: bool = True
    """Whether it counts against its host's limit: until its response is there."""

    again: Page | None = None
    """The page with its next request, where a retry or redirect goes on with it."""

    is_known_elsewhere: bool = False
    """Whether it redirects to a page that the ledger has already."""

    failure: BaseException | None = None
    is_handled: bool = False
    """Whether the spider's own errback dealt with the failure."""


class Frontier(BaseScheduler):
    """The queue of a crawl, held in the ledger of its collection.

    Requests are told apart by Scrapy's fingerprints. A request that the ledger knows is queued again if it asks for it
    (`dont_filter`), and in a later crawl if its page led only to others, if its failure may have passed, or if its
    source says that it was changed.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.collection: CollectionWriter = crawler.settings["COLLECTION"]
        self.ledger = self.collection.ledger
        self.crawler = crawler
        self.stats = crawler.stats
        self._key_of = crawler.request_fingerprinter.fingerprint
        self.stopped: str | None = None
        """Why no more is handed out: `cannot-store` or `disk-full`."""

        self._keeps_raw = crawler.settings.getbool("RAW_PAGES")
        self._interval = crawler.settings.getfloat("COMMIT_INTERVAL")
        self._flights: dict[int, _Flight] = {}
        self._ticker: AsyncioLoopingCall | LoopingCall | None = None
        self._compressor = ThreadPoolExecutor(1, "warc")
        self._next_id = self.ledger.next_page_id()
        self._queues = HostQueues(self.ledger, *_limits(crawler.settings))

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        frontier = cls(crawler)
        crawler.signals.connect(frontier._response_downloaded, signal=signals.response_downloaded)
        crawler.signals.connect(frontier._spider_error, signal=signals.spider_error)
        return frontier

    def open(self, spider: Spider) -> Deferred[None] | None:
        """Say what recovery put right, and begin to commit; raise `CloseSpider` if the disk is too full to begin."""
        self.spider = spider
        slot = self.crawler.engine._slot  # private: tests/test_frontier.py holds that it is there
        assert slot is not None
        self._in_progress, self._ask_for_more = slot.inprogress, slot.nextcall.schedule
        for line in self.collection.recovered:
            logger.warning("Recovered: %s", line)
        if self._queues.waiting:
            logger.info("Going on with %d pages that are queued", self._queues.waiting)
        if self.collection.is_disk_low:
            self.stopped = "disk-full"
            raise CloseSpider(self.stopped)
        self._ticker = create_looping_call(self._tick)
        self._ticker.start(self._interval, now=False)
        return None

    def close(self, reason: str) -> Deferred[None] | None:  # noqa: ARG002
        """Make the last commit."""
        if self._ticker and self._ticker.running:
            self._ticker.stop()
        self._tick()
        self._compressor.shutdown()
        return None

    def has_pending_requests(self) -> bool:
        """Whether a page is queued, if only for later."""
        with self._storing():
            self._land()
        if self.stopped:
            return False
        return self._queues.waiting > 0 or any(flight.again for flight in self._flights.values())

    def enqueue_request(self, request: Request) -> bool:
        """Queue a request, or let it go on with the page that it is a retry or redirect of."""
        with self._storing():
            try:
                return self._enqueue(request)
            except CannotStoreRequest as error:
                self._refuse(error)
        return False

    def next_request(self) -> Request | None:
        """Hand out the next request of a host that may be asked."""
        _reading.set(None)  # the engine may call from a context that a callback began
        with self._storing():
            self._land()
            while not self.stopped and (page := self._queues.pop(time.time())):
                self.ledger.take(page)
                if request := self._load(page):
                    return request
        return None

    # queueing

    def _enqueue(self, request: Request) -> bool:
        flight = self._flights.get(request.meta.get(PAGE, 0))
        if flight and self._is_continued(flight, request):
            return self._go_on(flight, request)
        key = self._key_of(request)
        known = self.ledger.page_at(key)
        if known is None:
            return self._add(request, key)
        if known.state in (State.QUEUED, State.IN_FLIGHT):
            if request.dont_filter and known.run == self.collection.run.number:
                return self._add(request, None)
            self.ledger.adopt(known, self.collection.run.number)
            return self._filter()
        if not self._is_wanted_again(known, request):
            return self._filter()
        self._requeue(self._page(request, known.id))
        return True

    def _is_continued(self, flight: _Flight, request: Request) -> bool:
        """Whether a request with the number of a page in flight goes on with it: a retry, or a redirect.

        What comes from the page's own callback may be another page to which the spider handed its `meta`.
        """
        return _reading.get() is not flight or self._key_of(request) == self._key_of(flight.request)

    def _go_on(self, flight: _Flight, request: Request) -> bool:
        key = self._key_of(request)
        known = self.ledger.page_at(key)
        if known is not None and known.id != flight.page.id and not request.dont_filter:
            flight.is_known_elsewhere = True
            return self._filter()
        self.ledger.add_address(key, flight.page.id)
        flight.again = self._page(request, flight.page.id)
        return True

    def _is_wanted_again(self, known: Page, request: Request) -> bool:
        """Whether a page that was brought to its end is to be fetched once more."""
        if known.run == self.collection.run.number:
            return request.dont_filter
        if request.dont_filter or known.outcome == "source" or "source" in request.meta:
            is_this_crawl = known.run >= self.collection.crawl_began
            return not is_this_crawl or time.time() - (known.last_seen or 0) > _FRESH
        if known.state == State.FAILED:
            return _may_pass(known.reason or "")
        modified = _modified(request)
        return modified is not None and modified != known.lastmod

    def _add(self, request: Request, key: bytes | None) -> bool:
        page = self._page(request, self._next_id)
        self._next_id += 1
        self.ledger.add_page(page, key, time.time())
        self._queued(page)
        return True

    def _requeue(self, page: Page) -> None:
        self.ledger.requeue(page)
        self._queued(page)

    def _queued(self, page: Page) -> None:
        self._queues.push(page, time.time())
        self.collection.count("queued")
        self.stats.inc_value("frontier/queued")

    def _filter(self) -> bool:
        self.stats.inc_value("frontier/filtered")
        return False

    def _page(self, request: Request, number: int) -> Page:
        return Page(
            id=number,
            url=request.url,
            host=_host_of(request),
            request=dump(request, self.spider),
            priority=request.priority,
            due=float(request.meta.get("due", 0)),
            run=self.collection.run.number,
            lastmod=_modified(request),
        )

    def _refuse(self, error: CannotStoreRequest) -> None:
        """Reject the page that led to a request which cannot be stored: the crawl would not be complete."""
        logger.error("%s", error)
        self.stats.inc_value("frontier/refused")
        if parent := _reading.get():
            parent.failure, parent.is_handled = error, False

    # handing out

    def _load(self, page: Page) -> Request | None:
        try:
            request = load(page.request, page.id, self.spider)
        except CannotStoreRequest as error:
            logger.error("%s", error)
            self._queues.release(page.host)
            self._reject(page, "cannot-load", str(error))
            self.collection.finish(page.id)
            return None
        flight = self._flights[page.id] = _Flight(page, request)
        request.callback = partial(self._call, request.callback or self.spider._parse, flight)
        request.errback = partial(self._fail, request.errback, flight)
        return request

    def _call(self, callback: Callable[..., Any], flight: _Flight, response: Response, **arguments: Any) -> Any:
        _reading.set(flight)
        return callback(response, **arguments)

    def _fail(self, errback: Callable[..., Any] | None, flight: _Flight, failure: Failure) -> Any:
        _reading.set(flight)
        flight.failure = failure.value
        result = errback(failure) if errback else failure
        flight.is_handled = result is not failure
        return result

    def _spider_error(self, failure: Failure, response: Response | Failure | None) -> None:
        flight = self._flight_of(response)
        if flight:
            flight.failure, flight.is_handled = _CallbackError(failure), False

    def _response_downloaded(self, response: Response, request: Request) -> None:
        flight = self._flights.get(request.meta.get(PAGE, 0))
        if flight is None or flight.request is not request:
            return  # a request that some component made on its own
        flight.holds_host = False
        self._queues.release(flight.page.host)
        outcome = self.collection.outcome(flight.page.id)
        outcome.etag, outcome.last_modified = _header(response, "ETag"), _header(response, "Last-Modified")
        if self._keeps_raw and 200 <= response.status < 300:
            outcome.raw = self._compressor.submit(warc.records, _exchange(request, response))

    def _flight_of(self, response: Response | Failure | None) -> _Flight | None:
        request = getattr(response, "request", None)
        return self._flights.get(request.meta.get(PAGE, 0)) if request else None

    # completing

    def _land(self) -> None:
        """Take the pages whose requests have left the engine."""
        for flight in [flight for flight in self._flights.values() if flight.request not in self._in_progress]:
            del self._flights[flight.page.id]
            if flight.holds_host:
                self._queues.release(flight.page.host)
            if flight.again:
                self.collection.outcome(flight.page.id).raw = None
                self.ledger.requeue(flight.again)
                self._queues.push(flight.again, time.time())
                self._queues.rest(flight.again.host, flight.again.due)
            else:
                self._complete(flight)

    def _complete(self, flight: _Flight) -> None:
        outcome = self.collection.outcome(flight.page.id)
        if flight.is_known_elsewhere:
            # no rejection: which of two addresses of a page comes first is chance, and what is kept should not be
            outcome.results.add("duplicate")
            outcome.reason = "moved"
        if flight.failure:
            outcome.raw = outcome.raw if isinstance(flight.failure, _CallbackError) else None
            if outcome.rejections:
                outcome.results.add("failed")
            elif not flight.is_handled:
                is_refused = isinstance(flight.failure, IgnoreRequest) and not isinstance(flight.failure, HttpError)
                result = "rejected" if is_refused else "failed"
                self._reject(flight.page, *_reason(flight.failure), result)
        self.collection.finish(flight.page.id)

    def _reject(self, page: Page, reason: str, detail: str, result: str = "failed") -> None:
        rejection = Rejection(
            url=page.url, reason=reason, detail=detail, site=site_of(page.url) or None, run=self.collection.run.id
        )
        self.collection.outcome(page.id).reject(rejection, result)

    # committing

    def _tick(self) -> None:
        with self._storing():
            self._land()
            self.collection.commit()
            if self._queues.waiting and not self._flights:
                self._ask_for_more()  # what waited may be due
            if self.collection.is_disk_low and not self.stopped:
                logger.critical("Less than DISK_RESERVE is free on the disk of %s", self.collection.folder)
                self._stop("disk-full")

    @contextmanager
    def _storing(self) -> Iterator[None]:
        """Stop the crawl if something cannot be stored; an exception in the engine would hang it or pass unseen."""
        try:
            yield
        except (CannotStore, OSError, sqlite3.Error) as error:
            if self.stopped != "cannot-store":
                failure = error if isinstance(error, CannotStore) else self.collection.fail(error)
                logger.critical("%s", failure)
                self._stop("cannot-store")

    def _stop(self, reason: str) -> None:
        self.stopped = reason
        closing = deferred_from_coro(self.crawler.engine.close_spider_async(reason=reason))
        closing.addErrback(lambda failure: logger.error("Closing failed: %s", failure))


class _CallbackError(Exception):
    """The spider's own code failed."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(f"{failure.type.__name__ if failure.type else 'error'}: {failure.getErrorMessage()}")


def _reason(error: BaseException) -> tuple[str, str]:
    if isinstance(error, CannotStoreRequest):
        return "link-not-stored", str(error)
    if isinstance(error, _CallbackError):
        return "callback-error", str(error)
    return reason_of(error)


def _may_pass(reason: str) -> bool:
    """Whether a page that failed for this reason is worth another attempt in a later run."""
    return reason not in _FINAL and (not reason.startswith("http-4") or reason in _TRY_AGAIN)


def _limits(settings: BaseSettings) -> tuple[int, dict[str, int]]:
    slots = settings.getdict("DOWNLOAD_SLOTS")
    return settings.getint("CONCURRENT_REQUESTS_PER_DOMAIN"), {
        host: slot["concurrency"] for host, slot in slots.items() if "concurrency" in slot
    }


def _modified(request: Request) -> str | None:
    """Return when the source that led to a page says that it was changed, as it writes it."""
    modified = (request.meta.get("entry") or {}).get("modified")
    return str(modified) if modified else None


def _host_of(request: Request) -> str:
    return urlparse_cached(request).hostname or ""


def _header(response: Response, name: str) -> str | None:
    value = response.headers.get(name)
    return value.decode("latin-1") if value else None


def _exchange(request: Request, response: Response) -> warc.Exchange:
    return warc.Exchange(
        url=response.url,
        method=request.method,
        request_headers=_pairs(request),
        request_body=request.body,
        status=response.status,
        response_headers=_pairs(response),
        body=response.body,
    )


def _pairs(message: Request | Response) -> list[tuple[bytes, bytes]]:
    return [(name, value) for name, values in message.headers.items() for value in values]
