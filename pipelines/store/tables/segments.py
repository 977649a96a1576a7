"""The segments of a collection: what is committed of each file."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import fields
from operator import attrgetter

from pipelines.store.segments import Segment

SCHEMA = """
CREATE TABLE segments (
    number INTEGER PRIMARY KEY, kind TEXT NOT NULL, length INTEGER NOT NULL, records INTEGER NOT NULL,
    file TEXT, sha256 TEXT
);
"""
_NAMES = [field.name for field in fields(Segment)]
_COLUMNS = ", ".join(_NAMES)
_values_of = attrgetter(*_NAMES)


class Segments:
    """Segments in the order in which they were begun."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def __iter__(self) -> Iterator[Segment]:
        return iter(self._select("true"))

    def of(self, kind: str) -> list[Segment]:
        """Return those of a kind."""
        return self._select("kind = ?", kind)

    def next_number(self) -> int:
        (last,) = self._db.execute("SELECT max(number) FROM segments").fetchone()
        return (last or 0) + 1

    def put(self, segment: Segment) -> None:
        self._db.execute("INSERT OR REPLACE INTO segments VALUES (?, ?, ?, ?, ?, ?)", _values_of(segment))

    def _select(self, where: str, *values: object) -> list[Segment]:
        rows = self._db.execute(f"SELECT {_COLUMNS} FROM segments WHERE {where} ORDER BY number", values)
        return [Segment(*row) for row in rows]
