"""`scrapy export`: from collections to a dataset."""

from __future__ import annotations

import argparse
import sys

from scrapy.exceptions import UsageError

from pipelines.plain import number_of
from scrapers.collection_command import CollectionCommand


class Command(CollectionCommand):
    """Writes articles as JSON Lines, CSV, Parquet, SQLite, DuckDB or a dataset folder."""

    def syntax(self) -> str:
        return "[options] TARGET"

    def short_desc(self) -> str:
        return "Export articles as a dataset"

    def long_desc(self) -> str:
        return (
            "Export articles of the collections as a dataset, by the form of TARGET: .jsonl, .jsonl.zst, .jsonl.gz,"
            " .csv, .parquet, .sqlite, .duckdb; NAME.parquet/ is a folder of Parquet files by site and month; NAME/ a"
            " dataset folder for the Hugging Face hub. Folders hold a dataset card, the schema and a manifest; beside a"
            " file stands its manifest. In CSV a text that a spreadsheet would run as a formula (it begins with =, +,"
            " -, @, a tab or a line end) gets an apostrophe before it. Exit code: 0 the dataset is written, also where"
            " no article meets the options, which is then said; 1 it could not be."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--format", help="form of the data in a dataset folder (default parquet), or of a file")
        parser.add_argument("--columns", metavar="NAMES", help="these columns only, separated by commas")
        parser.add_argument("--revisions", choices=("latest", "all"), default="latest", help="default: latest")
        parser.add_argument(
            "--text",
            choices=("all", "none"),
            default="all",
            help="with the texts of the articles, or with none where texts may not be shared (default: all)",
        )
        parser.add_argument(
            "--stories",
            action="store_true",
            help="tell which articles print the same story: story_id, is_primary, similarity",
        )
        parser.add_argument("--skip-damaged", action="store_true", help="leave out segments that cannot be read")

    def read(self, args: list[str], opts: argparse.Namespace) -> None:
        if len(args) != 1:
            raise UsageError(f"export takes one TARGET, got {' '.join(args) or 'none'}", print_help=False)
        # DuckDB is an extra, and Scrapy imports every command to list them
        from pipelines.export.dataset import export

        selection = self.selection(opts).narrowed(
            columns=tuple(map(str.strip, opts.columns.split(","))) if opts.columns else (),
            revisions=opts.revisions,
            text=opts.text,
            stories=opts.stories,
        )
        with self.collections() as collections:
            stories = self.stories(collections, skip_damaged=opts.skip_damaged) if opts.stories else ()
            manifest = export(
                collections,
                args[0],
                selection,
                format_name=opts.format,
                stories=stories,
                skip_damaged=opts.skip_damaged,
                show_progress=True,
            )
        for reason in manifest.damaged:
            print(f"left out: {reason}", file=sys.stderr)
        size = sum(file.bytes for file in manifest.files)
        print(f"{number_of(manifest.rows, 'article')}, {number_of(size, 'byte')} in {args[0]}")
        if not manifest.rows:
            self.tell_of_none(opts)
