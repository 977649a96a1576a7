"""The pages of a collection: the queue, and what became of those that were fetched."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import fields

from pipelines.store.tables.page import Ending, Page, State

SCHEMA = """
CREATE TABLE pages (
    id INTEGER PRIMARY KEY, url TEXT NOT NULL, host TEXT NOT NULL, state INTEGER NOT NULL,
    priority INTEGER NOT NULL, due REAL NOT NULL, attempts INTEGER NOT NULL DEFAULT 0,
    request TEXT NOT NULL, run INTEGER NOT NULL, outcome TEXT, reason TEXT,
    etag TEXT, last_modified TEXT, lastmod TEXT, content_hash TEXT, first_seen REAL NOT NULL, last_seen REAL,
    revisit REAL,
    raw_segment INTEGER, raw_offset INTEGER
);
CREATE INDEX queue ON pages (host, priority DESC, id) WHERE state = 0;
CREATE INDEX in_flight ON pages (id) WHERE state = 1;
CREATE INDEX waiting ON pages (host, due) WHERE state = 0 AND due > 0;
CREATE INDEX revisits ON pages (revisit) WHERE revisit IS NOT NULL;
CREATE TABLE addresses (key BLOB PRIMARY KEY, page INTEGER NOT NULL) WITHOUT ROWID;
"""
REFUSED = "CREATE INDEX IF NOT EXISTS refused ON pages (host) WHERE reason = 'robots'"
_COLUMNS = ", ".join(field.name for field in fields(Page))


class Pages:
    """Pages by number, and by the addresses that lead to them; a page keeps its number for good."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._taken: set[int] = set()

    def next_id(self) -> int:
        (last,) = self._db.execute("SELECT max(id) FROM pages").fetchone()
        return (last or 0) + 1

    def add(self, page: Page, key: bytes | None) -> None:
        """Queue a new page, to which an address leads unless `key` is None."""
        self._db.execute(
            "INSERT INTO pages (id, url, host, state, priority, due, request, run, lastmod, first_seen)"
            " VALUES (?, ?, ?, 0, ?, ?, ?, ?, ?, ?)",
            (
                page.id,
                page.url,
                page.host,
                page.priority,
                page.due,
                page.request,
                page.run,
                page.lastmod,
                page.first_seen,
            ),
        )
        if key is not None:
            self.add_address(key, page.id)

    def add_address(self, key: bytes, page: int) -> None:
        """Note that an address leads to a page."""
        self._db.execute("INSERT OR IGNORE INTO addresses VALUES (?, ?)", (key, page))

    def at(self, key: bytes) -> Page | None:
        """Return the page that an address leads to."""
        return next(self.select("id = (SELECT page FROM addresses WHERE key = ?)", key), None)

    def content_hash(self, number: int) -> str | None:
        """Return the content of the article that was kept from a page."""
        found = self._db.execute("SELECT content_hash FROM pages WHERE id = ?", (number,)).fetchone()
        return str(found[0]) if found and found[0] else None

    def select(self, where: str, *values: object) -> Iterator[Page]:
        """Yield the pages that meet a condition in SQL, in the order that it names."""
        for row in self._db.execute(f"SELECT {_COLUMNS} FROM pages WHERE {where}", values):
            page = Page(*row)
            if page.id in self._taken:
                page.state = State.IN_FLIGHT
            yield page

    # the queue

    def requeue(self, page: Page) -> None:
        """Queue a known page with the request, order, run and validators that it now has."""
        self._taken.discard(page.id)
        self._db.execute(
            "UPDATE pages SET state = 0, host = ?, request = ?, priority = ?, due = ?, run = ?,"
            " lastmod = coalesce(?, lastmod), etag = ?, last_modified = ? WHERE id = ?",
            (
                page.host,
                page.request,
                page.priority,
                page.due,
                page.run,
                page.lastmod,
                page.etag,
                page.last_modified,
                page.id,
            ),
        )

    def adopt(self, page: Page, run: int) -> None:
        """Take over a page that an interrupted run left in the queue."""
        if page.run != run:
            self._db.execute("UPDATE pages SET run = ? WHERE id = ?", (run, page.id))

    def bring_forward(self, latest: float) -> None:
        """Let no page wait longer than until this Unix time."""
        self._db.execute("UPDATE pages SET due = ? WHERE state = 0 AND due > ?", (latest, latest))

    def note_lastmod(self, page: int, lastmod: str) -> None:
        """Note when a source says that a page was changed."""
        self._db.execute("UPDATE pages SET lastmod = ? WHERE id = ?", (lastmod, page))

    def note_variant(self, page: int, variant: str) -> None:
        """Note the address of an AMP or print page that may stand in for a page."""
        self._db.execute(
            "UPDATE pages SET request = json_set(request, '$.meta.entry.variant', ?)"
            " WHERE id = ? AND json_type(request, '$.meta.entry') = 'object'",
            (variant, page),
        )

    def variant(self, number: int) -> str | None:
        """Return the address of the AMP or print page that may stand in for a page."""
        sql = "SELECT json_extract(request, '$.meta.entry.variant') FROM pages WHERE id = ?"
        found = self._db.execute(sql, (number,)).fetchone()
        return found[0] if found else None

    def take(self, page: Page) -> None:
        """Take a page as in flight; most come to their end before that needs to be written."""
        self._taken.add(page.id)

    def write_taken(self) -> None:
        """Mark the pages that are in flight."""
        if self._taken:
            sql = "UPDATE pages SET state = 1 WHERE id = ?"
            self._db.executemany(sql, [(page,) for page in self._taken])
            self._taken.clear()

    def finish(self, page: int, state: State, now: float, run: int, ending: Ending) -> None:
        """Bring a page to its end, in a run."""
        self._taken.discard(page)
        self._db.execute(
            "UPDATE pages SET state = ?, attempts = attempts + 1, last_seen = ?, first_seen = min(first_seen, ?),"
            " run = ?, outcome = ?, reason = ?, revisit = ?, etag = coalesce(?, etag),"
            " last_modified = coalesce(?, last_modified), content_hash = coalesce(?, content_hash),"
            " raw_segment = coalesce(?, raw_segment), raw_offset = coalesce(?, raw_offset) WHERE id = ?",
            (state, now, now, run, *ending, page),
        )

    def put_back(self, page: int) -> None:
        """Leave a refused page at the end to which it came before it was queued again."""
        self._taken.discard(page)
        self._db.execute("UPDATE pages SET state = ?, revisit = NULL WHERE id = ?", (State.DONE, page))

    def queue_again(self) -> int:
        """Queue what was in flight and return how many pages that were."""
        return self._db.execute("UPDATE pages SET state = 0 WHERE state = 1").rowcount

    def queued(self, *, in_flight: bool = False) -> int:
        """Return how many pages wait, with those in flight if asked."""
        self.write_taken()
        (count,) = self._db.execute("SELECT count(*) FROM pages WHERE state = 0").fetchone()
        if in_flight:
            count += self._db.execute("SELECT count(*) FROM pages WHERE state = 1").fetchone()[0]
        return int(count)

    def queued_by_host(self) -> dict[str, int]:
        """Return how many pages of each host wait."""
        return dict(self._db.execute("SELECT host, count(*) FROM pages WHERE state = 0 GROUP BY host"))

    def queued_at(self, host: str, now: float, limit: int) -> list[Page]:
        """Return the first pages of a host's queue that are due."""
        self.write_taken()
        return list(
            self.select("state = 0 AND host = ? AND due <= ? ORDER BY priority DESC, id LIMIT ?", host, now, limit)
        )

    def next_due(self, host: str, now: float) -> float:
        """Return when the first of a host's pages is due that have to wait; 0 if none has to."""
        (due,) = self._db.execute(
            "SELECT min(due) FROM pages WHERE state = 0 AND due > 0 AND host = ? AND due > ?", (host, now)
        ).fetchone()
        return float(due or 0)

    # what was fetched

    def to_revisit(self, now: float) -> list[Page]:
        """Return the pages that are due to be looked at again, and those last seen later than `now`: the clock was
        set back, so their times are worth nothing."""
        where = "revisit IS NOT NULL AND (revisit <= ? OR last_seen > ?) AND state > 1 ORDER BY priority DESC, id"
        return list(self.select(where, now, now))

    def refused(self, host: str, before: int) -> list[tuple[int, str]]:
        """Return (number, address) of the pages of a host that robots.txt refused before the run of this number; of
        lists none, which are asked for in any case."""
        sql = (
            "SELECT id, json_extract(request, '$.url') FROM pages WHERE reason = 'robots' AND outcome = 'rejected'"
            " AND host = ? AND state > 1 AND run < ? AND json_type(request, '$.meta.source') IS NULL"
        )
        return list(self._db.execute(sql, (host, before)))

    def was_refused(self, page: int) -> bool:
        """Whether a page came to its end last since robots.txt refused it."""
        sql = "SELECT 1 FROM pages WHERE id = ? AND reason = 'robots' AND outcome = 'rejected'"
        return self._db.execute(sql, (page,)).fetchone() is not None

    def with_outcome(self, *outcomes: str) -> list[tuple[int, str]]:
        """Return (id, address) of the pages with one of these outcomes."""
        marks = ", ".join("?" * len(outcomes))
        return list(self._db.execute(f"SELECT id, url FROM pages WHERE outcome IN ({marks})", outcomes))

    def with_raw(self, segment: int) -> Iterator[tuple[int, str, int]]:
        """Yield (id, address, offset) of the pages whose last response stands in a segment."""
        yield from self._db.execute("SELECT id, url, raw_offset FROM pages WHERE raw_segment = ?", (segment,))

    def fetch_again(self, page: int) -> int:
        """Queue a page again, to be sent whether it has changed or not and told of whatever becomes of it, and return
        how many pages that were: one, or none if it is queued."""
        sql = "UPDATE pages SET state = 0, reason = NULL, etag = NULL, last_modified = NULL WHERE id = ? AND state > 1"
        return self._db.execute(sql, (page,)).rowcount

    def move_raw(self, segment: int, places: dict[int, int]) -> int:
        """Note where the responses of a segment stand now, by where they stood, and queue the pages again whose last
        response is lost; return how many."""
        moved = [(places.get(offset), page) for page, _, offset in self.with_raw(segment)]
        self._db.executemany("UPDATE pages SET raw_offset = ? WHERE id = ?", moved)
        self._db.execute("UPDATE pages SET raw_segment = NULL WHERE raw_segment = ? AND raw_offset IS NULL", (segment,))
        return sum(self.fetch_again(page) for offset, page in moved if offset is None)
