"""What became of one page, gathered until the page is complete."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from pipelines.article import Article, Rejection
from pipelines.store.report import Asked

_RANK = ("failed", "kept", "revised", "rejected", "duplicate", "unchanged", "gone")


@dataclass(slots=True)
class Outcome:
    """The records of one page, and its end; the collection writes them together."""

    articles: list[tuple[str, Article]] = field(default_factory=list)
    """Each with its key: what all spellings of its address share."""

    rejections: list[Rejection] = field(default_factory=list)
    results: set[str] = field(default_factory=set)
    """`failed`, `kept`, `revised`, `rejected`, `duplicate`, `unchanged`, `gone`: what became of what the page held."""

    reason: str | None = None
    """Why it was rejected or failed, as a short stable word."""

    raw: bytes | None = None
    """The exchange with the server as WARC records."""

    etag: str | None = None
    last_modified: str | None = None
    """Validators of a response that was read, empty where it has none; None leaves what the ledger has."""

    revisit: float | None = None
    """When a later crawl is to look at the page again."""

    content_hash: str | None = None

    asked: Asked | None = None
    """How it ended as a list of articles."""

    counts: Counter[str] = field(default_factory=Counter)
    """What else counts for the run once the page is complete."""

    @property
    def result(self) -> str:
        """The one result that counts for the page; `source` for a page that only led to others."""
        return next((result for result in _RANK if result in self.results), "source")

    def count(self, what: str, number: int = 1) -> None:
        """Add to what counts for the run once the page is complete."""
        self.counts[what] += number

    def keep(self, key: str, article: Article) -> None:
        self.articles.append((key, article))
        self.results.add("kept" if article.revision == 1 else "revised")
        self.content_hash = article.content_hash

    def reject(self, rejection: Rejection, result: str = "rejected") -> None:
        self.rejections.append(rejection)
        self.results.add(result)
        self.reason = rejection.reason

    def mark_gone(self, reason: str) -> None:
        """Take a page of which an article is kept for gone; nothing is deleted, and nothing is rejected."""
        self.rejections.clear()
        self.results, self.reason = {"gone"}, reason
