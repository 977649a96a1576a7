"""Dates told from now, "2 hours ago" or "gestern" -> the day they name."""

from __future__ import annotations

import re
from datetime import date, datetime
from functools import lru_cache

from scrapers.dating.moments import fold
from scrapers.vocabulary.dates import RELATIVE

_LONGEST = 60
_WORDS = "|".join(re.escape(fold(word).replace("_", " ")) for word in RELATIVE)
_SIGN = re.compile(rf"(?<![a-z])(?:{_WORDS})(?![a-z])")


def relative_day(text: str, language: str, now: datetime) -> date | None:
    """Return the day that a short text names relative to `now`, its time of fetching at the publisher; else None."""
    if len(text) > _LONGEST or not _SIGN.search(fold(text)):
        return None
    return _parse(text, language or "en", now.replace(minute=0, second=0, microsecond=0))


@lru_cache(maxsize=1024)
def _parse(text: str, language: str, now: datetime) -> date | None:
    from dateparser import parse  # half a second to load, and few pages need it

    settings = {"RELATIVE_BASE": now.replace(tzinfo=None), "PARSERS": ["relative-time"]}
    try:
        moment = parse(text, languages=[language], settings=settings)  # without languages it takes seconds
    except ValueError:  # a language that dateparser does not know
        return None
    return moment.date() if moment else None
