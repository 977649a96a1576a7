"""Headlines in the forms that publishers print them."""

from __future__ import annotations

import pytest

from scrapers.entry import Entry
from scrapers.page import ArticlePage

SITE = "<meta property=og:site_name content='Harbour Times'>"
URL = "https://www.harbourtimes.example/city/old-lighthouse-reopens-after-storm"


@pytest.mark.parametrize(
    ("html", "title"),
    [
        ("<meta property=og:title content='Harbour opens'><h1>Harbour opens</h1>", "Harbour opens"),
        ("<h1>Harbour <i>opens</i></h1>", "Harbour opens"),
        ("<title>Old lighthouse reopens after storm | City | Harbour Times</title>" + SITE, None),
        ("<title>Old lighthouse reopens after storm - Harbour Times</title>" + SITE, None),
        ("<title>Harbour Times: Old lighthouse reopens after storm</title>" + SITE, None),
        ("<title>HARBOUR TIMES: Old lighthouse reopens after storm</title>", None),
        ("<title>Old lighthouse reopens after storm_harbourtimes.example_City</title>", None),
        (
            "<meta property=og:title content='Old lighthouse reopens after storm | Harbour Times'>" + SITE
            + "<h1>Harbour Times</h1><h1>Old lighthouse reopens after storm</h1>",
            None,
        ),
        ("<title>Old lighthouse reopens after storm</title><h1>Our Blog</h1>", None),
        (
            "<title>Old lighthouse reopens after storm | Harbour Times</title><h1>Subscribe to our newsletter</h1>"
            "<h1>Old lighthouse reopens after storm</h1><h1>More from the city</h1>",
            None,
        ),
        (
            '<script type="application/ld+json">{"@type":"NewsArticle","headline":"Old lighthouse reopens after storm"}'
            "</script><title>Lighthouse: the tower shines again</title><h1>Old lighthouse reopens after storm</h1>",
            None,
        ),
        (
            "<meta property=og:title content='Keeper&#39;s joy: Old &amp; new lamps'>"
            "<h1>Keeper's joy Old &amp; new lamps</h1>",
            "Keeper's joy: Old & new lamps",
        ),
        ("<h1><span>Storm</span> <span>Old lighthouse reopens</span></h1>"
         "<meta property=og:title content='Storm: Old lighthouse reopens'>", "Storm: Old lighthouse reopens"),
        ("<h1><span class=article__kicker>Harbours</span> <span>Old lighthouse reopens after storm</span></h1>", None),
        ("<title>Old lighthouse reopens after storm :: Harbour Times</title>" + SITE, None),
        ("<title>Old lighthouse reopens after storm < Harbour Times</title>" + SITE, None),
        ("<title>Old lighthouse reopens after storm (Harbour Times)</title>" + SITE, None),
        ("<h1>Old lighthouse reopens after storm <span class=badge>Premium</span></h1>", None),
        ("<meta property=og:title content='Old lighthouse reopens after storm | Commentary'>", None),
        ("<meta name=twitter:title content='Old lighthouse reopens after storm'>"
         "<title>Old lighthouse reopens after storm | Quay and Pier</title>", None),
        ("<title>Lamps and nets of the coast - Quays</title><meta property=og:title content='Lamps and nets "
         "of the coast'><meta property=og:site_name content='Lamps and nets of the coast - Quays'>",
         "Lamps and nets of the coast"),
        ("<h1>Old light&shy;house reopens after storm</h1>", None),
        ("<meta property=og:title content='Old lighthouse reopens after storm...'>"
         "<h1>Old lighthouse reopens after storm</h1>", None),
        ("<h1>Old lighthouse reopens after storm <small>First visitors wait</small></h1>", None),
        ("<title>Lamps of the coast - Harbours by the sea</title><h1><a href=/>Harbours by the sea</a></h1>",
         "Lamps of the coast"),
        ("<title>Harbours by the sea - Lamps of the coast</title>"
         "<div id=branding><h1>Harbours by the sea</h1></div><h2>Lamps of the coast</h2>", "Lamps of the coast"),
        ("<meta property=og:title content='Old lighthouse reopens after storm | City'>"
         "<h1>Old lighthouse reopens after storm | City</h1>", None),
        ("<meta property=og:title content=\"Old lighthouse reopens after storm and \"light parade\"\">"
         "<h1>Old lighthouse reopens after storm and \"light parade\"</h1>",
         'Old lighthouse reopens after storm and "light parade"'),
        ("<title>老灯塔风暴后重新开放_海港新闻网_城市</title><h1>老灯塔风暴后重新开放</h1>", "老灯塔风暴后重新开放"),
        ("<title>Маяк снова светит — Портовые вести</title><h1>Маяк снова светит</h1>", "Маяк снова светит"),
        ("<title>Le phare rouvre « enfin » | Le Quai</title><meta property=og:site_name content='Le Quai'>",
         "Le phare rouvre « enfin »"),
        ("<title>Harbour-Seals: the count begins | Harbour</title><meta property=og:site_name content=Harbour>",
         "Harbour-Seals: the count begins"),
        ("<div class=logo><h1>The coast</h1></div><h1>Old lighthouse reopens after storm</h1>"
         "<meta property=og:title content='You will not believe which tower shines again'>", None),
        ('<script type="application/ld+json">{"@type":"NewsArticle","headline":"Old lighthouse reopens after storm"}'
         "</script><title>Old lighthouse reopens after storm</title><h1>Old lighthouse reopens after storm</h1>"
         "<meta property=og:title content='The tower shines again'>", None),
        ("<title>Lamp of the year: Old lighthouse - Coast and sea</title><meta property=og:title "
         "content='Lamp of the year: Old lighthouse'><h1>Log in</h1>", "Lamp of the year: Old lighthouse"),
    ],
)  # fmt: skip
def test_title(html: str, title: str | None) -> None:
    assert ArticlePage.from_html(html, URL).title == (title or "Old lighthouse reopens after storm")


@pytest.mark.parametrize(
    ("host", "name"),
    [("drinkquays.example", "Quays"), ("media.quays.example", "Quays Media & Co"), ("quays.co.example", "The Quays")],
)
def test_a_name_that_only_the_host_tells_is_none_of_the_headline(host: str, name: str) -> None:
    page = f"<meta property=og:title content='Old lighthouse reopens | {name}'>"
    assert ArticlePage.from_html(page, f"https://{host}/old-lighthouse-reopens").title == "Old lighthouse reopens"


def test_feed_confirms_a_headline() -> None:
    html = "<title>Lamp of the year: readers choose</title><h1>Old lighthouse reopens</h1><h1>Lamp of the year</h1>"
    entry = Entry(url="https://harbour.example/1", source="feed", title="Old lighthouse reopens")
    assert ArticlePage.from_html(html, "https://harbour.example/1", entry=entry).title == "Old lighthouse reopens"


def test_source_of_a_title() -> None:
    page = ArticlePage.from_html("<meta property=og:title content='Harbour opens'><h1>Harbour opens</h1>")
    assert [(found.value, found.source) for found in page.candidates("title")] == [("Harbour opens", "meta:og:title")]


def test_no_headline() -> None:
    assert ArticlePage.from_html("<p>Rain.</p>").title is None


@pytest.mark.parametrize("place", ["<title>{}</title>", "<h1>{}</h1>", "<meta property=og:title content='{}'>"])
def test_an_enormous_headline_is_cut_and_gives_way_to_any_other(place: str) -> None:
    enormous = place.format("Old lighthouse " * 70_000)
    title = ArticlePage.from_html(enormous).title
    assert title
    assert title.startswith("Old lighthouse Old lighthouse ")
    assert 900 < len(title) <= 1000
    assert ArticlePage.from_html(f"{enormous}<h1>Harbour opens</h1>").title == "Harbour opens"


def test_headings_nested_deeper_than_any_stack_are_read() -> None:
    nested = "<h1>Lamp shines<div>" * 3_000
    assert ArticlePage.from_html(f"<title>Lamp shines</title>{nested}", URL).title == "Lamp shines"
