"""What a crawl does when it cannot store: it stops."""

from __future__ import annotations

import logging
import sqlite3
from types import TracebackType
from typing import TYPE_CHECKING

from scrapy.utils.defer import deferred_from_coro

from pipelines.store.errors import CannotStore

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

    from pipelines.store.writer import CollectionWriter

logger = logging.getLogger(__name__)


class Storing:
    """Stops the crawl if something cannot be stored; use it with `with`, again and again.

    It lets no such exception pass: in the engine it would hang the crawl, or pass unseen.
    """

    def __init__(self, crawler: Crawler, collection: CollectionWriter) -> None:
        self.crawler, self.collection = crawler, collection
        self.stopped: str | None = None
        """Why no more is handed out: `cannot-store` or `disk-full`."""

    def __enter__(self) -> None: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool:
        if not isinstance(error, CannotStore | OSError | sqlite3.Error):
            return False
        if self.stopped != "cannot-store":
            failure = error if isinstance(error, CannotStore) else self.collection.fail(error)
            logger.critical("%s", failure)
            self.stop("cannot-store")
        return True

    def stop(self, reason: str) -> None:
        """Close the spider, and hand out nothing more."""
        self.stopped = reason
        assert self.crawler.engine
        closing = deferred_from_coro(self.crawler.engine.close_spider_async(reason=reason))
        closing.addErrback(lambda failure: logger.error("Closing failed: %s", failure))
