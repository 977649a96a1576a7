"""Crawls as processes: each site's in one of its own, so that whatever happens to it leaves the others alone."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from types import FrameType
from typing import Any

from scrapy.settings import BaseSettings
from scrapy.spiderloader import get_spider_loader

from pipelines.store.collection import open_collection
from pipelines.store.errors import StoreError
from scrapers.loader import SiteLoader
from scrapers.spider import NewsSpider

COMPLETE, ERROR, WITH_REJECTED, NOT_STORED, LOCKED, STOPPED = 0, 1, 3, 4, 5, 7
_WORST = (NOT_STORED, ERROR, LOCKED, STOPPED, WITH_REJECTED, COMPLETE)
LOG = "crawl.log"
_POLL = 0.1  # seconds


def sites(settings: BaseSettings) -> dict[str, type[NewsSpider]]:
    """Return the spiders that are a site's own, by name; a spider for any site has no domains of its own."""
    loader = get_spider_loader(settings)
    spiders = {name: loader.load(name) for name in sorted(loader.list())}
    return {
        name: spider for name, spider in spiders.items() if issubclass(spider, NewsSpider) and spider.allowed_domains
    }


def broken_sites(settings: BaseSettings) -> dict[str, str]:
    """Return the sites whose modules cannot be loaded, by name, and why; a crawl of one says so and fails."""
    loader = get_spider_loader(settings)
    return loader.broken if isinstance(loader, SiteLoader) else {}


def arguments(options: dict[str, str], settings: Iterable[str]) -> list[str]:
    """Return the arguments of `scrapy crawl` for a spider's options and for settings, each `NAME=VALUE`."""
    pairs = [("-a", f"{name}={value}") for name, value in options.items()] + [("-s", each) for each in settings]
    return [part for pair in pairs for part in pair]


def worst(codes: Iterable[int]) -> int:
    """Return the exit code that stands for all of these: that something was lost before that something was left."""
    known = {code if code in _WORST else ERROR for code in codes}
    return next((code for code in _WORST if code in known), COMPLETE)


@dataclass
class Crawl:
    """One `scrapy crawl`; what it writes stands in `crawl.log` of its collection's folder."""

    name: str
    folder: Path
    """Of its collection."""

    command: list[str]
    process: subprocess.Popen[bytes] | None = None
    code: int | None = None
    """Its exit code, once it has ended."""

    began: float = 0.0
    ended: float = 0.0
    """Monotonic seconds."""

    is_stopped: bool = False
    problem: str | None = None
    counts: dict[str, int] = field(default_factory=dict)
    """What its run has counted so far."""

    left: int = 0
    _runs_before: int = 0
    _lock: Lock = field(default_factory=Lock)

    @classmethod
    def of(cls, spider: str, folder: Path, arguments: Sequence[str], name: str | None = None) -> Crawl:
        """Return the crawl of a spider with further arguments, not begun."""
        return cls(name or spider, folder, [sys.executable, "-m", "scrapy", "crawl", spider, *arguments])

    @property
    def seconds(self) -> float:
        return (time.monotonic() if self.code is None else self.ended) - self.began

    def start(self) -> None:
        """Begin, out of reach of the terminal's Ctrl-C: it is ours to hand on, once.

        The crawl ends when this process does, however that happens: the pipe to its standard input ends then.
        """
        self.began = time.monotonic()
        self._runs_before = len(self._runs())
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            self._start()
        except OSError as error:  # another site's folder may be on a disk that works
            self.problem = str(error)
            self._end(NOT_STORED)

    def _start(self) -> None:
        with self._lock, (self.folder / LOG).open("wb") as log:
            if self.is_stopped:
                self._end(STOPPED)
                return
            self.process = subprocess.Popen(
                [*self.command, "--end-with-stdin"],
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def stop(self) -> None:
        """Ask it to end after the pages in flight; a second time, at once."""
        with self._lock:
            self.is_stopped = True
            if self.process and self.process.poll() is None:
                self.process.send_signal(signal.SIGTERM)

    def poll(self) -> int | None:
        """Return its exit code if it has ended."""
        if self.process and self.code is None and (code := self.process.poll()) is not None:
            self._end(code)
        return self.code

    def wait(self) -> int:
        """Wait for its end and return the exit code."""
        if self.process and self.code is None:
            self._end(self.process.wait())
        return ERROR if self.code is None else self.code

    def look(self) -> None:
        """Read its counts from the ledger; what cannot be read now stays as it was."""
        runs = self._runs()
        if len(runs) > self._runs_before:
            self.counts = runs[-1].counts

    def complaint(self) -> str:
        """Return why it could not begin, or the last line that it wrote; the rows of a summary are indented."""
        if self.problem:
            return self.problem
        lines = (self.folder / LOG).read_text("utf-8", "replace").split("\n") if (self.folder / LOG).exists() else []
        return next((line for line in reversed(lines) if line and not line[0].isspace()), "")

    def _end(self, code: int) -> None:
        if self.process and self.process.stdin:
            self.process.stdin.close()
        if self.is_stopped and code == -signal.SIGTERM:  # before Scrapy began to listen for it
            code = STOPPED
        self.code, self.ended = code, time.monotonic()

    def _runs(self) -> list[Any]:
        try:
            with open_collection(self.folder) as collection:
                self.left = collection.queued()
                return collection.runs()
        except StoreError:
            return []


def run_all(
    crawls: Iterable[Crawl],
    jobs: int,
    *,
    ended: Callable[[Crawl], None],
    tick: Callable[[Sequence[Crawl], int], None],
) -> list[Crawl]:
    """Run crawls, so many at a time, until all have ended; return those that did.

    SIGINT and SIGTERM stop the running ones and begin no more. `ended` is called with each that has ended, `tick` with
    those that run and the number of those that wait.
    """
    waiting, running, done = deque(crawls), list[Crawl](), list[Crawl]()
    with _counted_signals() as asked_to_stop:
        handled = 0
        while running or (waiting and not asked_to_stop):
            if len(asked_to_stop) > handled:
                handled = len(asked_to_stop)
                for crawl in running:
                    crawl.stop()
            while waiting and len(running) < jobs and not asked_to_stop:
                running.append(waiting.popleft())
                running[-1].start()
            for crawl in [crawl for crawl in running if crawl.poll() is not None]:
                running.remove(crawl)
                done.append(crawl)
                crawl.look()
                ended(crawl)
            tick(running, len(waiting))
            time.sleep(_POLL)
    return done


@contextmanager
def _counted_signals() -> Iterator[list[int]]:
    """Let SIGINT and SIGTERM do no more than to be added to a list, and give that."""
    came: list[int] = []

    def note(signum: int, frame: FrameType | None) -> None:  # noqa: ARG001
        came.append(signum)

    handlers = {signum: signal.signal(signum, note) for signum in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield came
    finally:
        for signum, handler in handlers.items():
            signal.signal(signum, handler)
