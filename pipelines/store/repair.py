"""Keeps what can be read of a damaged collection, and queues the rest again."""

from __future__ import annotations

import sqlite3
from collections import Counter, deque
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from pipelines.article import Article, Rejection
from pipelines.plain import number_of
from pipelines.records import decode
from pipelines.store import recovery, salvage, segments
from pipelines.store.aside import DAMAGED, copy_aside, set_aside
from pipelines.store.collection import LEDGER
from pipelines.store.errors import CannotStore, NoCollection, StoreError
from pipelines.store.ledger import Ledger
from pipelines.store.lock import Lock
from pipelines.store.salvage import Readable
from pipelines.store.segments import ARTICLES, PAGES, REJECTED, Segment
from pipelines.store.tables.articles import Known
from pipelines.store.tables.runs import REPAIR, Run
from pipelines.store.verify import check, verify
from pipelines.urls import same_page_key

_NEW = f"{LEDGER}.new"
_DAMAGE = {sqlite3.SQLITE_ERROR, sqlite3.SQLITE_IOERR_READ}  # others: a full disk, missing rights


def repair(folder: Path, compression: str = "zstd") -> Iterator[str]:
    """Put a collection right, and yield a line for a person for each thing done.

    A file that does not hold what it should is kept as `<name>.damaged`, and what can be read of it stands in its
    place. The pages of what was lost are queued, for the next crawl, which looks for news as well; where the ledger
    itself was lost it finds them anew, and what runs counted is read from their reports.
    """
    if not any((folder / name).exists() for name in (LEDGER, ARTICLES, REJECTED, PAGES)):
        raise NoCollection(f"{folder} is no collection")
    lock = Lock(folder)
    try:
        is_sound = _is_sound(folder / LEDGER)
        with closing(Ledger(folder / LEDGER) if is_sound else _new_ledger(folder)) as ledger:
            repairing = _Repair(folder, ledger, compression)
            yield from repairing.run()
            if not is_sound:
                ledger.checkpoint()
        if not is_sound:
            yield from _replace_ledger(folder)
        yield repairing.summary
    except sqlite3.Error as error:
        raise CannotStore(f"{folder / LEDGER} cannot be read or written: {error}") from error
    finally:
        lock.release()


def _is_sound(path: Path) -> bool:
    """Return whether a ledger can be read, and used; raise `sqlite3.Error` where that cannot be told."""
    if not path.is_file():
        return False
    try:
        with closing(Ledger(path, read_only=True)) as ledger:
            for (table,) in ledger.db.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
                deque(ledger.db.execute(f"SELECT * FROM {table}"), maxlen=0)
            ledger.runs.all()
            return [message for (message,) in ledger.db.execute("PRAGMA quick_check")] == ["ok"]
    except sqlite3.OperationalError as error:
        if getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) not in _DAMAGE:  # Python's own errors have no code
            raise
        return False
    except (sqlite3.DatabaseError, StoreError, ValueError):  # ValueError: a text that is no UTF-8 or no JSON
        return False


def _new_ledger(folder: Path) -> Ledger:
    """Make a ledger beside the place of the collection's own.

    A crawl takes for uncommitted what its ledger does not list: it must not find one that is half rebuilt.
    """
    for path in _files_of(folder / _NEW):
        path.unlink(missing_ok=True)
    return Ledger(folder / _NEW)


def _replace_ledger(folder: Path) -> Iterator[str]:
    """Put the new ledger in the place of the damaged one, which is kept."""
    yield from (set_aside(path) for path in _files_of(folder / LEDGER) if path.exists())
    (folder / _NEW).replace(folder / LEDGER)
    segments.sync_folder(folder)


def _files_of(ledger: Path) -> list[Path]:
    return [ledger.with_name(ledger.name + suffix) for suffix in ("", "-wal", "-shm")]


class _Repair:
    def __init__(self, folder: Path, ledger: Ledger, compression: str) -> None:
        self.folder, self.ledger, self.compression = folder, ledger, compression
        self.queued = 0
        self.summary = ""
        self.is_new = not ledger.runs.all()

    def run(self) -> Iterator[str]:
        if self.is_new:
            recovery.restore_runs(self.folder, self.ledger)
        listed = list(self.ledger.segments)
        faults = check(self.folder, self.ledger) if self.is_new else verify(self.folder)
        faulty = {fault.path for fault in faults}
        damaged = [segment for segment in listed if segment.path(self.folder) in faulty] or list(self._unlisted(listed))
        for segment in damaged:
            yield from self._salvage(segment)
        kinds = {segment.kind for segment in damaged}
        if ARTICLES in kinds or self.folder / LEDGER in faulty:
            self._index_articles()
        if REJECTED in kinds:
            self._queue_lost_rejections()
        yield from self._rewrite_reports(faulty)
        self.queued += self.ledger.pages.queue_again()
        records = sum(segment.records for segment in self.ledger.segments.of(ARTICLES))
        self._note(records)
        self.ledger.commit()
        yield from recovery.recover(self.folder, self.ledger)
        self.ledger.commit()
        self.summary = f"readable: {number_of(records, 'record')}; queued again: {number_of(self.queued, 'page')}"

    def _unlisted(self, listed: list[Segment]) -> Iterator[Segment]:
        """Yield the segments that stand in the folder of a new ledger."""
        if listed:
            return
        for kind in (ARTICLES, REJECTED, PAGES):
            numbers = {int(path.name[:6]) for path in self._files(kind, "[0-9]" * 6)}
            yield from (Segment(number=number, kind=kind) for number in sorted(numbers))

    def _files(self, kind: str, number: str) -> list[Path]:
        files = (self.folder / kind).glob(f"{number}.*")
        return sorted(path for path in files if path.suffix not in (DAMAGED, ".tmp"))

    def _salvage(self, segment: Segment) -> Iterator[str]:
        """Put what can be read of a segment in its place."""
        sources = self._files(segment.kind, f"{segment.number:06d}")
        found = [salvage.read(path, segment.kind) for path in sources]
        nothing = Readable(segment.path(self.folder), b"", 0, is_all=False)
        best = max(found, key=lambda readable: readable.records, default=nothing)
        is_whole = best.is_all and best.records >= segment.records
        for path in sources:
            if not is_whole or path != best.path:
                yield copy_aside(path)
        segment.length, segment.records = len(best.data), best.records
        self._close(segment, best, is_whole=is_whole)
        for path in sources:
            if path != segment.path(self.folder):
                path.unlink(missing_ok=True)
        self.ledger.segments.put(segment)
        yield f"{segment.path(self.folder)} holds the {segment.records} records that can be read"
        if segment.kind == PAGES:
            self.queued += self.ledger.pages.move_raw(segment.number, best.places)

    def _close(self, segment: Segment, best: Readable, *, is_whole: bool) -> None:
        """Close a segment on the file that holds what can be read, or on a new one."""
        if is_whole and best.path.name != segment.open_file:
            segment.file, segment.sha256 = best.path.name, segments.checksum(best.path)
            return
        segment.file = segment.sha256 = None
        if not is_whole:
            segments.write_whole(segment.path(self.folder), best.data)
        if plain := segments.seal(self.folder, segment, self.compression):
            plain.unlink()

    def _index_articles(self) -> None:
        """Make the ledger's articles anew from the segments, and queue the pages of those that are lost."""
        before = {known.id: known for known in self.ledger.articles}
        self.ledger.articles.forget()
        for segment in self.ledger.segments.of(ARTICLES):
            for offset, line in segments.lines(self.folder, segment):
                article = decode(line, Article)
                key = same_page_key(article.canonical_url or article.url)
                known = Known.of(article, key, segment=segment.number, offset=offset)
                if old := before.get(known.id):
                    known.key, known.page = old.key, old.page
                if (other := self.ledger.articles.at(known.key)) and other.id != known.id:
                    known.key = known.id  # damage has changed one of the two ids
                latest = self.ledger.articles.get(known.id)
                if latest is None or latest.revision < known.revision:
                    self.ledger.articles.put(known)
        for old in before.values():
            found = self.ledger.articles.get(old.id)
            if old.page is not None and (found is None or found.revision < old.revision):
                self.queued += self.ledger.pages.fetch_again(old.page)

    def _queue_lost_rejections(self) -> None:
        urls = {rejection.url for rejection in self._rejections()}
        for page, url in self.ledger.pages.with_outcome("rejected", "failed", "duplicate"):
            if url not in urls:
                self.queued += self.ledger.pages.fetch_again(page)

    def _rewrite_reports(self, faulty: set[Path]) -> Iterator[str]:
        runs = {run.id: run for run in self.ledger.runs.all()}
        for path in sorted(path for path in faulty if path.parent.name == recovery.RUNS):
            yield set_aside(path)
            if run := runs.get(path.stem):
                recovery.write_report(self.folder, self.ledger, run)
                yield f"wrote {path} anew"

    def _rejections(self) -> Iterator[Rejection]:
        for segment in self.ledger.segments.of(REJECTED):
            for _, line in segments.lines(self.folder, segment):
                yield decode(line, Rejection)

    def _note(self, records: int) -> None:
        """Let the counts of the runs add up to the records that there are, and leave none complete that lost pages."""
        runs = self.ledger.runs.all()
        last = runs[-1] if runs else None
        uncounted = self._uncounted(records, runs)
        if not uncounted and not self.queued:
            return  # the last crawl stays as complete as it was
        now = recovery.now()
        self.ledger.runs.put(
            Run(
                number=last.number + 1 if last else 1,
                id=f"{now.replace('-', '').replace(':', '')[:15]}Z-repair",
                crawl=last.crawl if last else 1,
                started_at=now,
                ended_at=now,
                reason=REPAIR,
                counts=dict(uncounted),
            )
        )

    def _uncounted(self, records: int, runs: list[Run]) -> Counter[str]:
        """Return what is kept and was counted by no run of the ledger, or counted and is not kept."""
        more = records - sum(run.counts.get("records", 0) for run in runs)
        counts = Counter(dict.fromkeys(("records", "kept", "fetched"), more) if more else {})
        if self.is_new:
            known = {run.id for run in runs}
            for rejection in self._rejections():
                if not known or (rejection.run and rejection.run not in known):
                    counts.update(("fetched", "rejected", f"rejected/{rejection.reason}"))
        return counts
