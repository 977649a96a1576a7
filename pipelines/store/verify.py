"""Whether a collection holds what its ledger says."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import msgspec

from pipelines.article import Article, Rejection
from pipelines.records import AnyRecord, decode
from pipelines.store import segments, warc
from pipelines.store.collection import LEDGER, Collection
from pipelines.store.errors import Damaged
from pipelines.store.ledger import Ledger
from pipelines.store.recovery import RUNS
from pipelines.store.report import ENDS, read_report
from pipelines.store.segments import ARTICLES, PAGES, REJECTED, Segment


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that does not hold: where, and what."""

    path: Path
    message: str
    line: int | None = None

    def __str__(self) -> str:
        return f"{self.path}{f', line {self.line}' if self.line else ''}: {self.message}"


def verify(folder: Path) -> Iterator[Fault]:
    """Yield what is wrong with a collection, as of its last commit; a crawl may write it meanwhile.

    What a crash left beyond the last commit is no fault: the next crawl removes it. Raise `NoCollection`.
    """
    path = folder / LEDGER
    try:
        with Collection(folder) as collection:
            collection.ledger.db.execute("BEGIN")  # one view of the ledger throughout
            for (message,) in collection.ledger.db.execute("PRAGMA quick_check"):
                if message != "ok":
                    yield Fault(path, message)
                    return
            yield from check(folder, collection.ledger)
    except (Damaged, sqlite3.DatabaseError, ValueError) as error:  # ValueError: a text that is no UTF-8 or no JSON
        yield Fault(path, str(error))


def check(folder: Path, ledger: Ledger) -> Iterator[Fault]:
    """Yield where files and ledger of a collection do not agree; the ledger may stand elsewhere."""
    return _Check(folder, ledger).faults()


class _Check:
    def __init__(self, folder: Path, ledger: Ledger) -> None:
        self.folder, self.ledger = folder, ledger
        self.path = folder / LEDGER
        self.revisions: dict[str, set[int]] = {}
        self.places: dict[str, tuple[int, int]] = {}

    def faults(self) -> Iterator[Fault]:
        for segment in self.ledger.segments:
            checked = {ARTICLES: self._articles, REJECTED: self._rejected, PAGES: self._pages}[segment.kind]
            yield from self._file(segment)
            yield from checked(segment)
        yield from self._ids()
        yield from self._counts()
        yield from self._reports()

    def _file(self, segment: Segment) -> Iterator[Fault]:
        path = segment.path(self.folder)
        if not path.is_file() and segment.length:
            yield Fault(path, "the file is missing")
        elif segment.sha256 and segments.checksum(path) != segment.sha256:
            yield Fault(path, "the file is not the one that was closed: its checksum differs")

    def _articles(self, segment: Segment) -> Iterator[Fault]:
        for line, offset, article in self._records(segment, Article):
            if isinstance(article, Fault):
                yield article
                continue
            id_ = str(article.id)
            revisions = self.revisions.setdefault(id_, set())
            if article.revision in revisions:
                yield Fault(segment.path(self.folder), f"revision {article.revision} of {id_} stands twice", line)
            revisions.add(article.revision)
            if article.revision == max(revisions):
                self.places[id_] = (segment.number, offset)

    def _rejected(self, segment: Segment) -> Iterator[Fault]:
        for _, _, rejection in self._records(segment, Rejection):
            if isinstance(rejection, Fault):
                yield rejection

    def _records(self, segment: Segment, kind: type[AnyRecord]) -> Iterator[tuple[int, int, AnyRecord | Fault]]:
        """Yield (line, offset, record) of a segment; a fault instead of a record that does not fit."""
        path, line = segment.path(self.folder), 0
        try:
            for line, (offset, data) in enumerate(segments.lines(self.folder, segment), 1):
                try:
                    yield line, offset, decode(data, kind)
                except msgspec.DecodeError as error:
                    yield line, offset, Fault(path, str(error), line)
        except (Damaged, *segments.UNREADABLE) as error:
            yield 0, 0, Fault(path, str(error), line + 1)
            return
        if line != segment.records:
            yield 0, 0, Fault(path, f"it holds {line} records of {segment.records} that were committed")

    def _pages(self, segment: Segment) -> Iterator[Fault]:
        path = segment.path(self.folder)
        starts, end = set(), 0
        for begin, reached, record in warc.members(path, segment.length) if path.is_file() else ():
            end = reached
            if warc.is_response(record):
                starts.add(begin)
        if end < segment.length:
            yield Fault(path, f"no record can be read at byte {end} of {segment.length} that were committed")
            behind = warc.readable_members(path.read_bytes()) if path.is_file() else ()
            starts.update(begin for begin, _, record in behind if warc.is_response(record))
        elif len(starts) != segment.records:
            yield Fault(path, f"it holds {len(starts)} responses of {segment.records} that were committed")
        for page, url, offset in self.ledger.pages.with_raw(segment.number):
            if offset not in starts:
                yield Fault(path, f"page {page}, {url}, should begin at byte {offset} and does not")

    def _ids(self) -> Iterator[Fault]:
        known = 0
        for article in self.ledger.articles:
            known += 1
            revisions = self.revisions.get(article.id, set())
            if max(revisions, default=0) != article.revision:
                yield Fault(self.path, f"revision {article.revision} of article {article.id} is in no segment")
            elif self.places[article.id] != (article.segment, article.offset):
                yield Fault(self.path, f"article {article.id} does not stand where the ledger has it")
        if known < len(self.revisions):
            yield Fault(self.path, f"{len(self.revisions) - known} articles of the segments are not in the ledger")

    def _counts(self) -> Iterator[Fault]:
        total: Counter[str] = Counter()
        for run in self.ledger.runs.all():
            total.update(run.counts)
            if run.counts.get("fetched", 0) != sum(run.counts.get(end, 0) for end in ENDS):
                yield Fault(self.path, f"run {run.id}: fetched is not the sum of {', '.join(ENDS)}")
        lines = sum(len(revisions) for revisions in self.revisions.values())
        if total["records"] != lines:
            yield Fault(self.path, f"the runs kept {total['records']} records, the segments hold {lines}")

    def _reports(self) -> Iterator[Fault]:
        for path in sorted((self.folder / RUNS).glob("*.json")):
            try:
                read_report(path)
            except (OSError, msgspec.DecodeError) as error:
                yield Fault(path, f"it is no report of a run: {error}")
