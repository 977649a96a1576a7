"""What can be read of a damaged file."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Protocol

import msgspec
import zstandard

from pipelines.article import Article, Rejection, article_id, content_hash
from pipelines.records import decode
from pipelines.store import segments, warc
from pipelines.store.segments import ARTICLES, PAGES


@dataclass(slots=True)
class Readable:
    """The records of a file that can be read."""

    path: Path
    data: bytes
    """One after the other, as they stand in an open segment."""

    records: int
    is_all: bool
    """Whether the file holds nothing else."""

    places: dict[int, int] = field(default_factory=dict)
    """Where a response began in the file -> where it begins in `data`."""


def read(path: Path, kind: str) -> Readable:
    """Return what can be read of a file of this kind, which may be damaged anywhere."""
    return _raw_pages(path) if kind == PAGES else _records(path, kind)


def _raw_pages(path: Path) -> Readable:
    file, data, places = path.read_bytes(), bytearray(), {}
    for begin, end, record in warc.readable_members(file):
        if warc.is_response(record):
            places[begin] = len(data)
        data += file[begin:end]
    return Readable(path, bytes(data), len(places), data == file, places)


def _records(path: Path, kind: str) -> Readable:
    data, is_sound = _decompressed(path)
    lines = [line for line in BytesIO(data) if _fits(line, kind, is_sound=is_sound)]
    fitting = b"".join(lines)
    return Readable(path, fitting, len(lines), is_sound and fitting == data)


def _decompressed(path: Path) -> tuple[bytes, bool]:
    """Return what can be decompressed of a file, and whether its checksum says that it is right."""
    data = path.read_bytes()
    if path.suffix not in _DECOMPRESSORS:
        return data, True
    try:
        decompressor = _DECOMPRESSORS[path.suffix]()
        return decompressor.decompress(data), decompressor.eof and not decompressor.unused_data
    except segments.UNREADABLE:
        return b"".join(_up_to_damage(data, _DECOMPRESSORS[path.suffix]())), False


def _up_to_damage(data: bytes, decompressor: _Decompressor) -> Iterator[bytes]:
    """Decompress byte by byte: a call that fails does not return what it has decompressed before."""
    with suppress(*segments.UNREADABLE):
        for number in range(len(data)):
            yield decompressor.decompress(data[number : number + 1])


def _fits(line: bytes, kind: str, *, is_sound: bool) -> bool:
    """Whether a line is a record. A damaged bit may change text far behind it, in records that look right."""
    try:
        record = decode(line, Article) if kind == ARTICLES else decode(line, Rejection)
    except msgspec.DecodeError:
        return False
    if isinstance(record, Article) and not is_sound and not _is_itself(record):
        return False
    return line.endswith(b"\n")


def _is_itself(article: Article) -> bool:
    """Whether id and hash are those of address and text; a later revision may have come from another address."""
    is_at_home = article.revision > 1 or article.id == article_id(article.canonical_url or article.url)
    return is_at_home and article.content_hash == content_hash(article.title, article.body)


class _Decompressor(Protocol):
    @property
    def eof(self) -> bool: ...

    @property
    def unused_data(self) -> bytes: ...

    def decompress(self, data: bytes, /) -> bytes: ...


_DECOMPRESSORS: dict[str, Callable[[], _Decompressor]] = {
    ".zst": zstandard.ZstdDecompressor().decompressobj,
    ".gz": partial(zlib.decompressobj, wbits=31),
}
