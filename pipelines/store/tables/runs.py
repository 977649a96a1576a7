"""The runs that wrote a collection."""

from __future__ import annotations

import json
import secrets
import sqlite3
from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import Any

from pipelines.store.errors import Damaged

SCHEMA = """
CREATE TABLE runs (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, crawl INTEGER NOT NULL, started_at TEXT NOT NULL,
    ended_at TEXT, reason TEXT, complete INTEGER NOT NULL DEFAULT 0, counts TEXT NOT NULL DEFAULT '{}'
);
"""


REPAIR = "repair"
"""Reason of the run that `scrapy verify --repair` notes."""


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


_NAMES = [field.name for field in fields(Run)]


class Runs:
    """Runs by number."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def all(self) -> list[Run]:
        """Return the runs, the first one first; raise `Damaged`."""
        rows = self._db.execute(f"SELECT {', '.join(_NAMES)} FROM runs ORDER BY number").fetchall()
        try:
            return list(map(_run_of, rows))
        except (TypeError, ValueError) as error:
            ((_, _, path),) = self._db.execute("PRAGMA database_list")
            cure = "`scrapy verify --repair` rebuilds it from the segments"
            raise Damaged(f"{path} holds a run that cannot be read ({error}); {cure}") from error

    def begin(self, now: str) -> Run:
        """Note a new run, in the crawl of the last one unless that finished or a repair has changed what is known."""
        runs = self.all()
        last = runs[-1] if runs else None
        run = Run(
            number=last.number + 1 if last else 1,
            id=f"{datetime.fromisoformat(now):%Y%m%dT%H%M%SZ}-{secrets.token_hex(3)}",
            crawl=(last.crawl + (last.reason in ("finished", REPAIR))) if last else 1,
            started_at=now,
        )
        self.put(run)
        return run

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


def _run_of(row: tuple[Any, ...]) -> Run:
    values = dict(zip(_NAMES, row, strict=True))
    datetime.fromisoformat(values["started_at"])  # a damaged one would be found later, by whoever reckons with it
    return Run(**values | {"complete": bool(values["complete"]), "counts": json.loads(values["counts"])})
