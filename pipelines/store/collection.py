"""A collection: the folder in which one spider's records are kept, for whoever reads it."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from types import TracebackType
from typing import Self

import msgspec

from pipelines.article import Article, Rejection
from pipelines.records import AnyRecord, decode
from pipelines.store import segments
from pipelines.store.errors import Damaged, NoCollection
from pipelines.store.ledger import Ledger
from pipelines.store.report import Report, report
from pipelines.store.segments import ARTICLES, REJECTED, Segment
from pipelines.store.tables.runs import Run
from pipelines.urls import same_page_key

LEDGER = "ledger.db"


def open_collection(folder: str | Path) -> Collection:
    """Open `data/<name>` for reading; a crawl may write it meanwhile. Raise `NoCollection` or `Damaged`."""
    return Collection(Path(folder))


class Collection:
    """Reads a collection as of the last commit; use it with `with`, or `close` it."""

    def __init__(self, folder: Path) -> None:
        if not (folder / LEDGER).is_file():
            cure = "; `scrapy verify --repair` rebuilds it from the segments" if (folder / ARTICLES).is_dir() else ""
            raise NoCollection(f"{folder} is no collection: it holds no file {LEDGER}{cure}")
        self.folder = folder
        try:
            self.ledger = Ledger(folder / LEDGER, read_only=True)
        except sqlite3.OperationalError as error:
            raise Damaged(f"{folder / LEDGER} cannot be opened: {error}") from error

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        self.ledger.close()

    @property
    def name(self) -> str:
        return self.folder.name

    def __len__(self) -> int:
        """Number of articles, each counted once however many revisions it has."""
        return len(self.ledger.articles)

    def articles(self, *, revisions: bool = False) -> Iterator[Article]:
        """Yield the articles in the order in which they were kept, each at its latest revision or at all of them."""
        with self.ledger.reading():
            listed = self.ledger.segments.of(ARTICLES)
            latest = {} if revisions else self.ledger.articles.revised()
        for article in self._records(listed, Article):
            if article.revision == latest.get(str(article.id), article.revision):
                yield article

    def article(self, id_or_url: str) -> Article | None:
        """Return the latest revision of an article by its id or any spelling of its address."""
        with self.ledger.reading():
            known = self.ledger.articles.get(id_or_url) or self.ledger.articles.at(same_page_key(id_or_url))
            listed = self.ledger.segments.of(ARTICLES)
        for segment in listed:
            if known and segment.number == known.segment:
                return self._article_at(segment, known.offset)
        return None

    def rejected(self) -> Iterator[Rejection]:
        """Yield the pages that did not become articles, and why, in the order in which that was found."""
        yield from self._records(self.ledger.segments.of(REJECTED), Rejection)

    def runs(self) -> list[Run]:
        """Return the runs that wrote this collection, the first one first."""
        return self.ledger.runs.all()

    def reports(self) -> list[Report]:
        """Return the report of each crawl, over its interruptions, the first one first."""
        crawls = [list(runs) for _, runs in groupby(self.runs(), key=lambda run: run.crawl)]
        reports = []
        for runs in crawls:
            asked = self.ledger.sources.asked(runs[0].number, runs[-1].number)
            reports.append(report(self.name, runs, asked, self.queued() if runs is crawls[-1] else 0))
        return reports

    def counts(self) -> dict[str, int]:
        """Return what became of the pages over all runs: `fetched`, `kept`, `rejected`, `rejected/<reason>`, ..."""
        total: Counter[str] = Counter()
        for run in self.runs():
            total.update(run.counts)
        return dict(total)

    def queued(self) -> int:
        """Return how many pages wait to be fetched, those in flight included."""
        return self.ledger.pages.queued(in_flight=True)

    def _records(self, listed: Iterable[Segment], record: type[AnyRecord]) -> Iterator[AnyRecord]:
        for segment in listed:
            place = describe(self.folder, segment)
            try:
                for number, (_, line) in enumerate(segments.lines(self.folder, segment), 1):
                    yield _decoded(line, record, f"{place}, line {number}")
            except segments.UNREADABLE as error:
                raise Damaged(f"{place} cannot be read to its end: {error}") from error

    def _article_at(self, segment: Segment, offset: int) -> Article:
        place = f"{describe(self.folder, segment)}, at byte {offset}"
        try:
            return _decoded(segments.line_at(self.folder, segment, offset), Article, place)
        except segments.UNREADABLE as error:
            raise Damaged(f"{place}: {error}") from error


def _decoded(line: bytes, kind: type[AnyRecord], place: str) -> AnyRecord:
    try:
        return decode(line, kind)
    except msgspec.DecodeError as error:
        raise Damaged(f"{place}: {error}") from error


def describe(folder: Path, segment: Segment) -> str:
    """Return the name by which a person finds a segment."""
    return str(segment.path(folder))
