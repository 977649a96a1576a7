"""What a dataset holds, in numbers: one pass over it, counted by site, language and month."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from pipelines.export.columns import Column
from pipelines.export.database import Database

UNDATED = "undated"
MONTH = f"coalesce(strftime(date, '%Y-%m'), '{UNDATED}')"
_GROUPS = ("site", "language", "date")


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The articles of one site in one language and month."""

    site: str
    language: str
    month: str
    """`YYYY-MM`, or `undated`."""

    articles: int
    first: date | None
    last: date | None
    characters: int
    """Of body text."""

    covered: tuple[int, ...]
    """How many have a value, column by column."""


@dataclass(frozen=True, kw_only=True)
class Facts:
    """Counts of a dataset, which add up to `articles` along every line."""

    columns: Sequence[Column]
    groups: Sequence[Group]

    @property
    def articles(self) -> int:
        return sum(group.articles for group in self.groups)

    @property
    def characters(self) -> int:
        return sum(group.characters for group in self.groups)

    @property
    def first(self) -> date | None:
        return min((group.first for group in self.groups if group.first), default=None)

    @property
    def last(self) -> date | None:
        return max((group.last for group in self.groups if group.last), default=None)

    def by(self, line: Literal["site", "language", "month"]) -> Counter[str]:
        """Return articles by site, language or month; absent values count under `unknown` or `undated`."""
        counts: Counter[str] = Counter()
        for group in self.groups:
            counts[getattr(group, line)] += group.articles
        return counts

    def coverage(self, site: str | None = None) -> dict[str, float]:
        """Return the share of articles that have a value, column by column, over all sites or of one."""
        groups = [group for group in self.groups if site is None or group.site == site]
        articles = sum(group.articles for group in groups)
        return {
            column.name: sum(group.covered[number] for group in groups) / articles if articles else 0.0
            for number, column in enumerate(self.columns)
        }


def count(
    database: Database,
    relation: str | None = None,
    *,
    covered: Callable[[Column], str] = lambda column: column.is_covered,
    characters: str = "coalesce(length(body), 0)",
) -> Facts:
    """Count the selected articles, or those of a relation that holds their chosen columns.

    `covered` and `characters` are expressions over the relation: that a column has a value, and the size of the body.
    """
    columns = database.selection.chosen()
    names = {column.name for column in columns}
    if relation is None or not names.issuperset(_GROUPS):
        relation = f"({database.query(', '.join(database.selection.known()))})"
    counts = ", ".join(f"count(*) FILTER ({covered(column)})" for column in columns)
    characters = f"sum({characters})" if "body" in names else "0"
    rows = database.rows(
        f"SELECT coalesce(site, 'unknown'), coalesce(language, 'unknown'), {MONTH}, count(*), min(date), max(date),"
        f" {characters}, {counts} FROM {relation} GROUP BY ALL ORDER BY ALL",
        "Counting",
    )
    groups = [
        Group(
            site=site,
            language=language,
            month=month,
            articles=articles,
            first=first,
            last=last,
            characters=int(size),
            covered=tuple(present),
        )
        for site, language, month, articles, first, last, size, *present in rows
    ]
    return Facts(columns=columns, groups=groups)
