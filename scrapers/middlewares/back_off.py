"""Waits as long as a busy server asks for, in place of Scrapy's immediate retry."""

from __future__ import annotations

import time
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from scrapy.downloadermiddlewares.retry import get_retry_request
from scrapy.exceptions import NotConfigured
from scrapy.http import Request, Response

from scrapers.queue.postponing import BUSY, LONGEST, Postponing

if TYPE_CHECKING:
    from scrapy.crawler import Crawler


class BackOff:
    """Asks again after `Retry-After`; where a server names no time after BACK_OFF seconds, twice as long each time.

    Its host is left alone until then.
    """

    def __init__(self, crawler: Crawler) -> None:
        if not crawler.settings.getbool("RETRY_ENABLED"):
            raise NotConfigured
        self.crawler = crawler
        self.base = crawler.settings.getfloat("BACK_OFF")
        self._postponing = Postponing(crawler)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> BackOff:
        return cls(crawler)

    async def process_response(self, request: Request, response: Response) -> Request | Response:
        if response.status not in BUSY or request.meta.get("dont_retry"):
            return response
        wait = retry_after(response, time.time())
        if wait is None:
            wait = self.base * 2 ** request.meta.get("retry_times", 0)
        assert self.crawler.spider is not None
        retry = get_retry_request(request, spider=self.crawler.spider, reason=f"http-{response.status}")
        return (retry and await self._postponing.postponed(retry, wait)) or response


def retry_after(response: Response, now: float) -> float | None:
    """Return the seconds that a response's `Retry-After` asks for, given in seconds or as a date, a day at most; None
    without one."""
    value = (response.headers.get(b"Retry-After") or b"").decode("latin-1").strip()
    if value.isdecimal():
        return min(float(value), LONGEST)
    try:
        return min(max(0.0, parsedate_to_datetime(value).timestamp() - now), LONGEST)
    except (ValueError, OverflowError):  # OverflowError: a year of twenty digits
        return None
