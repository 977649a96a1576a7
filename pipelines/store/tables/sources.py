"""The sources of a site: to which further ones each led, and how it ended when it was asked for."""

from __future__ import annotations

import sqlite3

from pipelines.store.report import Asked
from pipelines.store.tables.page import Page, State
from pipelines.store.tables.pages import Pages

SCHEMA = """
CREATE TABLE leads (source INTEGER NOT NULL, page INTEGER NOT NULL, PRIMARY KEY (source, page)) WITHOUT ROWID;
CREATE TABLE asked (
    run INTEGER NOT NULL, url TEXT NOT NULL, kind TEXT NOT NULL, status TEXT NOT NULL, listed INTEGER,
    guessed INTEGER NOT NULL, PRIMARY KEY (run, url)
) WITHOUT ROWID;
"""


class Sources:
    """A source is known by the number of its page."""

    def __init__(self, db: sqlite3.Connection, pages: Pages) -> None:
        self._db, self._pages = db, pages

    def add_lead(self, source: int, page: int) -> None:
        """Note that a source leads to a further source, or that a page redirects to one that is known."""
        self._db.execute("INSERT OR IGNORE INTO leads VALUES (?, ?)", (source, page))

    def forget_leads(self, source: int) -> None:
        self._db.execute("DELETE FROM leads WHERE source = ?", (source,))

    def leads(self, source: int) -> list[Page]:
        """Return the sources to which a source led when it was read last."""
        where = "id IN (SELECT page FROM leads WHERE source = ?) ORDER BY priority DESC, id"
        return list(self._pages.select(where, source))

    def lead_to(self, page: Page, target: Page, since: int) -> bool:
        """Whether a page redirects to another, by way of pages that were asked for since a run of this number."""
        seen = {page.id}
        while page.state != State.QUEUED and page.run >= since and (leads := self.leads(page.id)):
            page = leads[0]
            if page.id == target.id or page.id in seen:
                return page.id == target.id
            seen.add(page.id)
        return False

    def put_asked(self, run: int, asked: Asked) -> None:
        """Note how a list of articles ended that a run asked for."""
        self._db.execute(
            "INSERT OR REPLACE INTO asked VALUES (?, ?, ?, ?, ?, ?)",
            (run, asked.url, asked.kind, asked.status, asked.listed, asked.guessed),
        )

    def asked(self, first: int, last: int) -> list[Asked]:
        """Return the lists that a span of runs asked for, each as it ended last."""
        sql = "SELECT url, kind, status, listed, guessed FROM asked WHERE run BETWEEN ? AND ? ORDER BY run, url"
        by_url = {
            url: Asked(url=url, kind=kind, status=status, listed=listed, guessed=bool(guessed))
            for url, kind, status, listed, guessed in self._db.execute(sql, (first, last))
        }
        return list(by_url.values())
