"""One article once, and a revision when it changes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from scrapy.statscollectors import StatsCollector
from scrapy.utils.test import get_crawler

from pipelines.article import Article, Rejection
from pipelines.deduplicate import Deduplicate
from pipelines.dropped import Duplicate, Unchanged
from pipelines.store.writer import CollectionWriter
from tests.pipelines.filled import SITE, article
from tests.pipelines.stages import counted


@pytest.fixture
def deduplicate(tmp_path: Path) -> Iterator[Deduplicate]:
    with CollectionWriter(tmp_path) as writer:
        yield Deduplicate(writer, StatsCollector(get_crawler()))


def keep(deduplicate: Deduplicate, number: int, item: Article) -> None:
    """Let an article pass, and commit it as found on a page."""
    passed = deduplicate.process_item(item)
    assert isinstance(passed, Article)
    outcome = deduplicate.collection.outcome(number)
    outcome.keep(item.url.removeprefix("https://"), passed)
    deduplicate.collection.finish(number)
    deduplicate.collection.commit()


def test_a_new_article_passes(deduplicate: Deduplicate) -> None:
    item = article(1)
    assert deduplicate.process_item(item) is item


def test_a_rejection_passes(deduplicate: Deduplicate) -> None:
    item = Rejection(url=f"{SITE}/1", reason="listing")
    assert deduplicate.process_item(item) is item


@pytest.mark.parametrize("is_committed", [True, False])
def test_the_same_page_unchanged(deduplicate: Deduplicate, is_committed: bool) -> None:
    if is_committed:
        keep(deduplicate, 1, article(1))
    else:
        deduplicate.process_item(article(1))
    with pytest.raises(Unchanged):
        deduplicate.process_item(article(1))
    assert counted(deduplicate) == {"deduplicate/unchanged": 1}


@pytest.mark.parametrize("is_committed", [True, False])
def test_another_page_that_declares_the_same_address(deduplicate: Deduplicate, is_committed: bool) -> None:
    if is_committed:
        keep(deduplicate, 1, article(1))
    else:
        deduplicate.process_item(article(1))
    amp = article(1, "Ships came, said the short version.", url=f"{SITE}/amp/1", canonical_url=f"{SITE}/1/")
    with pytest.raises(Duplicate, match=r"^it is the article of https://harbour\.example/1 "):
        deduplicate.process_item(amp)
    assert counted(deduplicate) == {"deduplicate/address": 1}


def test_the_same_text_at_another_address(deduplicate: Deduplicate) -> None:
    first, second = article(1), article(2)
    second.title, second.content_hash = first.title, first.content_hash
    keep(deduplicate, 1, first)
    with pytest.raises(Duplicate, match=r"^it has title and text of https://harbour\.example/1"):
        deduplicate.process_item(second)
    assert counted(deduplicate) == {"deduplicate/content": 1}


def test_a_changed_article_is_a_revision(deduplicate: Deduplicate) -> None:
    keep(deduplicate, 1, article(1))
    for number, change in enumerate(["More ships came.", "All ships left."], 2):
        item = article(1, change, keywords=["port"], fetched_at=f"2024-03-0{number}T00:00:00+00:00")
        keep(deduplicate, number, item)
        assert item.revision == number
        assert item.changed == (["keywords", "body"] if number == 2 else ["body"])
    assert counted(deduplicate) == {"deduplicate/revised": 2}


def test_an_article_keeps_its_id_when_its_site_moves_to_https(deduplicate: Deduplicate) -> None:
    first = article(1)
    keep(deduplicate, 1, first)
    moved = article(1, "More ships came.", id="f" * 16, url="http://www.harbour.example/1/")
    passed = deduplicate.process_item(moved)
    assert isinstance(passed, Article)
    assert (passed.id, passed.revision) == (first.id, 2)
