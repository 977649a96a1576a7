"""Kills a crawl over and over until it is complete, and tells what was lost.

    python -m benchmarks.crash [--kills 200] [--pages 3000] [--seed 1] [--no-raw] [--jobdir]

`--jobdir` does the same to Scrapy's own JOBDIR and feed, on the same pages.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from dataclasses import asdict, dataclass
from pathlib import Path

import msgspec

from benchmarks.forker import Forker
from benchmarks.linked_pages import LinkedPages, answered, kind_of
from pipelines import open_collection

_VARYING = ("run", "fetched_at")


@dataclass
class Report:
    """What became of a crawl that was killed until it was complete."""

    kills: int
    exit_code: int
    """Negative if the last run had to be killed because it hung."""

    served: int
    """Different pages with an article that the server answered with 200."""

    kept: int
    lost: int
    """Pages with an article that are not in the collection, answered or not."""

    twice: int
    """Articles that are in the collection more than once."""

    again: int
    """Answers with 200 to pages that had one."""

    again_a_kill: float
    seconds: float


class Site:
    """Linked pages on loopback, with what a crawl of them needs."""

    def __init__(self, pages: int, folder: Path) -> None:
        self.folder = folder
        self.log = folder / "answers.log"
        self.server = LinkedPages(pages, self.log).start()

    def command(self, data: str, *settings: str) -> list[str]:
        """Return the arguments of `scrapy` that crawl it into the collection `linked` of a data folder."""
        chosen = [
            "SPIDER_MODULES=benchmarks.spiders",
            f"DATA_DIR={self.folder / data}",
            f"ALLOWED_PRIVATE_HOSTS={self.server.address}",
            "DOWNLOAD_DELAY=0",
            "CONCURRENT_REQUESTS_PER_DOMAIN=16",
            "ROBOTSTXT_OBEY=False",
            "LOG_LEVEL=INFO",
            *settings,
        ]
        options = [argument for setting in chosen for argument in ("-s", setting)]
        return ["crawl", "linked", "-a", f"site=http://{self.server.address}", *options]

    def forget(self) -> None:
        """Begin anew with what was answered."""
        self.log.write_text("")
        self.server.forget()

    def answers(self) -> list[str]:
        return answered(self.log, 200) if self.log.exists() else []


def content(collection: Path) -> list[bytes]:
    """Return the lines of a collection, sorted, without times and run ids."""
    with open_collection(collection) as opened:
        records = [*opened.articles(revisions=True), *opened.rejected()]
    plain = [{name: value for name, value in asdict(each).items() if name not in _VARYING} for each in records]
    return sorted(msgspec.json.encode(each) for each in plain)


def kill_until_complete(forker: Forker, site: Site, command: list[str], kills: int, seed: int) -> tuple[int, int]:
    """Kill a crawl at random moments, then let it end; return how often it was killed and its exit code.

    The server gives each run its share of the pages, so that no crawl is done before its last kill, however fast.
    """
    chance = random.Random(seed)
    for kill in range(kills):
        site.server.allow(site.server.count * (kill + 1) // (kills + 1))
        # so many answers more that the kills spread over the whole crawl, then a moment within a commit window
        more = chance.randrange(max(1, 2 * site.server.count // kills))
        crawl = forker.start(command, site.folder / "crawl.log")
        _watch(site, crawl, more)
        time.sleep(chance.random() * 0.25)
        os.kill(crawl, signal.SIGKILL)
        if forker.wait(crawl) >= 0:
            return kill, forker.run(command, site.folder / "crawl.log")
    site.server.allow()
    crawl = forker.start(command, site.folder / "crawl.log")
    if not _watch(site, crawl, sys.maxsize):
        os.kill(crawl, signal.SIGKILL)
    return kills, forker.wait(crawl)


def _watch(site: Site, crawl: int, more: int) -> bool:
    """Wait until the server has given so many answers more or all it may, or the crawl has ended; False if it hangs."""
    before = len(site.answers())
    now, since = before, time.monotonic()
    while now < before + more and not site.server.is_silent and _is_alive(crawl):
        time.sleep(0.005)
        if (count := len(site.answers())) > now:
            now, since = count, time.monotonic()
        if time.monotonic() - since > _PATIENCE:
            return False
    return True


_PATIENCE = 20  # seconds without an answer after which a crawl hangs


def _is_alive(process: int) -> bool:
    state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    return state != "Z"


def report(site: Site, titles: list[str], kills: int, code: int, seconds: float) -> Report:
    """Compare what is kept, by the titles of the articles, with what was served."""
    answers = Counter(site.answers())
    expected = {number for number in range(site.server.count) if kind_of(number) in ("article", "fails-once")}
    found = Counter(int(title.split()[1]) for title in titles)
    served = {int(path.removeprefix("/p/")) for path in answers} & expected
    again = sum(answers.values()) - len(answers)
    return Report(
        kills=kills,
        exit_code=code,
        served=len(served),
        kept=len(found),
        lost=len(expected - set(found)),
        twice=sum(number - 1 for number in found.values()),
        again=again,
        again_a_kill=round(again / max(1, kills), 1),
        seconds=round(seconds, 1),
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--pages", type=int, default=3000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--no-raw", action="store_true", help="do not keep raw pages")
    parser.add_argument("--jobdir", action="store_true", help="Scrapy's own JOBDIR and feed instead of the collection")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name, Forker() as forker:
        folder = Path(name)
        site = Site(options.pages, folder)
        feed = folder / "feed.jsonl"
        command = site.command("data", f"RAW_PAGES={not options.no_raw}")
        if options.jobdir:
            _, _, *arguments = site.command("data", *_SCRAPYS_OWN, f"JOBDIR={folder / 'job'}")
            command = ["runspider", "benchmarks/spiders/linked.py", *arguments, "-o", str(feed)]
        started = time.monotonic()
        kills, code = kill_until_complete(forker, site, command, options.kills, options.seed)
        seconds = time.monotonic() - started
        if options.jobdir:
            titles = _titles_of_feed(feed)
        else:
            with open_collection(folder / "data" / "linked") as collection:
                titles = [str(article.title) for article in collection.articles(revisions=True)]
        json.dump(asdict(report(site, titles, kills, code, seconds)), sys.stdout, indent=1)
        print()


_SCRAPYS_OWN = (
    "SCHEDULER=scrapy.core.scheduler.Scheduler",
    "CONCURRENT_ITEMS=100",
    "ITEM_PIPELINES={}",
    "REQUEST_FINGERPRINTER_CLASS=scrapy.utils.request.RequestFingerprinter",
)


def _titles_of_feed(feed: Path) -> list[str]:
    """Return the titles of the lines that are whole; a kill leaves halves."""
    titles = []
    for line in feed.read_text(errors="replace").splitlines() if feed.exists() else ():
        try:
            item = json.loads(line)
        except ValueError:
            continue
        if item.get("title"):
            titles.append(item["title"])
    return titles


if __name__ == "__main__":
    main()
