"""Whether the settings of a crawl can be meant, before it opens or asks for anything."""

from __future__ import annotations

import math

from scrapy.settings import BaseSettings

from pipelines.store.segments import COMPRESSIONS
from scrapers.guard import Guard
from scrapers.recrawl import revisit_ages

_BYTES = {"DISK_RESERVE": 0, "SEGMENT_BYTES": 1, "DOWNLOAD_MAXSIZE": 0}
"""Setting -> its least value."""

_COUNTS = {
    "CONCURRENT_REQUESTS": 1,
    "CONCURRENT_REQUESTS_PER_DOMAIN": 1,  # with none a crawl waits for ever
    "CONCURRENT_ITEMS": 1,  # with none Scrapy drops what a page yields
    "RETRY_TIMES": 0,
    "ROBOTSTXT_RETRY_TIMES": 0,
}
_SWITCHES = ("AUTOTHROTTLE_ENABLED", "RAW_PAGES", "ROBOTSTXT_OBEY")
_SECONDS = ("DOWNLOAD_DELAY", "BACK_OFF", "RETRY_AFTER_MAX")
_SPANS = ("COMMIT_INTERVAL", "DOWNLOAD_TIMEOUT")


def check(settings: BaseSettings) -> None:
    """Raise `ValueError` with what to do if a setting that a crawl relies on makes no sense."""
    for names, unit in ((_BYTES, " of bytes"), (_COUNTS, "")):
        for name, least in names.items():
            if not _is_whole(settings[name], least):
                raise ValueError(f"{name}={settings[name]}: give a whole number{unit}, {least} or more")
    for name in _SWITCHES:
        if not _is_switch(settings, name):
            raise ValueError(f"{name}={settings[name]}: give True or False")
    _check_seconds(settings)
    if settings["SEGMENT_COMPRESSION"] not in COMPRESSIONS:
        raise ValueError(
            f"SEGMENT_COMPRESSION={settings['SEGMENT_COMPRESSION']}: it is one of {', '.join(COMPRESSIONS)}"
        )
    Guard.from_settings(settings)
    revisit_ages(settings)


def _check_seconds(settings: BaseSettings) -> None:
    for name in _SECONDS:
        if not _number(settings[name]) >= 0:
            raise ValueError(f"{name}={settings[name]}: give seconds, 0 or more")
    for name in _SPANS:
        if not _number(settings[name]) > 0:
            raise ValueError(f"{name}={settings[name]}: give seconds, more than 0")


def _is_whole(value: object, least: int) -> bool:
    try:
        return int(str(value)) >= least  # `str`: 1e3 and 1000.0 are none to Scrapy, 0.5 would become 0
    except ValueError:
        return False


def _is_switch(settings: BaseSettings, name: str) -> bool:
    try:
        settings.getbool(name)
    except ValueError:
        return False
    return True


def _number(value: object) -> float:
    """Return a finite number, or NaN for what is none: it is neither above nor below anything."""
    try:
        number = float(str(value))
    except ValueError:
        return math.nan
    return number if math.isfinite(number) else math.nan
