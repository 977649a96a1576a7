"""Item-pipeline stages outside a crawl."""

from __future__ import annotations

from typing import Any, TypeVar

from scrapy import Spider
from scrapy.utils.test import get_crawler

Stage = TypeVar("Stage")


def stage(kind: type[Stage]) -> Any:
    """Return a stage made from a crawler."""
    return kind.from_crawler(get_crawler(Spider))  # type: ignore[attr-defined]


def counted(made: Any) -> dict[str, int]:
    """Return what a stage counted."""
    return dict(made.stats.get_stats())
