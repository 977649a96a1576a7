"""The ledger: what a collection knows of its pages, articles, segments and runs, in SQLite.

Everything that a crawl writes goes into one transaction, open from one `commit` to the next.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipelines.store.errors import Damaged
from pipelines.store.tables import articles, pages, rests, robots, runs, segments, sources

FORMAT = 3
_SCHEMA = "".join(table.SCHEMA for table in (runs, pages, sources, rests, robots, articles, segments))


class Ledger:
    """SQLite connection to `ledger.db`, with its tables. Methods, theirs too, raise `sqlite3.Error`."""

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        self.path = path
        if read_only:
            self.db = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, isolation_level=None)
        else:
            self.db = sqlite3.connect(path, isolation_level=None)
        self.pages = pages.Pages(self.db)
        self.sources = sources.Sources(self.db, self.pages)
        self.rests = rests.Rests(self.db)
        self.robots = robots.Robots(self.db)
        self.articles = articles.Articles(self.db)
        self.segments = segments.Segments(self.db)
        self.runs = runs.Runs(self.db)
        try:
            self._open(read_only)
        except (Damaged, sqlite3.OperationalError):
            self.db.close()
            raise
        except sqlite3.DatabaseError as error:
            self.db.close()
            raise Damaged(
                f"{path} cannot be read ({error}); `scrapy verify --repair` rebuilds it from the segments"
            ) from error

    def _open(self, read_only: bool) -> None:
        if read_only:
            self.db.execute("PRAGMA query_only = ON")
        else:
            self.db.execute("PRAGMA journal_mode = WAL")
            self.db.execute("PRAGMA synchronous = FULL")
        (version,) = self.db.execute("PRAGMA user_version").fetchone()
        if version == 0 and not read_only:
            self.db.executescript(f"BEGIN; {_SCHEMA} PRAGMA user_version = {FORMAT}; COMMIT;")
        elif version != FORMAT:
            raise Damaged(f"{self.path} has format {version}; this version of Broadsheet reads {FORMAT}")
        if not read_only:
            for younger in (robots.SCHEMA, pages.REFUSED):  # than the format
                self.db.execute(younger)
            self._begin()

    @property
    def has_changes(self) -> bool:
        """Whether anything was written since the last commit."""
        return self.db.total_changes != self._committed_changes

    def commit(self) -> None:
        """Make everything since the last commit durable."""
        self.pages.write_taken()
        self.db.execute("COMMIT")
        self._begin()

    def checkpoint(self) -> None:
        """Bring everything committed from the write-ahead log into the database file."""
        self.db.execute("COMMIT")
        self.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        self._begin()

    def _begin(self) -> None:
        self._committed_changes = self.db.total_changes
        self.db.execute("BEGIN IMMEDIATE")

    def close(self) -> None:
        """Close; what was not committed is gone."""
        self.db.close()

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Read as of one commit, whatever a writer commits; keep it short, the log cannot shrink during it."""
        if self.db.in_transaction:  # the writer itself reads
            yield
            return
        self.db.execute("BEGIN")
        try:
            yield
        finally:
            self.db.execute("ROLLBACK")
