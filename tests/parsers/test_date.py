"""The day of publication, from every place where pages give it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from scrapers.entry import Entry
from scrapers.page import ArticlePage

URL = "https://news.example.org/storm"
FETCHED = datetime(2024, 6, 1, 12, tzinfo=UTC)
HEADLINE = "<title>Storm hits the harbour</title><h1>Storm hits the harbour</h1>"


def read(html: str, url: str = URL, entry: Entry | None = None) -> tuple[str | None, str | None]:
    """Return the day of a page and the evidence for it."""
    candidate = ArticlePage.from_html(html, url, fetched_at=FETCHED, entry=entry).read("date")
    return (candidate.value, candidate.source) if candidate else (None, None)


def ld(properties: str) -> str:
    return f'<script type="application/ld+json">{{"@type": "NewsArticle", {properties}}}</script>'


@pytest.mark.parametrize(
    ("html", "day", "source"),
    [
        (ld('"datePublished": "2024-03-05T10:00:00Z"'), "2024-03-05", "json-ld"),
        (ld('"datePublished": ["", "2024-03-05"]'), "2024-03-05", "json-ld"),
        (ld('"datePublished": {"@type": "Date", "@value": "2024-03-05"}'), "2024-03-05", "json-ld"),
        (ld('"datePublished": 1709632800'), "2024-03-05", "json-ld"),
        (ld('"datePublished": "2024-03-05", "dateModified": "2024-04-01"'), "2024-03-05", "json-ld"),
        ("<meta property=article:published_time content=2024-03-05>", "2024-03-05", "meta:article:published_time"),
        ("<meta name=DC.date.issued content=2024-03-05>", "2024-03-05", "meta:dc.date.issued"),
        ("<meta name=outlet:launchdate content=2024-03-05>", "2024-03-05", "meta:outlet:launchdate"),
        (HEADLINE + "<time datetime=2024-03-05>Tuesday</time>", "2024-03-05", "time"),
        (HEADLINE + "<p>Par : Ann Abel</p><p>Mis à jour le 05-03-2024</p>", "2024-03-05", "text:Mis à jour le"),
        (HEADLINE + "<p>Published: March 5, 2024</p>", "2024-03-05", "text:Published"),
        (HEADLINE + "<p>来源：青石日报　发布时间：2024年3月5日</p>", "2024-03-05", "text:发布时间"),
        (HEADLINE + "<p>5 March 2024</p><p>Text.</p>", "2024-03-05", "text"),
        (HEADLINE + "<p>令和6年3月5日</p><p>Text.</p>", "2024-03-05", "text"),
        ("<!--enpproperty <date>2024-03-05 09:51:40.0</date>/enpproperty--><p>x", "2024-03-05", "cms-comment"),
        (
            '<script>window.data = {"publishedAt":"2024-03-05T10:00:00Z"}</script><p>x',
            "2024-03-05",
            "script:publishedAt",
        ),
        (
            '<app-view data="{&quot;datePublished&quot;:&quot;2024-03-05T10:00:00Z&quot;}"></app-view><p>x',
            "2024-03-05",
            "script:datePublished",
        ),
        (
            '<!-- <rdf:RDF><rdf:Description dc:date="2024-03-05T22:00:00+09:00"/></rdf:RDF> --><p>2024/3/4 - 2024/3/5',
            "2024-03-05",
            "text",
        ),
        (HEADLINE + "<time class='entry-date updated' datetime=2024-03-05>x</time>", "2024-03-05", "time"),
        (
            HEADLINE
            + 12 * "<p>Text.</p>"
            + "<p>Last updated: 9 July 2024</p><h6>9 July 2024</h6><h6>5 March 2024</h6>",
            "2024-03-05",
            "text",
        ),
        (
            HEADLINE + "<p>" + "Long text. " * 90 + "</p><div>Posted on 5 March 2024</div>",
            "2024-03-05",
            "text:Posted on",
        ),
        (HEADLINE + "<p>5.3.2024 - " + "A long report of the storm. " * 20, "2024-03-05", "text"),
    ],
)
def test_sources(html: str, day: str, source: str) -> None:
    assert read(html) == (day, source)


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://news.example.org/2024/03/05/storm", "2024-03-05"),
        ("https://news.example.org/2024/3/05/storm", "2024-03-05"),
        ("https://news.example.org/20240305/storm.html", "2024-03-05"),
        ("https://news.example.org/txt/2024-03/05/content_1.htm", "2024-03-05"),
        ("https://news.example.org/storm-2024-03-05.html", "2024-03-05"),
        ("https://news.example.org/storm-20249905", None),
        ("https://news.example.org/2024/03/storm", None),
        ("https://news.example.org/a/120240305", None),
    ],
)
def test_address(url: str, day: str | None) -> None:
    assert read("<p>x", url)[0] == day


@pytest.mark.parametrize(
    "wrong", ["2099-01-01", "2024-06-03T00:00:00Z", "1970-01-01", "0001-01-01", "9999-12-31", "soon"]
)
def test_impossible_date_gives_way_to_the_next(wrong: str) -> None:
    html = ld(f'"datePublished": "{wrong}"') + "<meta name=pubdate content=2024-03-05>"
    assert read(html) == ("2024-03-05", "meta:pubdate")
    assert read(ld(f'"datePublished": "{wrong}"')) == (None, None)


def test_agreeing_sources_beat_a_better_one() -> None:
    html = ld('"datePublished": "2024-04-01"') + HEADLINE + "<p>Published 5 March 2024</p>"
    assert read(html, "https://news.example.org/2024/03/05/storm")[0] == "2024-03-05"


def test_change_in_disguise_gives_way_to_the_publication() -> None:
    html = ld('"datePublished": "2024-05-01T08:00:00Z", "dateModified": "2024-05-01T08:00:00Z"') + (
        "<meta property=article:published_time content=2024-03-05T10:00:00Z>"
    )
    assert read(html)[0] == "2024-03-05"


def test_article_that_never_changed_is_of_the_publishers_day() -> None:
    html = ld('"datePublished": "2024-03-06T00:23:33Z", "dateModified": "2024-03-06T00:23:33Z"') + (
        "<meta name=dc.date.created content='2024-03-06 00:23'>"
    )
    assert read(html, "https://news.example.ca/storm")[0] == "2024-03-05"


def test_updated_line_is_no_publication_where_there_is_one() -> None:
    html = HEADLINE + "<p>Updated 7 March 2024</p><p>Published 5 March 2024</p>"
    assert read(html) == ("2024-03-05", "text:Published")


def test_dates_of_other_articles_count_less() -> None:
    html = HEADLINE + "<div class=related-list><p>1 May 2024</p></div><p>5 March 2024</p>"
    assert read(html)[0] == "2024-03-05"


def test_one_instant_in_two_offsets_is_of_the_publishers_day() -> None:
    html = ld('"datePublished": "2024-03-06T02:00:00Z"') + "<meta property=article:published_time "
    assert read(html + "content=2024-03-05T21:00:00-05:00>")[0] == "2024-03-05"
    assert read(html + "content=2024-03-06T02:00:00Z>" + "<time datetime=2024-03-05T21:00:00-05:00>x</time>")[0] == (
        "2024-03-05"
    )


def test_day_is_the_publishers_where_the_time_is_utc() -> None:
    html = ld('"datePublished": "2024-03-05T23:30:00Z"') + HEADLINE + "<p>Published 6 March 2024 08:30</p>"
    assert read(html, "https://news.example.org/2024/03/06/storm")[0] == "2024-03-06"


@pytest.mark.parametrize(
    ("html", "url", "day"),
    [
        ("<html lang=en-US>{}", URL, "2024-03-04"),
        ("<html lang=en-GB>{}", URL, "2024-04-03"),
        ("<html lang=en>{}", "https://news.example.co.uk/a", "2024-04-03"),
        ("<html lang=en>{}", URL, "2024-03-04"),
        ("<html lang=fr>{}", URL, "2024-04-03"),
    ],
)
def test_order_of_day_and_month_follows_the_site(html: str, url: str, day: str) -> None:
    assert read(html.format(HEADLINE + "<p>Date: 03/04/2024</p>"), url)[0] == day


@pytest.mark.parametrize(
    ("language", "text", "day"),
    [
        ("en", "2 hours ago", "2024-06-01"),
        ("en", "Published 3 days ago | By Ann Abel", "2024-05-29"),
        ("de", "vor 13 Stunden", "2024-05-31"),
        ("de", "Gestern, 14:05 Uhr", "2024-05-31"),
        ("fr", "il y a 2 jours", "2024-05-30"),
        ("zh", "3 小时前", "2024-06-01"),
        ("zh", "昨天 10:30", "2024-05-31"),
        ("ru", "2 дня назад", "2024-05-30"),
        ("xx", "2 hours ago", None),
        ("en", "The harbour was closed two storms ago", None),
    ],
)
def test_day_told_from_the_fetch(language: str, text: str, day: str | None) -> None:
    assert read(f"<html lang={language}>{HEADLINE}<p>{text}</p>")[0] == day


def test_absolute_date_goes_before_one_told_from_now() -> None:
    assert read(HEADLINE + "<p>2 hours ago</p><p>Published 5 March 2024</p>")[0] == "2024-03-05"


def test_date_in_a_sentence_counts_less_than_a_date_line() -> None:
    story = "<p>The harbour, which the last great storm closed on 12 May 2019 for weeks, is safe.</p>"
    assert read("<p>5 March 2024</p>" + HEADLINE + story)[0] == "2024-03-05"


@pytest.mark.parametrize(
    ("host", "written", "day"),
    [
        ("news.example.de", "2024-03-05T23:00:00Z", "2024-03-06"),
        ("news.example.jp", "2024-03-05T15:00:00Z", "2024-03-06"),
        ("news.example.it", "2024-03-05T23:30:00Z", "2024-03-06"),
        ("news.example.org", "2024-03-05T23:30:00Z", "2024-03-05"),
    ],
)
def test_day_of_a_time_in_utc_where_the_country_keeps_one_time(host: str, written: str, day: str) -> None:
    assert read(ld(f'"datePublished": "{written}"'), f"https://{host}/storm")[0] == day


def test_entry_of_a_source() -> None:
    entry = Entry(url=URL, source="feed", published="Tue, 05 Mar 2024 10:00:00 GMT")
    assert read("<p>x", entry=entry) == ("2024-03-05", "feed")


def test_page_without_a_date() -> None:
    assert read(HEADLINE + "<p>In 2019 the harbour had 12 ships, and 31 in May.</p>") == (None, None)
