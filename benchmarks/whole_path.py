"""The whole path of a page (fetch, read, normalise, raw page, durable record) beside others on the same pages.

    python -m benchmarks.whole_path [--corpus fundus,aeb] [--rounds 3]

`bare` is a Scrapy spider with Scrapy's default settings that fetches the pages and does nothing with them. With
PEERS_PYTHON=/path/to/python, the Python of an environment that has news-please, that reads the pages too, without
fetching or keeping them. All take the same recorded pages, in turn, on one core each; CPU time is what can be compared
on a machine that does other work.
"""

from __future__ import annotations

import argparse
import base64
import gzip
import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from typing import Any

import scrapy
from scrapy.crawler import CrawlerProcess
from scrapy.http import Response
from scrapy.utils.project import get_project_settings

from benchmarks import labelled
from benchmarks.linked_pages import LinkedPages, elsewhere

PROJECT = Path(__file__).parents[1]
METER = "benchmarks.meter.Meter"
_WARM = 30  # pages
_READ_BY_NEWS_PLEASE = """
import base64, json, sys, time
from newsplease import NewsPlease
pages = [(base64.b64decode(html), url) for html, url in map(json.loads, sys.stdin)]
NewsPlease.from_html(pages[0][0].decode("utf-8", "replace"), url=pages[0][1], fetch_images=False)
began = time.process_time()
for html, url in pages:
    try:
        NewsPlease.from_html(html.decode("utf-8", "replace"), url=url, fetch_images=False)
    except Exception:
        pass
print(time.process_time() - began)
"""


class Bare(scrapy.Spider):
    """Fetches pages and does nothing with them."""

    name = "bare"
    urls: Sequence[str] = ()

    async def start(self) -> AsyncIterator[Any]:
        for url in self.urls:
            yield scrapy.Request(url)

    def parse(self, response: Response) -> None:  # type: ignore[override]
        """Do nothing."""


class _Recorded(LinkedPages):
    """Serves pages compressed, as most servers do."""

    def __init__(self, pages: Sequence[Any]) -> None:
        super().__init__(len(pages))
        self._answers = [(200, _header(page.charset), gzip.compress(page.html)) for page in pages]

    def answer(self, path: str) -> tuple[int, bytes, bytes]:
        number = path.removeprefix("/p/")
        return self._answers[int(number)] if number.isdecimal() else (404, b"", b"")


def _header(charset: str | None) -> bytes:
    kind = f"text/html; charset={charset}" if charset else "text/html"
    return f"Content-Type: {kind}\r\nContent-Encoding: gzip\r\n".encode()


def ours(urls: Path, address: str, folder: Path) -> dict[str, float]:
    """Crawl the pages as `scrapy crawl news` does, but for the delay, and return what the crawl took."""
    settings = {
        "ALLOWED_PRIVATE_HOSTS": address,
        "CONCURRENT_REQUESTS_PER_DOMAIN": 8,
        "DATA_DIR": folder / "data",
        "DOWNLOAD_DELAY": 0,
        "EXTENSIONS": json.dumps({**get_project_settings().getdict("EXTENSIONS"), METER: 0}),
        "METER_AFTER": _WARM,
        "METER_FILE": folder / "meter",
    }
    options = [part for name, value in settings.items() for part in ("-s", f"{name}={value}")]
    return _run(["-m", "scrapy", "crawl", "news", "-a", f"urls={urls}", *options], folder)


def bare(urls: Path, folder: Path) -> dict[str, float]:
    """Fetch the pages with Scrapy's default settings, and return what that took."""
    return _run(["-m", "benchmarks.whole_path", "--bare", str(urls), str(folder / "meter")], folder)


def _run(arguments: list[str], folder: Path) -> dict[str, float]:
    with (folder / "log").open("wb") as log:
        subprocess.run([sys.executable, *arguments], cwd=PROJECT, stdout=log, stderr=log, check=False)
    took: dict[str, float] = json.loads((folder / "meter").read_text(encoding="utf-8"))
    return took


def _crawl_bare(urls: Path, meter: str) -> None:
    process = CrawlerProcess({"EXTENSIONS": {METER: 0}, "METER_AFTER": _WARM, "METER_FILE": meter})
    process.crawl(Bare, urls=urls.read_text(encoding="utf-8").split())
    process.start()


def news_please(pages: Sequence[Any], python: str) -> float:
    """Return the CPU seconds in which news-please reads the pages."""
    lines = "".join(json.dumps([base64.b64encode(page.html).decode(), page.url]) + "\n" for page in pages)
    command = [python, "-c", _READ_BY_NEWS_PLEASE]
    read = subprocess.run(command, input=lines, capture_output=True, text=True, check=True)
    return float(read.stdout.split()[-1])


def compare(pages: Sequence[Any], rounds: int, peers: str | None) -> dict[str, Any]:
    """Return milliseconds and CPU milliseconds a page (medians over the rounds), and how they compare."""
    took: dict[str, list[dict[str, float]]] = {"bare": [], "ours": []}
    with elsewhere(lambda: _Recorded(pages)) as address, tempfile.TemporaryDirectory() as name:
        urls = Path(name) / "urls"
        urls.write_text("".join(f"http://{address}/p/{number}\n" for number in range(len(pages))), encoding="utf-8")
        for _ in range(rounds):
            for way, results in took.items():
                with tempfile.TemporaryDirectory() as folder:
                    found = bare(urls, Path(folder)) if way == "bare" else ours(urls, address, Path(folder))
                    results.append(found)
    found: dict[str, Any] = {"pages": len(pages)}
    for way, results in took.items():
        found[way] = {
            f"{what} ms/page": round(1000 * statistics.median(each[what] / each["responses"] for each in results), 2)
            for what in ("seconds", "cpu")
        }
    for what in ("seconds", "cpu"):
        pairs = zip(took["bare"], took["ours"], strict=True)
        found[f"pace of bare, by {what}"] = round(statistics.median(b[what] / o[what] for b, o in pairs), 3)
    if peers:
        cpu = 1000 * news_please(pages, peers) / len(pages)
        found["news-please"] = {
            "cpu ms/page": round(cpu, 2),
            "times ours": round(cpu / found["ours"]["cpu ms/page"], 1),
        }
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", default="fundus,aeb", help="the corpora whose pages are taken")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--bare", nargs=2, metavar=("URLS", "FILE"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.bare:
        _crawl_bare(Path(options.bare[0]), options.bare[1])
        return
    if not labelled.AVAILABLE:
        sys.exit(f"{labelled.MEASURE} is missing: the recorded pages are not part of the project")
    pages = labelled.load("corpora").load(options.corpus.split(","))
    json.dump(compare(pages, options.rounds, os.environ.get("PEERS_PYTHON")), sys.stdout, indent=1)
    print()


if __name__ == "__main__":
    main()
