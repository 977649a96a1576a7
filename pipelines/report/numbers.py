"""What a report shows, counted: one pass over the articles into a small table, and the rest from that."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple

from pipelines.article import Rejection
from pipelines.export.columns import Column
from pipelines.export.database import Database
from pipelines.export.facts import Facts, count
from pipelines.export.selection import literal
from pipelines.store.collection import Collection
from pipelines.store.errors import Damaged

OTHERS = "others"
_SITES_IN_PLOTS = 8
_TOP = 20
_EXAMPLES = 3
_NEWEST = 25
_CREDIBLE = "date BETWEEN DATE '1990-01-01' AND fetched_at::DATE + 1"  # as when a page is read
_HOURS = "(epoch(fetched_at - published_at) / 3600)"  # from publication to fetch
_KEPT = "id url title site language date published_at fetched_at authors keywords revision".split()


class Health(NamedTuple):
    """How one collection is doing."""

    collection: str
    verdict: str
    evidence: Sequence[str]
    at: str
    is_well: bool


class Delay(NamedTuple):
    """Hours from publication to fetch of a site's articles."""

    site: str
    articles: int
    median: float
    slowest: float
    """That of nine in ten."""


class Newest(NamedTuple):
    """One article."""

    id: str
    url: str
    title: str | None
    site: str | None
    date: date | None
    fetched_at: datetime | None


@dataclass(kw_only=True)
class Reason:
    """Why pages did not become articles."""

    name: str
    pages: int = 0
    examples: deque[Rejection] = field(default_factory=lambda: deque(maxlen=_EXAMPLES))
    """The latest."""


@dataclass(kw_only=True)
class Numbers:
    """Everything that a report shows."""

    facts: Facts
    by_day: list[tuple[str, date, int]]
    """(site or `others`, day, articles)."""

    authors: list[tuple[str, int]]
    keywords: list[tuple[str, int]]
    delays: list[Delay]
    delay_hours: list[tuple[int, int]]
    """(power of two, articles fetched within so many hours and not within half of them)."""

    sizes: list[tuple[int, int]]
    """(characters of body, rounded down to half a power of ten as its exponent times two; articles)."""

    revisions: list[tuple[int, int]]
    newest: list[Newest]
    reasons: list[Reason]
    health: Sequence[Health]
    damaged: list[str]


def gather(
    database: Database,
    collections: Iterable[Collection],
    health: Sequence[Health] = (),
    *,
    skip_damaged: bool = False,
) -> Numbers:
    """Count the selected articles, and the rejected pages of the collections.

    Raise `Damaged` for a file of rejected pages that cannot be read, unless those are to be skipped.
    """
    damaged = list(database.snapshot.damaged)
    columns = database.selection.chosen()
    has = ", ".join(f"{column.is_covered} AS {_has(column)}" for column in columns)
    kept = database.query(f"{', '.join(_KEPT)}, coalesce(length(body), 0) AS characters, {has}")
    database.run(f"CREATE TABLE seen AS {kept}", "Reading articles")
    facts = count(database, "seen", covered=_has, characters="characters")
    return Numbers(
        facts=facts,
        by_day=_by_day(database, [site for site, _ in facts.by("site").most_common(_SITES_IN_PLOTS)]),
        authors=_top(database, "authors"),
        keywords=_top(database, "keywords"),
        delays=_delays(database),
        delay_hours=_distribution(database, f"greatest(ceil(log2(greatest({_HOURS}, 0.01))), -2)", f"{_HOURS} >= 0"),
        sizes=_distribution(database, "floor(2 * log10(characters))", "characters > 0"),
        revisions=_distribution(database, "revision"),
        newest=_newest(database),
        reasons=_reasons(collections, damaged, skip_damaged=skip_damaged),
        health=health,
        damaged=damaged,
    )


def _by_day(database: Database, shown: Sequence[str]) -> list[tuple[str, date, int]]:
    site = f"CASE WHEN site IN ({', '.join(map(literal, shown)) or 'NULL'}) THEN site ELSE '{OTHERS}' END"
    return _rows(database, f"SELECT {site}, date, count(*) FROM seen WHERE {_CREDIBLE} GROUP BY ALL ORDER BY ALL")


def _delays(database: Database) -> list[Delay]:
    rows = _rows(
        database,
        f"SELECT coalesce(site, 'unknown'), count(*), median({_HOURS}), quantile_cont({_HOURS}, 0.9)"
        f" FROM seen WHERE {_HOURS} >= 0 GROUP BY ALL ORDER BY 3, 1",
    )
    return [Delay(*row) for row in rows]


def _distribution(database: Database, step: str, condition: str = "true") -> list[tuple[int, int]]:
    """Return how many articles that meet a condition stand at each step, in order."""
    return _rows(database, f"SELECT ({step})::INTEGER, count(*) FROM seen WHERE {condition} GROUP BY ALL ORDER BY ALL")


def _newest(database: Database) -> list[Newest]:
    rows = _rows(
        database,
        f"SELECT {', '.join(Newest._fields)} FROM seen"
        f" ORDER BY coalesce({_CREDIBLE}, false) DESC, coalesce(published_at, date) DESC NULLS LAST, id"
        f" LIMIT {_NEWEST}",
    )
    return [Newest(*row) for row in rows]


def _has(column: Column) -> str:
    return f"has_{column.name}"


def _rows(database: Database, sql: str) -> list[Any]:
    return list(database.rows(sql))


def _top(database: Database, name: str) -> list[tuple[str, int]]:
    return _rows(
        database,
        f"SELECT value, count(*) FROM (SELECT unnest({name}) AS value FROM seen) GROUP BY ALL"
        f" ORDER BY 2 DESC, 1 LIMIT {_TOP}",
    )


def _reasons(collections: Iterable[Collection], damaged: list[str], *, skip_damaged: bool) -> list[Reason]:
    reasons: dict[str, Reason] = {}
    for collection in collections:
        try:
            for rejection in collection.rejected():
                reason = reasons.setdefault(rejection.reason, Reason(name=rejection.reason))
                reason.pages += 1
                reason.examples.append(rejection)
        except Damaged as error:
            if not skip_damaged:
                raise
            damaged.append(str(error))
    return sorted(reasons.values(), key=lambda reason: (-reason.pages, reason.name))
