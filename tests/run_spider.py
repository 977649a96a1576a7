"""Runs a spider of the project and prints what it yields, a JSON line each: the reactor starts once a process."""

from __future__ import annotations

import json
import sys
from typing import Any

import msgspec
from scrapy import signals
from scrapy.crawler import CrawlerProcess
from scrapy.utils.project import get_project_settings


def main(spider: str, options: dict[str, str], chosen: dict[str, Any]) -> int:
    settings = get_project_settings()
    settings.setdict(
        {
            "ITEM_PIPELINES": {},
            "SCHEDULER": "scrapy.core.scheduler.Scheduler",
            "EXTENSIONS": {},
            "AUTOTHROTTLE_ENABLED": False,  # Scrapy's own, which ours replaces
            "LOG_LEVEL": "INFO",
            "RETRY_TIMES": 1,
            **chosen,
        },
        priority="cmdline",
    )
    process = CrawlerProcess(settings)
    crawler = process.create_crawler(spider)
    crawler.signals.connect(_print_item, signals.item_scraped)
    process.crawl(crawler, **options)
    process.start()
    stats = crawler.stats.get_stats() if crawler.stats else {}
    sys.stdout.write(json.dumps({"stats": stats}, default=str) + "\n")
    return 1 if process.bootstrap_failed else 0


def _print_item(item: Any) -> None:
    sys.stdout.write(json.dumps({type(item).__name__: msgspec.to_builtins(item)}) + "\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], json.loads(sys.argv[2]), json.loads(sys.argv[3])))
