"""Pages outside a crawl: read from a file, or fetched by Scrapy's own downloader under the project's settings.

So a command obeys what a crawl obeys: robots.txt, the address guard, the size limit, the delay.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any, Protocol, TypeVar

from scrapy import Request, Spider
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.http import Response
from scrapy.settings import Settings
from scrapy.spiderloader import get_spider_loader
from scrapy.utils.url import url_is_from_spider

from pipelines.urls import is_web_address
from scrapers.configuration import check
from scrapers.failure import leads, reason_of
from scrapers.page import ArticlePage
from scrapers.responses import charset_of

Result = TypeVar("Result")


class Fetch(Protocol):
    """Fetches a page; `largest` is the size that is taken, in bytes, by default DOWNLOAD_MAXSIZE."""

    def __call__(self, url: str, largest: int | None = None) -> Awaitable[Response]: ...


_SIGNATURES = {
    b"%PDF-": "a PDF",
    b"\x89PNG": "a PNG image",
    b"\xff\xd8\xff": "a JPEG image",
    b"GIF8": "a GIF image",
    b"RIFF": "a media file",
    b"PK\x03\x04": "a ZIP archive",
    b"\x1f\x8b": "gzip data",
}


class CannotRead(Exception):
    """The page cannot be had; the message names it and says why."""


def visit(settings: Settings, target: str, *, url: str | None = None, site: str | None = None) -> ArticlePage:
    """Return the page at an http(s) address or in a file, as the page class of its site; raise `CannotRead`.

    `url` is the address that a file was saved from, `site` the spider whose page class reads it; without one, it is
    the spider to whose domains the address belongs, else the generic page.
    """
    for address in (url, target if target.startswith(("http://", "https://")) else None):
        if address and not is_web_address(address):
            raise CannotRead(f"{address} is no http or https address")
    if not target.startswith(("http://", "https://")):
        page_class = _page_class(settings, url or "", site)
        return page_class.from_html(_read_file(target), url or "")
    page_class = _page_class(settings, target, site)

    async def get_page(fetch: Fetch) -> ArticlePage:
        response = await fetch(target)
        content_type = (response.headers.get("Content-Type") or b"").decode("latin-1")
        kind = content_type.partition(";")[0].strip().lower()
        if kind and kind not in ("text/html", "application/xhtml+xml"):
            raise CannotRead(f"{response.url} is {kind}, not HTML")
        _check_html(response.url, response.body)
        return page_class.from_html(response.body, response.url, charset=charset_of(response))

    return run(settings, get_page)


def run(settings: Settings, job: Callable[[Fetch], Awaitable[Result]]) -> Result:
    """Run a job that fetches pages one after the other, and return its result; raise its `CannotRead`.

    Twisted lets this happen once a process.
    """
    try:
        check(settings)
    except ValueError as problem:
        raise CannotRead(str(problem)) from problem
    outcome: list[Result] = []
    problems: list[CannotRead] = []

    async def attempt(fetch: Fetch) -> None:
        try:
            outcome.append(await job(fetch))
        except CannotRead as problem:
            problems.append(problem)

    process = AsyncCrawlerProcess(settings)
    crawler = process.create_crawler(_Errand)
    process.crawl(crawler, job=attempt)
    process.start()
    if problems:
        raise problems[0]
    if not outcome:
        is_interrupted = crawler.stats and crawler.stats.get_value("finish_reason") == "shutdown"
        raise CannotRead(
            "interrupted" if is_interrupted else "the fetch ended early; run again with -L ERROR to see why"
        )
    return outcome[0]


class _Errand(Spider):
    """Runs one job and keeps nothing."""

    name = "errand"
    custom_settings = {
        "SCHEDULER": "scrapy.core.scheduler.Scheduler",
        "ITEM_PIPELINES": {},
        "EXTENSIONS": {},
        "AUTOTHROTTLE_ENABLED": False,
        "RETRY_ENABLED": False,  # a person waits, and can try again
    }
    job: Callable[[Fetch], Awaitable[None]]

    async def start(self) -> AsyncIterator[Any]:
        await self.job(self._fetch)
        return
        yield  # makes this the generator that Scrapy expects

    async def _fetch(self, url: str, largest: int | None = None) -> Response:
        assert self.crawler.engine
        request = Request(url, dont_filter=True, meta={"download_maxsize": largest} if largest else None)
        try:
            response = await self.crawler.engine.download_async(request)
        except Exception as problem:  # whatever the network holds ends here as a message for a person
            raise CannotRead(f"{url}: {reason_of(problem)[1]}") from problem
        if response.status >= 300:  # also a redirect that leads nowhere
            raise CannotRead(f"{url}: the server answered HTTP {response.status}{leads(response)}")
        return response


def _page_class(settings: Settings, url: str, site: str | None) -> type[ArticlePage]:
    loader = get_spider_loader(settings)
    if site:
        try:
            spider = loader.load(site)
        except KeyError as problem:
            raise CannotRead(f"unknown site {site!r}; known are: {', '.join(sorted(loader.list()))}") from problem
        return getattr(spider, "page", ArticlePage)
    for name in loader.list():
        spider = loader.load(name)
        if url and url_is_from_spider(url, spider):
            return getattr(spider, "page", ArticlePage)
    return ArticlePage


def _read_file(name: str) -> bytes:
    if "://" in name:
        raise CannotRead(f"{name}: only http and https addresses are fetched")
    try:
        body = Path(name).read_bytes()
    except OSError as problem:
        raise CannotRead(f"{name}: {problem.strerror}") from problem
    _check_html(name, body)
    return body


def _check_html(name: str, body: bytes) -> None:
    for signature, kind in _SIGNATURES.items():
        if body.startswith(signature):
            raise CannotRead(f"{name} is {kind}, not HTML")
    if not body.strip():
        raise CannotRead(f"{name} is empty")
    if b"<" not in body:
        raise CannotRead(f"{name} is not HTML: it holds no markup")
