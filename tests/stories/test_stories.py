"""Copies of a story are found, however they were edited, and each keeps its place from run to run."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.stories import labelled, quality
from pipelines.article import Article, article_id, content_hash
from pipelines.store.collection import Collection, open_collection
from pipelines.store.errors import Damaged
from pipelines.stories.index import StoryIndex
from pipelines.stories.shingles import shingles
from pipelines.stories.story import Copy, Story, primary
from tests.export.conftest import kept

TEXT = " ".join(f"word{number}" for number in range(200))


def indexed(data: Path, *collections: Collection) -> list[Story]:
    with StoryIndex(data / "stories.db") as index:
        index.update(collections)
        return index.stories()


def test_quality_on_labelled_copies(tmp_path: Path) -> None:
    texts = list(labelled(60))
    with open_collection(kept(tmp_path / "papers", (text.article for text in texts))) as papers:
        found = quality(texts, {story.article: story.story_id for story in indexed(tmp_path, papers)})
    assert found.precision > 0.98
    for kind in ("reprint", "1 % edited", "3 % edited", "retitled", "first half"):
        assert found.recall[kind] > 0.98, kind


def test_growing_the_index_gives_what_making_it_anew_gives(tmp_path: Path) -> None:
    articles = [text.article for text in labelled(12)]
    for number in (1, 2, 3):
        kept(tmp_path / "grown" / f"paper-{number}", articles[number::3])
    grown = [open_collection(tmp_path / "grown" / f"paper-{number}") for number in (1, 2, 3)]
    for count in (1, 2, 3):
        stories = indexed(tmp_path, *grown[:count])
    (tmp_path / "stories.db").unlink()
    assert indexed(tmp_path, *reversed(grown)) == stories
    for collection in grown:
        collection.close()


def test_only_what_is_new_is_read(tmp_path: Path) -> None:
    old = Article(id="a", url="https://example.org/a", title="A", body=TEXT, content_hash="1")
    copy = Article(id="b", url="https://example.org/b", title="A", body=TEXT, content_hash="1")
    other = Article(id="a", url="https://example.org/a", body=TEXT[::-1], content_hash="2", revision=2)
    folder = kept(tmp_path / "paper", [old, copy])
    with open_collection(folder) as paper, StoryIndex(tmp_path / "stories.db") as index:
        assert index.update([paper]) == 2
        assert {story.article for story in index.stories()} == {"a", "b"}
        assert index.update([paper]) == 0
        kept(folder, [other])
        assert index.update([paper]) == 1
        assert index.stories() == []
        assert index.update([]) == 0
        assert index.stories() == []


def test_a_story_names_its_first_copy(tmp_path: Path) -> None:
    days = {"later": "2024-05-02", "first": "2024-05-01", "undated": None}
    articles = [
        Article(id=id_, url=f"https://{id_}.example/", body=TEXT, date=day, content_hash=content_hash(None, id_))
        for id_, day in days.items()
    ]
    with open_collection(kept(tmp_path / "paper", articles)) as paper:
        stories = indexed(tmp_path, paper)
    assert [(story.article, story.story_id, story.is_primary) for story in stories] == [
        ("first", "first", True),
        ("later", "first", False),
        ("undated", "first", False),
    ]
    assert {(story.similarity, story.copies) for story in stories} == {(1.0, 3)}


@pytest.mark.parametrize(
    ("copies", "expected"),
    [
        ([("a", "2024-05-02", None, ""), ("b", "2024-05-01", None, "")], "b"),
        (
            [
                ("a", "2024-05-01", "2024-05-01T09:00:00+00:00", ""),
                ("b", "2024-05-01", "2024-05-01T10:30:00+02:00", ""),
            ],
            "b",
        ),
        ([("a", "2024-05-01", "2024-05-01T09:00:00+00:00", ""), ("b", "2024-05-01", None, "www.lusa.example")], "b"),
        ([("a", None, None, ""), ("b", None, None, "lusa.example")], "b"),
        ([("a", None, None, "lusanews.example"), ("b", None, None, "")], "a"),
        ([("b", None, None, ""), ("a", None, None, "")], "a"),
    ],
    ids=["day", "instant", "agency on that day", "agency", "agency's name begins it", "id"],
)
def test_the_primary_copy(copies: list[tuple[str, str | None, str | None, str]], expected: str) -> None:
    found = [Copy(id_, site, date, instant, None, "Lusa") for id_, date, instant, site in copies]
    assert primary(found).id == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("One, two; THREE four", []),
        (" ".join("abcdefghijklmnopqrstuvwxy"), ["a b c", "b c d"]),
        ("港口桥梁" * 6, ["港 口 桥 梁 港", "口 桥 梁 港 口"]),
        (None, []),
    ],
)
def test_shingles(body: str | None, expected: list[str]) -> None:
    assert shingles(None, body)[:2] == expected


def test_one_article_in_two_collections_is_no_story(tmp_path: Path) -> None:
    article = Article(id=article_id("x"), url="https://example.org/x", body=TEXT, content_hash="1")
    one, two = (open_collection(kept(tmp_path / name, [article])) for name in ("one", "two"))
    with one, two:
        assert indexed(tmp_path, one, two) == []


@pytest.mark.parametrize(("day", "members"), [(3, {"a", "b"}), (1, set())])
def test_of_an_article_in_two_collections_the_text_counts_that_was_fetched_last(
    tmp_path: Path, day: int, members: set[str]
) -> None:
    def of(name: str, body: str, day: int) -> Article:
        at = f"2024-05-{day:02}T08:00:00+00:00"
        return Article(id=name, url=f"https://example.org/{name}", body=body, content_hash=body[-20:], fetched_at=at)

    first = open_collection(kept(tmp_path / "one", [of("a", TEXT[::-1], 2), of("b", TEXT, 2)]))
    with first, open_collection(kept(tmp_path / "two", [of("a", TEXT, day)])) as second:
        assert {story.article for story in indexed(tmp_path, first, second)} == members


def test_a_damaged_segment_is_named_and_skipped_on_demand(tmp_path: Path) -> None:
    folder = kept(tmp_path / "paper", [text.article for text in labelled(3)])
    segment = max((folder / "articles").iterdir())
    segment.write_bytes(segment.read_bytes()[:50])
    with open_collection(folder) as paper, StoryIndex(tmp_path / "stories.db") as index:
        with pytest.raises(Damaged, match=segment.name):
            index.update([paper])
        index.update([paper], skip_damaged=True)
        assert index.stories()
