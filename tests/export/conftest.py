"""Collections of invented articles, and datasets read back with other programs than the one that wrote them."""

from __future__ import annotations

import csv
import gzip
import json
import sqlite3
import sys
from collections.abc import Callable, Iterable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import zstandard

from benchmarks.records import generate
from pipelines.article import Article
from pipelines.store.outcome import Outcome
from pipelines.store.writer import CollectionWriter
from pipelines.urls import same_page_key

Keep = Callable[..., Path]
Rows = list[dict[str, Any]]


def kept(folder: Path, articles: Iterable[Article], *, end: bool = True) -> Path:
    """Keep articles in a collection, in segments of ten; return its folder."""
    writer = CollectionWriter(folder, segment_bytes=1)
    for number, article in enumerate(articles, 1):
        outcome = Outcome()
        outcome.keep(same_page_key(article.url), article)
        writer.finish(None, outcome)
        if number % 10 == 0:
            writer.commit()
    if end:
        writer.end("finished")
    else:
        writer.segment_bytes = 2**20
        writer.commit()
        writer.close()
    return folder


@pytest.fixture
def keep(tmp_path: Path) -> Keep:
    """Keep articles in the collection `data/<name>`."""

    def write(articles: Iterable[Article], name: str = "gazette", *, end: bool = True) -> Path:
        return kept(tmp_path / "data" / name, articles, end=end)

    return write


@pytest.fixture
def articles() -> list[Article]:
    return list(generate(30))


def rows(path: Path) -> Rows:
    """Read a dataset's file with a program that had no part in writing it."""
    name = path.name
    if name.endswith(".jsonl"):
        return _lines(path.read_bytes())
    if name.endswith(".jsonl.gz"):
        return _lines(gzip.decompress(path.read_bytes()))
    if name.endswith(".jsonl.zst"):
        return _lines(zstandard.ZstdDecompressor().stream_reader(path.read_bytes()).read())
    if name.endswith(".csv"):
        csv.field_size_limit(sys.maxsize)
        with path.open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))
    if name.endswith(".sqlite"):
        with closing(sqlite3.connect(path)) as db:
            db.row_factory = sqlite3.Row
            return [dict(row) for row in db.execute("SELECT * FROM articles ORDER BY number")]
    if name.endswith(".parquet"):
        parquet = pytest.importorskip("pyarrow.parquet")
        return list(parquet.read_table(path).to_pylist())
    duckdb = pytest.importorskip("duckdb")
    with duckdb.connect(str(path), read_only=True) as db:
        cursor = db.execute("SELECT * FROM articles")
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _lines(data: bytes) -> Rows:
    return [json.loads(line) for line in data.splitlines()]
