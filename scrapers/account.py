"""What a run's report needs besides its pages: lists of articles, selectors that miss."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Self

from scrapy import Request, signals
from scrapy.exceptions import NotConfigured
from scrapy.http import Response
from twisted.python.failure import Failure

from pipelines.article import Article
from pipelines.keep import PAGE, Keep
from pipelines.store.report import Asked
from scrapers.compression import GZIP_MAGIC
from scrapers.page import ArticlePage
from scrapers.rejection import reject
from scrapers.responses import document_of
from scrapers.sitemaps import root_of
from scrapers.sources import Feed, Sitemap, Source
from scrapers.spider import source_ended

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

_LISTS = {"rss", "feed", "rdf", "channel", "urlset", "sitemapindex"}  # root elements
_IN_ITS_PLACE = ("challenge", "consent", "javascript", "empty")


class Account:
    """Adds what it counts to the page's outcome, so that a page that is fetched again after a crash counts once."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        if crawler.settings["COLLECTION"] is None:  # as in `scrapy shell`
            raise NotConfigured
        account = cls(crawler)
        crawler.signals.connect(account.spider_opened, signal=signals.spider_opened)
        crawler.signals.connect(account.source_ended, signal=source_ended)
        return account

    def spider_opened(self) -> None:
        keep = self.crawler.get_item_pipeline(Keep)
        if keep is None:
            raise NotConfigured("Account needs pipelines.keep.Keep in ITEM_PIPELINES: it adds to its collection")
        self.collection = keep.collection
        page = getattr(self.crawler.spider, "page", ArticlePage)
        self.placed = [name for name, field in page.fields().items() if field.place is not None]
        if self.placed:
            self.crawler.signals.connect(self.item_scraped, signal=signals.item_scraped)

    def item_scraped(self, item: Any, response: Response | Failure | None) -> None:
        if isinstance(item, Article) and (counts := self._counts(response)) is not None:
            counts.update(f"missed/{name}" for name in self.placed if item.evidence.get(name) != "site")

    def source_ended(
        self, source: Source, kind: str, status: str, listed: int | None, response: Response | Failure
    ) -> None:
        page = _request_of(response).meta.get(PAGE)
        if page is None or source.older:  # how many older pages a list has is no sign of anything
            return
        if listed == 0 and isinstance(response, Response):
            status = _in_its_place(source, response) or status
        self.collection.outcome(page).asked = Asked(
            url=source.url, kind=kind, status=status, listed=listed, guessed=source.guessed
        )

    def _counts(self, response: Response | Failure | None) -> Counter[str] | None:
        page = _request_of(response).meta.get(PAGE) if response is not None else None
        return None if page is None else self.collection.outcome(page).counts


def _request_of(response: Response | Failure) -> Request:
    request: Request = response.request  # type: ignore[assignment, union-attr]
    return request


def _in_its_place(source: Source, response: Response) -> str | None:
    """Return what was served instead of a source that lists nothing, as a short word."""
    is_xml_due, root = isinstance(source, Feed | Sitemap), root_of(response.body)
    if is_xml_due and (root in _LISTS or response.body.startswith(GZIP_MAGIC)):
        return None
    verdict = reject(document_of(response), title=None, body=None)
    if verdict and verdict[0] in _IN_ITS_PLACE:
        return verdict[0]
    return "not-xml" if is_xml_due else None
