"""A collection under its lock, open for writing: the commit."""

from __future__ import annotations

import shutil
import sqlite3
import time
from collections import Counter
from contextlib import ExitStack
from pathlib import Path

from pipelines.article import Article
from pipelines.records import decode, encode
from pipelines.store import recovery, segments
from pipelines.store.collection import LEDGER, Collection
from pipelines.store.errors import CannotStore
from pipelines.store.ledger import Ledger
from pipelines.store.lock import Lock
from pipelines.store.open_segments import OpenSegments
from pipelines.store.outcome import Outcome
from pipelines.store.report import field_counts
from pipelines.store.segments import ARTICLES, PAGES, REJECTED
from pipelines.store.tables.articles import Known
from pipelines.store.tables.page import Ending, State


class CollectionWriter(Collection):
    """The one writer of a collection.

    Outcomes of pages gather in memory; `commit` makes them durable together. Once it has failed nothing more is
    written: after a failed fsync nobody knows what the disk holds, so what was not committed is fetched again.
    """

    def __init__(
        self, folder: Path, *, compression: str = "zstd", segment_bytes: int = 64 * 2**20, reserve: int = 0
    ) -> None:
        self.folder = folder
        self.segment_bytes, self.reserve = segment_bytes, reserve
        self.failure: CannotStore | None = None
        self.total = 0
        """Articles in the collection when the run ended."""

        self.crawl_counts: Counter[str] = Counter()
        """Counts of the crawl when the run ended: those of this run and of the interrupted ones before it."""

        self._outcomes: dict[int, Outcome] = {}
        self._finished: list[tuple[int | None, Outcome, State, float]] = []
        self._claims: dict[str, Known] = {}  # by key and by content hash
        try:
            self._open(compression)
        except (OSError, sqlite3.Error) as error:
            raise CannotStore(f"{folder} cannot be written: {error}") from error

    def _open(self, compression: str) -> None:
        recovery.check_place(self.folder)
        self.folder.mkdir(parents=True, exist_ok=True)
        with ExitStack() as undo:
            self._lock = Lock(self.folder)
            undo.callback(self._lock.release)
            self.ledger = Ledger(self.folder / LEDGER)
            undo.callback(self.ledger.close)
            self.recovered = recovery.recover(self.folder, self.ledger)
            self._segments = OpenSegments(self.folder, self.ledger, compression)
            self.run = self.ledger.runs.begin(recovery.now())
            self.ledger.commit()
            self.crawl_began = min(run.number for run in self.ledger.runs.all() if run.crawl == self.run.crawl)
            self._counts = Counter(self.run.counts)
            undo.pop_all()

    # what is known

    def known(self, key: str) -> Known | None:
        """Return the article at an address, kept or about to be; `segment` is 0 for one that is not written yet."""
        return self._claims.get(key) or self.ledger.articles.at(key)

    def known_content(self, content_hash: str) -> Known | None:
        """Return an article with this title and body, kept or about to be."""
        return self._claims.get(content_hash) or self.ledger.articles.with_content(content_hash)

    def kept_from(self, page: int) -> Known | None:
        """Return the article that was kept from a page."""
        content_hash = self.ledger.pages.content_hash(page)
        known = self.ledger.articles.with_content(content_hash) if content_hash else None
        return known if known and known.page == page else None

    def claim(self, key: str, article: Article) -> None:
        """Make an article known before it is written, so that a page read meanwhile is told from it."""
        known = Known.of(article, key)
        self._claims[key] = self._claims[known.content_hash] = known

    def release(self, key: str, article: Article) -> None:
        """Take a claim back."""
        for name in (key, str(article.content_hash)):
            self._claims.pop(name, None)

    def record(self, known: Known) -> Article:
        """Return the latest kept revision of an article; raise `CannotStore` if what is buffered cannot be written."""
        try:
            self._segments.sync()
        except OSError as error:
            raise self.fail(error) from error
        by_number = {segment.number: segment for segment in self.ledger.segments.of(ARTICLES)}
        return decode(segments.line_at(self.folder, by_number[known.segment], known.offset), Article)

    # the outcome of pages

    def outcome(self, page: int) -> Outcome:
        """Return what is gathered of a page that is not complete."""
        outcome = self._outcomes.get(page)
        if outcome is None:
            outcome = self._outcomes[page] = Outcome()
        return outcome

    def go_on(self, page: int) -> None:
        """Count what was fetched of a page that another request goes on with: that may be left for a later run."""
        outcome = self.outcome(page)
        self._counts.update(outcome.counts)
        outcome.counts, outcome.raw = Counter(), None

    def put_back(self, page: int) -> None:
        """Leave a page at the end to which an earlier run brought it: nothing of it is news."""
        self.go_on(page)
        del self._outcomes[page]
        self.ledger.pages.put_back(page)

    def finish(self, page: int | None, outcome: Outcome | None = None) -> Outcome:
        """Take a page as complete, with what was gathered of it; the next commit writes it."""
        if page is not None:
            gathered = self._outcomes.pop(page, None)
            outcome = outcome or gathered
        outcome = outcome or Outcome()
        state = {"failed": State.FAILED, "gone": State.GONE}.get(outcome.result, State.DONE)
        self._finished.append((page, outcome, state, time.time()))
        return outcome

    def ended(self, page: int) -> Outcome | None:
        """Return the outcome of a page that is complete and waits for the next commit."""
        return next((outcome for number, outcome, *_ in self._finished if number == page), None)

    def count(self, what: str, number: int = 1) -> None:
        """Add to the counts of the run."""
        self._counts[what] += number

    # the commit

    def commit(self) -> None:
        """Make durable what is complete: records first, then the transaction that says so. Raise `CannotStore`."""
        if self.failure:
            raise self.failure
        if not self._finished and not self.ledger.has_changes:
            return
        try:
            self._write_outcomes()
            self._segments.sync()
            self.run.counts = dict(self._counts)
            self.ledger.runs.put(self.run)
            self.ledger.commit()
            self._segments.seal(self.segment_bytes)
        except (OSError, sqlite3.Error) as error:
            raise self.fail(error) from error

    def fail(self, error: Exception) -> CannotStore:
        """Stop writing for good, and return why."""
        self.failure = CannotStore(f"{self.folder} cannot be written: {error}")
        return self.failure

    @property
    def is_disk_low(self) -> bool:
        return shutil.disk_usage(self.folder).free < self.reserve

    def end(self, reason: str) -> None:
        """Make the last commit, close the segments, write the run's report, and close.

        `reason` says why the run ended, in Scrapy's words; `finished` with nothing queued is a complete crawl.
        Raise `CannotStore`.
        """
        try:
            if not self.failure:
                self.commit()
                self._end(reason)
        except (OSError, sqlite3.Error) as error:
            raise self.fail(error) from error
        finally:
            self.close()

    def close(self) -> None:
        """Let the collection go; what was not committed is gone. A second call does nothing."""
        super().close()
        self._segments.close()
        self._lock.release()

    def _end(self, reason: str) -> None:
        self._segments.seal_all()
        self.total = len(self.ledger.articles)
        self.asked = self.ledger.sources.asked(self.crawl_began, self.run.number)
        for run in self.ledger.runs.all()[self.crawl_began - 1 :]:
            self.crawl_counts.update(run.counts)
        self.run.ended_at, self.run.reason = recovery.now(), reason
        self.run.complete = reason == "finished" and not self.ledger.pages.queued(in_flight=True)
        self.ledger.runs.put(self.run)
        recovery.write_report(self.folder, self.ledger, self.run)
        self.ledger.commit()

    def _write_outcomes(self) -> None:
        for page, outcome, state, when in self._finished:
            result = outcome.result
            for key, article in outcome.articles:
                self._append_article(key, article, page)
            for rejection in outcome.rejections:
                self._segments.append(REJECTED, encode(rejection))
            self._count_page(outcome, result)
            if page is not None:
                self._finish_page(page, outcome, result, state, when)
        self._finished.clear()

    def _append_article(self, key: str, article: Article, page: int | None) -> None:
        self.release(key, article)
        known = Known.of(article, key)
        known.segment, known.offset = self._segments.append(ARTICLES, encode(article))
        known.page = page
        self.ledger.articles.put(known)
        self._counts.update(["records", *field_counts(article)])

    def _count_page(self, outcome: Outcome, result: str) -> None:
        self._counts[result] += 1
        if result in ("rejected", "failed", "duplicate"):
            self._counts[f"{result}/{outcome.reason}"] += 1
        if result != "source":
            self._counts["fetched"] += 1
        self._counts.update(outcome.counts)
        if outcome.asked:
            self.ledger.sources.put_asked(self.run.number, outcome.asked)

    def _finish_page(self, page: int, outcome: Outcome, result: str, state: State, when: float) -> None:
        segment, offset = self._segments.append(PAGES, outcome.raw) if outcome.raw else (None, None)
        ending = Ending(
            result,
            outcome.reason,
            outcome.revisit,
            outcome.etag,
            outcome.last_modified,
            outcome.content_hash,
            segment,
            offset,
        )
        self.ledger.pages.finish(page, state, when, self.run.number, ending)
