"""A crawl accounts for what the server sent, for each source, and for the places that the site's own code names."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from scrapy.exceptions import NotConfigured
from scrapy.utils.test import get_crawler

from pipelines.store.collection import open_collection
from pipelines.store.report import Report
from scrapers.account import Account
from tests.serving import Reply, Server, article

PROJECT = Path(__file__).parents[1]
SITE = """
from scrapers.page import ArticlePage, Field
from scrapers.sources import Feed, Section
from scrapers.spider import NewsSpider

class Page(ArticlePage):
    title = Field("h1")
    byline = Field("div.nowhere")

class Site(NewsSpider):
    name = "pier"
    allowed_domains = ["127.0.0.1"]
    sources = [Feed("{url}/feed"), Feed("{url}/asked"), Feed("{url}/page"), Feed("{url}/gone"), Section("{url}/empty"),
        Feed("{url}/valid")]
    page = Page
"""
CHALLENGE = "<html><head><title>Just a moment...</title></head><body><h1>Checking your browser</h1></body></html>"
RSS = "<rss version='2.0'><channel>{}</channel></rss>"


PAGES = {f"/2026/03/04/story-{n}": article(f"Story {n}").replace("lighthouse", f"pier {n}") for n in range(3)}


def crawl(server: Server, folder: Path) -> Report:
    """Crawl the site, and return the report of the crawl."""
    (folder / "piers").mkdir()
    (folder / "piers" / "__init__.py").write_text("", encoding="utf-8")
    (folder / "piers" / "pier.py").write_text(SITE.format(url=server.url), encoding="utf-8")
    settings = {
        "DATA_DIR": folder, "ALLOWED_PRIVATE_HOSTS": server.netloc, "DOWNLOAD_DELAY": 0, "SPIDER_MODULES": "piers",
    }  # fmt: skip
    chosen = [part for name, value in settings.items() for part in ("-s", f"{name}={value}")]
    ended = subprocess.run(
        [sys.executable, "-m", "scrapy", "crawl", "pier", *chosen],
        cwd=PROJECT, env={"PATH": "", "PYTHONPATH": str(folder)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ended.returncode == 3, ended.stderr
    with open_collection(folder / "pier") as collection:
        (report,) = collection.reports()
    return report


def test_what_the_server_sent_is_accounted_for(server: Server, tmp_path: Path) -> None:
    for path, page in PAGES.items():
        server.serve(path, page)
    refused = server.serve("/2026/03/04/asked", Reply(CHALLENGE, 202))
    links = [*(server.url + path for path in PAGES), refused]
    older = "<link xmlns='http://www.w3.org/2005/Atom' rel='next' href='/feed?page=2'/>"
    server.serve("/feed", RSS.format(older + "".join(f"<item><link>{link}</link></item>" for link in links)))
    server.serve("/valid", RSS.format(""))
    server.serve("/asked", CHALLENGE)
    server.serve("/page", article("Our feeds have moved"))
    server.serve("/empty", "<html><body><p>Nothing today.</p></body></html>")
    report = crawl(server, tmp_path)
    assert {asked.url.removeprefix(server.url): (asked.status, asked.listed) for asked in report.sources} == {
        "/feed": ("http-200", 5),
        "/asked": ("challenge", 0),
        "/page": ("not-xml", 0),
        "/gone": ("http-404", None),
        "/empty": ("http-200", 0),
        "/valid": ("http-200", 0),
    }
    assert report.missed == {"byline": 3}
    assert report.rejected == {"challenge": 1}
    assert (report.coverage["title"], report.coverage["byline"], report.coverage["keywords"]) == (1, 1, 0)
    assert report.statuses == {"200": 8, "202": 1, "404": 3}  # robots.txt and the older page of the feed too
    assert report.requests == len(server.requests) == 12
    assert report.bytes == sum(len(_body(server, path)) for path in server.requests)


def _body(server: Server, path: str) -> bytes:
    replies = server.replies.get(path)
    body = replies[0].body if replies else "<h1>Not found</h1>"
    return body.encode() if isinstance(body, str) else body


def test_without_a_collection_nothing_is_counted() -> None:
    with pytest.raises(NotConfigured):
        Account.from_crawler(get_crawler(settings_dict={"COLLECTION": None}))
