"""Requests that are to be made again later, because a server asks for it or fails."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

from scrapy.http import Request
from scrapy.utils.misc import load_object

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

DUE = "due"
"""Key of `Request.meta`: the Unix time until which the Frontier hands out no page of its host."""

BUSY = (429, 503)
"""Statuses by which a server asks to be left alone for a time."""

LONGEST = 24 * 3600
"""Seconds; a host that asks to be left alone for longer is asked once a day."""


class Postponing:
    """Lets requests wait: in the queue where that is the Frontier, else in place, as no other scheduler can.

    A crawl ends rather than wait longer than RETRY_AFTER_MAX; what waits stays in the queue, for a later crawl.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.longest_in_place = crawler.settings.getfloat("RETRY_AFTER_MAX")
        self.is_queued = bool(getattr(load_object(crawler.settings["SCHEDULER"]), "keeps_due", False))

    async def postponed(self, request: Request, seconds: float) -> Request | None:
        """Return a request to be made again after so many seconds, or None if that is too long to wait in place."""
        if self.is_queued:
            due = time.time() + min(seconds, LONGEST)
            return request.replace(meta={**request.meta, DUE: due})
        if seconds > self.longest_in_place:
            return None
        await asyncio.sleep(seconds)
        return request.replace(dont_filter=True)
