"""The hosts that are left alone for a time: their servers asked for it."""

from __future__ import annotations

import sqlite3

SCHEMA = "CREATE TABLE rests (host TEXT PRIMARY KEY, until REAL NOT NULL) WITHOUT ROWID;"


class Rests:
    """Times are Unix times."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def put(self, host: str, until: float) -> None:
        """Note that a host is to be left alone until this time."""
        self._db.execute("INSERT OR REPLACE INTO rests VALUES (?, ?)", (host, until))

    def after(self, now: float) -> dict[str, float]:
        """Return until when hosts are to be left alone, and forget those whose time is over."""
        self._db.execute("DELETE FROM rests WHERE until <= ?", (now,))
        return dict(self._db.execute("SELECT host, until FROM rests"))
