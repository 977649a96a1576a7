"""Third stage: one article once, whatever address it was found at, and a new revision when the publisher changes it."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Self

from scrapy.exceptions import NotConfigured

from pipelines.article import Article, Rejection
from pipelines.dropped import Duplicate, Unchanged
from pipelines.reading import page_read
from pipelines.urls import same_page_key

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.statscollectors import StatsCollector

    from pipelines.store.tables.articles import Known
    from pipelines.store.writer import CollectionWriter

_NOT_CONTENT = {"id", "evidence", "fetched_at", "revision", "changed", "content_hash", "run"}


class Deduplicate:
    """Drops what the collection has, by address and by content; counted as `deduplicate/<what>`."""

    def __init__(self, collection: CollectionWriter, stats: StatsCollector) -> None:
        self.collection, self.stats = collection, stats

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        collection = crawler.settings["COLLECTION"]
        if collection is None:
            raise NotConfigured
        return cls(collection, crawler.stats)

    def process_item(self, item: Article | Rejection) -> Article | Rejection:
        """Return the item, an article with its revision, or raise `Duplicate` or `Unchanged`."""
        if not isinstance(item, Article):
            return item
        key = same_page_key(item.canonical_url or item.url)
        known, own = self.collection.known(key), self._kept_from_this_page()
        is_others = known is not None and (own is None or own.id != known.id)
        if known and is_others and same_page_key(known.url) != same_page_key(item.url):
            raise self._count("address", Duplicate("duplicate", f"it is the article of {known.url}"))
        before = known or own
        if before and (before.content_hash == item.content_hash or not before.segment):
            raise self._count("unchanged", Unchanged("unchanged", "it has not changed"))
        other = self.collection.known_content(str(item.content_hash))
        if other and (before is None or other.id != before.id):  # also of a site that answers with one page everywhere
            raise self._count("content", Duplicate("duplicate", f"it has title and text of {other.url}"))
        if before:
            self._revise(item, before)
        self.collection.claim(key, item)
        return item

    def _kept_from_this_page(self) -> Known | None:
        """Return the article that was kept from the page that is read, under whatever address."""
        page = page_read.get()
        return self.collection.kept_from(page) if page is not None else None

    def _revise(self, item: Article, known: Known) -> None:
        item.id = known.id
        before = self.collection.record(known)
        item.revision = known.revision + 1
        item.changed = [
            field.name
            for field in fields(Article)
            if field.name not in _NOT_CONTENT and getattr(before, field.name) != getattr(item, field.name)
        ]
        self.stats.inc_value("deduplicate/revised")

    def _count(self, what: str, dropped: Duplicate | Unchanged) -> Duplicate | Unchanged:
        self.stats.inc_value(f"deduplicate/{what}")
        return dropped
