"""First stage: one form for text, names and addresses; sets what follows from them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Self

from pipelines import text, urls
from pipelines.article import Article, Image, Rejection, article_id, content_hash

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.statscollectors import StatsCollector

Step = Callable[[str], str]

_PRINTED: dict[str, Step] = {
    "control_characters": text.without_controls,
    "entities": text.unescaped,
    "nfc": text.composed,
    "white_space": text.one_line,
}
_BODY = _PRINTED | {"white_space": text.paragraphs}
_NAME = _PRINTED | {"typography": text.plain_typography}
_TITLE = _PRINTED | {"length": partial(text.shortened, limit=text.LONGEST_TITLE)}
_ADDRESS: dict[str, Step] = {"url": urls.clean}


class Normalize:
    """Brings each field to one form; each change is counted as `normalize/<what>`."""

    def __init__(self, stats: StatsCollector) -> None:
        self.stats = stats

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler.stats)

    def process_item(self, item: Article | Rejection) -> Article | Rejection:
        """Return the item in its normal form, with `id`, `site` and `content_hash` set."""
        item.url = self._apply(_ADDRESS, item.url)
        item.site = urls.site_of(item.url) or None
        if isinstance(item, Article):
            self._normalize(item)
        return item

    def _normalize(self, article: Article) -> None:
        article.canonical_url = self._text(_ADDRESS, article.canonical_url)
        article.title = self._text(_TITLE, article.title)
        for name in ("subtitle", "description", "byline", "agency", "section", "language"):
            setattr(article, name, self._text(_PRINTED, getattr(article, name)))
        article.body = self._text(_BODY, article.body)
        article.authors = self._names(article.authors)
        article.keywords = self._names(article.keywords)
        article.images = self._pictures(article.images)
        for image in article.images:
            image.url = urls.without_credentials(image.url)
            image.caption = self._text(_PRINTED, image.caption)
            image.credit = self._text(_PRINTED, image.credit)
        article.id = article_id(article.canonical_url or article.url)
        article.content_hash = content_hash(article.title, article.body)

    def _pictures(self, images: list[Image]) -> list[Image]:
        """Return those that have an address: a picture without one is no reason to lose its article."""
        addressed = [image for image in images if urls.is_web_address(image.url)]
        if len(addressed) < len(images):
            self.stats.inc_value("normalize/unaddressed_images", len(images) - len(addressed))
        return addressed

    def _names(self, names: list[str]) -> list[str]:
        unique: dict[str, str] = {}
        for name in names:
            if normal := self._text(_NAME, name):
                unique.setdefault(normal.casefold(), normal)
        if len(unique) < len(names):
            self.stats.inc_value("normalize/repeated_names", len(names) - len(unique))
        return list(unique.values())

    def _text(self, steps: dict[str, Step], value: str | None) -> str | None:
        return self._apply(steps, value) or None if value is not None else None

    def _apply(self, steps: dict[str, Step], value: str) -> str:
        for what, step in steps.items():
            changed = step(value)
            if changed != value:
                self.stats.inc_value(f"normalize/{what}")
                value = changed
        return value
