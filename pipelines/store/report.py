"""What a run leaves for whoever watches a site: `runs/<id>.json`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from pipelines.article import Article
from pipelines.records import read_json

if TYPE_CHECKING:
    from pipelines.store.tables.runs import Run

_BOOKKEEPING = {"id", "url", "site", "evidence", "fetched_at", "revision", "changed", "content_hash", "run"}
FIELDS = tuple(field.name for field in fields(Article) if field.name not in _BOOKKEEPING)
"""The fields whose coverage is counted: those that a publisher may leave out, or a parser miss."""

ENDS = ("kept", "revised", "unchanged", "gone", "duplicate", "rejected", "failed")
"""What can become of a page that is no list of articles."""


class Asked(msgspec.Struct, kw_only=True):
    """A list of articles that a run asked for, and how that ended."""

    url: str
    kind: str
    """`feed`, `sitemap`, `news-sitemap`, `section`, ..."""

    status: str
    """`http-200`, `http-304`, `http-404`; `dns` and the other causes of failures; `challenge`, `consent`, `empty`,
    `not-xml` where something else was served in its place; `source-broken` where it could not be read to its end."""

    listed: int | None = None
    """Articles and further lists that it names; `None` where it was not read."""

    guessed: bool = False
    """Nobody named it: its absence is no failure."""


class Report(msgspec.Struct, kw_only=True):
    """One run, or the runs of one crawl taken together.

    `found` = `lists` + `fetched` + `left`; `fetched` = `kept` + `revised` + `unchanged` + `gone` and the sums of
    `duplicate`, `rejected` and `failed`.
    """

    id: str
    collection: str
    crawl: int
    started_at: str
    ended_at: str | None
    seconds: float
    reason: str | None
    """Why it ended, in Scrapy's words; `interrupted` if it was killed."""

    complete: bool
    """Whether nothing was left to fetch."""

    found: int
    lists: int
    """Pages that only led to others: feeds, sitemaps, sections."""

    fetched: int
    left: int
    kept: int
    revised: int
    unchanged: int
    gone: int = 0
    """Kept in an earlier run, and answering 404 or 410 since."""

    duplicate: dict[str, int]
    rejected: dict[str, int]
    """By reason."""

    failed: dict[str, int]
    """By cause."""

    records: int
    coverage: dict[str, float]
    """Field -> share of the records that have a value, 0 to 1."""

    missed: dict[str, int]
    """Field -> records in which the place that the site's own code names held nothing."""

    requests: int
    """Responses that the server sent, those to retries and for robots.txt included."""

    bytes: int
    """Size of their bodies as sent."""

    statuses: dict[str, int]
    """HTTP status -> responses."""

    sources: list[Asked]


def field_counts(article: Article) -> Iterable[str]:
    """Yield the counts to which a kept record adds one."""
    return (f"field/{name}" for name in FIELDS if getattr(article, name) not in (None, "", []))


def report(collection: str, runs: Sequence[Run], sources: Sequence[Asked], left: int) -> Report:
    """Return the report of the runs of one crawl, the last of which left so many pages in the queue."""
    first, last = runs[0], runs[-1]
    counts: Counter[str] = Counter()
    for run in runs:
        counts.update(run.counts)
    records = counts["records"]
    return Report(
        id=last.id,
        collection=collection,
        crawl=last.crawl,
        started_at=first.started_at,
        ended_at=last.ended_at,
        seconds=sum(_seconds(run) for run in runs),
        reason=last.reason,
        complete=last.complete,
        found=counts["source"] + counts["fetched"] + left,
        lists=counts["source"],
        fetched=counts["fetched"],
        left=left,
        kept=counts["kept"],
        revised=counts["revised"],
        unchanged=counts["unchanged"],
        gone=counts["gone"],
        duplicate=_below("duplicate", counts),
        rejected=_below("rejected", counts),
        failed=_below("failed", counts),
        records=records,
        coverage={name: round(counts[f"field/{name}"] / records, 4) for name in FIELDS} if records > 0 else {},
        missed=_below("missed", counts),
        requests=counts["requests"],
        bytes=counts["bytes"],
        statuses=_below("status", counts),
        sources=list(sources),
    )


_decoder = msgspec.json.Decoder(Report)


def read_report(path: Path) -> Report:
    """Return a report as it was written; raise `OSError`, or `msgspec.DecodeError` if the file holds none."""
    return read_json(path.read_bytes(), _decoder)


def counts_of(report: Report) -> dict[str, int]:
    """Return the counts of the run that a report tells of; those of fields as near as their shares tell them."""
    totals = ("fetched", "kept", "revised", "unchanged", "gone", "records", "requests", "bytes")
    counts = {"source": report.lists, **{name: getattr(report, name) for name in totals}}
    ends = {"duplicate": report.duplicate, "rejected": report.rejected, "failed": report.failed}
    counts |= {end: sum(numbers.values()) for end, numbers in ends.items()}
    for prefix, numbers in {**ends, "missed": report.missed, "status": report.statuses}.items():
        counts |= {f"{prefix}/{name}": number for name, number in numbers.items()}
    counts |= {f"field/{name}": round(share * report.records) for name, share in report.coverage.items()}
    return {name: number for name, number in counts.items() if number}


def _below(prefix: str, counts: Mapping[str, int]) -> dict[str, int]:
    """Return the counts `prefix/<name>` by name, largest first."""
    parts = {name.partition("/")[2]: number for name, number in counts.items() if name.startswith(f"{prefix}/")}
    return dict(sorted(parts.items(), key=lambda part: (-part[1], part[0])))


def _seconds(run: Run) -> float:
    if run.ended_at is None:
        return 0.0
    return (datetime.fromisoformat(run.ended_at) - datetime.fromisoformat(run.started_at)).total_seconds()
