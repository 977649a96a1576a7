"""`scrapy schedule`: crawls by the clock."""

from __future__ import annotations

import argparse
import sys
from datetime import UTC, datetime
from pathlib import Path

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError
from scrapy.utils.conf import closest_scrapy_cfg

from scrapers.configuration import check
from scrapers.operations.crawls import broken_sites
from scrapers.operations.timetable import Plan, TimetableError, read
from scrapers.operations.units import crontab, systemd
from scrapers.terminal import add_jobs, piped, say

ERROR = 1
_FILE = "schedule.toml"


class Command(ScrapyCommand):
    """Runs crawls by the times of their spiders and of schedule.toml, or prints those times for another scheduler."""

    requires_project = True
    requires_crawler_process = False

    def syntax(self) -> str:
        return "[options]"

    def short_desc(self) -> str:
        return "Crawl sites by the clock, at the times of schedule.toml and of the spiders' `schedule`"

    def long_desc(self) -> str:
        return (
            f"{self.short_desc()}, each in a process of its own. Runs until it is stopped; a crawl that was missed is"
            " made up for, once. Exit codes: 0 stopped; 1 the times cannot be read, or APScheduler is missing."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--file", metavar="FILE", type=Path, help=f"times; by default the project's {_FILE}")
        add_jobs(parser, "crawls")
        show = parser.add_mutually_exclusive_group()
        show.add_argument("--list", action="store_true", help="print when each site is due, and end")
        show.add_argument("--systemd", action="store_true", help="print services and timers, and end")
        show.add_argument("--cron", action="store_true", help="print a crontab, and end")

    @piped
    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        assert self.settings is not None
        if args:
            raise UsageError(f"schedule takes no arguments, got {' '.join(args)}", print_help=False)
        project = Path(closest_scrapy_cfg()).parent
        path = opts.file or project / _FILE
        try:
            if opts.file and not path.is_file():
                raise TimetableError(f"{path} is no file" if path.exists() else f"{path} does not exist")
            plans = read(self.settings, path)
            if not plans:
                raise TimetableError(f"no site has times: neither {path} nor the `schedule` of a spider names one")
            check(self.settings)  # or each crawl would say the same, when it is due
            for name, reason in broken_sites(self.settings).items():
                what = f"the module of {name} cannot be loaded, nor the times it names: {reason}"
                sys.stderr.write(f"scrapy schedule: {what}\n")
        except (TimetableError, ValueError) as error:
            self._complain(str(error))
            return
        if opts.systemd or opts.cron:
            write = systemd if opts.systemd else crontab
            print("\n".join(write(plans, project, opts.set)))
            return
        self._run(plans, opts)

    def _run(self, plans: list[Plan], opts: argparse.Namespace) -> None:
        assert self.settings is not None
        try:
            from scrapers.operations.schedule import Schedule, last_time, next_time
        except ImportError as error:
            self._complain(
                f"{error}: install the extra, pip install 'broadsheet[schedule]', or use --systemd or --cron"
            )
            return
        if not opts.list:
            Schedule(plans, self.settings, opts.set, opts.jobs, say=_say).run()
            return
        for plan in plans:
            last = last_time(Path(self.settings["DATA_DIR"]) / plan.collection)
            due = next_time(plan, last, datetime.now(UTC))
            print(f"{plan.name:<24} {due.isoformat()}  {plan.cron.text}  {plan.timezone}")

    def _complain(self, message: str) -> None:
        print(f"scrapy schedule: {message}", file=sys.stderr)
        self.exitcode = ERROR


def _say(name: str, what: str) -> None:
    say(f"{datetime.now().astimezone().isoformat(timespec='seconds')} {name} {what}")
