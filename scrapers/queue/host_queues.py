"""The queue by host: few requests of each in memory, the rest in the ledger."""

from __future__ import annotations

import heapq
import time
from collections import Counter, deque
from dataclasses import dataclass, field

from scrapy.settings import BaseSettings

from pipelines.store.ledger import Ledger
from pipelines.store.tables.page import Page
from scrapers.queue.postponing import LONGEST

Entry = tuple[int, int, Page]
"""Sorts by priority, then by age in the queue."""

_MOST_IN_MEMORY = 4096  # pages, over all hosts
_FEWEST_OF_A_HOST = 8


@dataclass(slots=True)
class _Host:
    heap: list[Entry] = field(default_factory=list)
    has_more: bool = False
    """Whether the ledger holds due pages of this host that the heap does not; all of them come after `last`."""

    last: tuple[int, int] = (0, 0)
    wake: float = 0.0
    """When the first of the pages is due that have to wait; 0 if none has to."""


class HostQueues:
    """Hands out pages host by host in turn, no more at a time of one host than its limit."""

    def __init__(self, ledger: Ledger, limit: int, limits: dict[str, int]) -> None:
        """Take the limit of concurrent requests a host (0: none), and those of particular hosts."""
        self._ledger = ledger
        self._limit, self._limits = limit, limits
        self._active: Counter[str] = Counter()
        latest = time.time() + LONGEST  # the clock may have been set back
        ledger.pages.bring_forward(latest)
        self._resting = {host: min(end, latest) for host, end in ledger.rests.after(time.time()).items()}
        self.waiting = Counter(ledger.pages.queued_by_host())
        """Host -> pages that are queued, due or not."""

        self._hosts = {host: _Host(has_more=True) for host in self.waiting}
        self._turns = deque(self._hosts)

    def push(self, page: Page, now: float) -> None:
        """Queue a page that the ledger has as queued."""
        self.waiting[page.host] += 1
        host = self._hosts.get(page.host)
        if host is None:
            host = self._hosts[page.host] = _Host()
            self._turns.append(page.host)
        entry = (-page.priority, page.id, page)
        if page.due > now:
            host.wake = min(host.wake or page.due, page.due)
        elif not host.has_more or entry[:2] < host.last:
            heapq.heappush(host.heap, entry)
            self._trim(host)

    def pop(self, now: float) -> Page | None:
        """Take the next page of the next host that may be asked."""
        for _ in range(len(self._turns)):
            name = self._turns[0]
            self._turns.rotate(-1)
            limit = self._limits.get(name, self._limit)
            if (0 < limit <= self._active[name]) or self._rests(name, now) or not self._fill(name, now):
                continue
            self.waiting[name] -= 1
            if not self.waiting[name]:
                del self.waiting[name]
            self._active[name] += 1
            return heapq.heappop(self._hosts[name].heap)[2]
        return None

    def rest(self, host: str, until: float) -> None:
        """Hand out no page of a host before this time: its server asked for it."""
        self._resting[host] = max(until, self._resting.get(host, 0.0))

    def resting(self, until: float) -> dict[str, float]:
        """Return the hosts with queued pages that are left alone beyond a time, with the time at which that ends."""
        return {host: end for host in self.waiting if (end := self._resting.get(host, 0.0)) > until}

    def has_work(self, until: float) -> bool:
        """Whether a page is queued of a host that may be asked by this time."""
        return any(self._resting.get(host, 0.0) <= until for host in self.waiting)

    def _rests(self, host: str, now: float) -> bool:
        if self._resting.get(host, 0.0) > now:
            return True
        self._resting.pop(host, None)
        return False

    def release(self, host: str) -> None:
        """Note that a host has one request less."""
        self._active[host] -= 1
        if not self._active[host]:
            del self._active[host]

    def _fill(self, name: str, now: float) -> bool:
        """Whether a host has a page in memory; the ledger is asked where it may have more."""
        host = self._hosts[name]
        if host.heap:
            return True
        if host.has_more or 0 < host.wake <= now:
            size = self._size()
            host.heap = [(-page.priority, page.id, page) for page in self._ledger.pages.queued_at(name, now, size)]
            host.has_more = len(host.heap) == size
            host.wake = self._ledger.pages.next_due(name, now)
            if host.heap:
                host.last = host.heap[-1][:2]
                return True
        if not host.wake:
            del self._hosts[name]
            self._turns.pop()  # pop() has just moved it there
        return False

    def _trim(self, host: _Host) -> None:
        size = self._size()
        if len(host.heap) > 2 * size:
            host.heap = heapq.nsmallest(size, host.heap)
            host.has_more, host.last = True, host.heap[-1][:2]

    def _size(self) -> int:
        return max(_FEWEST_OF_A_HOST, _MOST_IN_MEMORY // (2 * max(1, len(self._hosts))))


def limits(settings: BaseSettings) -> tuple[int, dict[str, int]]:
    """Return how many requests a host may have at once, and what DOWNLOAD_SLOTS says of particular ones."""
    slots = settings.getdict("DOWNLOAD_SLOTS")
    return settings.getint("CONCURRENT_REQUESTS_PER_DOMAIN"), {
        host: slot["concurrency"] for host, slot in slots.items() if "concurrency" in slot
    }
