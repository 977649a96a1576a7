"""The reference article gives every field of its record, with the site's page class and without it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from scrapers.page import ArticlePage
from scrapers.spiders.french_china_org_cn import Page

SEED = Path(__file__).parents[2] / "shared" / "seed"
WITH_COMMENT, TEXT_ONLY = "with-cms-comment.html", "visible-text-only.html"
FIELDS = ["title", "byline", "authors", "date", "keywords", "agency", "language", "body"]

pytestmark = pytest.mark.skipif(not SEED.is_dir(), reason="the reference article is not here")


@pytest.mark.parametrize("page_class", [Page, ArticlePage], ids=["site", "generic"])
@pytest.mark.parametrize("file", [WITH_COMMENT, TEXT_ONLY])
@pytest.mark.parametrize("field", FIELDS)
def test_field(page_class: type[ArticlePage], file: str, field: str) -> None:
    assert getattr(read(page_class, file), field) == expected()[field]


def test_every_field_is_compared() -> None:
    assert set(expected()) == {*FIELDS, "url", "site"}


def test_the_comment_knows_the_time_of_day() -> None:
    page = read(Page, WITH_COMMENT)
    assert page.published_at == "2019-10-24T09:51:40+08:00"
    assert page.to_item().evidence["published_at"].startswith("cms-comment")


def test_no_time_of_day_is_invented() -> None:
    assert read(Page, TEXT_ONLY).published_at is None
    assert read(ArticlePage, TEXT_ONLY).published_at is None


def read(page_class: type[ArticlePage], file: str) -> ArticlePage:
    return page_class.from_html((SEED / file).read_bytes(), expected()["url"])


def expected() -> dict[str, Any]:
    record: dict[str, Any] = json.loads((SEED / "expected.json").read_text("utf-8"))
    return record
