"""Stays on the site; in place of Scrapy's middleware, which drops what it refuses without a word to the spider."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scrapy.http import Request

from scrapers.addresses import is_within
from scrapers.failure import Refused

if TYPE_CHECKING:
    from scrapy.crawler import Crawler


class StayOnSite:
    """Refuses requests to hosts outside the spider's `allowed_domains`, but for those with `allow_offsite` in meta."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> StayOnSite:
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Raise `Refused` with `offsite`: for redirects, since spiders ask for nothing that is off their site."""
        domains = getattr(self.crawler.spider, "allowed_domains", ())
        if not request.meta.get("allow_offsite") and not is_within(request.url, domains):
            raise Refused("offsite", f"{request.url} is on another site")
