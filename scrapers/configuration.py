"""Whether the settings of a crawl can be meant, before it opens or asks for anything."""

from __future__ import annotations

import math

from scrapy.settings import BaseSettings

from pipelines.store.segments import COMPRESSIONS
from scrapers.guard import Guard
from scrapers.recrawl import revisit_ages

_BYTES = {"DISK_RESERVE": 0, "SEGMENT_BYTES": 1, "DOWNLOAD_MAXSIZE": 0}
"""Setting -> its least value."""

_COUNTS = {"CONCURRENT_REQUESTS": 1, "CONCURRENT_REQUESTS_PER_DOMAIN": 0, "RETRY_TIMES": 0}
_SECONDS = ("DOWNLOAD_DELAY", "BACK_OFF", "RETRY_AFTER_MAX")
_SPANS = ("COMMIT_INTERVAL", "DOWNLOAD_TIMEOUT")


def check(settings: BaseSettings) -> None:
    """Raise `ValueError` with what to do if a setting that a crawl relies on makes no sense."""
    for names, unit in ((_BYTES, " of bytes"), (_COUNTS, "")):
        for name, least in names.items():
            if not _is_whole(settings[name], least):
                raise ValueError(f"{name}={settings[name]}: give a whole number{unit}, {least} or more")
    for name in _SECONDS:
        if not _number(settings[name]) >= 0:
            raise ValueError(f"{name}={settings[name]}: give seconds, 0 or more")
    for name in _SPANS:
        if not _number(settings[name]) > 0:
            raise ValueError(f"{name}={settings[name]}: give seconds, more than 0")
    if settings["SEGMENT_COMPRESSION"] not in COMPRESSIONS:
        raise ValueError(
            f"SEGMENT_COMPRESSION={settings['SEGMENT_COMPRESSION']}: it is one of {', '.join(COMPRESSIONS)}"
        )
    Guard.from_settings(settings)
    revisit_ages(settings)


def _is_whole(value: object, least: int) -> bool:
    number = _number(value)
    return number.is_integer() and number >= least


def _number(value: object) -> float:
    """Return a finite number, or NaN for what is none: it is neither above nor below anything."""
    try:
        number = float(str(value))
    except ValueError:
        return math.nan
    return number if math.isfinite(number) else math.nan
