"""What the commands that read collections share: which collections, which articles, and errors told in one line."""

from __future__ import annotations

import argparse
import sqlite3
import sys
from abc import abstractmethod
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import date
from pathlib import Path
from shlex import quote
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from pipelines.export.errors import ExportError
from pipelines.export.selection import Selection
from pipelines.extras import MissingExtra
from pipelines.plain import plain
from pipelines.progress import counting
from pipelines.store.collection import LEDGER, Collection, open_collection
from pipelines.store.errors import StoreError
from pipelines.stories.story import Story
from scrapers.terminal import piped

if TYPE_CHECKING:
    from pipelines.export.database import Database

_INTERRUPTED = 130  # what a shell says of a program that SIGINT ended
_THERE = (
    "SELECT list(DISTINCT language ORDER BY language) FILTER (language IS NOT NULL), min(date), max(date) FROM articles"
)


class CollectionCommand(ScrapyCommand):
    """Reads the collections in `DATA_DIR`, as far as its options choose articles of them."""

    requires_crawler_process = False
    default_settings = {"LOG_ENABLED": False}

    def syntax(self) -> str:
        return "[options]"

    @abstractmethod
    def read(self, args: list[str], opts: argparse.Namespace) -> None:
        """Do what the command is for; raise `ExportError`, `StoreError` or `MissingExtra`."""

    @piped
    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        try:
            self.read(args, opts)
        except (ExportError, StoreError, MissingExtra) as problem:
            sys.stderr.write(f"scrapy {self.name}: {plain(str(problem))}\n")
            self.exitcode = 1
        except KeyboardInterrupt:
            sys.stderr.write(f"scrapy {self.name}: interrupted; nothing was changed\n")
            self.exitcode = _INTERRUPTED

    @property
    def name(self) -> str:
        return type(self).__module__.rpartition(".")[2]

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        choice = parser.add_argument_group("Which articles")
        choice.add_argument(
            "--site", metavar="NAME", action="append", default=[], help="of this collection or host; may be repeated"
        )
        choice.add_argument("--since", metavar="DAY", type=_day, help="published on this day or later: 2024-01-31")
        choice.add_argument("--until", metavar="DAY", type=_day, help="published on this day or earlier")
        choice.add_argument(
            "--language",
            metavar="TAG",
            action="append",
            default=[],
            help="in this language: pt, pt-BR; may be repeated",
        )
        choice.add_argument("--where", metavar="SQL", help='that meet this condition: "len(authors) > 1"')

    def take_no_arguments(self, args: list[str]) -> None:
        if args:
            raise UsageError(f"{self.name} takes no arguments, got {' '.join(args)}", print_help=False)

    def one_argument(self, args: list[str], name: str) -> str | None:
        if len(args) > 1:
            raise UsageError(f"{self.name} takes one {name}, got {' '.join(args)}", print_help=False)
        return args[0] if args else None

    def selection(self, opts: argparse.Namespace) -> Selection:
        """Return what the shared options choose."""
        return Selection(
            sites=tuple(opts.site),
            since=opts.since,
            until=opts.until,
            languages=tuple(opts.language),
            where=opts.where,
        )

    @contextmanager
    def collections(self) -> Iterator[Sequence[Collection]]:
        """Open the collections in `DATA_DIR`."""
        assert self.settings
        folder = Path(self.settings["DATA_DIR"])
        with ExitStack() as stack:
            found = [stack.enter_context(open_collection(path.parent)) for path in sorted(folder.glob(f"*/{LEDGER}"))]
            if not found:
                raise ExportError(f"there is no collection in {folder}; `scrapy crawl` makes one")
            yield found

    @contextmanager
    def database(self, opts: argparse.Namespace, **options: Any) -> Iterator[tuple[Sequence[Collection], Database]]:
        """Open the collections and the view of their articles that the shared options choose."""
        from pipelines.export.database import Database  # DuckDB is an extra, and Scrapy imports every command

        with (
            self.collections() as collections,
            TemporaryDirectory(prefix="broadsheet-") as folder,
            Database(collections, Path(folder), self.selection(opts), show_progress=True, **options) as database,
        ):
            yield collections, database

    def tell_of_none(self, opts: argparse.Namespace) -> None:
        """Say that no article meets the shared options, and which languages and days the collections have."""
        given = {
            "--site": opts.site,
            "--since": [opts.since],
            "--until": [opts.until],
            "--language": opts.language,
            "--where": [opts.where],
        }
        chosen = [f"{option} {quote(str(value))}" for option, values in given.items() for value in values if value]
        with self.database(opts, skip_damaged=opts.skip_damaged) as (_, database):
            ((languages, first, last),) = database.rows(_THERE)
        said = f"no article meets {' '.join(chosen)}" if chosen else "no article was kept"
        if chosen and languages:
            said += f"; languages: {', '.join(languages)}"
        if chosen and first:
            said += f"; published from {first} to {last}"
        sys.stderr.write(f"scrapy {self.name}: {plain(said)}\n")

    def stories(self, collections: Sequence[Collection], *, skip_damaged: bool = False) -> list[Story]:
        """Bring the index of stories in `DATA_DIR` up to date, and return what it found."""
        from pipelines.stories.index import StoryIndex  # needs an extra

        assert self.settings
        file = Path(self.settings["DATA_DIR"]) / "stories.db"
        try:
            with StoryIndex(file) as index:
                index.update(collections, counting("Reading new articles"), skip_damaged=skip_damaged)
                return index.stories()
        except sqlite3.Error as error:
            raise ExportError(f"{file} cannot be used: {error}; it may be removed, and is made again") from error


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no day; write it as 2024-01-31") from None
