"""Addresses of articles, and of what lists them or serves them."""

from __future__ import annotations

from datetime import date

import pytest

from scrapers.addresses import day_of, is_web_page, looks_like_article

ARTICLES = """
/2025/05/03/ferry-line-doubles-its-trips
/region/ferry-line-doubles-its-trips-4711.html
/news/123456
/news/content_98765.htm
/node/2025-05/03/c_112233.htm
/article.php?id=4711
/?p=4711
/a/2025/05/03/ferry
/politik/%E5%8C%97%E6%B8%AF%E5%B8%82%E8%AD%B0%E4%BC%9A%E3%81%AE%E6%B1%BA%E5%AE%9A
/de/hafen/der-neue-leuchtturm-von-norderhaven/
/story/old_railway_station_becomes_library
""".split()

OTHERS = """
/
/index.html
/region
/sport/sailing/
/2025/05/03/
/2025/05/
/tag/the-old-lighthouse-of-norderhaven
/author/ada-brook-of-the-harbour-post
/region/page/12345
/region?page=2
/search?q=the+old+lighthouse
/login?next=/news/123456
/uploads/2025/05/the-old-lighthouse-of-norderhaven.jpg
/feed.xml
""".split()


@pytest.mark.parametrize("path", ARTICLES)
def test_looks_like_article(path: str) -> None:
    assert looks_like_article(f"https://harbour.example{path}")


@pytest.mark.parametrize("path", OTHERS)
def test_looks_like_no_article(path: str) -> None:
    assert not looks_like_article(f"https://harbour.example{path}")


@pytest.mark.parametrize(
    ("path", "day"),
    [
        ("/2025/05/03/ferry", date(2025, 5, 3)),
        ("/news/20250503/ferry", date(2025, 5, 3)),
        ("/sitemap-2025-05.xml", date(2025, 5, 1)),
        ("/node/2025-05/03/c_112233.htm", date(2025, 5, 3)),
        ("/2025/02/31/ferry", None),
        ("/news/1234567890", None),
        ("/ferry", None),
    ],
)
def test_day_of(path: str, day: date | None) -> None:
    assert day_of(f"https://harbour.example{path}") == day


@pytest.mark.parametrize(
    ("url", "is_page"),
    [
        ("https://harbour.example/ferry.html", True),
        ("https://harbour.example/ferry.PDF", False),
        ("mailto:desk@harbour.example", False),
        ("javascript:void(0)", False),
        ("https://harbour.example/v1.5", True),
    ],
)
def test_is_web_page(url: str, is_page: bool) -> None:
    assert is_web_page(url) is is_page
