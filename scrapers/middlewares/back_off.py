"""Waits as long as a busy server asks for, in place of Scrapy's immediate retry."""

from __future__ import annotations

import asyncio
import time
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from scrapy.downloadermiddlewares.retry import get_retry_request
from scrapy.http import Request, Response

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

_BUSY = (429, 503)


class BackOff:
    """Asks again after `Retry-After`; where a server names no time after BACK_OFF seconds, twice as long each time.

    The retry carries the time in `meta["due"]`, until which the Frontier leaves the host alone. A server that asks for
    more than RETRY_AFTER_MAX seconds is not asked again in this crawl.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.base = crawler.settings.getfloat("BACK_OFF")
        self.longest = crawler.settings.getfloat("RETRY_AFTER_MAX")

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> BackOff:
        return cls(crawler)

    async def process_response(self, request: Request, response: Response) -> Request | Response:
        if response.status not in _BUSY:
            return response
        wait = retry_after(response, time.time())
        if wait is None:
            wait = self.base * 2 ** request.meta.get("retry_times", 0)
        if wait > self.longest:
            return response
        assert self.crawler.spider is not None
        retry = get_retry_request(request, spider=self.crawler.spider, reason=f"http-{response.status}")
        if retry is None:
            return response
        if request.meta.get("dont_obey_robotstxt"):
            await asyncio.sleep(wait)  # robots.txt is no page of the Frontier's; its host's pages wait for it
        else:
            retry.meta["due"] = time.time() + wait
        return retry


def retry_after(response: Response, now: float) -> float | None:
    """Return the seconds that a response's `Retry-After` asks for, given in seconds or as a date; None without one."""
    value = (response.headers.get(b"Retry-After") or b"").decode("latin-1").strip()
    if value.isdecimal():
        return float(value)
    try:
        return max(0.0, parsedate_to_datetime(value).timestamp() - now)
    except ValueError:
        return None
