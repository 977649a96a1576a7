"""One page of a collection, as the ledger has it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import NamedTuple


class State(IntEnum):
    """Where a page stands."""

    QUEUED = 0
    IN_FLIGHT = 1
    DONE = 2
    FAILED = 3
    GONE = 4
    """It was kept, and its address answers 404 or 410 since."""


@dataclass(slots=True)
class Page:
    """One page: how it is asked for, and what became of it."""

    id: int
    url: str
    host: str
    request: str
    """The request as JSON."""

    priority: int = 0
    """Higher goes first."""

    due: float = 0.0
    """Not to be fetched before this Unix time."""

    state: State = State.QUEUED
    run: int = 0
    """Number of the run that queued it or brought it to its end."""

    outcome: str | None = None
    reason: str | None = None
    lastmod: str | None = None
    """When the page was last changed, as the source that led to it said."""

    etag: str | None = None
    last_modified: str | None = None
    """The validators of its last response, as sent."""

    content_hash: str | None = None
    """Of the article that was kept from it, or of what begins on it of an article of several pages."""

    first_seen: float = 0.0
    last_seen: float | None = None
    """Unix times: when it was queued first, and when it came to its end last."""

    revisit: float | None = None
    """When a later crawl is to look at it again without being led there; never if None."""


class Ending(NamedTuple):
    """What a page's end tells of it; the last five stay as they were where they are None."""

    outcome: str
    reason: str | None
    revisit: float | None
    etag: str | None = None
    last_modified: str | None = None
    content_hash: str | None = None
    raw_segment: int | None = None
    raw_offset: int | None = None
