"""Slows down for hosts that answer slowly."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scrapy import Request, Spider
from scrapy.exceptions import NotConfigured
from scrapy.extensions.throttle import AutoThrottle
from scrapy.http import Response

if TYPE_CHECKING:
    from scrapy.crawler import Crawler


class Throttle(AutoThrottle):
    """Scrapy's AutoThrottle, which never asks a host faster than its Crawl-delay or DOWNLOAD_SLOTS allows.

    DOWNLOAD_DELAY is the shortest delay; without one there is no throttle.
    """

    def __init__(self, crawler: Crawler) -> None:
        if not crawler.settings.getfloat("DOWNLOAD_DELAY"):
            raise NotConfigured
        super().__init__(crawler)

    def _response_downloaded(self, response: Response, request: Request, spider: Spider) -> None:
        super()._response_downloaded(response, request, spider)
        key, slot = self._get_slot(request, spider)
        if key is None or slot is None:
            return
        assert self.crawler.engine is not None
        settings = self.crawler.engine.downloader.per_slot_settings.get(key, {})
        slot.delay = max(slot.delay, settings.get("delay", 0.0))
