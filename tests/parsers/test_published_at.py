"""The instant of publication: never more precise than the page."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from scrapers.page import ArticlePage

HEADLINE = "<title>Storm hits the harbour</title><h1>Storm hits the harbour</h1>"
CMS = "<!--enpproperty <date>2024-03-05 09:51:40.0</date>/enpproperty-->"


class Lisbon(ArticlePage):
    timezone = "Europe/Lisbon"


def read(html: str, page: type[ArticlePage] = ArticlePage) -> tuple[str | None, str | None]:
    """Return the instant of publication and the evidence for it."""
    candidate = page.from_html(html, fetched_at=datetime(2024, 8, 1, tzinfo=UTC)).read("published_at")
    return (candidate.value, candidate.source) if candidate else (None, None)


def ld(*properties: str) -> str:
    return f'<script type="application/ld+json">{{"@type": "NewsArticle", {", ".join(properties)}}}</script>'


def meta(content: str) -> str:
    return f'<meta property="article:published_time" content="{content}">'


@pytest.mark.parametrize(
    ("html", "instant", "source"),
    [
        (ld('"datePublished": "2024-03-05T10:00:00+05:30"'), "2024-03-05T10:00:00+05:30", "json-ld"),
        (ld('"datePublished": "2024-03-05T10:00:00.250Z"'), "2024-03-05T10:00:00.250000+00:00", "json-ld"),
        (meta("2024-03-05 10:00 EST"), "2024-03-05T10:00:00-05:00", "meta:article:published_time"),
        (CMS + "<p>x", "2024-03-05T09:51:40+08:00", "cms-comment"),
        (HEADLINE + "<p>March 5, 2024 10:32 AM PDT</p>", "2024-03-05T10:32:00-08:00", "text"),
        (HEADLINE + CMS + "<p>Mis à jour le 05-03-2024</p>", "2024-03-05T09:51:40+08:00", "cms-comment"),
        # a bare date is raised by an instant of the same day
        (ld('"datePublished": "2024-03-05"') + meta("2024-03-05T10:00:00+01:00"), "2024-03-05T10:00:00+01:00", None),
        # fractions are kept where another source leaves them out
        (
            ld('"datePublished": "2024-03-05T10:00:00.5Z"') + meta("2024-03-05T10:00:00Z"),
            "2024-03-05T10:00:00.500000+00:00",
            None,
        ),
        # local time with the mark of UTC, where another source gives the offset
        (
            ld('"datePublished": "2024-03-05T10:00:00Z"') + meta("2024-03-05T10:00:00-04:00"),
            "2024-03-05T10:00:00-04:00",
            None,
        ),
        # .. and no day of its own: 23:00 in New York is not the next day in Oslo
        (
            ld('"datePublished": "2024-03-05T23:00:00Z"')
            + HEADLINE
            + "<time datetime=2024-03-05T23:00-05:00>now</time>",
            "2024-03-05T23:00:00-05:00",
            None,
        ),
        # one instant in two offsets: the publisher's own
        (
            ld('"datePublished": "2024-03-05T14:00:00Z"') + meta("2024-03-05T10:00:00-04:00"),
            "2024-03-05T10:00:00-04:00",
            None,
        ),
        # the offset told by the same time printed without zone
        (
            ld('"datePublished": "2024-03-05T14:00:09Z"') + HEADLINE + "<time datetime=2024-03-05T10:00>today</time>",
            "2024-03-05T10:00:09-04:00",
            "json-ld",
        ),
    ],
)
def test_instants(html: str, instant: str, source: str | None) -> None:
    value, found = read(html)
    assert value == instant
    assert source in (None, found)


@pytest.mark.parametrize(
    "html",
    [
        ld('"datePublished": "2024-03-05"'),
        ld('"datePublished": "2024-03-05T10:00:00"'),
        ld('"datePublished": "2024-03-05T00:00:00"'),
        meta("2024-03-05T00:00:00Z"),
        # midnight where the page knows another time: what software writes when it knows only the day
        ld('"datePublished": "2024-03-05T00:00:00Z"') + HEADLINE + "<p>5 March 2024, 10:30</p>",
        ld('"datePublished": "2024-03-05T00:00:00+01:00"', '"dateModified": "2024-03-05T10:00:00+01:00"'),
        ld('"dateModified": "2024-03-05T10:00:00Z"'),
        HEADLINE + "<p>Mis à jour le 24-10-2019</p>",
        HEADLINE + "<p>5 March 2024, 10:30</p>",
        CMS.replace("09:51:40", "00:00:00") + "<p>x",
        # the instant is of another day than most sources tell
        ld('"datePublished": "2024-03-05"') + meta("2024-03-05") + "<meta name=date content=2024-05-09T10:00:00Z>",
    ],
)
def test_no_instant_without_time_and_zone(html: str) -> None:
    assert read(html) == (None, None)


def test_midnight_of_the_country_written_in_utc_is_no_instant() -> None:
    page = ArticlePage.from_html(ld('"datePublished": "2024-03-05T23:00:00Z"'), "https://news.example.de/storm")
    assert (page.date, page.published_at) == ("2024-03-06", None)


@pytest.mark.parametrize(
    ("html", "instant"),
    [
        # two sources in the publisher's zone
        (
            "<time class=published datetime=2024-03-05T00:00:00+08:00>5 March</time>"
            + meta("2024-03-05T00:00:00+08:00"),
            "2024-03-05T00:00:00+08:00",
        ),
        # JSON-LD, and no other time on the page
        (ld('"datePublished": "2024-03-05T00:00:00Z"') + meta("2024-03-05"), "2024-03-05T00:00:00+00:00"),
        (
            ld('"datePublished": "2024-03-05T00:00:00+08:00"', '"dateModified": "2024-03-06T00:00:00+08:00"'),
            "2024-03-05T00:00:00+08:00",
        ),
    ],
)
def test_midnight_that_is_believed(html: str, instant: str) -> None:
    assert read(html)[0] == instant


@pytest.mark.parametrize(
    ("html", "instant", "source"),
    [
        (meta("2024-03-05 10:00"), "2024-03-05T10:00:00+00:00", "meta:article:published_time+site-zone"),
        (meta("2024-07-05 10:00"), "2024-07-05T10:00:00+01:00", "meta:article:published_time+site-zone"),
        (meta("2024-07-05T10:00:00-04:00"), "2024-07-05T10:00:00-04:00", "meta:article:published_time"),
        (meta("2024-07-05"), None, None),
        (meta("2024-07-05T00:00:00"), None, None),
        (HEADLINE + "<p>5 de julho de 2024 às 14h30", "2024-07-05T14:30:00+01:00", "text+site-zone"),
    ],
)
def test_zone_of_the_site(html: str, instant: str | None, source: str | None) -> None:
    assert read(html, Lisbon) == (instant, source)


def test_unknown_zone_of_a_site_is_no_zone() -> None:
    page = type("Page", (ArticlePage,), {"timezone": "Mars/Olympus"})
    assert read(meta("2024-03-05 10:00"), page) == (None, None)
