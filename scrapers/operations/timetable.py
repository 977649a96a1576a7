"""Which site is crawled when: the `schedule` of each spider, and `schedule.toml`."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec
from scrapy.settings import BaseSettings

from scrapers.operations.crawls import broken_sites, sites
from scrapers.operations.cron import Cron

_JITTER = 60  # seconds


class TimetableError(Exception):
    """A time, zone, site or key is wrong; the message names it and says where it stands."""


@dataclass(frozen=True)
class Plan:
    """A crawl that is due again and again."""

    name: str
    spider: str
    cron: Cron
    timezone: str
    """Of the times: `Europe/Berlin`."""

    jitter: int
    """It begins up to so many seconds later, so that not all sites begin at once."""

    options: dict[str, str]
    """Of the spider, as with `-a`."""

    @property
    def collection(self) -> str:
        return self.options.get("collection", self.spider)


class _Site(msgspec.Struct, forbid_unknown_fields=True):
    cron: str | None = None
    spider: str | None = None
    timezone: str | None = None
    jitter: int | None = None
    options: dict[str, str] = {}


class _File(msgspec.Struct, forbid_unknown_fields=True):
    timezone: str | None = None
    jitter: int = _JITTER
    sites: dict[str, _Site] = {}


def read(settings: BaseSettings, path: Path) -> list[Plan]:
    """Return the plans of all sites that have times, the file's before those of the spiders; raise `TimetableError`."""
    file = _read(path)
    spiders, broken = sites(settings), broken_sites(settings)
    entries = {name: _Site() for name, spider in spiders.items() if spider.schedule} | file.sites
    plans = []
    for name, site in sorted(entries.items()):
        spider = spiders.get(site.spider or name)
        where = f"{path}, site {name}" if name in file.sites else f"schedule of spider {name}"
        if not re.fullmatch(r"[\w.-]+", name):
            raise TimetableError(f"{where}: name it by letters, digits, '_', '-' and '.': units have its name")
        if spider is None and (site.spider or name) not in ("news", *broken):
            known = ", ".join([*spiders, "news"])
            raise TimetableError(f"{where}: there is no spider {site.spider or name!r}; known are {known}")
        cron = site.cron or (spider.schedule if spider else None)
        if not cron:
            raise TimetableError(f"{where}: it needs cron = '...', the times")
        jitter = file.jitter if site.jitter is None else site.jitter
        if jitter < 0:
            raise TimetableError(f"{where}: jitter = {jitter}: give seconds, 0 or more")
        plans.append(
            Plan(
                name=name,
                spider=site.spider or name,
                cron=_cron(cron, where),
                timezone=_zone(site.timezone or file.timezone or (spider and spider.page.timezone) or "UTC", where),
                jitter=jitter,
                options=site.options,
            )
        )
    return plans


def _read(path: Path) -> _File:
    try:
        return msgspec.convert(tomllib.loads(path.read_text("utf-8")), _File)
    except FileNotFoundError:
        return _File()
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise TimetableError(f"{path}: {error}") from error


def _cron(text: str, where: str) -> Cron:
    try:
        return Cron.parse(text)
    except ValueError as error:
        raise TimetableError(f"{where}: {error}") from error


def _zone(name: str, where: str) -> str:
    try:
        ZoneInfo(name)
    except (ValueError, OSError) as error:  # ZoneInfoNotFoundError is a KeyError
        raise TimetableError(f"{where}: {error}") from error
    except KeyError as error:
        raise TimetableError(f"{where}: there is no time zone {name!r}; names are as in Europe/Berlin") from error
    return name
