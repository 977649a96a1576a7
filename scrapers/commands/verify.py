"""`scrapy verify`: whether a collection holds what its ledger says."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from pipelines.store.errors import CannotStore, Locked, StoreError
from pipelines.store.repair import repair
from pipelines.store.verify import verify
from scrapers.commands.crawl import LOCKED, NOT_STORED
from scrapers.terminal import piped, say

FAULTS = 1
_SHOWN = 20


class Command(ScrapyCommand):
    """Checks a collection, and repairs it if asked."""

    requires_project = True
    requires_crawler_process = False

    def syntax(self) -> str:
        return "[options] <collection>"

    def short_desc(self) -> str:
        return "Check that a collection is whole: its lines, counts, checksums, raw pages and reports"

    def long_desc(self) -> str:
        return (
            f"{self.short_desc()}. The collection is a folder, or a name below DATA_DIR. Exit codes: 0 it is whole;"
            " 1 it has faults, the first of which are named; 4 it cannot be repaired; 5 a crawl writes it."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument(
            "--repair",
            action="store_true",
            help="keep a damaged file as *.damaged and what can be read of it in its place, and queue lost pages again",
        )

    @piped
    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        assert self.settings is not None
        if len(args) != 1:
            raise UsageError("name one collection", print_help=False)
        folder = Path(args[0])
        if not folder.is_dir():
            folder = Path(self.settings["DATA_DIR"]) / args[0]
        try:
            if opts.repair:
                for line in repair(folder, self.settings["SEGMENT_COMPRESSION"]):
                    say(line)  # a repair is not given up half-way
            self.exitcode = _check(folder)
        except Locked as error:
            self.exitcode = _complain(error, LOCKED)
        except (OSError, CannotStore) as error:
            self.exitcode = _complain(error, NOT_STORED)
        except StoreError as error:
            self.exitcode = _complain(error, FAULTS)


def _check(folder: Path) -> int:
    count = 0
    for count, fault in enumerate(verify(folder), 1):
        if count <= _SHOWN:
            print(fault, file=sys.stderr)
    if count > _SHOWN:
        print(f"and {count - _SHOWN} more", file=sys.stderr)
    if not count:
        print(f"{folder} is whole")
    return FAULTS if count else 0


def _complain(error: Exception, code: int) -> int:
    print(f"scrapy verify: {error}", file=sys.stderr)
    return code
