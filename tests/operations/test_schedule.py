"""Times of crawls: how they are written, when they are due, and how they are kept."""

from __future__ import annotations

import os
import signal
import sys
import time
from datetime import datetime
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from apscheduler.triggers.interval import IntervalTrigger
from scrapy.settings import Settings

from scrapers.operations import schedule
from scrapers.operations.crawls import Crawl
from scrapers.operations.cron import Cron
from scrapers.operations.schedule import Schedule, next_time
from scrapers.operations.timetable import Plan, TimetableError, read
from scrapers.operations.units import crontab, systemd


def plan(cron: str, timezone: str = "UTC", **values: Any) -> Plan:
    fixed: dict[str, Any] = {"name": "post", "spider": "post", "jitter": 0, "options": {}}
    return Plan(**{**fixed, **values}, cron=Cron.parse(cron), timezone=timezone)


@pytest.mark.parametrize(
    ("text", "calendar"),
    [
        ("* * * * *", "*-*-* *:*:00 UTC"),
        ("*/20 6-8 * * *", "*-*-* 06,07,08:00,20,40:00 UTC"),
        ("5,35 * * * 1-5", "Mon,Tue,Wed,Thu,Fri *-*-* *:05,35:00 UTC"),
        ("0 12 29 2 *", "*-02-29 12:00:00 UTC"),
        ("0 12 * jan,jul sun", "Sun *-01,07-* 12:00:00 UTC"),
        ("0 0 * * 7", "Sun *-*-* 00:00:00 UTC"),
        ("0 0 * * 5-7", "Sun,Fri,Sat *-*-* 00:00:00 UTC"),
        ("10/20 4 1 * *", "*-*-01 04:10,30,50:00 UTC"),
        ("0-59 0 * * *", "*-*-* 00:*:00 UTC"),
        ("@daily", "*-*-* 00:00:00 UTC"),
    ],
)
def test_times_as_systemd_writes_them(text: str, calendar: str) -> None:
    assert Cron.parse(text).on_calendar("UTC") == calendar


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("* * * *", "has 4 fields instead of 5"),
        ("60 * * * *", "minute '60' is not between 0 and 59"),
        ("* * 0 * *", "day of month '0'"),
        ("*/0 * * * *", "'\\*/0' is no value, range or step"),
        ("5-1 * * * *", "'5-1' runs backwards"),
        ("* * * foo *", "month 'foo'"),
        ("* * 1 * mon", "give one of them"),
        ("@never", "has 1 fields"),
        ("0 0 30 2 *", "names a day that no such month has"),
        ("0 0 31 4,6 *", "names a day that no such month has"),
    ],
)
def test_times_that_are_none(text: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Cron.parse(text)


BERLIN = "Europe/Berlin"


@pytest.mark.parametrize(
    ("cron", "zone", "last", "now", "due"),
    [
        # never crawled: at the next time
        ("0 6 * * *", "UTC", None, "2026-03-04T07:00+00:00", "2026-03-05T06:00+00:00"),
        ("0 6 * * *", BERLIN, None, "2026-03-04T04:30+00:00", "2026-03-04T06:00+01:00"),
        # begun a little late, as with jitter: not again for the same time
        ("*/15 * * * *", "UTC", "2026-03-04T07:15:40+00:00", "2026-03-04T07:16+00:00", "2026-03-04T07:30+00:00"),
        # missed many times: due at the first of them, which is past
        ("*/15 * * * *", "UTC", "2026-03-04T07:15+00:00", "2026-03-06T12:00+00:00", "2026-03-04T07:30+00:00"),
        # days of the week are cron's: 1 is Monday
        ("0 6 * * 1", "UTC", None, "2026-03-04T07:00+00:00", "2026-03-09T06:00+00:00"),
        # the clock was set back after the last crawl: not only when it gets there again
        ("0 * * * *", "UTC", "2026-03-04T19:00+00:00", "2026-03-04T07:10+00:00", "2026-03-04T08:00+00:00"),
        # the night without a 2:30: once, an hour later
        ("30 2 * * *", BERLIN, "2026-03-28T02:30+01:00", "2026-03-28T12:00+01:00", "2026-03-29T03:30+02:00"),
        ("30 2 * * *", BERLIN, "2026-03-29T03:30+02:00", "2026-03-29T12:00+02:00", "2026-03-30T02:30+02:00"),
        # the night with two 2:30: once at fixed hours, in both hours otherwise
        ("30 2 * * *", BERLIN, "2026-10-24T12:00+02:00", "2026-10-24T12:00+02:00", "2026-10-25T02:30+02:00"),
        ("30 2 * * *", BERLIN, "2026-10-25T02:30+02:00", "2026-10-25T02:45+02:00", "2026-10-26T02:30+01:00"),
        ("30 * * * *", BERLIN, "2026-10-25T02:30+02:00", "2026-10-25T02:45+02:00", "2026-10-25T02:30+01:00"),
    ],
)
def test_due(cron: str, zone: str, last: str | None, now: str, due: str) -> None:
    found = next_time(plan(cron, zone), datetime.fromisoformat(last) if last else None, datetime.fromisoformat(now))
    assert found.timestamp() == datetime.fromisoformat(due).timestamp(), found


SITE = """
from scrapers.page import ArticlePage
from scrapers.spider import NewsSpider

class Page(ArticlePage):
    timezone = "Asia/Tokyo"

class {name}(NewsSpider):
    name = "{name}"
    allowed_domains = ["{name}.example"]
    schedule = {times}
    page = Page
"""


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Settings of a project with the site `alder`, which has times, and `birch`, which has none."""
    name = f"timed_{tmp_path.name}"
    (tmp_path / name).mkdir()
    (tmp_path / name / "__init__.py").write_text("", encoding="utf-8")
    for site, times in (("alder", "'@hourly'"), ("birch", "None")):
        (tmp_path / name / f"{site}.py").write_text(SITE.format(name=site, times=times), encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    return Settings({"SPIDER_MODULES": [name], "DATA_DIR": str(tmp_path / "data")})


@pytest.mark.parametrize(
    ("toml", "plans"),
    [
        ("", [("alder", "alder", "0 * * * *", "Asia/Tokyo", 60)]),
        (
            'jitter = 5\n[sites.birch]\ncron = "5 * * * *"\ntimezone = "UTC"\n[sites.alder]\ncron = "9 * * * *"',
            [("alder", "alder", "9 * * * *", "Asia/Tokyo", 5), ("birch", "birch", "5 * * * *", "UTC", 5)],
        ),
        (
            'timezone = "Europe/Oslo"\n[sites.fjord]\nspider = "news"\ncron = "@daily"\njitter = 0\n'
            '[sites.fjord.options]\nsite = "https://fjord.example"\ncollection = "fjord"',
            [
                ("alder", "alder", "0 * * * *", "Europe/Oslo", 60),
                ("fjord", "news", "0 0 * * *", "Europe/Oslo", 0),
            ],
        ),
    ],
)
def test_file_and_spiders_make_the_timetable(
    settings: Settings, tmp_path: Path, toml: str, plans: list[tuple[Any, ...]]
) -> None:
    (tmp_path / "times.toml").write_text(toml, encoding="utf-8")
    found = read(settings, tmp_path / "times.toml")
    assert [(each.name, each.spider, each.cron.text, each.timezone, each.jitter) for each in found] == plans


@pytest.mark.parametrize(
    ("toml", "message"),
    [
        ("[sites.alder", "times.toml: "),
        ('[sites.alder]\ntimes = "@daily"', "unknown field `times`"),
        ('[sites.cedar]\ncron = "@daily"', "site cedar: there is no spider 'cedar'; known are alder, birch, news"),
        ("[sites.birch]", "site birch: it needs cron"),
        ('[sites."../birch"]\nspider = "birch"\ncron = "@daily"', "site ../birch: name it by letters, digits, "),
        ('[sites.birch]\ncron = "61 * * * *"', "site birch: minute '61'"),
        ('[sites.birch]\ncron = "@daily"\njitter = -1', "site birch: jitter = -1: give seconds, 0 or more"),
        ('[sites.birch]\ncron = "@daily"\ntimezone = "Mars"', "site birch: there is no time zone 'Mars'"),
    ],
)
def test_what_is_wrong_is_named(settings: Settings, tmp_path: Path, toml: str, message: str) -> None:
    (tmp_path / "times.toml").write_text(toml, encoding="utf-8")
    with pytest.raises(TimetableError) as error:
        read(settings, tmp_path / "times.toml")
    assert message in str(error.value)


def test_units_for_other_schedulers() -> None:
    fjord = plan(
        "*/30 6 * * *", BERLIN, name="fjord", spider="news", jitter=90, options={"site": "http://f.example/%20"}
    )
    (unit,) = systemd([fjord], Path("/srv/news 50%"), ["DATA_DIR=/srv/data", r"USER_AGENT=\o/"])
    for text in (
        "OnCalendar=*-*-* 06:00,30:00 Europe/Berlin\n", "RandomizedDelaySec=90\n", "Persistent=true\n",
        "WorkingDirectory=/srv/news 50%%\n", "broadsheet-fjord.timer\n",
        f"ExecStart={sys.executable} -m scrapy crawl news -a site=http://f.example/%%20 -s DATA_DIR=/srv/data"
        " -s 'USER_AGENT=\\\\o/'\n",
    ):  # fmt: skip
        assert text in unit
    lines = list(crontab([fjord, plan("0 1 * * 1", "Asia/Tokyo")], Path("/srv/a b"), []))
    zones = [line for line in lines if line.startswith("CRON_TZ")]
    assert zones == ["CRON_TZ=Asia/Tokyo", "CRON_TZ=Europe/Berlin"]
    times = [line for line in lines if "crawl " in line and not line.startswith("#")]
    assert times[0] == rf"0 1 * * 1 cd '/srv/a b' && {sys.executable} -m scrapy crawl post"
    assert times[1].startswith("*/30 6 * * * cd '/srv/a b' && sleep $(shuf -i 0-90 -n 1) && ")
    assert times[1].endswith(r"-a site=http://f.example/\%20")


CRAWL = """
import os, sys, time
lock, log = sys.argv[1:3]
try:
    os.close(os.open(lock, os.O_CREAT | os.O_EXCL))
except FileExistsError:
    word = "overlap"
else:
    time.sleep(0.5)
    os.unlink(lock)
    word = "whole"
open(log, "a").write(word + "\\n")
"""


def test_no_crawl_overlaps_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: Settings) -> None:
    """Crawls that take half a second are due ten times a second."""
    log = tmp_path / "log"

    def crawl(name: str, folder: Path, *arguments: object) -> Crawl:  # noqa: ARG001
        return Crawl(name, folder, [sys.executable, "-c", CRAWL, str(tmp_path / "lock"), str(log)])

    def stop_after_three() -> None:
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline and (not log.exists() or len(log.read_text().splitlines()) < 3):
            time.sleep(0.05)
        os.kill(os.getpid(), signal.SIGTERM)

    monkeypatch.setattr(schedule.Crawl, "of", crawl)
    monkeypatch.setattr(schedule, "_trigger", lambda *_, **__: IntervalTrigger(seconds=0.1, timezone="UTC"))
    monkeypatch.setattr(schedule, "next_time", lambda plan, last, now: now)  # noqa: ARG005
    said: list[str] = []
    stopper = Thread(target=stop_after_three)
    stopper.start()
    Schedule([plan("* * * * *")], settings, [], 4, say=lambda name, what: said.append(f"{name} {what}")).run()
    stopper.join()
    words = log.read_text().splitlines()
    assert len(words) >= 3
    assert set(words) == {"whole"}
    assert said.count("post begins") in (len(words), len(words) + 1)  # one may have been stopped
