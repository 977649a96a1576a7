"""What a crawl keeps to: days of publication, and how many articles."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlsplit

from scrapers.addresses import span_of
from scrapers.entry import Entry, day_in
from scrapers.sources import Sitemap, Source

_ZONES = timedelta(days=1)  # a day at the publisher may be the next one or the one before elsewhere
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")


@dataclass(frozen=True, slots=True)
class Bounds:
    """The first and the last day of publication, and the most article pages to visit; None for no bound."""

    since: date | None = None
    until: date | None = None
    sample: int | None = None

    @classmethod
    def of(cls, since: str | None, until: str | None, sample: str | None) -> Bounds:
        """Read what a person gave; raise `ValueError` with a sentence."""
        bounds = cls(_day("since", since), _day("until", until), _number("sample", sample))
        if bounds.since and bounds.until and bounds.since > bounds.until:
            raise ValueError(f"-a since={since} is after -a until={until}")
        return bounds

    def __bool__(self) -> bool:
        return self != Bounds()

    @property
    def are_days(self) -> bool:
        return bool(self.since or self.until)

    def excludes(self, listed: Entry | Source) -> bool:
        """Whether what is listed cannot be or hold an article within the days, as far as its list and address tell."""
        if not self.are_days:
            return False
        changed = day_in(listed.modified)
        if self.since and changed and changed < self.since - _ZONES:
            return True
        if isinstance(listed, Entry) and (published := day_in(listed.published)):
            return self._misses(published, published)
        span = span_of(listed.url) or (_year_of(listed.url) if isinstance(listed, Sitemap) else None)
        return span is not None and self._misses(*span)

    def are_over(self, days: Sequence[date]) -> bool:
        """Whether articles of these days show that what is older than they is older than the first day."""
        return self.since is not None and max(days, default=self.since) < self.since - _ZONES

    def holds(self, day: date | None) -> bool:
        """Whether a day of publication is within the days; one that is not known is not."""
        if not self.are_days:
            return True
        return day is not None and (self.since or date.min) <= day <= (self.until or date.max)

    def _misses(self, first: date, last: date) -> bool:
        return bool((self.since and last < self.since - _ZONES) or (self.until and first > self.until + _ZONES))

    def __str__(self) -> str:
        return f"{self.since or ''}..{self.until or ''}" + (f" sample={self.sample}" if self.sample else "")


def _year_of(url: str) -> tuple[date, date] | None:
    """Return the year that the address of a sitemap names: `sitemap-2019.xml`."""
    match = _YEAR.search(urlsplit(url).path)
    return (date(int(match[1]), 1, 1), date(int(match[1]), 12, 31)) if match else None


def _day(option: str, text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise ValueError(f"-a {option}={text}: give a day, such as 2024-01-31") from None


def _number(option: str, text: str | None) -> int | None:
    if text is None:
        return None
    if not text.isdecimal() or not int(text):
        raise ValueError(f"-a {option}={text}: give a number of articles, such as 20")
    return int(text)
