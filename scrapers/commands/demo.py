"""`scrapy demo`: the whole path on a news site that is built in."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import msgspec
from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from pipelines.article import Article
from pipelines.plain import number_of
from pipelines.store.collection import Collection, open_collection
from scrapers.newsroom.newsroom import EVENING, Newsroom
from scrapers.newsroom.server import Server, serve
from scrapers.newsroom.story import HOST
from scrapers.terminal import piped

COLLECTION = "newsroom"
COMPLETE = (0, 3)  # 3: complete, with rejected pages; the newsroom has some


class Command(ScrapyCommand):
    """Serves the newsroom on loopback, crawls it as any site is crawled, and shows what was kept."""

    requires_project = True

    def short_desc(self) -> str:
        return "Crawl the built-in news site and show what was kept"

    def long_desc(self) -> str:
        return f"{self.short_desc()}. Run again, it finds the site a day later, with one article updated."

    @piped
    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        if args:
            raise UsageError(f"demo takes no arguments, got {' '.join(args)}", print_help=False)
        assert self.settings is not None
        data = Path(self.settings["DATA_DIR"])
        now = EVENING + timedelta(days=1) if (data / COLLECTION).exists() else EVENING
        with serve(Newsroom(lambda: now)) as server:
            code = crawl(server, data, opts.set)
        if code in COMPLETE:
            with open_collection(data / COLLECTION) as collection:
                _show(collection)
        self.exitcode = 0 if code in COMPLETE else code


def crawl(server: Server, data: Path, given: Sequence[str] = ()) -> int:
    """Crawl the newsroom into the collection `newsroom` below `data`, and return the crawl's exit code.

    `given` are further settings, each `NAME=VALUE`.
    """
    settings = {
        "DATA_DIR": data,
        "ALLOWED_PRIVATE_HOSTS": server.address,
        "DOWNLOAD_DELAY": 0,  # the newsroom is ours
    }
    command = [sys.executable, "-m", "scrapy", "crawl", "news", "-a", f"site=http://{HOST}"]
    command += ["-a", f"collection={COLLECTION}"]
    chosen = [*(f"{name}={value}" for name, value in settings.items()), *given]
    command += [part for setting in chosen for part in ("-s", setting)]
    # the newsroom has no name of its own in the DNS: it answers as the proxy to every host
    environment = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}
    return subprocess.call(command, env={**environment, "http_proxy": f"http://{server.address}"})


def _show(collection: Collection) -> None:
    articles = sorted(collection.articles(), key=lambda article: article.date or "", reverse=True)
    print(f"\n{number_of(len(articles), 'article')} in {collection.folder}\n")
    for article in articles:
        _show_article(article)
    print("Rejected\n")
    for rejection in collection.rejected():
        print(f"  {rejection.reason:<12} {rejection.url}\n{'':15}{rejection.detail or ''}")
    if articles:
        fullest = max(articles, key=lambda article: len(article.evidence))
        print(f"\nOne record in full, as {collection.folder / 'articles'} holds it\n")
        print(msgspec.json.format(msgspec.json.encode(fullest)).decode())


def _show_article(article: Article) -> None:
    size = f"{len(article.body or ''):,} characters"
    revision = f"revision {article.revision}" if article.revision > 1 else None
    details = [", ".join(article.authors), article.agency, article.section, article.language, size, revision]
    print(f"  {article.date or '-':<12} {article.title}")
    print(f"{'':15}{' · '.join(filter(None, details))}")
    print(f"{'':15}{article.url}\n")
