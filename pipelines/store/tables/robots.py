"""The texts of robots.txt, as they were sent last: what has not changed since is not sent again."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

SCHEMA = """
CREATE TABLE IF NOT EXISTS robots (
    origin TEXT PRIMARY KEY, url TEXT NOT NULL, etag TEXT NOT NULL, last_modified TEXT NOT NULL, text BLOB NOT NULL,
    asked REAL NOT NULL
) WITHOUT ROWID;
"""


@dataclass(frozen=True, slots=True)
class RobotsText:
    """A robots.txt; the validators are empty where it has none."""

    url: str
    """Where it was found in the end."""

    etag: str
    last_modified: str
    text: bytes


class Robots:
    """By origin: `https://example.org`. Times are Unix times."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def put(self, origin: str, robots: RobotsText, asked: float) -> None:
        values = (origin, robots.url, robots.etag, robots.last_modified, robots.text, asked)
        self._db.execute("INSERT OR REPLACE INTO robots VALUES (?, ?, ?, ?, ?, ?)", values)

    def at(self, origin: str) -> RobotsText | None:
        sql = "SELECT url, etag, last_modified, text FROM robots WHERE origin = ?"
        row = self._db.execute(sql, (origin,)).fetchone()
        return RobotsText(*row) if row else None

    def forget(self, origin: str) -> None:
        self._db.execute("DELETE FROM robots WHERE origin = ?", (origin,))

    def forget_before(self, asked: float) -> None:
        """Forget those that were asked for last before this time."""
        self._db.execute("DELETE FROM robots WHERE asked < ?", (asked,))
