"""Crawls of the newsroom at times that a test chooses: its clock and that of the crawl are turned alike."""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from benchmarks.forker import Forker
from pipelines.article import Article
from pipelines.store.collection import open_collection
from pipelines.store.verify import verify
from scrapers.newsroom.newsroom import Newsroom
from scrapers.newsroom.server import Scenario, serve
from scrapers.newsroom.story import HOST, load_stories
from tests.crash import faults

STORIES = {story.path for story in load_stories()} | {path for story in load_stories() for path in story.parts}
"""The addresses of its articles and of their further pages."""

BRIDGE = "/2025/10/22/sable-strait-bridge-reopens/"
"""A story that is updated now and then."""

HOUR = timedelta(hours=1)

_COLLECTION = "newsroom"


@dataclass
class Visit:
    """One crawl: its exit code and counts, the collection after it, and what the newsroom answered, in order."""

    code: int
    counts: dict[str, int]
    articles: dict[str, Article]
    answers: list[tuple[int, str]]
    log: str

    def answered(self, path: str) -> list[int]:
        """Return the statuses that the address was answered with."""
        return [status for status, asked in self.answers if asked == path]


def visit(
    forker: Forker,
    data: Path,
    now: datetime,
    scenarios: Sequence[Scenario] = (),
    *,
    crawl_clock: datetime | None = None,
    arguments: Sequence[str] = (),
    **crash: Any,
) -> Visit:
    """Crawl the newsroom as it stands at a time; `crawl_clock` is where the crawl's own clock stands if elsewhere.

    `crash` says where the process ends, as for `tests.crash.faults.crash`.
    """
    with serve(Newsroom(lambda: now), scenarios) as server:
        settings = {"DATA_DIR": data, "ALLOWED_PRIVATE_HOSTS": server.address, "DOWNLOAD_DELAY": 0}
        options = [part for name, value in settings.items() for part in ("-s", f"{name}={value}")]
        command = ["crawl", "news", "-a", f"site=http://{HOST}", "-a", f"collection={_COLLECTION}", *options]
        (data / "log").unlink(missing_ok=True)
        code = forker.run(
            [*command, *arguments], data / "log", prepare="tests.visiting:turn", proxy=f"http://{server.address}",
            now=(crawl_clock or now).timestamp(), **crash,
        )  # fmt: skip
        answers = [(answer.status, answer.path) for answer in server.log]
    log = (data / "log").read_text("utf-8")
    if not (data / _COLLECTION).exists():
        return Visit(code, {}, {}, answers, log)
    assert [str(fault) for fault in verify(data / _COLLECTION)] == []
    with open_collection(data / _COLLECTION) as collection:
        articles = {article.url: article for article in collection.articles()}
        return Visit(code, Counter(collection.runs()[-1].counts), articles, answers, log)


def turn(proxy: str, now: float, **crash: Any) -> None:
    """Turn the clock of this process, let it ask the newsroom for every host, and end where it shall crash."""
    began, real = time.time(), time.time
    time.time = lambda: now + real() - began
    for name in [name for name in os.environ if name.lower().endswith("_proxy")]:
        del os.environ[name]
    os.environ["http_proxy"] = proxy
    if crash:
        faults.crash(**crash)


def paths(articles: dict[str, Any]) -> set[str]:
    """Return the addresses of articles without their site."""
    return {url.removeprefix(f"http://{HOST}") for url in articles}
