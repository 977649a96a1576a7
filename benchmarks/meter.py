"""An extension that notes what a crawl takes once it is warm."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import TYPE_CHECKING

from scrapy import signals

if TYPE_CHECKING:
    from scrapy.crawler import Crawler


class Meter:
    """Writes seconds, CPU seconds and responses as JSON to METER_FILE; the first METER_AFTER responses do not count.

    They load models and fill caches.
    """

    def __init__(self, file: Path, after: int) -> None:
        self._file = file
        self._responses = -after

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Meter:
        meter = cls(Path(crawler.settings["METER_FILE"]), crawler.settings.getint("METER_AFTER"))
        crawler.signals.connect(meter.count, signal=signals.response_received)
        crawler.signals.connect(meter.end, signal=signals.engine_stopped)
        return meter

    def count(self) -> None:
        if self._responses == 0:
            self._began, self._cpu = time.monotonic(), time.process_time()
        self._responses += 1

    def end(self) -> None:
        took = {"seconds": time.monotonic() - self._began, "cpu": time.process_time() - self._cpu}
        self._file.write_text(json.dumps({**took, "responses": self._responses}), encoding="utf-8")
