"""Append-only files of records. An open segment is true up to its committed length; a closed one never changes."""

from __future__ import annotations

import gzip
import hashlib
import io
import os
import shutil
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol, cast

import zstandard

from pipelines.store.errors import Damaged

ARTICLES, REJECTED, PAGES = "articles", "rejected", "pages"
_CHUNK = 2**16  # bytes
UNREADABLE = (OSError, EOFError, zlib.error, zstandard.ZstdError)
"""What reading a damaged file raises."""

_SUFFIX = {ARTICLES: ".jsonl", REJECTED: ".jsonl", PAGES: ".warc.gz"}


@dataclass
class Segment:
    """What the ledger knows of one file."""

    number: int
    kind: str
    """The folder it stands in: `articles`, `rejected` or `pages`."""

    length: int = 0
    """Committed bytes, before compression by us."""

    records: int = 0
    file: str | None = None
    """Name of the closed file; None while the segment is open."""

    sha256: str | None = None
    """Checksum of the closed file."""

    @property
    def open_file(self) -> str:
        return f"{self.number:06d}{_SUFFIX[self.kind]}"

    def path(self, folder: Path) -> Path:
        return folder / self.kind / (self.file or self.open_file)


class Appender:
    """The open end of a segment. Appended bytes are in the file after `sync`, which may raise `OSError`."""

    def __init__(self, folder: Path, segment: Segment) -> None:
        self.segment = segment
        self.path = segment.path(folder)
        self.path.parent.mkdir(exist_ok=True)
        is_new = not self.path.exists()
        self._descriptor = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o644)
        self._buffer = bytearray()
        self._written = segment.length
        if is_new:
            sync_folder(self.path.parent)

    @property
    def end(self) -> int:
        """Where the next record will begin."""
        return self._written + len(self._buffer)

    def append(self, data: bytes) -> int:
        """Add one record to the end and return where it begins."""
        start = self.end
        self._buffer += data
        self.segment.records += 1
        return start

    def sync(self) -> None:
        """Write what was appended and wait until the disk has it; `segment.length` is then what may be committed."""
        if self._buffer:
            view = memoryview(self._buffer)
            while view:
                view = view[os.write(self._descriptor, view) :]
            os.fsync(self._descriptor)
            self._written += len(self._buffer)
            self._buffer = bytearray()
        self.segment.length = self._written

    def close(self) -> None:
        os.close(self._descriptor)


def cut(path: Path, length: int) -> int:
    """Cut a file back to its committed length and return how many bytes went; raise `Damaged` if it is shorter."""
    size = path.stat().st_size if path.exists() else 0
    if size < length:
        raise Damaged(
            f"{path} holds {size} bytes of {length} that were committed;"
            " `scrapy verify --repair` keeps what is left and queues the rest again"
        )
    if size > length:
        with path.open("r+b") as file:
            file.truncate(length)
            os.fsync(file.fileno())
    return size - length


def seal(folder: Path, segment: Segment, compression: str) -> Path | None:
    """Close a segment: compress it in one step, set its file and checksum, and return the file that it replaces.

    The replaced file may go once the ledger has the closed one. `compression` is `zstd` or `gzip`; WARC files are
    compressed already and keep their name.
    """
    source = segment.path(folder)
    if segment.kind == PAGES:
        segment.file, segment.sha256 = source.name, checksum(source)
        return None
    suffix, compress = COMPRESSIONS[compression]
    target = source.with_name(source.name + suffix)
    with source.open("rb") as plain, whole_file(target) as file:
        compress(plain, file)
    segment.file, segment.sha256 = target.name, checksum(target)
    return source


@contextmanager
def whole_file(path: Path) -> Iterator[BinaryIO]:
    """Open a file to write so that a reader, or a crash, finds the whole of it or none."""
    temporary = path.with_name(path.name + ".tmp")
    with temporary.open("wb") as file:
        yield file
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)
    sync_folder(path.parent)


def write_whole(path: Path, data: bytes) -> None:
    """Write a file as `whole_file` does."""
    with whole_file(path) as file:
        file.write(data)


def sync_folder(path: Path) -> None:
    """Wait until the disk knows which files a folder holds."""
    descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def checksum(path: Path) -> str:
    """Return the SHA-256 of a file in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def lines(folder: Path, segment: Segment) -> Iterator[tuple[int, bytes]]:
    """Yield (offset, line) of the committed part of a JSON Lines segment, whether or not it was closed meanwhile."""
    offset = 0
    with _opened(folder, segment) as file:
        while offset < segment.length:
            line = file.readline()
            if not line.endswith(b"\n") or offset + len(line) > segment.length:
                raise Damaged(f"{segment.path(folder)} ends at byte {offset} of {segment.length} that were committed")
            yield offset, line
            offset += len(line)


def line_at(folder: Path, segment: Segment, offset: int) -> bytes:
    """Return the line that begins at an offset."""
    with _opened(folder, segment) as file:
        if file.seekable():
            file.seek(offset)
        else:  # a zstd stream
            file.read(offset)
        return file.readline()


def _opened(folder: Path, segment: Segment) -> BinaryIO:
    path = folder / segment.kind / segment.open_file
    for suffix, open_file in _READERS.items():
        try:
            return open_file(path.with_name(path.name + suffix))
        except FileNotFoundError:
            continue
    raise Damaged(f"{segment.path(folder)} is missing")


def _open_plain(path: Path) -> BinaryIO:
    return path.open("rb")


def _open_gzip(path: Path) -> BinaryIO:
    return cast("BinaryIO", gzip.open(path, "rb"))


def _open_zstd(path: Path) -> BinaryIO:
    reader = zstandard.ZstdDecompressor().stream_reader(path.open("rb"), closefd=True)
    return cast("BinaryIO", io.BufferedReader(cast("io.RawIOBase", reader), 2**20))


class _Open(Protocol):
    def __call__(self, path: Path, /) -> BinaryIO: ...


class _Compress(Protocol):
    def __call__(self, source: BinaryIO, target: BinaryIO, /) -> object: ...


def _zstd(source: BinaryIO, target: BinaryIO) -> None:
    size = os.fstat(source.fileno()).st_size  # noted in the frame, for readers that ask for it
    zstandard.ZstdCompressor(write_checksum=True).copy_stream(source, target, size)


def _gzip(source: BinaryIO, target: BinaryIO) -> None:
    with gzip.GzipFile("", "wb", 6, target, mtime=0) as file:
        shutil.copyfileobj(source, file, _CHUNK)


# a segment that is closed while it is read changes its name; the open file comes first because its content is a prefix
_READERS: dict[str, _Open] = {"": _open_plain, ".zst": _open_zstd, ".gz": _open_gzip}
COMPRESSIONS: dict[str, tuple[str, _Compress]] = {
    "zstd": (".zst", _zstd),
    "gzip": (".gz", _gzip),
}
