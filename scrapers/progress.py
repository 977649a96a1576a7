"""What a crawl tells a person: a line that moves while it runs, and a summary that adds up when it has ended."""

from __future__ import annotations

import logging
import sys
import time
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Self

from scrapy import Spider, signals
from scrapy.utils.asyncio import create_looping_call

from pipelines.keep import Keep

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

_SECONDS = 0.5  # between two states of the line
_CLEAR = "\r\x1b[K"
_ENDS = ("kept", "revised", "unchanged", "gone", "duplicate", "rejected", "failed")
"""What can become of a page that is no list of articles, as the collection counts it."""


class Progress:
    """Writes to stderr: on a terminal the line and the summary, elsewhere the summary alone."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.is_live = sys.stderr.isatty()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        progress = cls(crawler)
        crawler.signals.connect(progress.spider_opened, signal=signals.spider_opened)
        crawler.signals.connect(progress.spider_closed, signal=signals.spider_closed)
        return progress

    def spider_opened(self) -> None:
        self.started = time.monotonic()
        self.left = 0
        keep = self.crawler.get_item_pipeline(Keep)
        self.collection = keep.collection if keep else None
        if self.is_live and self.collection is not None:
            self.loop = create_looping_call(self._show)
            self.loop.start(_SECONDS, now=False)
            for handler in logging.root.handlers:
                handler.addFilter(self._make_way)

    def spider_closed(self, spider: Spider, reason: str) -> None:
        if self.collection is None:
            return
        if self.is_live:
            self.loop.stop()
            sys.stderr.write(_CLEAR)
        seconds = time.monotonic() - self.started
        summary = [f"{spider.name}: {reason} after {duration(seconds)}"]
        summary += [f"  {row}" for row in rows(self.collection.run.counts, self._count_left(), seconds)]
        summary += [f"  records in {self.collection.folder}"]
        sys.stderr.write("\n".join([*summary, ""]))

    def _show(self) -> None:
        assert self.collection is not None
        text = line(self.collection.run.counts, self._count_left(), time.monotonic() - self.started)
        sys.stderr.write(_CLEAR + text)
        sys.stderr.flush()

    def _make_way(self, record: logging.LogRecord) -> bool:  # noqa: ARG002
        """Let a log message have the line."""
        sys.stderr.write(_CLEAR)
        return True

    def _count_left(self) -> int:
        """Return how many pages wait; of a collection that can no longer be asked what was last known."""
        assert self.collection is not None
        if not self.collection.failure:
            self.left = self.collection.queued()
        return self.left


def line(counts: Mapping[str, int], left: int, seconds: float) -> str:
    """Return the state of a crawl in one line: `found 120  fetched 80  kept 71  rejected 9  1.2 pages/s`."""
    fetched = sum(counts.get(end, 0) for end in _ENDS)
    kept = counts.get("kept", 0) + counts.get("revised", 0)
    rejected = counts.get("rejected", 0) + counts.get("failed", 0)
    found = fetched + counts.get("source", 0) + left
    return f"found {found}  fetched {fetched}  kept {kept}  rejected {rejected}  {_rate(counts, seconds):.1f} pages/s"


def rows(counts: Mapping[str, int], left: int, seconds: float) -> Iterator[str]:
    """Yield the rows of the summary, each a number and the parts that it is the sum of."""
    ends = {end: counts.get(end, 0) for end in _ENDS}
    fetched = sum(ends.values())
    lists = counts.get("source", 0)
    leading = "list or page that leads on" if lists == 1 else "lists and pages that lead on"
    yield _sum("found", {leading: lists, "fetched": fetched, "left": left})
    ends["kept"] += ends.pop("revised")
    yield _sum("fetched", ends)
    yield _sum("kept", {"new": counts.get("kept", 0), "revised": counts.get("revised", 0)})
    for end in ("duplicate", "rejected", "failed"):
        if ends[end]:
            prefix = f"{end}/"
            yield _sum(end, {name.removeprefix(prefix): n for name, n in counts.items() if name.startswith(prefix)})
    yield f"{_rate(counts, seconds):.1f} pages a second"


def reasons(counts: Mapping[str, int]) -> str:
    """Return why pages became no article, as a collection counts it: `1 failed/dns, 2 rejected/no-body`."""
    named = sorted(name for name in counts if name.startswith(("rejected/", "failed/")))
    return ", ".join(f"{counts[name]} {name}" for name in named)


def _sum(name: str, parts: Mapping[str, int]) -> str:
    terms = " + ".join(f"{number} {part}" for part, number in sorted(parts.items(), key=lambda p: -p[1]) if number)
    return f"{name:<10} {sum(parts.values())}" + (f" = {terms}" if terms else "")


def _rate(counts: Mapping[str, int], seconds: float) -> float:
    return sum(counts.get(end, 0) for end in (*_ENDS, "source")) / max(seconds, 0.001)


def duration(seconds: float) -> str:
    """Return a span of time for a person: `1 h 12 min`, `3 min 5 s`, `46 s`, `2.4 s`."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    if hours or minutes:
        return f"{hours} h {minutes} min" if hours else f"{minutes} min {rest} s"
    return f"{rest} s" if rest >= 10 else f"{seconds:.1f} s"
