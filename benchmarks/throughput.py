"""What keeping costs: pages a second with the durable queue and commit, beside Scrapy's own queues and a plain feed.

    python -m benchmarks.throughput [--pages 3000] [--words 600] [--rounds 3]
    python -m benchmarks.throughput --soak 100000
    python -m benchmarks.throughput --queue 1000000
    python -m benchmarks.throughput --open 1000000

All crawl the same pages with the same spider and the same stages before keeping, in turn. The server is a process of
its own. `--soak` reports the memory of one long crawl, `--queue` that of one with so many queued addresses, `--open`
how long it takes to open a collection of so many records.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import re
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from multiprocessing.sharedctypes import Synchronized
from pathlib import Path
from typing import Any, NamedTuple

from scrapy.utils.project import get_project_settings

from benchmarks.forker import Forker
from benchmarks.linked_pages import LinkedPages, elsewhere
from pipelines import open_collection
from pipelines.article import Article, article_id, content_hash
from pipelines.store.tables.page import Page
from pipelines.store.writer import CollectionWriter

_ELAPSED = re.compile(r"'elapsed_time_seconds': ([0-9.]+)")

_EXTENSIONS = get_project_settings().getdict("EXTENSIONS") | {
    "scrapers.account.Account": None,  # it counts for a collection; without one it would log an error a page
}
_SCRAPYS_OWN = {
    "ITEM_PIPELINES": json.dumps({"pipelines.normalize.Normalize": 100, "pipelines.validate.Validate": 200}),
    "EXTENSIONS": json.dumps(_EXTENSIONS),
}
_CRAWL_BY_SCRAPY = ("runspider", "benchmarks/spiders/linked.py")  # our `crawl` keeps the queue in the ledger only
WAYS: dict[str, dict[str, Any]] = {
    "memory queue and feed": {**_SCRAPYS_OWN, "FEEDS": '{"%(folder)s/feed.jsonl": {"format": "jsonlines"}}'},
    "JOBDIR and feed": {
        **_SCRAPYS_OWN,
        "FEEDS": '{"%(folder)s/feed.jsonl": {"format": "jsonlines"}}',
        "JOBDIR": "%(folder)s/job",
    },
    "ours": {"RAW_PAGES": False},
    "ours with raw pages": {"RAW_PAGES": True},
}


class _Counting(LinkedPages):
    def __init__(self, count: int, words: int, answered: Synchronized[int]) -> None:
        super().__init__(count, words=words, plain=True)
        self._answered = answered

    def note(self, status: int, path: str) -> None:  # noqa: ARG002
        self._answered.value += 1


class Server(NamedTuple):
    """Linked pages from another process: where, and how many it has answered."""

    address: str
    answered: Synchronized[int]


@contextmanager
def serving(count: int, words: int) -> Iterator[Server]:
    """Serve so many linked pages of so many words."""
    answered: Synchronized[int] = multiprocessing.Value("L", lock=False)  # type: ignore[assignment]
    with elsewhere(lambda: _Counting(count, words, answered)) as address:
        yield Server(address, answered)


def command(address: str, folder: Path, crawl: Sequence[str] = ("crawl", "linked"), **settings: Any) -> list[str]:
    """Return the arguments of `scrapy` for a crawl into a folder."""
    chosen = {
        "SPIDER_MODULES": "benchmarks.spiders",
        "DATA_DIR": folder,
        "ALLOWED_PRIVATE_HOSTS": address,
        "DOWNLOAD_DELAY": 0,
        "CONCURRENT_REQUESTS_PER_DOMAIN": 16,
        "ROBOTSTXT_OBEY": False,
        "LOG_LEVEL": "INFO",
        **settings,
    }
    options = [part for name, value in chosen.items() for part in ("-s", f"{name}={value}")]
    return [*crawl, "-a", f"site=http://{address}", *options]


def compare(pages: int, words: int, rounds: int) -> dict[str, Any]:
    """Return pages a second and CPU milliseconds a page of each way (medians), and ratios to the memory queue."""
    rates: dict[str, list[float]] = {way: [] for way in WAYS}
    costs: dict[str, list[float]] = {way: [] for way in WAYS}
    with Forker() as forker, serving(pages, words) as server:
        for _ in range(rounds):
            for way, settings in WAYS.items():
                with tempfile.TemporaryDirectory() as name:
                    folder = Path(name)
                    own = {key: str(value).replace("%(folder)s", name) for key, value in settings.items()}
                    crawl = _CRAWL_BY_SCRAPY if "FEEDS" in settings else ("crawl", "linked")
                    forker.run(command(server.address, folder, crawl, **own), folder / "log")
                    elapsed = _ELAPSED.search((folder / "log").read_text())
                    assert elapsed, (folder / "log").read_text()
                    rates[way].append(pages / float(elapsed[1]))
                    costs[way].append(1000 * forker.cpu_seconds / pages)
    base = "memory queue and feed"
    return {
        way: {
            "pages/s": round(statistics.median(rates[way]), 1),
            "of memory": round(statistics.median(a / b for a, b in zip(rates[way], rates[base], strict=True)), 3),
            "cpu ms/page": round(statistics.median(costs[way]), 3),
            "cpu of memory": round(statistics.median(b / a for a, b in zip(costs[way], costs[base], strict=True)), 3),
        }
        for way in WAYS
    }


def soak(pages: int) -> dict[str, Any]:
    """Return the memory of one crawl in MB, at each tenth of its pages."""
    memory: dict[int, float] = {}
    with tempfile.TemporaryDirectory() as name, Forker() as forker, serving(pages, 200) as server:
        folder = Path(name)
        started = time.monotonic()
        crawl = forker.start(command(server.address, folder), folder / "log")
        step = pages // 10
        while memory_of(crawl):
            done = server.answered.value // step * step
            memory[done] = max(memory.get(done, 0.0), memory_of(crawl))
            time.sleep(0.2)
        code = forker.wait(crawl)
        elapsed = time.monotonic() - started
    late = [most for done, most in memory.items() if done >= pages // 5]
    return {
        "pages": pages,
        "exit code": code,
        "pages/s": round(pages / elapsed),
        "MB": {done: round(most, 1) for done, most in memory.items()},
        "growth after the first fifth, MB": round(max(late) - late[0], 1),
    }


def queue(count: int) -> dict[str, Any]:
    """Return the memory of a crawl that queues so many addresses, and of one that goes on with them."""
    found: dict[str, Any] = {"queued": count}
    with tempfile.TemporaryDirectory() as name, Forker() as forker, serving(1, 200) as server:
        folder = Path(name)
        slow = {"LOG_LEVEL": "WARNING", "CONCURRENT_REQUESTS_PER_DOMAIN": 1, "DOWNLOAD_DELAY": 0.2}
        argv = [*command(server.address, folder, ("crawl", "queued"), **slow), "-a", f"count={count}"]
        for what in ("queueing", "going on"):
            started = time.monotonic()
            forker.run([*argv, "-s", f"CLOSESPIDER_PAGECOUNT={0 if what == 'queueing' else 10}"], folder / "log")
            found[what] = {
                "most MB": round(forker.most_memory / 2**20, 1),
                "seconds": round(time.monotonic() - started, 1),
            }
    return found


def opening(count: int) -> dict[str, Any]:
    """Return how long it takes to open a collection of so many records."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "large"
        fill(folder, count)
        started = time.monotonic()
        with CollectionWriter(folder):
            write = time.monotonic() - started
        started = time.monotonic()
        with open_collection(folder) as collection:
            read, records = time.monotonic() - started, len(collection)
        return {"records": records, "to write, seconds": round(write, 3), "to read, seconds": round(read, 3)}


def fill(folder: Path, count: int) -> None:
    with CollectionWriter(folder) as writer:
        for number in range(count):
            url = f"https://harbour.example/{number}"
            key = f"harbour.example/{number}"
            page = Page(id=number + 1, url=url, host="harbour.example", request="{}", run=writer.run.number)
            writer.ledger.pages.add(page, key.encode())
            title, body = f"Harbour {number}", "Ships came and went. " * 100
            digest = content_hash(title, body)
            article = Article(id=article_id(url), url=url, title=title, body=body, content_hash=digest)
            writer.outcome(page.id).keep(key, article)
            writer.finish(page.id)
            if number % 5000 == 0:
                writer.commit()
        writer.commit()


def memory_of(process: int) -> float:
    """Return the resident memory of a process in MB, 0 when it has ended."""
    try:
        pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
    except (OSError, IndexError):
        return 0.0
    return pages * resource.getpagesize() / 2**20


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=3000)
    parser.add_argument("--words", type=int, default=600)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--soak", type=int, metavar="PAGES")
    parser.add_argument("--queue", type=int, metavar="ADDRESSES")
    parser.add_argument("--open", type=int, metavar="RECORDS")
    options = parser.parse_args()
    if options.soak:
        found = soak(options.soak)
    elif options.queue:
        found = queue(options.queue)
    elif options.open:
        found = opening(options.open)
    else:
        found = compare(options.pages, options.words, options.rounds)
    json.dump(found, sys.stdout, indent=1)
    print()


if __name__ == "__main__":
    main()
