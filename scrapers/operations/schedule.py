"""Runs crawls by a timetable, each in a process of its own, on APScheduler."""

from __future__ import annotations

import signal
import sqlite3
import threading
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from types import FrameType
from typing import Any
from zoneinfo import ZoneInfo

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.cron import CronTrigger
from scrapy.settings import BaseSettings

from pipelines.store.collection import open_collection
from pipelines.store.errors import StoreError
from scrapers.operations.alerts import CannotAlert, tell
from scrapers.operations.crawls import Crawl, arguments
from scrapers.operations.health import judge
from scrapers.operations.timetable import Plan
from scrapers.progress import line


def next_time(plan: Plan, last: datetime | None, now: datetime) -> datetime:
    """Return when a crawl is due that began last at some time, or never: in the past where that was missed.

    A last time that is yet to come was told by a clock that has been set back since.
    """
    trigger = _trigger(plan, jitter=0)
    after = now if last is None else min(last, now) + timedelta(seconds=1)
    due: datetime = trigger.get_next_fire_time(None, after.astimezone(ZoneInfo(plan.timezone)))
    return due


def last_time(folder: Path) -> datetime | None:
    """Return when the latest crawl of a collection began, by its own ledger; None where that cannot be read."""
    try:
        with open_collection(folder) as collection:
            runs = collection.runs()
        return datetime.fromisoformat(runs[-1].started_at) if runs else None
    except (StoreError, sqlite3.Error):
        return None


class Schedule:
    """Begins each crawl at its times, never twice at once, and a crawl whose time was missed once."""

    def __init__(
        self,
        plans: Sequence[Plan],
        settings: BaseSettings,
        chosen: Sequence[str],
        jobs: int,
        say: Callable[[str, str], None],
    ) -> None:
        """`chosen` are settings for every crawl, each `NAME=VALUE`; `say(site, what)` tells a person what happens."""
        self.plans, self.settings, self.chosen, self.say = plans, settings, chosen, say
        self.data = Path(settings["DATA_DIR"])
        self._running: list[Crawl] = []
        self._stopped = threading.Event()
        self._signals = 0
        self._scheduler = BackgroundScheduler(
            executors={"default": ThreadPoolExecutor(jobs)},
            job_defaults={"coalesce": True, "misfire_grace_time": None, "max_instances": 1},
            timezone=ZoneInfo("UTC"),
        )

    def run(self) -> None:
        """Run until SIGINT or SIGTERM, then let the crawls end; a second signal ends them at once."""
        handlers = {signum: signal.signal(signum, self._stop) for signum in (signal.SIGINT, signal.SIGTERM)}
        try:
            for plan in self.plans:
                now = datetime.now(ZoneInfo(plan.timezone))
                due = next_time(plan, last_time(self.data / plan.collection), now)
                self._scheduler.add_job(
                    self._crawl, _trigger(plan, plan.jitter), args=[plan], id=plan.name, next_run_time=due
                )
                self.say(plan.name, "was missed: begins now" if due <= now else f"next at {due.isoformat()}")
            self._scheduler.start()
            self._wait()
        finally:
            for signum, handler in handlers.items():
                signal.signal(signum, handler)

    def _stop(self, signum: int, frame: FrameType | None) -> None:  # noqa: ARG002
        self._signals += 1
        self._stopped.set()

    def _wait(self) -> None:
        self._stopped.wait()
        self._scheduler.pause()
        ending = threading.Thread(target=self._scheduler.shutdown)
        ending.start()
        handled = 0
        while ending.is_alive():
            if self._signals > handled:
                handled = self._signals
                for crawl in list(self._running):
                    crawl.stop()
            ending.join(0.2)

    def _crawl(self, plan: Plan) -> None:
        """Crawl in a process and wait for it, in a thread of the pool."""
        if self._stopped.is_set():
            return
        crawl = Crawl.of(plan.spider, self.data / plan.collection, arguments(plan.options, self.chosen), plan.name)
        self._running.append(crawl)
        self.say(plan.name, "begins")
        crawl.start()
        if self._stopped.is_set():  # asked to stop between the two
            crawl.stop()
        code = crawl.wait()
        self._running.remove(crawl)
        crawl.look()
        self.say(plan.name, f"ended with code {code}: {line(crawl.counts, crawl.left, crawl.seconds)}")
        if crawl.is_stopped:
            return
        if code not in (0, 3):
            self.say(plan.name, crawl.complaint())
        self._judge(plan)

    def _judge(self, plan: Plan) -> None:
        folder = self.data / plan.collection
        try:
            with open_collection(folder) as collection:
                health = judge(collection.reports())
            if health and tell(folder, health, self.settings):
                self.say(plan.name, f"told that it is {health.verdict}")
        except (StoreError, CannotAlert) as error:
            self.say(plan.name, str(error))


class _Trigger(CronTrigger):  # type: ignore[misc] # it ships no types
    """Cron's times, of which those at fixed hours come once on the night when the clock is put back."""

    is_hourly = True

    def get_next_fire_time(self, previous_fire_time: datetime | None, now: datetime) -> Any:
        due = super().get_next_fire_time(previous_fire_time, now)
        while due and due.fold and not self.is_hourly:
            due = super().get_next_fire_time(due, due)
        return due


def _trigger(plan: Plan, jitter: int) -> CronTrigger:
    trigger = _Trigger(**plan.cron.trigger, timezone=ZoneInfo(plan.timezone), jitter=jitter or None)
    trigger.is_hourly = plan.cron.hours is None
    return trigger
