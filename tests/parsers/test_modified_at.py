"""The instant of the last change, apart from the publication."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from scrapers.page import ArticlePage


def ld(properties: str) -> str:
    return f'<script type="application/ld+json">{{"@type": "NewsArticle", {properties}}}</script>'


@pytest.mark.parametrize(
    ("html", "instant", "source"),
    [
        (ld('"dateModified": "2024-03-06T10:00:00+01:00"'), "2024-03-06T10:00:00+01:00", "json-ld"),
        ("<meta property=og:updated_time content=1709719200>", "2024-03-06T10:00:00+00:00", "meta:og:updated_time"),
        (ld('"dateModified": "2024-03-06"'), None, None),
        (ld('"dateModified": "2024-03-06T10:00:00"'), None, None),
        (ld('"dateModified": "2099-03-06T10:00:00Z"'), None, None),
        (ld('"datePublished": "2024-03-06T10:00:00Z", "dateModified": "2024-03-06T09:00:00Z"'), None, None),
        (
            ld('"datePublished": "2024-03-06T10:00:00Z", "dateModified": "2024-03-06T09:00:00Z"')
            + '<meta property=article:modified_time content="2024-03-06 11:00 UTC">',
            "2024-03-06T11:00:00+00:00",
            "meta:article:modified_time",
        ),
        (
            "<h1>Storm</h1><p>Published March 5, 2024</p><p>Updated March 6, 2024 10:00 AM EST</p>",
            "2024-03-06T10:00:00-05:00",
            "text:Updated",
        ),
        ("<p>x", None, None),
    ],
)
def test_modified_at(html: str, instant: str | None, source: str | None) -> None:
    candidate = ArticlePage.from_html(html, fetched_at=datetime(2024, 8, 1, tzinfo=UTC)).read("modified_at")
    assert (candidate.value if candidate else None, candidate.source if candidate else None) == (instant, source)


class Page(ArticlePage):
    timezone = "Asia/Tokyo"


def test_place_named_by_a_site() -> None:
    page = type("Named", (Page,), {"modified_at": type(vars(ArticlePage)["modified_at"])("p.changed")})
    page.modified_at.__set_name__(page, "modified_at")
    html = "<p>x</p><p class=changed>更新 2024年3月6日 10時30分</p>"
    assert page.from_html(html).modified_at == "2024-03-06T10:30:00+09:00"
