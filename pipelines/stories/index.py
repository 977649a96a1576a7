"""What articles say, a signature each, kept from run to run and brought up to date by what is new."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Self

import msgspec

from pipelines.article import Article
from pipelines.extras import extra
from pipelines.records import decode
from pipelines.store import segments
from pipelines.store.collection import Collection
from pipelines.store.errors import Damaged
from pipelines.store.segments import ARTICLES
from pipelines.stories.grouping import PERMUTATIONS, groups, similarities
from pipelines.stories.shingles import shingles
from pipelines.stories.story import Copy, Story, primary

with extra("duplicates"):
    import numpy as np
    from rensa import RMinHash

_FORMAT = 1
_SCHEMA = """
CREATE TABLE articles (
    collection TEXT, id TEXT, content_hash TEXT, site TEXT, date TEXT, published_at TEXT, fetched_at TEXT, agency TEXT,
    signature BLOB, PRIMARY KEY (collection, id)
) WITHOUT ROWID;
"""
_SEED = 1
_BATCH = 500


class StoryIndex:
    """The signatures in one SQLite file. Nothing in it is lost with it: it can be made again from the collections."""

    def __init__(self, path: Path) -> None:
        self._db = sqlite3.connect(path, isolation_level=None)
        try:
            self._prepare()
        except sqlite3.Error:
            self._db.close()
            raise

    def _prepare(self) -> None:
        (found,) = self._db.execute("PRAGMA user_version").fetchone()
        if found != _FORMAT:
            self._db.executescript(
                f"BEGIN; DROP TABLE IF EXISTS articles; {_SCHEMA} PRAGMA user_version = {_FORMAT}; COMMIT;"
            )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._db.close()

    def update(
        self,
        collections: Sequence[Collection],
        tell: Callable[[int, int], None] = lambda *_: None,
        *,
        skip_damaged: bool = False,
    ) -> int:
        """Bring the index up to the collections' last commits and return how many articles were read for it.

        `tell` hears how many articles are read of how many. Raise `Damaged` for a segment that cannot be read,
        unless those are to be skipped: their articles are then tried again the next time.
        """
        work = {collection: self._changes(collection) for collection in collections}
        total = sum(len(offsets) for _, new in work.values() for offsets in new.values())
        read = 0
        for collection, (gone, new) in work.items():
            self._db.execute("BEGIN IMMEDIATE")
            with self._db:
                self._db.executemany("DELETE FROM articles WHERE collection = ? AND id = ?", gone)
                for batch in _batches(_articles(collection, new, skip_damaged=skip_damaged)):
                    self._put(collection.name, batch)
                    read += len(batch)
                    tell(read, total)
        names = [collection.name for collection in collections]
        self._db.execute(f"DELETE FROM articles WHERE collection NOT IN ({', '.join('?' * len(names))})", names)
        return total

    def stories(self) -> list[Story]:
        """Return the place of each article that shares a story with others, ordered by story."""
        rows = self._db.execute(
            # of an article in several collections that of the one that fetched it last, as in a dataset
            "SELECT signature, id, site, date, published_at, fetched_at, agency FROM (SELECT *, row_number() OVER"
            " (PARTITION BY id ORDER BY fetched_at DESC, collection) AS place FROM articles"
            " WHERE signature IS NOT NULL) WHERE place = 1 ORDER BY id"
        ).fetchall()
        copies = [Copy(*row[1:]) for row in rows]
        signatures = np.frombuffer(b"".join(row[0] for row in rows), np.uint32).reshape(-1, PERMUTATIONS)
        del rows
        found = []
        for members in groups(signatures):
            chosen = primary([copies[row] for row in members])
            first = next(row for row in members if copies[row] is chosen)
            pairs = np.array([(first, row) for row in members], np.int64)
            for row, similarity in zip(members, similarities(signatures, pairs).tolist(), strict=True):
                found.append(
                    Story(
                        article=copies[row].id,
                        story_id=copies[first].id,
                        is_primary=row == first,
                        similarity=similarity,
                        copies=len(members),
                    )
                )
        return found

    def _changes(self, collection: Collection) -> tuple[list[tuple[str, str]], dict[int, set[int]]]:
        """Return the entries that are out of date, and segment -> offsets of the articles to read."""
        known = dict(
            self._db.execute(
                "SELECT id, content_hash FROM articles WHERE collection = ?", (collection.name,)
            ).fetchall()
        )
        new: dict[int, set[int]] = defaultdict(set)
        gone = set(known)
        with collection.ledger.reading():
            for id_, content_hash, segment, offset in collection.ledger.articles.latest():
                if known.get(id_) == content_hash:
                    gone.discard(id_)
                else:
                    new[segment].add(offset)
        return [(collection.name, id_) for id_ in sorted(gone)], new

    def _put(self, collection: str, articles: Sequence[Article]) -> None:
        texts = [shingles(article.title, article.body) for article in articles]
        rows = RMinHash.digest_matrix_from_token_sets(texts, PERMUTATIONS, _SEED).to_rows()
        self._db.executemany(
            "INSERT OR REPLACE INTO articles VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                (
                    collection,
                    article.id,
                    article.content_hash,
                    article.site,
                    article.date,
                    article.published_at,
                    article.fetched_at,
                    article.agency,
                    np.array(row, np.uint32).tobytes() if text else None,
                )
                for article, text, row in zip(articles, texts, rows, strict=True)
            ),
        )


def _articles(collection: Collection, wanted: dict[int, set[int]], *, skip_damaged: bool) -> Iterator[Article]:
    for segment in collection.ledger.segments.of(ARTICLES):
        offsets = wanted.get(segment.number, set())
        try:
            for offset, line in segments.lines(collection.folder, segment) if offsets else ():
                if offset in offsets:
                    yield decode(line, Article)
        except (Damaged, msgspec.DecodeError, *segments.UNREADABLE) as error:
            if not skip_damaged:
                raise Damaged(f"{segment.path(collection.folder)} cannot be read: {error}") from error


def _batches(articles: Iterable[Article]) -> Iterator[list[Article]]:
    articles = iter(articles)
    while batch := list(islice(articles, _BATCH)):
        yield batch
