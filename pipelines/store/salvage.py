"""What can be read of a damaged file."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from pipelines.article import Article, Rejection
from pipelines.records import decode
from pipelines.store import segments, warc
from pipelines.store.segments import ARTICLES, PAGES


@dataclass(slots=True)
class Readable:
    """The records of a file that can be read."""

    data: bytes = b""
    """One after the other, as they stand in an open segment."""

    records: int = 0
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
    return Readable(bytes(data), len(places), places)


def _records(path: Path, kind: str) -> Readable:
    lines = [line for line in segments.readable_lines(path) if _fits(line, kind)]
    return Readable(b"".join(lines), len(lines))


def _fits(line: bytes, kind: str) -> bool:
    try:
        decode(line, Article) if kind == ARTICLES else decode(line, Rejection)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return False
    return line.endswith(b"\n")
