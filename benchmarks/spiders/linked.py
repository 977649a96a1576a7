"""Crawls `benchmarks.linked_pages`."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from typing import Any

import scrapy
from scrapy.http import Response, TextResponse

from pipelines.article import Article, Rejection


class Linked(scrapy.Spider):
    """Yields an article of each page and follows its links."""

    name = "linked"

    def __init__(self, site: str, **options: Any) -> None:
        super().__init__(**options)
        self.site = site

    async def start(self) -> AsyncIterator[Any]:
        yield scrapy.Request(f"{self.site}/p/0", callback=self.read)

    def read(self, response: Response) -> Iterator[Any]:
        assert isinstance(response, TextResponse)
        title = response.css("h1::text").get()
        body = "\n\n".join(response.css("p::text").getall())
        if title:
            yield Article(url=response.url, title=title, body=body, fetched_at="2024-03-05T10:00:00+00:00")
        else:
            yield Rejection(url=response.url, reason="listing", detail="it has no headline")
        for link in response.css("a::attr(href)").getall():
            yield response.follow(link, callback=self.read)
