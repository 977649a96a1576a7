"""`scrapy savepage` stores a page with the record that a test will hold it to."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.commands.conftest import Scrapy
from tests.serving import Server, article

SITES = """
from scrapers.page import ArticlePage, Field
from scrapers.spider import NewsSpider

class Page(ArticlePage):
    section = Field("i.rubric")

class HarbourPost(NewsSpider):
    name = "harbour_post"
    page = Page
"""


@pytest.fixture
def sites(tmp_path: Path) -> Path:
    """A folder with an invented package of sites."""
    (tmp_path / "invented").mkdir()
    (tmp_path / "invented" / "__init__.py").write_text("", encoding="utf-8")
    (tmp_path / "invented" / "harbour_post.py").write_text(SITES, encoding="utf-8")
    return tmp_path


def test_page_and_record_are_stored(scrapy_process: Scrapy, server: Server, sites: Path) -> None:
    page = article("Lighthouse to be rebuilt", foot="<i class=rubric>Harbour</i>")
    address = server.serve("/2024/lighthouse-to-be-rebuilt.html", page)
    command = ("savepage", "harbour_post", address, "--pages", sites / "pages", "-s", "SPIDER_MODULES=invented")
    allow = ("-s", f"ALLOWED_PRIVATE_HOSTS={server.netloc}", "-s", "DOWNLOAD_DELAY=0")
    saved = scrapy_process(*command, *allow, path=sites)
    assert saved.returncode == 0, saved.stderr
    folder = sites / "pages" / "harbour_post" / "lighthouse-to-be-rebuilt"
    assert (folder / "page.html").read_text(encoding="utf-8") == page
    record = json.loads((folder / "article.json").read_text(encoding="utf-8"))
    assert record["url"] == address
    assert record["charset"] == "utf-8"
    assert record["title"] == "Lighthouse to be rebuilt"
    assert record["section"] == "Harbour"
    assert "agency" not in record

    again = scrapy_process(*command, *allow, path=sites)
    assert again.returncode == 1
    assert f"{folder} is there already" in again.stderr


def test_a_page_that_is_no_article_is_not_stored(scrapy_process: Scrapy, sites: Path) -> None:
    file = sites / "listing.html"
    file.write_text("<html><body><a href=/a>A</a></body></html>", encoding="utf-8")
    arguments = ("--url", "https://post.example/news", "--pages", sites / "pages", "-s", "SPIDER_MODULES=invented")
    shown = scrapy_process("savepage", "harbour_post", file, *arguments, path=sites)
    assert shown.returncode == 1
    assert "https://post.example/news is no article: " in shown.stderr
    assert not (sites / "pages").exists()


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["no_such_site", "https://post.example/story"], 1, "unknown site 'no_such_site'; known are: "),
        (["news", "story.html"], 2, "--url URL"),
        (["news", "https://post.example/story", "--slug", "../story"], 2, "--slug ../story"),
        (["news"], 2, "savepage takes SITE and URL or FILE"),
    ],
)
def test_what_cannot_be_done_is_named(scrapy: Scrapy, arguments: list[str], code: int, message: str) -> None:
    shown = scrapy("savepage", *arguments)
    assert shown.returncode == code
    assert message in shown.stderr
