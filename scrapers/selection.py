"""What is asked for of all that the lists of a site name."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from scrapers.bounds import Bounds
from scrapers.entry import Entry, recency
from scrapers.sources import Source
from scrapers.traps import Traps
from scrapers.variants import original


class Selection:
    """Chooses among articles and further lists; what it leaves out it names a reason for, as a short word."""

    def __init__(self, bounds: Bounds, skips: Callable[[Entry], str | None]) -> None:
        """Take the bounds of the crawl, and what else tells why an article is not visited."""
        self.bounds, self._skips = bounds, skips
        self._room = bounds.sample
        self._traps = Traps()
        self._read: set[int] = set()

    def among(self, listed: Iterator[Entry | Source]) -> Iterator[tuple[Entry | Source, str | None]]:
        """Yield what one list names, each with why it is left out, if it is.

        Articles come at the address of the page itself where the list names a variant of it. A list is not gone on
        with where its articles are older than the bounds, or where it names what another page of it named.
        """
        names, days = 0, []
        for item in self._in_order(listed):
            if isinstance(item, Entry):
                names = hash((names, item.url))
                days += [item.day] if item.day else []
                chosen = self._at_its_page(item)
                yield chosen, self._refuses(chosen)
            elif item.older and self.bounds.are_over(days):
                yield item, "out-of-range"
            elif item.older and names in self._read:
                yield item, "repeated"
            else:
                yield item, self._refuses(item)
        self._read.add(names)

    def _in_order(self, listed: Iterator[Entry | Source]) -> Iterator[Entry | Source]:
        """Let the newest articles fill a sample; without one the Frontier orders them."""
        if self._room is None:
            return listed
        return iter(sorted(listed, key=lambda item: recency(item.day) if isinstance(item, Entry) else -1, reverse=True))

    def _at_its_page(self, entry: Entry) -> Entry:
        if url := original(entry.url):
            page = replace(entry, url=url, variant=entry.url)
            return entry if self._skips(page) else page
        return entry

    def _refuses(self, item: Entry | Source) -> str | None:
        if self.bounds.excludes(item):
            return "out-of-range"
        if self._room == 0:
            return "sample"
        if trap := self._traps.refuse(item):
            return f"trap-{trap}"
        if isinstance(item, Source):
            return None
        if reason := self._skips(item):
            return reason
        self._room = self._room and self._room - 1
        return None
