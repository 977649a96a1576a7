"""The whole path: a crawl of the newsroom keeps what its folders say, and rejects the rest for the reasons they say."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import msgspec
import pytest

from pipelines.article import Article, Rejection
from pipelines.store.collection import open_collection
from scrapers.commands.demo import COLLECTION, COMPLETE, crawl
from scrapers.newsroom.newsroom import EVENING, Newsroom
from scrapers.newsroom.server import Visit, serve
from scrapers.newsroom.story import Story, load_stories
from scrapers.page import ArticlePage

STORIES = {story.slug: story for story in load_stories()}
COPIES = {slug: story for slug, story in STORIES.items() if story.copy_of}
ARTICLES = [slug for slug, story in STORIES.items() if not story.rejection and slug not in COPIES]
REJECTED = [slug for slug, story in STORIES.items() if story.rejection]


@dataclass
class Crawl:
    """One visit: its exit code, the collection after it, and what the newsroom was asked."""

    code: int
    articles: dict[str, Article]
    rejected: dict[str, Rejection]
    counts: dict[str, int]
    log: list[Visit]


@pytest.fixture(scope="module")
def visits(tmp_path_factory: pytest.TempPathFactory) -> list[Crawl]:
    """Crawl the newsroom, and again a day later."""
    data = tmp_path_factory.mktemp("data")
    return [visit(data, EVENING), visit(data, EVENING + timedelta(days=1))]


@pytest.fixture
def crawled(visits: list[Crawl]) -> Crawl:
    return visits[0]


def visit(data: Path, now: datetime) -> Crawl:
    with serve(Newsroom(lambda: now)) as server:
        code = crawl(server, data)
        log = list(server.log)
    with open_collection(data / COLLECTION) as collection:
        articles = {article.url: article for article in collection.articles()}
        rejected = {rejection.url: rejection for rejection in collection.rejected()}
        return Crawl(code, articles, rejected, collection.counts(), log)


@pytest.mark.parametrize("field", ArticlePage.fields())
@pytest.mark.parametrize("slug", ARTICLES)
def test_field(crawled: Crawl, slug: str, field: str) -> None:
    kept = of_one_text(crawled, STORIES[slug])
    expected = next(story for story in texts(STORIES[slug]) if story.url == kept.url).at(EVENING)
    assert expected
    assert plain(getattr(kept, field)) == expected.record.get(field)


@pytest.mark.parametrize("slug", REJECTED)
def test_rejection(crawled: Crawl, slug: str) -> None:
    story = STORIES[slug]
    assert story.url not in crawled.articles
    assert crawled.rejected[story.url].reason == story.rejection


def test_one_of_two_copies_is_kept(crawled: Crawl) -> None:
    for copy in COPIES.values():
        kept = of_one_text(crawled, copy)
        (other,) = (story for story in texts(copy) if story.url != kept.url)
        assert crawled.rejected[other.url].reason == "duplicate"


def test_nothing_else_is_kept_or_rejected(crawled: Crawl) -> None:
    assert crawled.code in COMPLETE
    assert len(crawled.articles) == len(ARTICLES)
    assert len(crawled.rejected) == len(REJECTED) + len(COPIES)


def test_the_counts_add_up(crawled: Crawl) -> None:
    counts = crawled.counts
    ends = ("kept", "unchanged", "duplicate", "rejected", "failed")
    assert counts["fetched"] == sum(counts.get(end, 0) for end in ends)
    assert counts["kept"] == len(crawled.articles)
    assert sum(counts.get(end, 0) for end in ends[2:]) == len(crawled.rejected)


def test_what_robots_txt_forbids_is_never_fetched(crawled: Crawl) -> None:
    assert crawled.log
    assert not [visit.path for visit in crawled.log if visit.path.startswith("/private/")]


def test_no_article_is_fetched_twice(crawled: Crawl) -> None:
    paths = [visit.path for visit in crawled.log]
    assert [path for story in STORIES.values() for path in [story.path] if paths.count(path) > 1] == []


def test_one_request_at_a_time(crawled: Crawl) -> None:
    visits = sorted(crawled.log, key=lambda visit: visit.started)
    assert all(earlier.ended <= later.started for earlier, later in pairwise(visits))


def test_a_day_later_only_what_changed_is_kept(visits: list[Crawl]) -> None:
    first, second = visits
    assert second.code == 0
    assert second.articles.keys() == first.articles.keys()
    changed = {url for url, article in second.articles.items() if article != first.articles[url]}
    assert changed == {STORIES["kelp"].url}


@pytest.mark.parametrize("field", ArticlePage.fields())
def test_a_revision(visits: list[Crawl], field: str) -> None:
    story = STORIES["kelp"]
    article = visits[1].articles[story.url]
    assert plain(getattr(article, field)) == story.versions[1].record.get(field)
    assert article.revision == 2
    assert set(article.changed) == {"title", "body", "modified_at"}


def test_demo(tmp_path: Path) -> None:
    demo = subprocess.run(
        [sys.executable, "-m", "scrapy", "demo", "-s", f"DATA_DIR={tmp_path}", "-s", "RAW_PAGES=False"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert demo.returncode == 0, demo.stderr
    assert f"{len(ARTICLES)} articles in {tmp_path / COLLECTION}" in demo.stdout
    assert not (tmp_path / COLLECTION / "pages").exists()
    for slug in ARTICLES:
        assert STORIES[slug].versions[0].record["title"] in demo.stdout


def of_one_text(crawled: Crawl, story: Story) -> Article:
    """Return the kept article that has the text of this story, at whichever of its addresses."""
    (article,) = [crawled.articles[one.url] for one in texts(story) if one.url in crawled.articles]
    return article


def texts(story: Story) -> Iterator[Story]:
    """Yield the story that has a text first, and its copies."""
    first = STORIES[story.copy_of or story.slug]
    yield first
    yield from (copy for copy in COPIES.values() if copy.copy_of == first.slug)


def plain(value: Any) -> Any:
    """Return a field as `article.json` has it: JSON values, the empty ones left out."""
    if isinstance(value, list):
        return [
            {k: v for k, v in item.items() if v is not None} if isinstance(item, dict) else item
            for item in msgspec.to_builtins(value)
        ] or None
    return value
