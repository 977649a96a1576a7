"""Stored pages give their stored records, field by field.

A page is a folder `<site>/<slug>/` with `page.html` and `article.json`: the record's fields, those that the page does
not have left out, beside `charset` (of the HTTP header) and `entry` (what a source said of it) where they matter. The
page class of the spider that bears the site's name reads it.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import pytest
from scrapy.settings import Settings
from scrapy.spiderloader import SpiderLoader

from pipelines.article import Article
from scrapers.entry import Entry
from scrapers.page import ArticlePage

PAGES = Path(__file__).parent / "pages"
FOLDERS = [path.parent.relative_to(PAGES).as_posix() for path in sorted(PAGES.glob("*/*/article.json"))]
SITES = SpiderLoader(Settings({"SPIDER_MODULES": ["scrapers.spiders"]}))


@pytest.mark.parametrize("field", ArticlePage.fields())
@pytest.mark.parametrize("page", FOLDERS)
def test_field(page: str, field: str) -> None:
    assert read(page).get(field) == stored(page).get(field)


@pytest.mark.parametrize("page", FOLDERS)
def test_stored_record_has_no_misspelt_field(page: str) -> None:
    assert stored(page).keys() <= {"url", "charset", "entry", *ArticlePage.fields()}


@cache
def stored(page: str) -> dict[str, Any]:
    record: dict[str, Any] = json.loads((PAGES / page / "article.json").read_text("utf-8"))
    return record


@cache
def read(page: str) -> dict[str, Any]:
    """Return the fields of a page as plain JSON values, the empty ones left out."""
    record = stored(page)
    entry = Entry(url=record["url"], **record["entry"]) if "entry" in record else None
    page_class: type[ArticlePage] = SITES.load(page.partition("/")[0]).page  # type: ignore[attr-defined]
    html = (PAGES / page / "page.html").read_bytes()
    article = page_class.from_html(html, record["url"], charset=record.get("charset"), entry=entry).to_item()
    return plain(article)


def plain(article: Article) -> dict[str, Any]:
    return without_empty(msgspec.to_builtins(article))


def without_empty(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: without_empty(item) for key, item in value.items() if item not in (None, [])}
    return [without_empty(item) for item in value] if isinstance(value, list) else value
