"""The ledger: what a collection knows of its pages, articles, segments and runs, in SQLite.

Everything that a crawl writes goes into one transaction, open from one `commit` to the next.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from enum import IntEnum
from pathlib import Path
from typing import Any, TypeVar

from pipelines.store.errors import Damaged
from pipelines.store.report import Asked
from pipelines.store.segments import Segment

Row = TypeVar("Row")

FORMAT = 3
_SCHEMA = """
CREATE TABLE runs (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, crawl INTEGER NOT NULL, started_at TEXT NOT NULL,
    ended_at TEXT, reason TEXT, complete INTEGER NOT NULL DEFAULT 0, counts TEXT NOT NULL DEFAULT '{}'
);
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
CREATE TABLE leads (source INTEGER NOT NULL, page INTEGER NOT NULL, PRIMARY KEY (source, page)) WITHOUT ROWID;
CREATE TABLE rests (host TEXT PRIMARY KEY, until REAL NOT NULL) WITHOUT ROWID;
CREATE TABLE addresses (key BLOB PRIMARY KEY, page INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE articles (
    id TEXT PRIMARY KEY, key TEXT NOT NULL UNIQUE, url TEXT NOT NULL, revision INTEGER NOT NULL,
    content_hash TEXT NOT NULL, segment INTEGER NOT NULL, offset INTEGER NOT NULL, page INTEGER
) WITHOUT ROWID;
CREATE INDEX contents ON articles (content_hash);
CREATE INDEX revised ON articles (id) WHERE revision > 1;
CREATE TABLE segments (
    number INTEGER PRIMARY KEY, kind TEXT NOT NULL, length INTEGER NOT NULL, records INTEGER NOT NULL,
    file TEXT, sha256 TEXT
);
CREATE TABLE asked (
    run INTEGER NOT NULL, url TEXT NOT NULL, kind TEXT NOT NULL, status TEXT NOT NULL, listed INTEGER,
    guessed INTEGER NOT NULL, PRIMARY KEY (run, url)
) WITHOUT ROWID;
"""


class State(IntEnum):
    """Where a page stands."""

    QUEUED = 0
    IN_FLIGHT = 1
    DONE = 2
    FAILED = 3
    GONE = 4
    """It was kept, and its address answers 404 or 410 since."""


@dataclass(slots=True, kw_only=True)
class Page:
    """One page of the queue."""

    id: int
    url: str
    host: str
    request: str
    """The request as JSON."""

    priority: int = 0
    """Higher goes first."""

    due: float = 0.0
    """Not to be fetched before this Unix time."""

    state: State = State.QUEUED
    run: int = 0
    """Number of the run that queued it or brought it to its end."""

    outcome: str | None = None
    reason: str | None = None
    lastmod: str | None = None
    """When the page was last changed, as the source that led to it said."""

    etag: str | None = None
    last_modified: str | None = None
    """The validators of its last response, as sent."""

    content_hash: str | None = None
    """Of the article that was kept from it."""

    first_seen: float = 0.0
    last_seen: float | None = None
    """Unix times: when it was queued first, and when it came to its end last."""

    revisit: float | None = None
    """When a later crawl is to look at it again without being led there; never if None."""


@dataclass(slots=True, kw_only=True)
class Known:
    """What the ledger knows of an article that is kept."""

    id: str
    key: str
    url: str
    revision: int
    content_hash: str
    segment: int
    offset: int
    page: int | None = None


@dataclass(kw_only=True)
class Run:
    """One process that crawled. `crawl` counts from one complete crawl to the next, over interruptions."""

    number: int
    id: str
    crawl: int
    started_at: str
    ended_at: str | None = None
    reason: str | None = None
    complete: bool = False
    counts: dict[str, int] = field(default_factory=dict)


_PAGE = (
    "id, url, host, request, priority, due, state, run, outcome, reason, lastmod, etag, last_modified, content_hash,"
    " first_seen, last_seen, revisit"
)


class Ledger:
    """SQLite connection to `ledger.db`. Methods raise `sqlite3.Error`."""

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        self.path = path
        if read_only:
            self.db = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, isolation_level=None)
        else:
            self.db = sqlite3.connect(path, isolation_level=None)
        try:
            self._open(read_only)
        except sqlite3.DatabaseError as error:
            self.db.close()
            if isinstance(error, sqlite3.OperationalError):
                raise
            raise damaged(path, error) from error

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
            self._begin()

    @property
    def has_changes(self) -> bool:
        """Whether anything was written since the last commit."""
        return self.db.total_changes != self._committed_changes

    def commit(self) -> None:
        """Make everything since the last commit durable."""
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

    # the queue

    def next_page_id(self) -> int:
        (last,) = self.db.execute("SELECT max(id) FROM pages").fetchone()
        return (last or 0) + 1

    def add_page(self, page: Page, key: bytes | None, now: float) -> None:
        self.db.execute(
            "INSERT INTO pages (id, url, host, state, priority, due, request, run, lastmod, first_seen)"
            " VALUES (?, ?, ?, 0, ?, ?, ?, ?, ?, ?)",
            (page.id, page.url, page.host, page.priority, page.due, page.request, page.run, page.lastmod, now),
        )
        if key is not None:
            self.add_address(key, page.id)

    def add_address(self, key: bytes, page: int) -> None:
        """Note that an address leads to a page."""
        self.db.execute("INSERT OR IGNORE INTO addresses VALUES (?, ?)", (key, page))

    def page_at(self, key: bytes) -> Page | None:
        """Return the page that an address leads to."""
        where = "id = (SELECT page FROM addresses WHERE key = ?)"
        return next(self._select(Page, f"SELECT {_PAGE} FROM pages WHERE {where}", key), None)

    def page(self, number: int) -> Page:
        """Return the page of a number."""
        return next(self._select(Page, f"SELECT {_PAGE} FROM pages WHERE id = ?", number))

    def requeue(self, page: Page) -> None:
        """Queue a known page with the request, order, run and validators that it now has."""
        self.db.execute(
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

    def note_lastmod(self, page: int, lastmod: str) -> None:
        """Note when a source says that a page was changed."""
        self.db.execute("UPDATE pages SET lastmod = ? WHERE id = ?", (lastmod, page))

    def to_revisit(self, now: float) -> list[Page]:
        """Return the pages that are due to be looked at again, and those last seen later than `now`: the clock was
        set back, so their times are worth nothing."""
        where = "revisit IS NOT NULL AND (revisit <= ? OR last_seen > ?) AND state > 1 ORDER BY priority DESC, id"
        return list(self._select(Page, f"SELECT {_PAGE} FROM pages WHERE {where}", now, now))

    def add_lead(self, source: int, page: int) -> None:
        """Note that a source leads to a further source."""
        self.db.execute("INSERT OR IGNORE INTO leads VALUES (?, ?)", (source, page))

    def forget_leads(self, source: int) -> None:
        self.db.execute("DELETE FROM leads WHERE source = ?", (source,))

    def leads(self, source: int) -> list[Page]:
        """Return the sources to which a source led when it was read last."""
        where = "id IN (SELECT page FROM leads WHERE source = ?) ORDER BY priority DESC, id"
        return list(self._select(Page, f"SELECT {_PAGE} FROM pages WHERE {where}", source))

    def put_rest(self, host: str, until: float) -> None:
        """Note that a host is to be left alone until this Unix time."""
        self.db.execute("INSERT OR REPLACE INTO rests VALUES (?, ?)", (host, until))

    def rests(self, now: float) -> dict[str, float]:
        """Return until when hosts are to be left alone."""
        self.db.execute("DELETE FROM rests WHERE until <= ?", (now,))
        return dict(self.db.execute("SELECT host, until FROM rests"))

    def adopt(self, page: Page, run: int) -> None:
        """Take over a page that an interrupted run left in the queue."""
        self.db.execute("UPDATE pages SET run = ? WHERE id = ?", (run, page.id))

    def take(self, page: Page) -> None:
        """Mark a page as in flight."""
        self.db.execute("UPDATE pages SET state = 1, attempts = attempts + 1 WHERE id = ?", (page.id,))

    def finish(self, page: int, state: State, now: float, **values: Any) -> None:
        """Bring a page to its end; `values` are further columns to set."""
        columns = "".join(f", {name} = ?" for name in values)
        self.db.execute(
            f"UPDATE pages SET state = ?, last_seen = ?, first_seen = min(first_seen, ?){columns} WHERE id = ?",
            (state, now, now, *values.values(), page),
        )

    def queue_again(self) -> int:
        """Queue what was in flight and return how many pages that were."""
        return self.db.execute("UPDATE pages SET state = 0 WHERE state = 1").rowcount

    def queued(self, *, in_flight: bool = False) -> int:
        """Return how many pages wait, with those in flight if asked."""
        (count,) = self.db.execute("SELECT count(*) FROM pages WHERE state = 0").fetchone()
        if in_flight:
            count += self.db.execute("SELECT count(*) FROM pages WHERE state = 1").fetchone()[0]
        return int(count)

    def queued_hosts(self) -> list[str]:
        return [host for (host,) in self.db.execute("SELECT DISTINCT host FROM pages WHERE state = 0")]

    def queued_at(self, host: str, now: float, limit: int) -> list[Page]:
        """Return the first pages of a host's queue that are due."""
        where = "state = 0 AND host = ? AND due <= ? ORDER BY priority DESC, id LIMIT ?"
        return list(self._select(Page, f"SELECT {_PAGE} FROM pages WHERE {where}", host, now, limit))

    def next_due(self, host: str, now: float) -> float:
        """Return when the first of a host's pages is due that have to wait; 0 if none has to."""
        (due,) = self.db.execute(
            "SELECT min(due) FROM pages WHERE state = 0 AND due > 0 AND host = ? AND due > ?", (host, now)
        ).fetchone()
        return float(due or 0)

    def raw_pages(self, segment: int) -> Iterator[tuple[int, str, int]]:
        """Yield (id, address, offset) of the pages whose last response stands in a segment."""
        yield from self.db.execute("SELECT id, url, raw_offset FROM pages WHERE raw_segment = ?", (segment,))

    def pages_with(self, *outcomes: str) -> Iterator[tuple[int, str]]:
        """Yield (id, address) of the pages with one of these outcomes."""
        marks = ", ".join("?" * len(outcomes))
        yield from self.db.execute(f"SELECT id, url FROM pages WHERE outcome IN ({marks})", outcomes)

    def queue_page(self, page: int) -> int:
        """Queue a page again, to be sent whether it has changed or not, and return how many pages that were: one, or
        none if it is queued."""
        sql = "UPDATE pages SET state = 0, etag = NULL, last_modified = NULL WHERE id = ? AND state > 1"
        return self.db.execute(sql, (page,)).rowcount

    def queue_without_raw(self, segment: int, offsets: set[int]) -> int:
        """Queue the pages again whose last response is not at one of these offsets of its segment; return how many."""
        lost = [page for page, _, offset in self.raw_pages(segment) if offset not in offsets]
        self.db.executemany(
            "UPDATE pages SET raw_segment = NULL, raw_offset = NULL WHERE id = ?", ((page,) for page in lost)
        )
        return sum(self.queue_page(page) for page in lost)

    # articles

    def article(self, id_: str) -> Known | None:
        return self._known("id = ?", id_)

    def article_at(self, key: str) -> Known | None:
        return self._known("key = ?", key)

    def article_with(self, content_hash: str) -> Known | None:
        return self._known("content_hash = ? LIMIT 1", content_hash)

    def _known(self, where: str, value: str) -> Known | None:
        names = "id, key, url, revision, content_hash, segment, offset, page"
        return next(self._select(Known, f"SELECT {names} FROM articles WHERE {where}", value), None)

    def known_articles(self) -> Iterator[Known]:
        return self._select(Known, "SELECT id, key, url, revision, content_hash, segment, offset, page FROM articles")

    def forget_articles(self) -> None:
        self.db.execute("DELETE FROM articles")

    def put_article(self, known: Known) -> None:
        self.db.execute(
            "INSERT INTO articles VALUES (:id, :key, :url, :revision, :content_hash, :segment, :offset, :page)"
            " ON CONFLICT (id) DO UPDATE SET key = :key, url = :url, revision = :revision,"
            " content_hash = :content_hash, segment = :segment, offset = :offset, page = :page",
            {name: getattr(known, name) for name in Known.__slots__},
        )

    def articles(self) -> int:
        (count,) = self.db.execute("SELECT count(*) FROM articles").fetchone()
        return int(count)

    def article_ids(self) -> list[str]:
        return [id_ for (id_,) in self.db.execute("SELECT id FROM articles")]

    def latest(self) -> Iterator[tuple[str, str, int, int]]:
        """Yield (id, content hash, segment, offset) of each article's latest revision."""
        yield from self.db.execute("SELECT id, content_hash, segment, offset FROM articles")

    def revised(self) -> dict[str, int]:
        """Return the latest revision of each article that has more than one."""
        return dict(self.db.execute("SELECT id, revision FROM articles WHERE revision > 1"))

    # segments

    def segments(self, kind: str | None = None) -> list[Segment]:
        sql = "SELECT number, kind, length, records, file, sha256 FROM segments WHERE kind = coalesce(?, kind)"
        return list(self._select(Segment, f"{sql} ORDER BY number", kind))

    def next_segment(self) -> int:
        (last,) = self.db.execute("SELECT max(number) FROM segments").fetchone()
        return (last or 0) + 1

    def put_segment(self, segment: Segment) -> None:
        self.db.execute(
            "INSERT OR REPLACE INTO segments VALUES (:number, :kind, :length, :records, :file, :sha256)",
            asdict(segment),
        )

    # runs

    def runs(self) -> list[Run]:
        names = "number, id, crawl, started_at, ended_at, reason, complete, counts"
        runs = list(self._select(Run, f"SELECT {names} FROM runs ORDER BY number"))
        for run in runs:
            run.complete, run.counts = bool(run.complete), json.loads(str(run.counts))
        return runs

    def put_run(self, run: Run) -> None:
        self.db.execute(
            "INSERT OR REPLACE INTO runs VALUES"
            " (:number, :id, :crawl, :started_at, :ended_at, :reason, :complete, :counts)",
            asdict(run) | {"counts": json.dumps(run.counts)},
        )

    def put_asked(self, run: int, asked: Asked) -> None:
        """Note how a list of articles ended that a run asked for."""
        self.db.execute(
            "INSERT OR REPLACE INTO asked VALUES (?, ?, ?, ?, ?, ?)",
            (run, asked.url, asked.kind, asked.status, asked.listed, asked.guessed),
        )

    def asked(self, first: int, last: int) -> list[Asked]:
        """Return the lists that a span of runs asked for, each as it ended last."""
        sql = "SELECT url, kind, status, listed, guessed FROM asked WHERE run BETWEEN ? AND ? ORDER BY run, url"
        by_url = {asked.url: asked for asked in self._select(Asked, sql, first, last)}
        for asked in by_url.values():
            asked.guessed = bool(asked.guessed)
        return list(by_url.values())

    def _select(self, kind: type[Row], sql: str, *values: object) -> Iterator[Row]:
        cursor = self.db.execute(sql, values)
        names = [column[0] for column in cursor.description]
        for row in cursor:
            yield kind(**dict(zip(names, row, strict=True)))


def damaged(path: Path, error: sqlite3.Error) -> Damaged:
    """Return what to tell a person of a ledger that SQLite cannot read."""
    return Damaged(f"{path} cannot be read ({error}); `scrapy verify --repair` rebuilds it from the segments")
