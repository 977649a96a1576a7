"""`scrapy report`: collections to look at."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from pipelines.export.errors import ExportError
from pipelines.export.replacing import publish, workshop
from pipelines.plain import number_of
from pipelines.store.collection import Collection
from scrapers.collection_command import CollectionCommand
from scrapers.operations.health import Verdict, judge

if TYPE_CHECKING:
    from pipelines.report.numbers import Health


class Command(CollectionCommand):
    """Writes one self-contained HTML page about the collections."""

    def syntax(self) -> str:
        return "[options] [FILE]"

    def short_desc(self) -> str:
        return "Write a report of the collections as one HTML page"

    def long_desc(self) -> str:
        return (
            f"{self.short_desc()}, by default report.html: articles by day and site, coverage of each field, languages,"
            " keywords, authors, delays, sizes, revisions, rejected pages with examples, the health of each site, the"
            " newest articles. The page loads nothing and runs no script."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--title", default="Articles", help="title of the page")
        parser.add_argument("--skip-damaged", action="store_true", help="leave out segments that cannot be read")

    def read(self, args: list[str], opts: argparse.Namespace) -> None:
        target = Path(self.one_argument(args, "FILE") or "report.html")
        if target.is_dir():
            raise ExportError(f"{target} is a folder; name a file in it")
        assert self.settings
        confirmed = self.settings.getint("HEALTH_CONFIRMED")
        with (
            workshop(target) as folder,
            self.database(opts, memory="800MB", skip_damaged=opts.skip_damaged) as (collections, database),
        ):
            # Matplotlib is an extra, and Scrapy imports every command
            from pipelines.report.numbers import gather
            from pipelines.report.page import render

            numbers = gather(
                database, collections, list(_health(collections, confirmed)), skip_damaged=opts.skip_damaged
            )
            made = folder / target.name
            try:
                made.write_text(render(numbers, opts.title), encoding="utf-8")
                publish(made, target)
            except OSError as error:
                raise ExportError(f"{target} cannot be written, and is what it was: {error.strerror}") from error
        for reason in numbers.damaged:
            print(f"left out: {reason}", file=sys.stderr)
        print(f"{number_of(numbers.facts.articles, 'article')} in {target}")
        if not numbers.facts.articles:
            self.tell_of_none(opts)


def _health(collections: Sequence[Collection], confirmed: int) -> Iterator[Health]:
    from pipelines.report.numbers import Health

    for collection in collections:
        if found := judge(collection.reports()):
            verdict = ", ".join(filter(None, [found.verdict, found.doubt(confirmed)]))
            yield Health(found.site, verdict, found.evidence, found.at, found.verdict == Verdict.OK)
