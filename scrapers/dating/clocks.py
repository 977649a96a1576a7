"""Times of day and zones as pages print them, in texts that `moments.fold` has folded."""

from __future__ import annotations

import re
from datetime import time, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

from scrapers.vocabulary.dates import ZONES, ZONES_BY_LANGUAGE

_DIGIT = re.compile(r"[0-9]")
_MORNING = ("上午", "凌晨", "早上", "午前", "오전")
_EVENING = ("下午", "晚上", "午後", "오후")
_CLOCK = re.compile(
    r"(?<![\d:.,/+-])(?P<h>[01]?\d|2[0-4])\s?(?:(?P<dot>\.)|[:hh点點时時시∶：]|h\s)\s?(?P<min>[0-5]\d)(?!\d)\s?分?"
    r"(?:[:.m'분]\s?(?P<s>[0-5]\d)(?:[.,](?P<f>\d{1,9}))?)?\s?(?P<half>[ap]\.?\s?m\b\.?|[μπ]\.?μ\b\.?|[صم]\b)?"
)
_HOUR = re.compile(r"(?<![\d:.,/+-])(?P<h>1[0-2]|0?[1-9])\s?(?P<half>[ap]\.?\s?m\b\.?)")
_OFFSET = re.compile(r"\s*\(?(?:utc|gmt|z\b)?\s*([+\u2212-])(\d\d?)(?::?(\d\d))?(?!\d)")
_ABBREVIATION = re.compile(r"[\s(]*(?:uhr\s*\(?)?([^\W\d_]{1,5})\b")


def clock(text: str, language: str) -> tuple[time, tzinfo | None] | None:
    """Return the time of day and the zone that stand in a folded text."""
    match = (_CLOCK.search(text) or _HOUR.search(text)) if _DIGIT.search(text) else None
    if match is None:
        return None
    part = match.groupdict()
    if part.get("dot") and re.match(r"\.\d", text[match.end() :]):
        return None
    hour = int(part["h"])
    half, before = (part["half"] or "")[:1], text[: match.start()].rstrip()
    if (half in ("p", "μ", "م") or before.endswith(_EVENING)) and hour < 12:
        hour += 12
    elif (half in ("a", "π", "ص") or before.endswith(_MORNING)) and hour == 12:
        hour = 0
    fraction = (part.get("f") or "").ljust(6, "0")[:6]
    at = time(hour % 24, int(part.get("min") or 0), int(part.get("s") or 0), int(fraction))
    return at, zone(text[match.end() :], language)


def zone(text: str, language: str = "") -> tzinfo | None:
    """Return the zone that a folded text begins with: an offset, or a name."""
    if match := _OFFSET.match(text):
        offset = timedelta(hours=int(match[2]), minutes=int(match[3] or 0))
        return timezone(-offset if match[1] != "+" else offset) if offset < timedelta(hours=15) else None
    if match := _ABBREVIATION.match(text):
        name = match[1].upper()
        key = ZONES_BY_LANGUAGE.get(language, {}).get(name) or ZONES.get(name)
        return ZoneInfo(key) if key else None
    return None
