"""What a later crawl asks for again, and when: lists of articles, what was changed or failed, and young articles."""

from __future__ import annotations

import json
import math
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from scrapy import Request, Spider
from scrapy.settings import BaseSettings

from pipelines.store.ledger import Ledger
from pipelines.store.tables.page import Page
from pipelines.urls import origin_of
from scrapers.addresses import is_within
from scrapers.entry import day_in, moment_in

if TYPE_CHECKING:
    from pipelines.store.outcome import Outcome

CHOICE = "choice"
"""Key of `Request.meta`: the bounds and patterns by which a spider chooses among what a list names."""

_FRESH = 3600  # seconds; a list read longer ago is read again when an interrupted crawl goes on
_SETTLED = 2 * 24 * 3600  # seconds; a day is over everywhere, so what is dated by it changes no more
_GUESS = 7 * 24 * 3600  # seconds; an address that was only tried and answered 404 is tried again after these
_FINAL = {"certificate", "offsite", "robots", "scheme", "too-large"}  # reasons that the next crawl would find again
_TRY_AGAIN = {"http-408", "http-425", "http-429"}  # the answers below 500 that speak of this moment only
_UNREACHED = {"connection", "connection-refused", "dns", "incomplete", "proxy", "robots-unreachable", "timeout"}
_GONE = {"http-404", "http-410"}
_EARLY = 300  # seconds; an hourly crawl does not begin at the same second each hour


class Recrawl:
    """Decides by what the ledger knows of a page.

    Times are Unix times, so that a change to summer time is none; pages that were seen later than the clock now says
    are looked at again at once, and their schedule begins anew.
    """

    def __init__(self, ledger: Ledger, run: int, crawl_began: int, revisit_after: Sequence[float]) -> None:
        """Take the numbers of this run and of the first run of its crawl, and the ages, in seconds, at which an article
        is looked at again."""
        self.ledger, self._run, self._crawl_began = ledger, run, crawl_began
        began = [datetime.fromisoformat(run.started_at) for run in ledger.runs.all() if run.number == crawl_began]
        self._began = began[0].timestamp() if began else time.time()
        self._ages = sorted(revisit_after)
        self._allows: dict[str, Callable[[str], bool]] = {}  # by origin, of which robots.txt was read in this run

    def is_new(self, known: Page) -> bool:
        """Whether a page was found in this crawl for the first time."""
        return known.first_seen >= self._began

    def is_wanted(self, known: Page, request: Request, *, lists_news: bool = True) -> bool:
        """Whether a page that was brought to its end is to be fetched once more.

        `lists_news` tells whether the list that leads to it leads to anything that was not known: else what is older
        than that list was read.
        """
        if known.run == self._run:
            return request.dont_filter
        is_due = known.run < self._crawl_began or _age(known) > _FRESH
        if "source" in request.meta:
            source = request.meta["source"]
            is_read = not lists_news and known.outcome == "source" and source.get("older")
            is_absent = source.get("guessed") and is_missing(known.reason) and _age(known) < _GUESS
            return is_due and not is_read and not is_absent and not self._is_settled(known, request)
        is_part = "article" in request.meta  # of an article whose first page was asked for again
        if is_part or request.dont_filter or (known.outcome == "source" and "entry" not in request.meta):
            return is_due
        if known.outcome == "rejected" and known.reason == "robots":
            return self._may_be_allowed(known)
        is_out_of_other_bounds = known.reason == "out-of-range" and not _is_same_choice(known, request)
        return may_pass(known.outcome, known.reason) or is_out_of_other_bounds or self._is_changed(known, request)

    def is_comparable(self, known: Page, request: Request) -> bool:
        """Whether an answer that a page is unchanged tells all that there is to know of it."""
        return not request.dont_filter and "article" not in request.meta and _is_same_choice(known, request)

    def lastmod(self, known: Page, request: Request) -> str | None:
        """Return when a request says that its page was changed, if that is news."""
        said = modified(request)
        return said if said and (known.lastmod is None or is_later(said, known.lastmod)) else None

    def revisits(self, spider: Spider) -> Iterator[Page]:
        """Yield what is due to be looked at again and within the bounds of a spider."""
        yield from _within(spider, self.ledger.pages.to_revisit(time.time() + _EARLY))

    def reopened(self, spider: Spider, origin: str, allows: Callable[[str], bool]) -> Iterator[Page]:
        """Take what the robots.txt of an origin says now, and yield the pages that it refused in earlier crawls and
        allows now, within the bounds of a spider."""
        self._allows[origin] = allows
        refused = self.ledger.pages.refused(urlsplit(origin).hostname or "", self._crawl_began)
        allowed = (page for page, url in refused if origin_of(url) == origin and allows(url))
        yield from _within(spider, (page for number in allowed for page in self.ledger.pages.select("id = ?", number)))

    def next_look(self, page: Page, request: Request, outcome: Outcome, begun: dict[str, Any] | None) -> float | None:
        """Return when a page that now has this outcome is to be looked at again.

        `begun` is the article that begins on it, if that goes on on another page.
        """
        now, result = time.time(), outcome.result
        first = min(page.first_seen, now)
        later = next((first + age for age in self._ages if first + age > now + _EARLY), None)
        if later is not None and "source" not in request.meta and may_pass(result, outcome.reason):
            return now
        if result in ("failed", "rejected", "unchanged", "gone"):
            return later if page.revisit is not None else None
        if "article" in request.meta:  # its first page is looked at
            return None
        day = outcome.articles[0][1].date if outcome.articles else begun["date"] if begun else None
        return later if self._is_young(day_in(day), first) else None

    def _may_be_allowed(self, known: Page) -> bool:
        """Whether the robots.txt that refused a page allows it now, or was not read yet in this run."""
        url = json.loads(known.request)["url"]  # where it led to, and was refused
        allows = self._allows.get(origin_of(url))
        return allows is None or allows(url)

    def _is_young(self, day: date | None, first_seen: float) -> bool:
        """Whether an article was new when it was found; one of the archive is not looked at again."""
        if day is None or not self._ages:
            return False
        longest = timedelta(seconds=self._ages[-1], days=1)
        return day >= (datetime.fromtimestamp(first_seen, UTC) - longest).date()

    def _is_settled(self, known: Page, request: Request) -> bool:
        """Whether an index says of a list that it has not changed since it was read."""
        said = modified(request)
        if known.outcome != "source" or not said or said != known.lastmod or not self.is_comparable(known, request):
            return False
        moment = moment_in(said)
        if moment is None or (known.last_seen or 0) - moment.timestamp() < _SETTLED:
            return False
        return not self.ledger.sources.leads(known.id)  # an index of its own may be older than what it leads to

    def _is_changed(self, known: Page, request: Request) -> bool:
        said = modified(request)
        if said is None or said == known.lastmod:
            return False
        if known.lastmod is not None:
            return is_later(said, known.lastmod)
        moment = moment_in(said)  # first heard of now: it counts if it is later than our own look
        return moment is None or moment.timestamp() > (known.last_seen or 0)


def revisit_ages(settings: BaseSettings) -> list[float]:
    """Return REVISIT_AFTER in seconds; raise `ValueError` if it is no list of hours."""
    given = settings.getlist("REVISIT_AFTER")
    try:
        hours = [float(hour) for hour in given]
    except (TypeError, ValueError):
        hours = [-1.0]
    if not all(0 < hour < float("inf") for hour in hours):
        raise ValueError(f"REVISIT_AFTER={','.join(map(str, given))}: give hours, such as 1,6,24,72, or nothing")
    return [hour * 3600 for hour in hours]


def may_pass(result: str | None, reason: str | None) -> bool:
    """Whether a page that failed or was refused for this reason is worth another attempt in a later run."""
    if result == "rejected":
        # its robots.txt could not be read, or the code of its site was wrong, and may have been mended
        return reason in _UNREACHED or reason == "parser-error"
    if result != "failed" or reason is None:
        return False
    return reason not in _FINAL and (not reason.startswith("http-4") or reason in _TRY_AGAIN)


def is_gone(page: Page, reason: str) -> bool:
    """Whether this answer of a page from which an article was kept says that it is not there any more."""
    return page.content_hash is not None and is_missing(reason)


def is_missing(reason: str | None) -> bool:
    """Whether this answer says that a page is not there."""
    return reason in _GONE


def variant_of(request: Request) -> str | None:
    """Return the address of the AMP or print page from which that of a request was derived."""
    entry: dict[str, Any] = request.meta.get("entry", {})
    return entry.get("variant")


def at_variant(request: Request, variant: str) -> Request:
    """Return a request for an AMP or print page in place of the page itself."""
    entry = {name: value for name, value in request.meta["entry"].items() if name != "variant"}
    return request.replace(url=variant, meta={**request.meta, "entry": {**entry, "url": variant}})


def modified(request: Request) -> str | None:
    """Return when what led to a page says that it was changed, as it writes it."""
    listed: dict[str, Any] = request.meta.get("entry") or request.meta.get("source") or {}
    said = listed.get("modified")
    return str(said) if said else None


def is_later(said: str, known: str) -> bool:
    """Whether a time of change is after another; days are compared where one of the two is no more precise."""
    after, before = moment_in(said), moment_in(known)
    if after is None or before is None:
        return said != known
    is_by_day = min(len(said.strip()), len(known.strip())) <= len("2024-01-31")
    return after.date() > before.date() if is_by_day else after > before


def _age(known: Page) -> float:
    """Return the seconds since a page came to its end; more than any if it never did, or the clock was set back."""
    age = time.time() - (known.last_seen or 0)
    return age if age >= 0 else math.inf


def _within(spider: Spider, pages: Iterable[Page]) -> Iterator[Page]:
    """Yield what a spider asks for although no list names it; nothing if it keeps to bounds."""
    if getattr(spider, "revisits", True):
        domains = getattr(spider, "allowed_domains", None) or ()
        yield from (page for page in pages if is_within(page.url, domains))


def _is_same_choice(known: Page, request: Request) -> bool:
    stored: dict[str, Any] = json.loads(known.request).get("meta", {})
    return bool(stored.get(CHOICE) == request.meta.get(CHOICE))
