"""Second stage: lets only records through that fit the schema and can be true."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Self

import msgspec

from pipelines.article import Article, Rejection
from pipelines.dropped import Dropped
from pipelines.urls import is_web_address

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.statscollectors import StatsCollector

_REQUIRED = ("id", "url", "title", "body", "content_hash")
_EARLIEST = date(1990, 1, 1)  # no news site is older


class Validate:
    """Drops an article that does not fit the schema, with the reason; counted as `validate/<reason>`."""

    def __init__(self, stats: StatsCollector) -> None:
        self.stats = stats

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler.stats)

    def process_item(self, item: Article | Rejection) -> Article | Rejection:
        """Return the item, or raise `Dropped` with the first fault found."""
        if isinstance(item, Article):
            for reason, detail in faults(item):
                self.stats.inc_value(f"validate/{reason}")
                raise Dropped(reason, detail)
        return item


def faults(article: Article) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with a record, as a short reason and a sentence."""
    for name in _REQUIRED:
        if not getattr(article, name):
            yield f"no-{name.replace('_', '-')}", f"{article.url} has no {name}"
    try:
        msgspec.convert(msgspec.to_builtins(article), Article)
    except (msgspec.ValidationError, TypeError) as error:
        yield "schema", f"{article.url} does not fit the schema: {error}"
        return
    for url in filter(None, (article.url, article.canonical_url, *(image.url for image in article.images))):
        if not is_web_address(url):
            yield "bad-url", f"{url[:200]} is no http or https address"
    yield from _faulty_dates(article)


def _faulty_dates(article: Article) -> Iterator[tuple[str, str]]:
    latest = _day_of(article.fetched_at) or datetime.now(UTC).date()
    for name in ("date", "published_at", "modified_at"):
        value = getattr(article, name)
        if value is None:
            continue
        day = _day_of(value)
        if day is None or (name == "date") != (len(value) == len("YYYY-MM-DD")):
            yield "bad-date", f"{name} of {article.url} is {value!r}"
        elif not _EARLIEST <= day <= latest + timedelta(days=1):
            yield "impossible-date", f"{name} of {article.url} is {value}, fetched on {latest}"


def _day_of(value: str | None) -> date | None:
    try:
        return datetime.fromisoformat(value).date() if value else None
    except ValueError:
        return None
