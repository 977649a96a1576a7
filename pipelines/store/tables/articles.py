"""The articles that a collection keeps: where each stands, and by what it is known again."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, fields
from operator import attrgetter
from typing import Self

from pipelines.article import Article

SCHEMA = """
CREATE TABLE articles (
    id TEXT PRIMARY KEY, key TEXT NOT NULL UNIQUE, url TEXT NOT NULL, revision INTEGER NOT NULL,
    content_hash TEXT NOT NULL, segment INTEGER NOT NULL, offset INTEGER NOT NULL, page INTEGER
) WITHOUT ROWID;
CREATE INDEX contents ON articles (content_hash);
CREATE INDEX revised ON articles (id) WHERE revision > 1;
"""


@dataclass(slots=True)
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

    @classmethod
    def of(cls, article: Article, key: str, *, segment: int = 0, offset: int = 0) -> Self:
        """Return what is known of an article by its record; without a segment it is not written yet."""
        return cls(
            id=str(article.id),
            key=key,
            url=article.url,
            revision=article.revision,
            content_hash=str(article.content_hash),
            segment=segment,
            offset=offset,
        )


_NAMES = [field.name for field in fields(Known)]
_COLUMNS = ", ".join(_NAMES)
_values_of = attrgetter(*_NAMES)


class Articles:
    """Articles by id, by the key of their address and by their content, each at its latest revision."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def __len__(self) -> int:
        (count,) = self._db.execute("SELECT count(*) FROM articles").fetchone()
        return int(count)

    def __iter__(self) -> Iterator[Known]:
        return self._select("true")

    def get(self, id_: str) -> Known | None:
        return next(self._select("id = ?", id_), None)

    def at(self, key: str) -> Known | None:
        return next(self._select("key = ?", key), None)

    def with_content(self, content_hash: str) -> Known | None:
        return next(self._select("content_hash = ? LIMIT 1", content_hash), None)

    def put(self, known: Known) -> None:
        """Note an article, or its new revision."""
        self._db.execute(
            "INSERT INTO articles VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET key = excluded.key,"
            " url = excluded.url, revision = excluded.revision, content_hash = excluded.content_hash,"
            " segment = excluded.segment, offset = excluded.offset, page = excluded.page",
            _values_of(known),
        )

    def forget(self) -> None:
        """Forget all of them."""
        self._db.execute("DELETE FROM articles")

    def ids(self) -> list[str]:
        return [id_ for (id_,) in self._db.execute("SELECT id FROM articles")]

    def latest(self) -> Iterator[tuple[str, str, int, int]]:
        """Yield (id, content hash, segment, offset) of each."""
        yield from self._db.execute("SELECT id, content_hash, segment, offset FROM articles")

    def revised(self) -> dict[str, int]:
        """Return the latest revision of each article that has more than one."""
        return dict(self._db.execute("SELECT id, revision FROM articles WHERE revision > 1"))

    def _select(self, where: str, *values: object) -> Iterator[Known]:
        for row in self._db.execute(f"SELECT {_COLUMNS} FROM articles WHERE {where}", values):
            yield Known(*row)
