"""What is written to a collection can be read from it."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
import zstandard

from pipelines import Damaged, Locked, NoCollection, open_collection
from pipelines.article import Article
from pipelines.records import decode, encode
from pipelines.store.writer import CollectionWriter
from tests.pipelines.filled import SITE, add, article, fill


def test_articles_rejections_and_counts(tmp_path: Path) -> None:
    with open_collection(fill(tmp_path / "harbour")) as collection:
        assert collection.name == "harbour"
        assert len(collection) == 18
        assert [each.title for each in collection.articles()][:2] == ["Harbour 0", "Harbour 1"]
        assert [each.reason for each in collection.rejected()] == ["listing", "listing"]
        assert collection.counts() == {
            "fetched": 20,
            "kept": 18,
            "rejected": 2,
            "rejected/listing": 2,
            "records": 18,
            "field/title": 18,
            "field/body": 18,
        }
        assert [(run.reason, run.complete) for run in collection.runs()] == [("finished", True)]


def test_a_run_leaves_its_report(tmp_path: Path) -> None:
    fill(tmp_path)
    (report,) = (tmp_path / "runs").iterdir()
    assert json.loads(report.read_text())["kept"] == 18


def test_no_collection(tmp_path: Path) -> None:
    with pytest.raises(NoCollection, match=r"is no collection"):
        open_collection(tmp_path)


@pytest.mark.parametrize("compression", ["zstd", "gzip"])
def test_an_article_is_read_back_from_a_closed_segment(tmp_path: Path, compression: str) -> None:
    writer = CollectionWriter(tmp_path, compression=compression)
    for number in range(3):
        add(writer, number, article(number))
    writer.end("finished")
    later = CollectionWriter(tmp_path)
    known = later.known("harbour.example/2")
    assert known
    assert later.record(known).title == "Harbour 2"
    later.close()


def test_only_the_latest_revision_unless_asked(tmp_path: Path) -> None:
    writer = CollectionWriter(tmp_path)
    add(writer, 1, article(1))
    writer.commit()
    add(writer, 2, article(1, "More ships came.", revision=2))
    writer.end("finished")
    with open_collection(tmp_path) as collection:
        assert [each.revision for each in collection.articles()] == [2]
        assert [each.revision for each in collection.articles(revisions=True)] == [1, 2]
        assert len(collection) == 1


@pytest.mark.parametrize(
    ("compression", "suffix", "decompress"),
    [("zstd", ".zst", zstandard.decompress), ("gzip", ".gz", gzip.decompress)],
)
def test_segments_are_compressed_when_they_are_full(
    tmp_path: Path, compression: str, suffix: str, decompress: object
) -> None:
    with CollectionWriter(tmp_path, compression=compression, segment_bytes=1000) as writer:
        for number in range(10):
            add(writer, number, article(number))
            writer.commit()
        assert [path.suffix for path in sorted((tmp_path / "articles").iterdir())].count(suffix) == 3
        with open_collection(tmp_path) as collection:
            assert len(list(collection.articles())) == 10
        writer.end("finished")
    files = sorted((tmp_path / "articles").iterdir())
    assert {path.suffix for path in files} == {suffix}
    lines = b"".join(decompress(path.read_bytes()) for path in files)  # type: ignore[operator]
    assert lines == b"".join(encode(article(number)) for number in range(10))


def test_a_reader_sees_whole_commits_while_a_crawl_writes(tmp_path: Path) -> None:
    with CollectionWriter(tmp_path, segment_bytes=5000) as writer, open_collection(tmp_path) as collection:
        for number in range(0, 60, 2):
            reading = collection.articles()
            started = next(reading, None)
            before = len(collection)
            add(writer, number, article(number))
            add(writer, number + 1, article(number + 1))
            writer.commit()
            assert len(list(collection.articles())) == before + 2 == len(collection)
            # what was begun before a segment was closed and replaced goes on
            assert len(list(reading)) + (started is not None) in (before, before + 2)


def test_one_writer_at_a_time(tmp_path: Path) -> None:
    with CollectionWriter(tmp_path), pytest.raises(Locked, match=r"is being written by process \d+ .* since "):
        CollectionWriter(tmp_path)
    CollectionWriter(tmp_path).close()


def test_what_was_not_committed_is_not_there(tmp_path: Path) -> None:
    writer = CollectionWriter(tmp_path)
    add(writer, 1, article(1))
    writer.commit()
    add(writer, 2, article(2))
    writer.close()
    with open_collection(tmp_path) as collection:
        assert [each.title for each in collection.articles()] == ["Harbour 1"]


def test_a_record_survives_its_line() -> None:
    record = article(1, keywords=["port"], evidence={"title": "h1"})
    assert decode(encode(record), Article) == record


@pytest.mark.parametrize("end", [True, False])
def test_a_reader_is_told_which_file_is_damaged(tmp_path: Path, end: bool) -> None:
    folder = fill(tmp_path / "harbour", end=end)
    (path,) = (folder / "articles").iterdir()
    data = path.read_bytes()
    path.write_bytes(data[:90] + b"\xff" * 40 + data[130:])
    with open_collection(folder) as collection:
        with pytest.raises(Damaged, match=path.name):
            list(collection.articles())
        with pytest.raises(Damaged, match=path.name):
            collection.article(f"{SITE}/0")
