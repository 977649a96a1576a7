"""The pace of `scrapy crawlall` with several jobs, beside that with one.

    python -m benchmarks.many_sites [--sites 4] [--pages 400] [--jobs 2] [--rounds 1]

The sites are invented and served from a process of its own; each lists its articles in a sitemap. The ratio is of wall
times, so it says nothing on a machine that does other work.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks.linked_pages import LinkedPages, elsewhere, page
from pipelines.store.collection import open_collection

PROJECT = Path(__file__).parents[1]
_MODULE = """
from scrapers.sources import NewsSitemap
from scrapers.spider import NewsSpider


class Site(NewsSpider):
    name = "{name}"
    allowed_domains = ["127.0.0.1"]
    sources = [NewsSitemap("http://{address}/{name}.xml")]
"""


class _Sites(LinkedPages):
    """Serves `/<site>.xml` and `/<site>/<number>`."""

    def answer(self, path: str) -> tuple[int, bytes, bytes]:
        site, _, number = path[1:].partition("/")
        if site.endswith(".xml"):
            base = f"http://{self.address}/{site.removesuffix('.xml')}"
            rows = "".join(f"<url><loc>{base}/{number}</loc></url>" for number in range(self.count))
            return 200, b"Content-Type: application/xml\r\n", f"<urlset>{rows}</urlset>".encode()
        if not number.isdecimal():
            return 404, b"", b""
        return 200, b"Content-Type: text/html; charset=utf-8\r\n", page(int(number), 0, self.words)


def crawl(address: str, sites: list[str], jobs: int) -> tuple[float, int]:
    """Crawl the sites into a new folder; return seconds and articles kept."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "invented").mkdir()
        for site in sites:
            module = folder / "invented" / f"{site}.py"
            module.write_text(_MODULE.format(name=site, address=address), encoding="utf-8")
        settings = {
            "SPIDER_MODULES": "invented",
            "NEWSPIDER_MODULE": "invented",
            "ALLOWED_PRIVATE_HOSTS": address,
            "CONCURRENT_REQUESTS_PER_DOMAIN": 8,
            "DATA_DIR": folder / "data",
            "DOWNLOAD_DELAY": 0,
        }
        options = [part for key, value in settings.items() for part in ("-s", f"{key}={value}")]
        command = [sys.executable, "-m", "scrapy", "crawlall", "--jobs", str(jobs), *options]
        started = time.monotonic()
        subprocess.run(
            command, cwd=PROJECT, env={**os.environ, "PYTHONPATH": name}, stdout=subprocess.DEVNULL, check=False
        )
        seconds = time.monotonic() - started
        kept = 0
        for site in sites:
            with open_collection(folder / "data" / site) as collection:
                kept += len(collection)
    return seconds, kept


def compare(sites: int, pages: int, jobs: int, rounds: int) -> dict[str, Any]:
    """Return articles a second with one job and with several, and the ratio (medians over the rounds)."""
    names = [f"site_{number}" for number in range(sites)]
    rates: dict[int, list[float]] = {1: [], jobs: []}
    with elsewhere(lambda: _Sites(pages, words=600, plain=True)) as address:
        for _ in range(rounds):
            for number, found in rates.items():
                seconds, kept = crawl(address, names, number)
                found.append(kept / seconds)
    return {
        **{f"{number} at a time, articles/s": round(statistics.median(found), 1) for number, found in rates.items()},
        "ratio": round(statistics.median(b / a for a, b in zip(rates[1], rates[jobs], strict=True)), 2),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sites", type=int, default=4)
    parser.add_argument("--pages", type=int, default=400, help="articles of each")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=1)
    options = parser.parse_args()
    json.dump(compare(options.sites, options.pages, options.jobs, options.rounds), sys.stdout, indent=1)
    print()


if __name__ == "__main__":
    main()
