"""The publisher's own summary."""

from __future__ import annotations

import pytest

from scrapers.entry import Entry
from scrapers.page import ArticlePage

LD = '<script type="application/ld+json">{"@type":"NewsArticle","description":"%s"}</script>'


@pytest.mark.parametrize(
    ("html", "description", "source"),
    [
        ("<meta property=og:description content='The lamp is back.'><meta name=description content='All news.'>",
         "The lamp is back.", "meta:og:description"),
        (LD % "<p>The lamp&nbsp;is <b>back</b>.</p>", "The lamp is back .", "json-ld"),
        ("<meta name=description content='Kept &amp;amp; lit.'>", "Kept & lit.", "meta:description"),
        ("<title>Lamp</title><meta property=og:description content='Lamp'>"
         "<meta name=description content='It is back.'>",
         "It is back.", "meta:description"),
        ("<meta property=og:site_name content='Harbour Times'><meta name=description content='Harbour Times'>",
         None, None),
    ],
)  # fmt: skip
def test_description(html: str, description: str | None, source: str | None) -> None:
    found = ArticlePage.from_html(html).read("description")
    assert (found and found.value, found and found.source) == (description, source)


def test_a_feed_gives_the_summary() -> None:
    entry = Entry(url="https://harbour.example/1", source="feed", description="<p>The lamp is back.</p>")
    assert ArticlePage.from_html("<h1>Lamp</h1>", entry=entry).description == "The lamp is back."
