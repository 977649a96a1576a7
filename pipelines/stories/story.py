"""The copies of a story, and which of them is the first."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple


class Copy(NamedTuple):
    """One article that tells a story; absent values are None."""

    id: str
    site: str | None
    date: str | None
    published_at: str | None
    fetched_at: str | None
    agency: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """The place of an article among those that tell the same story."""

    article: str
    story_id: str
    """Id of the primary copy."""

    is_primary: bool
    similarity: float
    """To the primary copy: the share of their short runs of words that both have, estimated; 1 for the primary."""

    copies: int


def primary(copies: Sequence[Copy]) -> Copy:
    """Return the earliest copy; where that is undecided the agency's own, else the one fetched first."""
    days = [copy.date for copy in copies if copy.date]
    earliest = [copy for copy in copies if copy.date == min(days)] if days else list(copies)
    instants = [_instant(copy) for copy in earliest]
    if None not in instants:
        first = min(instant for instant in instants if instant)
        earliest = [copy for copy, instant in zip(earliest, instants, strict=True) if instant == first]
    return min(earliest, key=lambda copy: (not _is_agency(copy), copy.fetched_at or "~", copy.id))


def _instant(copy: Copy) -> datetime | None:
    try:
        instant = datetime.fromisoformat(copy.published_at or "")
    except ValueError:
        return None
    return instant if instant.tzinfo else None


def _is_agency(copy: Copy) -> bool:
    """Whether a site is that of the agency that it credits: `Xinhua` on `news.xinhuanet.com`."""
    words = re.findall(r"[a-z0-9]{2,}", (copy.agency or "").casefold())
    labels = re.findall(r"[a-z0-9]+", (copy.site or "").casefold())
    return any(label.startswith(word) for word in words for label in labels if len(word) > 2 or label == word)
