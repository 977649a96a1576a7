"""`scrapy crawlall`: every site with a module of its own, over the cores."""

from __future__ import annotations

import argparse
import shutil
import sys
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from fnmatch import fnmatchcase
from pathlib import Path

import msgspec
from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError
from scrapy.utils.conf import arglist_to_dict

from pipelines.plain import number_of
from pipelines.store.segments import write_whole
from scrapers.configuration import check
from scrapers.operations.crawls import (
    COMPLETE,
    ERROR,
    LOG,
    NOT_STORED,
    STOPPED,
    WITH_REJECTED,
    Crawl,
    arguments,
    broken_sites,
    run_all,
    sites,
    worst,
)
from scrapers.progress import duration, line
from scrapers.terminal import add_jobs, piped, say

_MEMORY = "crawlall.json"
_RESUMED = timedelta(days=1)  # an interrupted round is gone on with for so long, then a new one begins
_ENDINGS = {
    0: "complete", 1: "failed", 3: "complete but for what was rejected, waits or could not be read",
    4: "could not store", 5: "locked", 7: "stopped",
}  # fmt: skip
_SECONDS = 1.0  # between two states of the table


class _Round(msgspec.Struct):
    """What is known of a round that has not come to its end."""

    began: datetime
    arguments: list[str]
    done: dict[str, int] = {}
    """Site -> exit code of its crawl, for those that are complete."""


class Command(ScrapyCommand):
    """Crawls many sites, each in a process of its own."""

    requires_project = True
    requires_crawler_process = False

    def syntax(self) -> str:
        return "[options]"

    def short_desc(self) -> str:
        return "Crawl every site that has a module, several at a time, each in a process of its own"

    def long_desc(self) -> str:
        return (
            f"{self.short_desc()}. A site that fails leaves the others alone; a round that was interrupted goes on with"
            " the sites that it had not completed. Exit code: the gravest of `scrapy crawl` over the sites, in the"
            " order 4, 1, 5, 7, 3, 0; 2 where the options cannot be meant."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--match", metavar="GLOB", default="*", help="only the sites with such a name: '*_org_cn'")
        parser.add_argument(
            "-a", dest="options", metavar="NAME=VALUE", action="append", default=[], help="of each spider"
        )
        add_jobs(parser, "sites")

    @piped
    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        assert self.settings is not None
        if args:
            raise UsageError(f"crawlall takes no arguments, got {' '.join(args)}", print_help=False)
        known = sorted([*sites(self.settings), *broken_sites(self.settings)])
        names = [name for name in known if fnmatchcase(name, opts.match)]
        if not names:
            listed = ", ".join(known) or "none"
            raise UsageError(f"--match {opts.match}: no site has such a name; known are {listed}", print_help=False)
        try:
            check(self.settings)  # or each site's crawl would say the same
        except ValueError as error:
            sys.stderr.write(f"scrapy crawlall: {error}\n")
            self.exitcode = ERROR
            return
        data = Path(self.settings["DATA_DIR"])
        try:
            options = arglist_to_dict(opts.options)
        except ValueError:
            raise UsageError("-a takes NAME=VALUE", print_help=False) from None
        further = [*arguments(options, opts.set), *(["-L", opts.loglevel] if opts.loglevel else [])]
        self.exitcode = _crawl(names, data, further, opts.jobs)


def _crawl(names: list[str], data: Path, further: list[str], jobs: int) -> int:
    memory = data / _MEMORY
    round_ = _recall(memory, further)
    left = [name for name in names if name not in round_.done]
    if len(left) < len(names):
        began = round_.began.isoformat(timespec="seconds")
        say(f"Going on with the round of {began}: {len(names) - len(left)} of {len(names)} sites are complete")
    table = _Table(max(map(len, names)))

    def ended(crawl: Crawl) -> None:
        table.end(crawl)
        if crawl.code in (COMPLETE, WITH_REJECTED):
            round_.done[crawl.name] = crawl.code
            _remember(memory, round_)

    try:
        data.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        sys.stderr.write(f"scrapy crawlall: {data} cannot be made: {error.strerror}\n")
        return NOT_STORED
    done = run_all([Crawl.of(name, data / name, further) for name in left], jobs, ended=ended, tick=table.show)
    codes = [*(crawl.code or 0 for crawl in done), *(round_.done.get(name, 0) for name in names)]
    is_whole = len(done) == len(left) and not any(crawl.is_stopped for crawl in done)
    if is_whole:
        with suppress(OSError):  # nothing was noted, or nothing can be
            memory.unlink()
    table.sum(done, len(left) - len(done))
    return worst([*codes, *([] if is_whole else [STOPPED])])


def _recall(memory: Path, further: list[str]) -> _Round:
    """Return the round that was interrupted, if it is recent and of the same arguments, else a new one."""
    now = datetime.now(UTC)
    try:
        round_ = msgspec.json.decode(memory.read_bytes(), type=_Round)
    except (OSError, msgspec.DecodeError):
        return _Round(now, further)
    is_recent = timedelta(0) <= now - round_.began < _RESUMED
    return round_ if is_recent and round_.arguments == further else _Round(now, further)


def _remember(memory: Path, round_: _Round) -> None:
    """Note which sites are complete; the others go on where that cannot be written."""
    try:
        write_whole(memory, msgspec.json.encode(round_))
    except OSError as error:
        say(f"{memory} cannot be written: {error.strerror}; an interrupted round begins anew")


class _Table:
    """A line for each site that has ended and, on a terminal, one that moves for each that is being crawled."""

    def __init__(self, width: int) -> None:
        self.width = width
        self.is_live = sys.stderr.isatty()
        self.began = time.monotonic()
        self.shown = 0
        self.next = 0.0

    def show(self, running: Sequence[Crawl], waiting: int) -> None:
        if not self.is_live or time.monotonic() < self.next:
            return
        self.next = time.monotonic() + _SECONDS
        for crawl in running:
            crawl.look()
        self._clear()
        rows = [f"{crawl.name:<{self.width}}  {line(crawl.counts, crawl.left, crawl.seconds)}" for crawl in running]
        rows.append(f"{number_of(len(running), 'site')} being crawled, {waiting} waiting")
        columns = shutil.get_terminal_size().columns  # a row that wraps would be two to take away
        sys.stderr.write("".join(f"{row[: columns - 1]}\n" for row in rows))
        sys.stderr.flush()
        self.shown = len(rows)

    def end(self, crawl: Crawl) -> None:
        ending = _ENDINGS.get(crawl.code or 0, f"ended with code {crawl.code}")
        text = f"{crawl.name:<{self.width}}  {line(crawl.counts, crawl.left, crawl.seconds)}  {ending}"
        if crawl.code not in (COMPLETE, WITH_REJECTED):
            text += f"\n{'':{self.width}}  {crawl.complaint()} ({crawl.folder / LOG})"
        self._print(text)

    def sum(self, done: Sequence[Crawl], waiting: int) -> None:
        counts: Counter[str] = Counter()
        for crawl in done:
            counts.update(crawl.counts)
        seconds = time.monotonic() - self.began
        left = sum(crawl.left for crawl in done)
        not_begun = f", {waiting} not begun" if waiting else ""
        self._print(f"{number_of(len(done), 'site')} in {duration(seconds)}{not_begun}: {line(counts, left, seconds)}")

    def _print(self, text: str) -> None:
        self._clear()
        say(text)

    def _clear(self) -> None:
        """Take the moving lines away."""
        sys.stderr.write("\x1b[A\x1b[2K" * self.shown)
        sys.stderr.flush()
        self.shown = 0
