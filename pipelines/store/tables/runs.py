"""The runs that wrote a collection."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass, field

SCHEMA = """
CREATE TABLE runs (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, crawl INTEGER NOT NULL, started_at TEXT NOT NULL,
    ended_at TEXT, reason TEXT, complete INTEGER NOT NULL DEFAULT 0, counts TEXT NOT NULL DEFAULT '{}'
);
"""


@dataclass(kw_only=True)
class Run:
    """One process that crawled. `crawl` counts the crawls that came to their end, over interruptions."""

    number: int
    id: str
    crawl: int
    started_at: str
    ended_at: str | None = None
    reason: str | None = None
    complete: bool = False
    counts: dict[str, int] = field(default_factory=dict)


class Runs:
    """Runs by number."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def all(self) -> list[Run]:
        """Return the runs, the first one first."""
        names = "number, id, crawl, started_at, ended_at, reason, complete, counts"
        return [
            Run(
                number=number,
                id=id_,
                crawl=crawl,
                started_at=started_at,
                ended_at=ended_at,
                reason=reason,
                complete=bool(complete),
                counts=json.loads(counts),
            )
            for number, id_, crawl, started_at, ended_at, reason, complete, counts in self._db.execute(
                f"SELECT {names} FROM runs ORDER BY number"
            )
        ]

    def put(self, run: Run) -> None:
        """Note a run, or how it stands now."""
        self._db.execute(
            "INSERT OR REPLACE INTO runs VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                run.number,
                run.id,
                run.crawl,
                run.started_at,
                run.ended_at,
                run.reason,
                run.complete,
                json.dumps(run.counts),
            ),
        )
