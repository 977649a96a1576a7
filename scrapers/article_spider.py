"""The part of a spider that reads the pages of articles."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import ClassVar

import msgspec
import scrapy
from scrapy.http import Request, Response
from twisted.python.failure import Failure

from pipelines.article import Article, Rejection, content_hash
from pipelines.urls import site_of
from scrapers import parts
from scrapers.bounds import Bounds
from scrapers.entry import Entry, day_in, recency
from scrapers.failure import reason_of
from scrapers.page import ArticlePage
from scrapers.recrawl import CHOICE
from scrapers.responses import NOT_MODIFIED, charset_of

Output = Request | Article | Rejection

ANSWERS = [NOT_MODIFIED]
"""What comes to the callbacks besides pages."""

_PART = 2_000_000
"""Priority above all lists: an article begun is finished."""


class ArticleSpider(scrapy.Spider):
    """Visits articles and reads their pages, one or several, into records and rejections.

    What travels in `Request.meta` is plain JSON: `entry`, or `article` and `parts` for the pages after the first.
    """

    page: ClassVar[type[ArticlePage]] = ArticlePage

    bounds = Bounds()
    """The days of publication to which the crawl keeps."""

    @property
    def choice(self) -> str:
        """By what the spider chooses among what it is led to: what was read by another choice is read anew."""
        return str(self.bounds) if self.bounds else ""

    def visit(self, entry: Entry) -> Request:
        """Return the request for the page of an entry."""
        return Request(
            entry.url,
            callback=self.read_article,
            errback=self.miss_article,
            priority=recency(entry.day),
            meta={"entry": entry.to_meta(), "handle_httpstatus_list": ANSWERS, CHOICE: self.choice},
        )

    def read_article(self, response: Response) -> Iterator[Output]:
        """Read the page of an article, or the first of its pages."""
        if response.status == NOT_MODIFIED:
            return
        entry = Entry.from_meta(response.meta["entry"])
        page = self._page_of(response, entry)
        if first := parts.first_part(page.document):
            yield self.reject(response.url, "part", f"a later page of {first}")
            yield self.visit(Entry(url=first, source=entry.source))
            return
        outcome = self._read(page)
        if isinstance(outcome, Article) and not self.bounds.holds(day_in(outcome.date)):
            detail = f"published {outcome.date or 'on a day that the page does not say'}, asked for {self.bounds}"
            yield self.reject(response.url, "out-of-range", detail)
        elif isinstance(outcome, Article):
            outcome.site = site_of(response.url)
            yield self._go_on(outcome, page, [response.url])
        else:
            yield self.reject(response.url, *outcome)

    def _read(self, page: ArticlePage) -> Article | tuple[str, str]:
        """Return the record, or reason and sentence why there is none."""
        try:
            outcome = page.rejection or page.to_item()
        except (Exception, SystemExit) as error:  # no page may end in silence, whatever a site's own code makes of it
            self.logger.exception("%s: reading failed", page.document.url)
            return "parser-error", f"{type(error).__name__}: {error}"
        for name in dict.fromkeys(page.missed):
            self.count(f"site_override_missed/{name}")
        return outcome

    def miss_article(self, failure: Failure) -> Iterator[Output]:
        """Reject a page that could not be fetched, or visit the variant from which its address was derived."""
        request: Request = failure.request  # type: ignore[attr-defined]
        entry = Entry.from_meta(request.meta["entry"])
        if entry.variant:
            self.count("found/variant")
            yield self.visit(replace(entry, url=entry.variant, variant=None))
        else:
            yield self.reject(request.url, *reason_of(failure.value))

    def _go_on(self, article: Article, page: ArticlePage, read: list[str]) -> Article | Request:
        """Return the record, or the request for the next page of the article."""
        url = parts.next_part(page.document, len(read))
        if url is None:
            return article
        if len(read) >= parts.MOST:
            self.logger.warning("%s: only the first %d pages of the article were read", article.url, parts.MOST)
            self.count("parts/too-many")
            return article
        return Request(
            url,
            callback=self.read_part,
            errback=self.miss_part,
            priority=_PART,
            meta={"article": msgspec.to_builtins(article), "parts": read},
        )

    def read_part(self, response: Response) -> Iterator[Output]:
        """Add a further page to the body of its article."""
        article = msgspec.convert(response.meta["article"], Article)
        page = self._page_of(response, None)
        try:
            paragraphs = (page.body or "").split("\n\n")
        except (Exception, SystemExit) as error:
            self.logger.exception("%s: reading failed", response.url)
            yield self.reject(article.url, "parser-error", f"{response.url}: {type(error).__name__}: {error}")
            return
        known = (article.body or "").split("\n\n")
        article.body = "\n\n".join(known + [text for text in paragraphs if text and text not in known])
        article.images += [image for image in page.images or [] if image not in article.images]
        article.content_hash = content_hash(article.title, article.body)
        self.count("parts/joined")
        yield self._go_on(article, page, [*response.meta["parts"], response.url])

    def miss_part(self, failure: Failure) -> Iterator[Output]:
        """Reject an article of which a page could not be fetched: it must not pass for a whole one.

        A page that does not exist is none of its pages: the link to it was wrong.
        """
        request: Request = failure.request  # type: ignore[attr-defined]
        reason, detail = reason_of(failure.value)
        self.count(f"parts/{reason}")
        if reason in ("http-404", "http-410"):
            yield msgspec.convert(request.meta["article"], Article)
        else:
            cause = reason if reason == "robots" else "incomplete"  # that does not pass with another attempt
            yield self.reject(request.meta["article"]["url"], cause, f"{request.url}: {reason}: {detail}")

    def _page_of(self, response: Response, entry: Entry | None) -> ArticlePage:
        return self.page.from_html(response.body, response.url, charset=charset_of(response), entry=entry)

    def reject(self, url: str, reason: str, detail: str) -> Rejection:
        """Return the record of a page that became no article."""
        self.count(f"rejected/{reason}")
        now = datetime.now(UTC).isoformat(timespec="seconds")
        return Rejection(url=url, reason=reason, detail=detail, site=site_of(url), fetched_at=now)

    def count(self, what: str) -> None:
        """Count an event in the crawl's statistics."""
        assert self.crawler.stats is not None
        self.crawler.stats.inc_value(what)
