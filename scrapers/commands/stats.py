"""`scrapy stats`: what the collections hold, in numbers."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Literal

from pipelines.plain import number_of, plain
from pipelines.store.report import ENDS, FIELDS
from scrapers.collection_command import CollectionCommand
from scrapers.terminal import positive

if TYPE_CHECKING:
    from pipelines.export.facts import Facts

_LINES: tuple[Literal["site", "language", "month"], ...] = ("site", "language", "month")


class Command(CollectionCommand):
    """Counts articles by site, language and month, and how many have each field."""

    def short_desc(self) -> str:
        return "Count the articles of the collections, and their fields"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--limit", type=positive, default=30, help="lines of a table (default: 30)")
        parser.add_argument("--json", action="store_true", help="print everything as one JSON object")

    def read(self, args: list[str], opts: argparse.Namespace) -> None:
        self.take_no_arguments(args)
        with self.database(opts) as (collections, database):
            from pipelines.export.facts import count  # needs DuckDB

            facts = count(database)
            counts = {collection.name: collection.counts() for collection in collections}
        if opts.json:
            print(json.dumps(_as_data(facts, counts), ensure_ascii=False, indent=2))
        else:
            print("\n".join(_lines(facts, counts, opts.limit)))


def _as_data(facts: Facts, counts: dict[str, dict[str, int]]) -> dict[str, Any]:
    return {
        "articles": facts.articles,
        "characters": facts.characters,
        "first": facts.first and facts.first.isoformat(),
        "last": facts.last and facts.last.isoformat(),
        **{f"by_{line}": dict(facts.by(line)) for line in _LINES},
        "coverage": facts.coverage(),
        "pages": counts,
    }


def _lines(facts: Facts, counts: dict[str, dict[str, int]], limit: int) -> Iterator[str]:
    yield f"{number_of(facts.articles, 'article')}, {facts.characters:,} characters of text"
    if facts.first:
        yield f"published from {facts.first} to {facts.last}"
    for line in _LINES:
        yield ""
        found = facts.by(line)
        rows = sorted(found.items(), reverse=True) if line == "month" else found.most_common()
        yield f"{line:<40}{'articles':>12}"
        yield from (f"{plain(value, 38):<40}{number:>12,}" for value, number in rows[:limit])
        if len(rows) > limit:
            yield f"and {len(rows) - limit:,} more"
    yield ""
    yield f"{'field':<40}{'articles':>12}"
    yield from (f"{name:<40}{share:>12.1%}" for name, share in facts.coverage().items() if name in FIELDS)
    yield ""
    columns = ("fetched", *ENDS)
    yield f"{'collection':<30}" + "".join(f"{column:>11}" for column in columns)
    for name, pages in counts.items():
        yield f"{plain(name, 28):<30}" + "".join(f"{pages.get(column, 0):>11,}" for column in columns)
