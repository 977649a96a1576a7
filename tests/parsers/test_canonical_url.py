"""The page's own address: declared, and checked."""

from __future__ import annotations

import pytest

from scrapers.page import ArticlePage

URL = "https://www.example.org/news/storm-hits-the-harbour-48213"


def read(html: str, url: str = URL) -> tuple[str | None, str | None]:
    """Return the canonical address of a page and the evidence for it."""
    candidate = ArticlePage.from_html(html, url).read("canonical_url")
    return (candidate.value, candidate.source) if candidate else (None, None)


def link(address: str) -> str:
    return f'<link rel="canonical" href="{address}"><p>x'


@pytest.mark.parametrize(
    ("declared", "url", "canonical"),
    [
        (URL, URL, URL),
        ("/news/storm-hits-the-harbour-48213", URL, URL),
        (URL + "?utm_source=rss&fbclid=x", URL, URL),
        (URL + "#comments", URL, URL),
        (
            "http://example.org/news/storm-hits-the-harbour-48213",
            URL,
            "http://example.org/news/storm-hits-the-harbour-48213",
        ),
        (URL, "https://m.example.org/a/48213", URL),
        (URL, "https://amp.example.org/news/storm-hits-the-harbour-48213", URL),
        (URL, URL + "/amp", URL),
        (URL, URL + "/print/", URL),
        (URL, URL + "/2", URL),
        (URL, "https://www.example.org/?p=48213", URL),
        (
            "https://www.example.org/read.php?id=7",
            "https://www.example.org/read.php?id=7&ref=x",
            "https://www.example.org/read.php?id=7",
        ),
        (
            "https://example.org/nachrichten/münchen",
            "https://example.org/nachrichten/münchen",
            "https://example.org/nachrichten/m%C3%BCnchen",
        ),
        (URL, "", URL),
        ("https://www.example.org/", "https://www.example.org/", "https://www.example.org/"),
        # not this page
        ("https://www.example.org/", URL, None),
        ("/", URL, None),
        ("https://www.example.org/news", URL, None),
        ("https://www.example.org/news/budget-talks-fail-again-48100", URL, None),
        ("https://other.example.com/news/storm-hits-the-harbour-48213", URL, None),
        ("https://example.co.uk/a", "https://other.co.uk/a", None),
        ("http://[", URL, None),
        ("javascript:void(0)", URL, None),
        ("mailto:news@example.org", URL, None),
        ("", URL, None),
    ],
)
def test_link(declared: str, url: str, canonical: str | None) -> None:
    assert read(link(declared), url)[0] == canonical


def test_order_of_sources() -> None:
    social = f'<meta property="og:url" content="{URL}">'
    script = (
        f'<script type="application/ld+json">{{"@type": "Article", "mainEntityOfPage": {{"@id": "{URL}"}}}}</script>'
    )
    assert read(link(URL) + social + script) == (URL, "link:canonical")
    assert read(link("/") + social + script) == (URL, "meta:og:url")
    assert read(script) == (URL, "json-ld")
    assert read("<p>x") == (None, None)
