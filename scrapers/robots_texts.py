"""What robots.txt said when it was asked for last, kept with the collection."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from scrapy.http import Response

from pipelines.store.tables.robots import RobotsText
from scrapers.queue.postponing import BUSY
from scrapers.queue.storing import Storing
from scrapers.responses import conditions, validators

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

_LARGEST = 64 * 2**10  # bytes; a larger one is sent each time
_FORGOTTEN = 30 * 24 * 3600  # seconds after which one that nobody asked for is dropped


class RobotsTexts:
    """Keeps each text that has a validator; without a collection there are none."""

    def __init__(self, crawler: Crawler) -> None:
        collection = crawler.settings["COLLECTION"]
        self._robots = None if collection is None else collection.ledger.robots
        self._storing = Storing(crawler, collection)
        if self._robots is not None:
            self._robots.forget_before(time.time() - _FORGOTTEN)

    def at(self, origin: str) -> RobotsText | None:
        return None if self._robots is None else self._robots.at(origin)

    def note(self, origin: str, response: Response) -> None:
        """Keep what was sent, or that there is none."""
        if self._robots is None:
            return
        text = RobotsText(response.url, *validators(response), response.body)
        with self._storing:
            if response.status < 300 and len(text.text) <= _LARGEST and conditions(text.etag, text.last_modified):
                self._robots.put(origin, text, time.time())
            elif response.status < 500 and response.status not in BUSY:
                self._robots.forget(origin)


def response_of(robots: RobotsText) -> Response:
    """Return the response with which a text was sent."""
    sent = {"ETag": robots.etag, "Last-Modified": robots.last_modified}
    headers = {name: value for name, value in sent.items() if value}
    return Response(robots.url, body=robots.text, headers=headers)
