"""Files that were cut, filled with zeros, lost or overwritten."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from benchmarks.crash import Site, content
from benchmarks.forker import Forker
from pipelines import Damaged, open_collection
from pipelines.plain import number_of
from pipelines.store.repair import repair
from pipelines.store.segments import cut
from pipelines.store.verify import verify
from pipelines.store.writer import CollectionWriter
from scrapers.commands.crawl import COMPLETE, WITH_REJECTED
from tests.crash.states import is_whole
from tests.pipelines.filled import add, article, fill


def faults(folder: Path) -> list[str]:
    return [str(fault) for fault in verify(folder)]


def test_a_line_that_was_not_committed_is_cut_at_every_byte(tmp_path: Path) -> None:
    folder = fill(tmp_path / "harbour", 2, end=False)
    segment = folder / "articles" / "000001.jsonl"
    whole = segment.read_bytes()
    line = whole.splitlines(keepends=True)[-1]
    for length in range(1, len(line) + 1):
        segment.write_bytes(whole + line[:length])
        assert cut(segment, len(whole)) == length
        assert segment.read_bytes() == whole
    segment.write_bytes(whole + line[:-1])
    assert faults(folder) == []
    with CollectionWriter(folder) as writer:
        assert writer.recovered == [f"cut {len(line) - 1} bytes that were not committed from {segment}"]
    assert segment.read_bytes() == whole


def test_a_tail_of_zeros_is_cut(tmp_path: Path) -> None:
    folder = fill(tmp_path / "harbour", 10, end=False)
    for segment in ("articles/000001.jsonl", "pages/000002.warc.gz", "rejected/000003.jsonl"):
        with (folder / segment).open("ab") as file:
            file.write(bytes(4096))
    assert faults(folder) == []
    with open_collection(folder) as collection:
        assert len(list(collection.articles())) == 9
    writer = CollectionWriter(folder)
    assert sum("cut 4096 bytes" in line for line in writer.recovered) == 3
    add(writer, 11, article(11))
    writer.end("finished")
    assert faults(folder) == []


def test_a_committed_line_that_was_cut_at_every_byte(tmp_path: Path) -> None:
    original = fill(tmp_path / "original", 2, end=False)
    line = (original / "articles" / "000001.jsonl").read_bytes().splitlines(keepends=True)[-1]
    for lost in range(1, len(line) + 1, 17):
        folder = tmp_path / str(lost)
        shutil.copytree(original, folder)
        segment = folder / "articles" / "000001.jsonl"
        segment.write_bytes(segment.read_bytes()[:-lost])
        assert faults(folder)[0].startswith(f"{segment}, line 2: ")
        with pytest.raises(Damaged, match="verify --repair"):
            CollectionWriter(folder)
        assert list(repair(folder))[-1] == "readable: 1 record; queued again: 1 page"
        assert faults(folder) == []


@pytest.mark.parametrize(
    ("file", "damage", "fault"),
    [
        ("articles/000001.jsonl.zst", lambda data: data[: len(data) // 2], "its checksum differs"),
        ("articles/000001.jsonl.zst", lambda data: data[:40] + b"\0" * 40 + data[80:], "its checksum differs"),
        ("rejected/000003.jsonl.zst", lambda data: data[:-1], "its checksum differs"),
        ("pages/000002.warc.gz", lambda data: data[: len(data) // 2], "its checksum differs"),
        ("pages/000002.warc.gz", lambda data: data[:0], "its checksum differs"),
        ("pages/000002.warc.gz", None, "the file is missing"),
        ("articles/000001.jsonl.zst", None, "the file is missing"),
    ],
)
def test_a_closed_segment_that_was_damaged(
    tmp_path: Path, file: str, damage: Callable[[bytes], bytes] | None, fault: str
) -> None:
    folder = fill(tmp_path / "harbour")
    path = folder / file
    data = path.read_bytes()
    if damage:
        path.write_bytes(damage(data))
    else:
        path.unlink()
    assert faults(folder)[0] == f"{path}: {fault}" or faults(folder)[0].endswith(fault)
    done = list(repair(folder))
    assert faults(folder) == []
    assert path.with_name(path.name + ".damaged").exists() == bool(damage)
    with open_collection(folder) as collection:
        lost = 20 - len(list(collection.articles())) - len(list(collection.rejected()))
        assert collection.queued() >= lost
        assert done[-1].endswith(f"queued again: {number_of(collection.queued(), 'page')}")


def test_the_repair_of_a_whole_collection_does_not_prolong_its_last_crawl(tmp_path: Path) -> None:
    folder = fill(tmp_path / "harbour", 3)
    assert list(repair(folder)) == ["readable: 3 records; queued again: 0 pages"]
    with CollectionWriter(folder) as writer:
        assert [run.crawl for run in writer.ledger.runs.all()] == [1, 2]


@pytest.mark.parametrize(
    ("replaced", "by"),
    [
        ('"title":"Harbour 3"', '"title":NaN'),
        ('"title":"Harbour 3"', '"title":333333333333'),
        ('{"id"', "[[[[["),
    ],
)
def test_verify_names_the_first_line_that_does_not_fit(tmp_path: Path, replaced: str, by: str) -> None:
    folder = fill(tmp_path / "harbour", end=False)
    segment = folder / "articles" / "000001.jsonl"
    lines = segment.read_text().splitlines(keepends=True)
    lines[3] = lines[3].replace(replaced, by.ljust(len(replaced)), 1)
    segment.write_text("".join(lines))
    assert faults(folder)[0].startswith(f"{segment}, line 4: ")


def test_a_record_whose_id_was_damaged_leaves_the_other_revisions_alone(tmp_path: Path) -> None:
    folder = fill(tmp_path / "harbour", 2, end=False)
    with CollectionWriter(folder) as writer:
        add(writer, 0, article(0, body="Ships left.", revision=2))
        writer.commit()
    segment = folder / "articles" / "000001.jsonl"
    first, second, third = segment.read_bytes().splitlines(keepends=True)
    segment.write_bytes(first.replace(str(article(0).id).encode(), b"f" * 16) + b"{" + second[1:-2] + b"\n" + third)
    assert list(repair(folder))[-1] == "readable: 2 records; queued again: 1 page"
    assert faults(folder) == []
    with open_collection(folder) as collection:
        assert [found.revision for found in collection.articles() if found.id == article(0).id] == [2]


def test_verify_notices_a_record_that_stands_twice(tmp_path: Path) -> None:
    folder = fill(tmp_path / "harbour", 3, end=False)
    segment = folder / "articles" / "000001.jsonl"
    lines = segment.read_text().splitlines(keepends=True)
    segment.write_text("".join([lines[0], lines[0], lines[2]]))
    assert any("stands twice" in fault for fault in faults(folder))


def test_lost_pages_are_fetched_again(forker: Forker, site: Site, crawled: Path) -> None:
    before = content(crawled)
    (articles,) = (crawled / "articles").iterdir()
    articles.write_bytes(articles.read_bytes()[:-200])
    (pages,) = (crawled / "pages").iterdir()
    pages.write_bytes(pages.read_bytes()[: pages.stat().st_size // 2])
    assert forker.run(["verify", "--repair", str(crawled)], site.folder / "log") == COMPLETE
    assert forker.run(site.command("data"), site.folder / "log") in (COMPLETE, WITH_REJECTED)
    assert is_whole(site, "data")
    assert set(content(crawled)) == set(before)  # a page that was rejected may have been rejected once more


def test_the_report_of_an_interrupted_run(tmp_path: Path) -> None:
    folder = fill(tmp_path / "harbour", end=False)
    CollectionWriter(folder).close()
    (report,) = (folder / "runs").iterdir()
    assert json.loads(report.read_text())["reason"] == "interrupted"


@pytest.mark.parametrize(
    ("damage", "reason"),
    [
        (lambda report: report[:-9], "Input data was truncated"),
        (lambda _: bytes(600), "JSON is malformed"),
        (lambda report: report.replace(b"harbour", b"harb\xffur"), "'utf-8' codec can't decode"),
        (lambda _: b'{"more": ' + b"[" * 100_000, "maximum recursion depth"),
        (lambda _: b"[]", "Expected `object`, got `array`"),
        (lambda report: report.replace(b'"kept": 3,', b""), "Object missing required field `kept`"),
        (lambda report: report.replace(b'"kept": 3,', b'"kept": "\xff",'), "Expected `int`, got `str` - at `$.kept`"),
    ],
)
def test_a_report_that_was_damaged(tmp_path: Path, damage: Callable[[bytes], bytes], reason: str) -> None:
    folder = fill(tmp_path / "harbour", 3)
    (report,) = (folder / "runs").iterdir()
    written = report.read_bytes()
    report.write_bytes(damage(written))
    (fault,) = faults(folder)
    assert fault.startswith(f"{report}: it is no report of a run: ")
    assert reason in fault
    list(repair(folder))
    assert faults(folder) == []
    assert report.read_bytes() == written
