"""Last stage: hands each record to the collection, with the page that it came from."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any, Self

from scrapy import signals
from scrapy.exceptions import NotConfigured
from scrapy.http import Response
from twisted.python.failure import Failure

from pipelines.article import Article, Rejection
from pipelines.dropped import Dropped, Unchanged
from pipelines.store.errors import CannotStore
from pipelines.store.outcome import Outcome
from pipelines.store.writer import CollectionWriter
from pipelines.urls import same_page_key, site_of

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.statscollectors import StatsCollector

logger = logging.getLogger(__name__)

PAGE = "page"
"""Key of `Request.meta` under which the ledger's number of a page travels."""


class Keep:
    """Gathers what becomes of each page's items, for the collection of the setting `COLLECTION`.

    An item counts, as `keep/<result>`, once Scrapy says that it passed every stage. Where no collection is open
    nothing is kept: in `scrapy shell`, `fetch` and `parse`.
    """

    def __init__(self, collection: CollectionWriter, stats: StatsCollector) -> None:
        self.collection, self.stats = collection, stats

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        collection = crawler.settings["COLLECTION"]
        if collection is None:
            raise NotConfigured("no collection is open, so nothing is kept; `scrapy crawl` opens one")
        keep = cls(collection, crawler.stats)
        crawler.signals.connect(keep.item_scraped, signal=signals.item_scraped)
        crawler.signals.connect(keep.item_dropped, signal=signals.item_dropped)
        crawler.signals.connect(keep.item_error, signal=signals.item_error)
        crawler.signals.connect(keep.spider_closed, signal=signals.spider_closed)
        return keep

    def process_item(self, item: Article | Rejection) -> Article | Rejection:
        """Return the item with the id of this run."""
        item.run = self.collection.run.id
        return item

    def item_scraped(self, item: Any, response: Response | Failure | None) -> None:
        if isinstance(item, Article):
            key = same_page_key(item.canonical_url or item.url)
            self._gather(response, lambda outcome: outcome.keep(key, item))
            self.stats.inc_value("keep/article")
        elif isinstance(item, Rejection):
            self._gather(response, lambda outcome: outcome.reject(item))
            self.stats.inc_value(f"keep/rejected/{item.reason}")

    def item_dropped(self, item: Any, response: Response | Failure | None, exception: Exception) -> None:
        if isinstance(exception, Unchanged):
            self._gather(response, lambda outcome: outcome.results.add(Unchanged.outcome))
            return
        reason, detail, result = "dropped", str(exception), "rejected"
        if isinstance(exception, Dropped):
            reason, detail, result = exception.reason, exception.detail, exception.outcome
        self._reject(item, response, reason, detail, result)

    def item_error(self, item: Any, response: Response | Failure | None, failure: Failure) -> None:
        if isinstance(item, Article) and item.content_hash:
            self.collection.release(same_page_key(item.canonical_url or item.url), item)
        detail = f"{failure.type.__name__ if failure.type else 'error'}: {failure.getErrorMessage()}"
        self._reject(item, response, "pipeline-error", detail, "failed")

    def spider_closed(self, reason: str) -> None:
        try:
            self.collection.end(reason)
        except CannotStore as error:
            logger.critical("%s", error)

    def _reject(self, item: Any, response: Response | Failure | None, reason: str, detail: str, result: str) -> None:
        url = str(getattr(item, "url", None) or getattr(response, "url", ""))
        rejection = Rejection(
            url=url,
            reason=reason,
            detail=detail,
            site=site_of(url) or None,
            fetched_at=getattr(item, "fetched_at", None),
            run=self.collection.run.id,
        )
        self._gather(response, lambda outcome: outcome.reject(rejection, result))
        self.stats.inc_value(f"keep/{result}/{reason}")

    def _gather(self, response: Response | Failure | None, add: Any) -> None:
        page = _page_of(response)
        if page is not None:
            add(self.collection.outcome(page))
            return
        outcome = Outcome()
        add(outcome)
        self.collection.finish(None, outcome)


def _page_of(response: Response | Failure | None) -> int | None:
    request = getattr(response, "request", None)
    return request.meta.get(PAGE) if request else None
