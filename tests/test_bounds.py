"""A crawl within days, and a sample of a site."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from scrapers.bounds import Bounds
from scrapers.entry import Entry
from scrapers.sources import Feed, Sitemap, Source
from tests.serving import Crawl, Reply, Server, article

BOUNDS = Bounds(date(2024, 1, 1), date(2024, 3, 31))
SITE = "https://harbour.example"


@pytest.mark.parametrize(
    ("listed", "excluded"),
    [
        (Sitemap(f"{SITE}/sitemap-2023-12.xml"), False),  # its last day may be the next one elsewhere
        (Sitemap(f"{SITE}/sitemap-2023-11.xml"), True),
        (Sitemap(f"{SITE}/sitemap-2024-02.xml.gz"), False),
        (Sitemap(f"{SITE}/sitemap-2024-05.xml"), True),
        (Sitemap(f"{SITE}/sitemap-2022.xml"), True),
        (Sitemap(f"{SITE}/sitemap-2024.xml"), False),
        (Sitemap(f"{SITE}/posts-7.xml", modified="2023-06-30T10:00:00Z"), True),
        (Sitemap(f"{SITE}/posts-8.xml", modified="2024-06-30T10:00:00Z"), False),
        (Feed(f"{SITE}/feed"), False),
        (Entry(url=f"{SITE}/2023/05/03/storm", source="sitemap"), True),
        (Entry(url=f"{SITE}/2024/02/03/storm", source="sitemap"), False),
        (Entry(url=f"{SITE}/2024/02/storm", source="sitemap", modified="2023-02-03"), True),
        (Entry(url=f"{SITE}/storm", source="feed", published="Mon, 05 Feb 2024 10:00:00 GMT"), False),
        (Entry(url=f"{SITE}/storm", source="feed", published="2024-04-02T10:00:00Z"), True),
        (Entry(url=f"{SITE}/storm", source="section"), False),
    ],
)
def test_what_is_left_out_before_it_is_fetched(listed: Entry | Source, excluded: bool) -> None:
    assert BOUNDS.excludes(listed) is excluded
    assert not Bounds().excludes(listed)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"since": "2024"}, "-a since=2024: give a day, such as 2024-01-31"),
        ({"until": "31.3.2024"}, "-a until=31.3.2024: give a day"),
        ({"since": "2024-02-01", "until": "2024-01-01"}, "is after"),
        ({"sample": "0"}, "-a sample=0: give a number of articles"),
        ({"sample": "few"}, "-a sample=few"),
    ],
)
def test_bounds_that_are_none(options: dict[str, str], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Bounds.of(*(options.get(name) for name in ("since", "until", "sample")))


def _site(server: Server) -> None:
    """Four stories in a feed, the oldest first; the last has another day than its feed says."""
    items = ""
    for number, (said, printed) in enumerate(
        [("2024-01-10", "2024-01-10"), ("2024-02-10", "2024-02-10"), ("2024-06-10", "2024-06-10"),
         ("2024-03-10", "2023-03-10")]
    ):  # fmt: skip
        path = f"/story-{number}-of-the-old-harbour"
        head = f'<meta property="article:published_time" content="{printed}T10:00:00+00:00">'
        server.serve(path, article(f"Story {number} of the harbour", head=head))
        items += f"<item><link>{server.url}{path}</link><pubDate>{said}T10:00:00Z</pubDate></item>"
    rss = {"Content-Type": "application/rss+xml"}
    server.serve("/feed", Reply(f'<rss version="2.0"><channel>{items}</channel></rss>', 200, rss))
    server.serve("/", "<html><head><link rel=alternate type=application/rss+xml href=/feed></head></html>")


def test_a_crawl_within_days(server: Server, crawl: Callable[..., Crawl]) -> None:
    _site(server)
    outcome = crawl("news", site=server.url, since="2024-01-01", until="2024-03-31")
    assert sorted(found["date"] for found in outcome.articles) == ["2024-01-10", "2024-02-10"]
    assert outcome.reasons == {f"{server.url}/story-3-of-the-old-harbour": "out-of-range"}
    assert "/story-2-of-the-old-harbour" not in server.requests
    assert outcome.stats["skipped/out-of-range"] == 1


def test_a_sample_is_of_the_newest(server: Server, crawl: Callable[..., Crawl]) -> None:
    _site(server)
    outcome = crawl("news", site=server.url, sample="1", since="2024-01-01", until="2024-03-01")
    assert [path for path in server.requests if "story" in path] == ["/story-1-of-the-old-harbour"]
    assert len(outcome.articles) == 1
