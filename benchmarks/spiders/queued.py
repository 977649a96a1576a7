"""Queues many addresses from one page, and stops."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from typing import Any

import scrapy
from scrapy.exceptions import CloseSpider
from scrapy.http import Response


class Queued(scrapy.Spider):
    """Finds `-a count=N` addresses on the first page."""

    name = "queued"

    def __init__(self, site: str, count: str, **options: Any) -> None:
        super().__init__(**options)
        self.site, self.count = site, int(count)

    async def start(self) -> AsyncIterator[Any]:
        yield scrapy.Request(f"{self.site}/p/0", callback=self.find)

    def find(self, response: Response) -> Iterator[Any]:
        for number in range(self.count):
            yield response.follow(f"/p/x{number}", callback=self.find)
        raise CloseSpider("queued")
