"""Addresses without end: the budget holds, and no article is lost to it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from scrapers.entry import Entry
from scrapers.sources import Sitemap
from scrapers.traps import Traps
from tests.serving import Crawl, Server, article

SITE = "https://harbour.example"


@pytest.mark.parametrize(
    ("kind", "address"),
    [
        ("dates", "/calendar/20{0:02}/05/03/events-of-the-day-in-town"),
        ("query-variants", "/2025/05/03/storm-over-the-old-harbour?view={0}"),
        ("query-variants", "/article?id=7&sort={0}"),
        ("repeating-path", "/news/region/news/region/news/region/storm-{0}"),
        ("repeating-path", "/a/a/a/{0}"),
    ],
)
def test_a_trap(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, kind: str, address: str) -> None:
    monkeypatch.setitem(Traps.budgets, "dates", 20)
    traps = Traps()
    verdicts = [traps.refuse(_listed(address.format(number))) for number in range(50)]
    assert verdicts == [None] * Traps.budgets[kind] + [kind] * (50 - Traps.budgets[kind])
    again = [traps.refuse(_listed(address.format(number))) for number in range(50)]
    assert again == verdicts, "an address that was asked for may be named again"
    assert len(caplog.records) == 1
    assert "harbour.example" in caplog.text


@pytest.mark.parametrize(
    "address",
    [
        "/2025/05/03/storm-{0}-of-the-year-{1}",
        "/news/20250503/{0:07}.html",
        "/zh/2025-05/03/content_{0:07}.htm",
        "/article.php?id={0}",
        "/read-the-whole-story-here.php?ref={0}",
        "/news/page/{0}",
        "/a/a/b/{0}",
    ],
)
def test_what_is_no_trap(address: str) -> None:
    traps = Traps()
    words = "abcdefghijklmnopqrstuvwxyz"
    paths = [address.format(number, words[number % 26] + words[number // 26]) for number in range(600)]
    assert [path for path in paths if traps.refuse(_listed(path))] == []


def test_the_sitemaps_of_a_host_are_bounded(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    monkeypatch.setitem(Traps.budgets, "sitemaps", 3)
    traps = Traps()
    sitemaps = [Sitemap(f"{SITE}/sitemap-2025-05-{day:02}.xml") for day in range(1, 6)]
    assert [traps.refuse(each) for each in sitemaps] == [None, None, None, "sitemaps", "sitemaps"]
    assert traps.refuse(Sitemap("https://news.harbour.example/sitemap.xml")) is None
    assert [record.getMessage() for record in caplog.records] == [
        "harbour.example/*: no more than 3 of these addresses are asked for (sitemaps)"
    ]


def _listed(path: str) -> Entry:
    return Entry(url=SITE + path, source="section")


def test_every_article_is_found_beside_a_trap(server: Server, crawl: Callable[..., Crawl]) -> None:
    """A section of three pages whose links carry a session id, new each time, and other variants without end."""
    articles = [f"/2025/05/{day:02}/the-{name}-of-the-harbour" for day, name in enumerate(("lamp", "quay", "bell"), 1)]
    server.serve("/", "<a href='/region/'>Region</a>")
    for number, path in enumerate(articles, 1):
        links = f"<a href='{path}?PHPSESSID=a{number}'>x</a><a href='{path};jsessionid=B{number}'>x</a>"
        links += "".join(f"<a href='{path}?view={view}'>x</a>" for view in range(100))
        links += "<a href='/x/x/x/the-lamp-of-the-harbour'>x</a>"
        links += f"<a rel=next href='/region/{number + 1}'>n</a>"
        server.serve(f"/region/{number if number > 1 else ''}", links)
        server.serve(f"{path}?PHPSESSID=a{number}", article(f"The story of day {number} in the harbour"))
        server.serve(path, article(f"The story of day {number} in the harbour"))
    outcome = crawl("news", site=server.url)
    assert {found["url"].partition("?")[0] for found in outcome.articles} == {server.url + path for path in articles}
    asked = [path for path in server.requests if path.startswith(("/2025", "/x"))]
    assert len(asked) == 3 * (1 + 20)
    assert outcome.stats["skipped/trap-query-variants"] == 3 * 80
    assert outcome.stats["skipped/trap-repeating-path"] == 3
