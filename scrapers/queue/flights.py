"""The pages that are being fetched and read, and what becomes of each."""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from scrapy import Request, Spider, signals
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.python.failure import Failure

from pipelines.article import Rejection
from pipelines.keep import PAGE
from pipelines.reading import page_read
from pipelines.store import warc
from pipelines.store.tables.page import Page
from pipelines.urls import site_of
from scrapers.failure import RefusedByRobots, reason_of
from scrapers.queue.exchange import exchange
from scrapers.queue.postponing import BUSY
from scrapers.queue.stored_request import CannotStoreRequest, load
from scrapers.recrawl import Recrawl, is_gone
from scrapers.responses import NOT_MODIFIED, conditions, is_conditional, validators

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

    from pipelines.store.writer import CollectionWriter

_reading: ContextVar[Flight | None] = ContextVar("_reading", default=None)
"""The page whose callback or errback runs; tasks that Scrapy starts from there inherit it."""


@dataclass(slots=True, eq=False)
class Flight:
    """A page that was handed out and is not complete."""

    page: Page
    request: Request
    holds_host: bool = True
    """Whether it counts against its host's limit: until its response is there."""

    again: Page | None = None
    """The page with its next request, where a retry or redirect goes on with it."""

    is_known_elsewhere: bool = False
    """Whether it redirects to a page that the ledger has already."""

    is_unchanged: bool = False
    """Whether the server answered that it has not changed since it was fetched."""

    lists_news: bool = False
    """Whether it leads to an article's page that was not known before this crawl."""

    begun: dict[str, Any] | None = None
    """The article that begins on it and goes on on another page, as it travels there."""

    failure: BaseException | None = None
    is_handled: bool = False
    """Whether the spider's own errback dealt with the failure."""


class Flights:
    """Follows pages from the request that is handed out to the outcome that the collection writes.

    Scrapy tells the reason of a failure to an errback only, so each request gets one; and its callback is wrapped, so
    that what a spider yields can be told to come from this page.
    """

    def __init__(
        self, crawler: Crawler, collection: CollectionWriter, release: Callable[[str], None], recrawl: Recrawl
    ) -> None:
        """Take what is to be called with the host of a page when its response is there, or is not to come."""
        self.collection, self._release, self._recrawl = collection, release, recrawl
        self._keeps_raw = crawler.settings.getbool("RAW_PAGES")
        self._by_page: dict[int, Flight] = {}
        crawler.signals.connect(self._response_downloaded, signal=signals.response_downloaded)
        crawler.signals.connect(self._spider_error, signal=signals.spider_error)

    def __len__(self) -> int:
        return len(self._by_page)

    def of(self, request: Request) -> Flight | None:
        """Return the page whose number a request carries, if it is in flight."""
        return self._by_page.get(request.meta.get(PAGE, 0))

    def reason(self, known: Page) -> str | None:
        """Return why a page became no article, as far as that is known by now."""
        flight, ended = self._by_page.get(known.id), self.collection.ended(known.id)
        if flight:
            return reason_of(flight.failure)[0] if flight.failure else None
        return ended.reason if ended else known.reason

    @property
    def goes_on(self) -> bool:
        """Whether a page in flight has another request to come."""
        return any(flight.again for flight in self._by_page.values())

    def start(self, page: Page, spider: Spider) -> Request | None:
        """Return the request of a page to hand out, or None if it is none of the spider's: then it is rejected."""
        _reading.set(None)  # the engine may call from a context that a callback began
        try:
            request = load(page.request, page.id, spider)
        except CannotStoreRequest as error:
            self._release(page.host)
            self._reject(page, "cannot-load", str(error), "failed")
            self.collection.finish(page.id)
            return None
        if NOT_MODIFIED in request.meta.get("handle_httpstatus_list", ()):  # its callback knows what to do with it
            request.headers.update(conditions(page.etag, page.last_modified))
        self._by_page[page.id] = Flight(page, request)
        # by number: flight and request would be a reference cycle, which stays in memory until the next collection
        request.callback = partial(self._call, request.callback or spider._parse, page.id)
        request.errback = partial(self._fail, request.errback, page.id)
        return request

    @property
    def reader(self) -> Flight | None:
        """The page whose callback or errback is running."""
        return _reading.get()

    def is_read(self, flight: Flight) -> bool:
        """Whether it is the callback or errback of this page that is running."""
        return self.reader is flight

    def fail_reader(self, error: CannotStoreRequest) -> None:
        """Fail the page that led to a request which cannot be stored: without it the crawl would not be complete."""
        if parent := self.reader:
            parent.failure, parent.is_handled = error, False

    def land(self, in_progress: set[Request]) -> list[Flight]:
        """Take out the pages whose requests have left the engine."""
        landed = [flight for flight in self._by_page.values() if flight.request not in in_progress]
        for flight in landed:
            del self._by_page[flight.page.id]
            if flight.holds_host:
                self._release(flight.page.host)
        return landed

    def complete(self, flight: Flight) -> None:
        """Bring a page to its end: what became of it is written by the next commit."""
        if self._is_refused_again(flight):
            self.collection.put_back(flight.page.id)
            return
        outcome = self.collection.outcome(flight.page.id)
        if flight.is_known_elsewhere:
            # no rejection: which of two addresses of a page comes first is chance, and what is kept should not be
            outcome.results.add("duplicate")
            outcome.reason = "moved"
        if flight.failure:
            outcome.raw = outcome.raw if isinstance(flight.failure, _CallbackError) else None
            is_refused = isinstance(flight.failure, IgnoreRequest) and not isinstance(flight.failure, HttpError)
            result = "rejected" if is_refused else "failed"
            if outcome.rejections:
                outcome.results.add(result)
            elif not flight.is_handled:
                self._reject(flight.page, *_reason(flight.failure), result)
            outcome.reason = outcome.reason or reason_of(flight.failure)[0]
            if is_gone(flight.page, outcome.reason):
                outcome.mark_gone(outcome.reason)
        if flight.is_unchanged and "source" not in flight.request.meta:
            outcome.results.add("unchanged")
        if outcome.result in ("failed", "rejected"):
            outcome.etag = outcome.last_modified = ""  # it is to be sent again, whatever it was
        if flight.begun:
            outcome.content_hash = flight.begun["content_hash"]
        outcome.revisit = self._recrawl.next_look(flight.page, flight.request, outcome, flight.begun)
        self.collection.finish(flight.page.id)

    def _is_refused_again(self, flight: Flight) -> bool:
        """Whether robots.txt refuses a page as it did in an earlier crawl, which has told so, or cannot be read now."""
        if not isinstance(flight.failure, RefusedByRobots) or "source" in flight.request.meta:
            return False
        return self.collection.ledger.pages.was_refused(flight.page.id)

    def _reject(self, page: Page, reason: str, detail: str, result: str) -> None:
        rejection = Rejection(
            url=page.url, reason=reason, detail=detail, site=site_of(page.url) or None, run=self.collection.run.id
        )
        self.collection.outcome(page.id).reject(rejection, result)

    def _call(self, callback: Callable[..., Any], page: int, response: Response, **arguments: Any) -> Any:
        _reading.set(self._by_page[page])
        page_read.set(page)
        return callback(response, **arguments)

    def _fail(self, errback: Callable[..., Any] | None, page: int, failure: Failure) -> Any:
        flight = self._by_page[page]
        _reading.set(flight)
        flight.failure = failure.value
        if variant := self.collection.ledger.pages.variant(flight.page.id):  # a list may have named it since
            failure.request.meta["entry"]["variant"] = variant  # type: ignore[attr-defined]
        result = errback(failure) if errback else failure
        flight.is_handled = result is not failure
        return result

    def _spider_error(self, failure: Failure, response: Response | Failure | None) -> None:
        request = getattr(response, "request", None)
        if request and (flight := self.of(request)):
            flight.failure, flight.is_handled = _CallbackError(failure), False

    def _response_downloaded(self, response: Response, request: Request) -> None:
        self._count(response, request.meta.get(PAGE))
        flight = self.of(request)
        if flight is None or flight.request is not request:
            return  # a request that some component made on its own
        if response.status not in BUSY:  # else the next page of the host would go before it is known how long to wait
            flight.holds_host = False
            self._release(flight.page.host)
        flight.is_unchanged = response.status == NOT_MODIFIED and is_conditional(request)
        is_read = 200 <= response.status < 300
        if is_read or "source" not in request.meta:
            self.collection.ledger.sources.forget_leads(flight.page.id)  # it is going to name them anew
        if not is_read:
            return
        outcome = self.collection.outcome(flight.page.id)
        outcome.etag, outcome.last_modified = validators(response)
        if self._keeps_raw:
            outcome.raw = warc.records(exchange(request, response))

    def _count(self, response: Response, page: int | None) -> None:
        """Count a response with its page, so that it counts once if that is fetched again after a crash."""
        count = self.collection.count if page is None else self.collection.outcome(page).count
        count("requests")
        count("bytes", len(response.body))
        count(f"status/{response.status}")


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
