"""A spider that does to the scheduler whatever a spider may do."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Iterator
from typing import Any

import scrapy
from scrapy.downloadermiddlewares.retry import get_retry_request
from scrapy.http import Response
from twisted.python.failure import Failure

from pipelines.article import Article, Rejection


class Odd(scrapy.Spider):
    """Asks for the pages whose cases are named in `-a cases=a,b`; each case is a method that reads `/<case>`."""

    name = "odd"
    retried = False

    def __init__(self, site: str, cases: str, **options: Any) -> None:
        super().__init__(**options)
        self.site, self.cases = site, cases.split(",")

    async def start(self) -> AsyncIterator[Any]:
        for case in self.cases:
            if case == "start_item":
                yield self.article("/start_item")
            else:
                yield scrapy.Request(f"{self.site}/{case}", callback=getattr(self, case))

    def article(self, path: str) -> Article:
        return Article(url=self.site + path, title=f"Story of {path}", body="Ships came.")

    def kept(self, response: Response, path: str = "") -> Iterator[Any]:
        yield self.article(path or response.url.removeprefix(self.site))

    def plain(self, response: Response) -> Iterator[Any]:
        yield None
        yield from self.kept(response)

    def nothing(self, response: Response) -> None:
        """A page that leads nowhere."""

    def raises(self, response: Response) -> Iterator[Any]:
        yield from self.kept(response)
        raise RuntimeError("no such luck")

    def no_title(self, response: Response) -> Iterator[Any]:
        yield Article(url=response.url, body="Ships came.")

    def pipeline_error(self, response: Response) -> Iterator[Any]:
        yield Article(url=None, title="x", body="y")  # type: ignore[arg-type]

    def hands_on_its_meta(self, response: Response) -> Iterator[Any]:
        yield scrapy.Request(f"{self.site}/child", callback=self.kept, meta=response.meta)

    def retries(self, response: Response) -> Any:
        if response.body == b"not yet":
            return get_retry_request(response.request, spider=self, reason="not yet")
        return self.kept(response)

    def odd_meta(self, response: Response) -> Iterator[Any]:
        yield scrapy.Request(f"{self.site}/a", callback=self.kept, meta={"when": object()})

    def odd_callback(self, response: Response) -> Iterator[Any]:
        yield scrapy.Request(f"{self.site}/a", callback=lambda response: None)

    def moves(self, response: Response) -> Iterator[Any]:
        for path in ("/moved-1", "/moved-2"):
            yield scrapy.Request(self.site + path, callback=self.kept)

    def loops(self, response: Response) -> Iterator[Any]:
        raise AssertionError("a redirect to itself has no end")

    def not_filtered(self, response: Response) -> Iterator[Any]:
        for number in range(3):
            yield scrapy.Request(
                f"{self.site}/same", callback=self.kept, cb_kwargs={"path": f"/{number}"}, dont_filter=True
            )
        for _ in range(3):
            yield scrapy.Request(f"{self.site}/once", callback=self.kept)

    def errback(self, response: Response) -> Iterator[Any]:
        yield scrapy.Request(f"{self.site}/gone", callback=self.kept, errback=self.missed)
        yield scrapy.Request(f"{self.site}/gone-too", callback=self.kept, errback=self.shrugs)
        yield scrapy.Request(f"{self.site}/gone-as-well", callback=self.kept, errback=self.passes_on)

    def missed(self, failure: Failure) -> Iterator[Any]:
        url = failure.request.url  # type: ignore[attr-defined]
        yield Rejection(url=url, reason="missed", detail="the spider says so")
        yield scrapy.Request(f"{self.site}/instead", callback=self.kept)

    def shrugs(self, failure: Failure) -> None:
        """A page that nobody misses."""

    def passes_on(self, failure: Failure) -> Failure:
        return failure

    def posts(self, response: Response) -> Iterator[Any]:
        for body in ("a=1", "a=2"):
            yield scrapy.Request(
                f"{self.site}/form",
                method="POST",
                body=body,
                headers={"X-Form": "é"},
                cookies={"a": "1"},
                flags=["f"],
                callback=self.answered,
                cb_kwargs={"body": body},
            )

    def answered(self, response: Response, body: str) -> Iterator[Any]:
        request = response.request
        assert request is not None
        assert (request.method, request.body.decode(), request.flags) == ("POST", body, ["f"])
        assert (request.headers["X-Form"], request.cookies) == ("é".encode(), {"a": "1"})
        yield self.article(f"/form-{body}")

    def many(self, response: Response) -> Iterator[Any]:
        for number in range(12):
            yield scrapy.Request(f"{self.site}/many/{number}", callback=self.kept, priority=number % 3)

    def waits(self, response: Response) -> Iterator[Any]:
        yield scrapy.Request(f"{self.site}/later", callback=self.kept, meta={"due": time.time() + 1})

    def forbidden(self, response: Response) -> Iterator[Any]:
        raise AssertionError("robots.txt forbids it")
