"""What a source says of an article before its page is fetched."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from typing import Any

import msgspec

from scrapers.addresses import day_of, span_of


@dataclass(kw_only=True, slots=True)
class Entry:
    """One article as listed by a feed, sitemap or section; travels with its request and is evidence for the page."""

    url: str
    """Absolute address of the article."""

    source: str
    """What listed it: `feed`, `news-sitemap`, `sitemap` or `section`; the evidence of values taken from here."""

    title: str | None = None
    description: str | None = None

    published: str | None = None
    """Instant or day of publication, as the source writes it."""

    modified: str | None = None
    """Instant or day of the last change (`lastmod`, `atom:updated`), as the source writes it."""

    authors: list[str] = field(default_factory=list)
    keywords: list[str] = field(default_factory=list)

    language: str | None = None
    """Language tag, as the source writes it."""

    variant: str | None = None
    """Address of the AMP or print page that was listed, where `url` is derived from it."""

    @property
    def day(self) -> date | None:
        """Day of publication, else of the last change, else the one in the address: for order and bounds only."""
        return day_in(self.published) or day_in(self.modified) or day_of(self.url)

    @property
    def day_told(self) -> str | None:
        """`day` as a person is told it: `2024-03-05`, or `2024-03` where the address tells it and names no day."""
        listed = day_in(self.published) or day_in(self.modified)
        first, last = (listed, listed) if listed else span_of(self.url) or (None, None)
        return str(first)[: len("2024-03-05") if first == last else len("2024-03")] if first else None

    def to_meta(self) -> dict[str, Any]:
        """Return the entry as plain JSON values, to travel in `Request.meta`."""
        values: dict[str, Any] = msgspec.to_builtins(self)
        return {name: value for name, value in values.items() if value not in (None, [])}

    @classmethod
    def from_meta(cls, values: dict[str, Any]) -> Entry:
        """Return the entry that `to_meta` wrote."""
        return msgspec.convert(values, cls)


def recency(day: date | None) -> int:
    """Return a number that is greater for a later day, and 0 for none."""
    return (day - date(1970, 1, 1)).days if day else 0


def day_in(text: str | None) -> date | None:
    """Return the day of an ISO 8601 or RFC 2822 time, or None for anything else."""
    moment = moment_in(text)
    return moment.date() if moment else None


def moment_in(text: str | None) -> datetime | None:
    """Return an ISO 8601 or RFC 2822 time, in UTC where it names no zone, or None for anything else."""
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        try:
            moment = parsedate_to_datetime(text)
        except (TypeError, ValueError, OverflowError):  # OverflowError: a year of twenty digits
            return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
