"""An extension that logs which of our objects a crawl leaves to the garbage collector."""

from __future__ import annotations

import gc
import logging
from typing import TYPE_CHECKING, Self

from scrapy import signals

if TYPE_CHECKING:
    from scrapy.crawler import Crawler


class CycleWatch:
    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        watch = cls()
        gc.disable()
        crawler.signals.connect(watch.tell, signals.spider_closed)
        return watch

    def tell(self) -> None:
        gc.set_debug(gc.DEBUG_SAVEALL)
        gc.collect()
        ours = {
            type(each).__name__ for each in gc.garbage if type(each).__module__.startswith(("scrapers", "pipelines"))
        }
        logging.getLogger(__name__).info("IN CYCLES %s", sorted(ours))
