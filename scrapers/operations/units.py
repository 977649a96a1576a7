"""A timetable for the system's own scheduler: systemd's timers, or a crontab."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path

from scrapers.operations.crawls import Crawl, arguments
from scrapers.operations.timetable import Plan

_SERVICE = """\
# /etc/systemd/system/broadsheet-{name}.service
[Unit]
Description=Crawl of {name}
Wants=network-online.target
After=network-online.target

[Service]
Type=oneshot
WorkingDirectory={folder}
ExecStart={command}
# complete, but for pages rejected or left to wait for their host, or lists that could not be read
SuccessExitStatus=3

# /etc/systemd/system/broadsheet-{name}.timer
[Unit]
Description=Times of the crawl of {name}

[Timer]
OnCalendar={times}
RandomizedDelaySec={jitter}
# a time that was missed is made up for, once
Persistent=true

[Install]
WantedBy=timers.target
"""

_CRONTAB = """\
# For cronie, which knows CRON_TZ; other crons go by the system's time zone. A crawl that finds the one before it still
# running ends with exit code 5; a time that was missed is not made up for.
"""


def systemd(plans: Sequence[Plan], folder: Path, settings: Sequence[str]) -> Iterator[str]:
    """Yield a service and a timer of each plan; a timer begins nothing while its service runs."""
    for plan in plans:
        yield _SERVICE.format(
            name=plan.name,
            folder=str(folder).replace("%", "%%"),
            command=_command(plan, settings).replace("\\", r"\\").replace("%", "%%").replace("$", "$$"),
            times=plan.cron.on_calendar(plan.timezone),
            jitter=plan.jitter,
        )


def crontab(plans: Sequence[Plan], folder: Path, settings: Sequence[str]) -> Iterator[str]:
    """Yield the lines of a crontab."""
    yield _CRONTAB
    for zone, group in groupby(sorted(plans, key=lambda plan: plan.timezone), key=lambda plan: plan.timezone):
        yield f"CRON_TZ={zone}"
        for plan in group:
            delay = f"sleep $(shuf -i 0-{plan.jitter} -n 1) && " if plan.jitter else ""
            command = f"cd {shlex.quote(str(folder))} && {delay}{_command(plan, settings)}"
            yield f"{plan.cron.text} {command}".replace("%", r"\%")
        yield ""


def _command(plan: Plan, settings: Sequence[str]) -> str:
    crawl = Crawl.of(plan.spider, folder=Path(), arguments=arguments(plan.options, settings))
    return shlex.join(crawl.command)
