"""`scrapy crawl`: Scrapy's own, on a locked collection and with an exit code that tells how the crawl ended."""

from __future__ import annotations

import argparse
import sys
from asyncio import Task
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import NoReturn, cast

from scrapy.commands.crawl import Command as ScrapyCrawl
from scrapy.crawler import Crawler
from scrapy.exceptions import UsageError
from scrapy.settings import BaseSettings

from pipelines.store.collection import open_collection
from pipelines.store.errors import Locked, StoreError
from pipelines.store.writer import CollectionWriter
from scrapers.configuration import check, check_keeping, check_objects
from scrapers.operations import signs
from scrapers.operations.crawls import broken_sites
from scrapers.operations.lifeline import end_with_stdin
from scrapers.plan import Plan, rehearsal
from scrapers.progress import reasons
from scrapers.terminal import check_options, piped

COMPLETE, USAGE, WITH_REJECTED, NOT_STORED, LOCKED, STOPPED = 0, 1, 3, 4, 5, 7
_NAMED = 3  # sources that could not be read, in a message
_BEHIND_ROBOTS = 101  # place of a downloader middleware
_ABOVE_CMDLINE = 50  # a priority: Scrapy sets what the command line says once more as a crawl begins


class Command(ScrapyCrawl):
    """Crawls a site into its collection."""

    default_settings = {"SCHEDULER": "scrapers.frontier.Frontier"}  # Scrapy's own forgets its queue in a crash

    def syntax(self) -> str:
        return "[options] <site>"

    def short_desc(self) -> str:
        return "Crawl a site into its collection, or go on with a crawl that was interrupted"

    def long_desc(self) -> str:
        return (
            f"{self.short_desc()}. Exit codes: 0 complete; 1 error in use or configuration, or no page of an article"
            " was ever found, not even one to reject; 3 complete, with rejected pages, pages that wait for a host that"
            " asked to be left alone, or feeds or sitemaps that could not be read; 4 something could not be stored; 5"
            " another crawl writes the collection; 7 stopped before the end: the same command goes on."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.error = _refuse  # type: ignore[method-assign]  # else argparse and Scrapy end with 2
        parser.add_argument(
            "--dry-run",
            action="store_true",
            help="fetch the lists of articles only, and print which articles would be fetched and from where they are"
            " known, with an estimate of the time; nothing is kept; exit code 1 if no list could be read or no page of"
            " an article was ever found",
        )
        parser.add_argument(
            "--end-with-stdin",
            action="store_true",
            help="stop after the pages in flight when standard input ends: when the process that holds it is killed",
        )

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        """Check what Scrapy relies on before it calls `run`, too: it would end with a traceback."""
        assert self.settings is not None
        try:
            check_objects(self.settings, opts.set)
            super().process_options(args, opts)
            check(self.settings)
        except ValueError as error:
            sys.exit(_complain(str(error), USAGE))

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        if opts.end_with_stdin:
            end_with_stdin()
        # a plan is what is printed; a crawl goes on where nothing can be
        run = piped(Command._run) if opts.dry_run else Command._run
        run(self, args, opts)

    def _run(self, args: list[str], opts: argparse.Namespace) -> None:
        try:
            self.exitcode = self._crawl(args, opts)
        except UsageError as error:
            self.exitcode = _complain(str(error), USAGE)
        except Locked as error:
            self.exitcode = _complain(str(error), LOCKED)
        except StoreError as error:
            self.exitcode = _complain(str(error), NOT_STORED)

    def _crawl(self, args: list[str], opts: argparse.Namespace) -> int:
        crawler = self._choose(args)
        if opts.dry_run:
            return self._plan(crawler, opts)
        folder = _folder(crawler, opts.spargs)
        _check(crawler.settings, check, check_keeping)
        collection = CollectionWriter(
            folder,
            compression=crawler.settings["SEGMENT_COMPRESSION"],
            segment_bytes=crawler.settings.getint("SEGMENT_BYTES"),
            reserve=crawler.settings.getint("DISK_RESERVE"),
        )
        try:
            if collection.is_disk_low:
                collection.end("disk-full")
                return _exit_code(collection)
            crawler.settings.set("COLLECTION", collection, priority="cmdline")
            assert self.crawler_process
            ending = cast("Task[None]", self.crawler_process.crawl(crawler, **opts.spargs))
            self.crawler_process.start()
            if ending.done() and not ending.cancelled() and (error := ending.exception()):
                return _complain(f"{args[0]} could not be started: {error}", USAGE)
            return _exit_code(collection)
        finally:
            collection.close()

    def _plan(self, crawler: Crawler, opts: argparse.Namespace) -> int:
        folder = _folder(crawler, opts.spargs)
        _check(crawler.settings, check)
        stages = crawler.settings.getdict("DOWNLOADER_MIDDLEWARES") | {"scrapers.plan.Plan": _BEHIND_ROBOTS}
        with rehearsal(folder) as collection:
            chosen = {"COLLECTION": collection, "SCHEDULER": self.default_settings["SCHEDULER"], "RAW_PAGES": False}
            extensions = {"scrapers.throttle.Throttle": 0, "scrapy.extensions.throttle.AutoThrottle": None}
            parts = {"ITEM_PIPELINES": {}, "FEEDS": {}, "EXTENSIONS": extensions, "DOWNLOADER_MIDDLEWARES": stages}
            crawler.settings.setdict({**chosen, **parts}, priority=_ABOVE_CMDLINE)
            assert self.crawler_process
            self.crawler_process.crawl(crawler, **opts.spargs)
            self.crawler_process.start()
            plan = crawler.get_downloader_middleware(Plan) if crawler.engine else None
            if plan is None or self.crawler_process.bootstrap_failed:
                return USAGE
            plan.show()
            if plan.is_cut_off:
                return STOPPED
            return _complain(plan.problem, USAGE) if plan.problem else COMPLETE

    def _choose(self, args: list[str]) -> Crawler:
        assert self.crawler_process
        assert self.settings is not None
        check_options("crawl", args)
        if len(args) != 1:
            raise UsageError(f"name one site to crawl; known are {_known(self.crawler_process.spider_loader.list())}")
        try:
            return self._create_crawler(args[0])
        except KeyError as error:
            if reason := broken_sites(self.settings).get(args[0]):
                raise UsageError(f"the module of {args[0]} cannot be loaded: {reason}") from error
            known = _known(self.crawler_process.spider_loader.list())
            raise UsageError(f"unknown site {args[0]!r}; known are {known}") from error


def _refuse(message: str) -> NoReturn:
    sys.exit(_complain(message, USAGE))


def _known(names: list[str]) -> str:
    return ", ".join(sorted(names))


def _folder(crawler: Crawler, options: dict[str, str]) -> Path:
    """Return the folder of the collection; raise `UsageError` if the spider does not take these options."""
    try:
        spider = crawler.spidercls(**options)
    except TypeError as error:
        raise UsageError(f"{crawler.spidercls.name}: {error}") from error
    name = options.get("collection", getattr(spider, "collection", spider.name))
    if Path(name).name != name or name.strip() in ("", ".", ".."):
        raise UsageError(f"-a collection={name}: name a folder of {crawler.settings['DATA_DIR']}")
    return Path(crawler.settings["DATA_DIR"]) / name


def _check(settings: BaseSettings, *checks: Callable[[BaseSettings], None]) -> None:
    try:
        for each in checks:
            each(settings)
    except ValueError as error:
        raise UsageError(str(error)) from error


def _exit_code(collection: CollectionWriter) -> int:
    run = collection.run
    if collection.failure:
        return _complain(f"{collection.failure}; what is not stored is fetched again by the same command", NOT_STORED)
    if run.reason == "disk-full":
        room = "stopped before the disk is full; make room and run the same command again"
        return _complain(f"{collection.folder}: {room}", NOT_STORED)
    if run.reason == "start_error":
        return _complain("the spider failed to start; the log says why", USAGE)
    if run.reason != "finished":
        return STOPPED
    ended = reasons(collection.crawl_counts)
    code = WITH_REJECTED if ended or not run.complete else COMPLETE
    unread = [signs.describe_source(asked) for asked in signs.unread(collection.asked)]
    if collection.total and unread:
        further = [f"and {len(unread) - _NAMED} more"] if len(unread) > _NAMED else []
        return _complain(f"could not be read: {', '.join([*unread[:_NAMED], *further])}", WITH_REJECTED)
    if collection.total:
        return code
    waiting = [] if run.complete else ["pages wait for a host that asked to be left alone"]
    why = ", ".join(filter(None, [ended, *waiting, *unread[:_NAMED]]))
    if not why and (before := _ended_before(collection.folder)):
        return _complain(f"nothing was kept: no page is new since there were {before}", WITH_REJECTED)
    return _complain(f"nothing was kept: {why or 'no page of an article was found'}", code or USAGE)


def _ended_before(folder: Path) -> str:
    """Return for what reasons earlier crawls kept nothing of the pages that they found."""
    with open_collection(folder) as collection:
        return reasons(collection.counts())


def _complain(message: str, code: int) -> int:
    with suppress(OSError):  # what it is written to may be on the disk that is full: the exit code still tells
        print(f"scrapy crawl: {message}", file=sys.stderr)
    return code
