"""What is kept of a file that was damaged in its middle."""

from __future__ import annotations

import gzip
import zlib
from pathlib import Path

import pytest

from benchmarks.records import generate
from pipelines import open_collection
from pipelines.store.repair import repair
from pipelines.store.verify import verify
from pipelines.store.warc import members
from pipelines.store.writer import CollectionWriter
from tests.crash.states import raw_pages
from tests.pipelines.filled import SITE, add, article, exchange, fill


def faults(folder: Path) -> list[str]:
    return [str(fault) for fault in verify(folder)]


@pytest.mark.parametrize("is_open", [True, False])
@pytest.mark.parametrize(
    ("first", "last", "at"),
    [(0, 0, 0), (7, 7, 0), (7, 7, 60), (7, 9, 60), (19, 19, 60)],
    ids=["the first's head", "one's head", "one's content", "three", "the last"],
)
def test_raw_pages_behind_the_damage_are_kept(tmp_path: Path, first: int, last: int, at: int, is_open: bool) -> None:
    folder = fill(tmp_path / "harbour", end=not is_open)
    with open_collection(folder) as collection:
        begins = [offset for _, _, offset in collection.ledger.pages.with_raw(2)]
    path = folder / "pages" / "000002.warc.gz"
    data = bytearray(path.read_bytes())
    data[begins[first] + at : begins[last] + at + 9] = bytes(begins[last] + 9 - begins[first])
    path.write_bytes(data)
    assert sum("should begin at byte" in fault for fault in faults(folder)) == last - first + 1
    list(repair(folder))
    assert faults(folder) == []
    assert raw_pages(folder) == {f"/{number}" for number in range(20) if not first <= number <= last}
    with open_collection(folder) as collection:
        assert collection.queued() == last - first + 1
        raw = {begin: record for begin, _, record in members(path, path.stat().st_size)}
        for _, url, begin in collection.ledger.pages.with_raw(2):
            assert f"WARC-Target-URI: {url}\r\n".encode() in raw[begin]


def test_a_page_that_was_sent_as_gzip_is_no_raw_page_of_its_own(tmp_path: Path) -> None:
    folder = tmp_path / "harbour"
    writer = CollectionWriter(folder)
    body = gzip.compress(b"<h1>Harbour</h1>" * 100)
    add(writer, 0, article(0), raw=exchange(f"{SITE}/0", body, [(b"Content-Encoding", b"gzip")]))
    add(writer, 1, article(1))
    writer.end("finished")
    path = folder / "pages" / "000002.warc.gz"
    data = path.read_bytes()
    assert data.find(body) > 60
    path.write_bytes(data[:60] + b"damage" + data[66:])
    list(repair(folder))
    assert raw_pages(folder) == {"/1"}


@pytest.mark.parametrize("compression", ["zstd", "gzip"])
@pytest.mark.parametrize("length", [1, 40])
def test_records_before_the_damage_of_a_compressed_segment_are_kept(
    tmp_path: Path, compression: str, length: int
) -> None:
    folder = tmp_path / "harbour"
    kept = {found.url: found for found in generate(400)}
    writer = CollectionWriter(folder, compression=compression)
    for number, found in enumerate(kept.values()):
        add(writer, number, found)
    writer.end("finished")
    (path,) = (folder / "articles").iterdir()
    data = bytearray(path.read_bytes())
    half = len(data) // 2
    data[half : half + length] = bytes(byte ^ 255 for byte in data[half : half + length])
    path.write_bytes(data)
    list(repair(folder, compression))
    assert faults(folder) == []
    with open_collection(folder) as collection:
        left = list(collection.articles())
        assert len(left) > 150, "a block of zstd is 128 KiB, some 30 records"
        assert collection.queued() == len(kept) - len(left)
    for article_ in left:
        original = kept[article_.url]
        assert (article_.title, article_.body) == (original.title, original.body)


def test_a_record_whose_line_does_not_end_is_fetched_again(tmp_path: Path) -> None:
    """The file was cut off in its last line: what can be decompressed is all of a record but for the line's end."""
    folder = fill(tmp_path / "harbour", 3, end=False)
    with CollectionWriter(folder, compression="gzip") as writer:
        writer.end("finished")
    (path,) = (folder / "articles").iterdir()
    packer = zlib.compressobj(wbits=31)
    path.write_bytes(packer.compress(gzip.decompress(path.read_bytes())[:-1]) + packer.flush(zlib.Z_SYNC_FLUSH))
    assert list(repair(folder, "gzip"))[-1] == "readable: 2 records; queued again: 1 page"
    assert faults(folder) == []
