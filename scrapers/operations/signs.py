"""Signs that something is wrong with a site: its latest crawl beside its own earlier ones."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from math import sqrt
from statistics import median

from pipelines.store.report import Asked, Report

_EARLIER = 20  # crawls that the latest is compared with
_PAGES, _RECORDS = 5, 10  # latest crawls are taken together until they hold so many: most crawls find a few articles
_RISE = 0.3  # of a share, to be a sign
_DAY = timedelta(days=1)

_NO_ANSWER = {"dns", "timeout", "connection", "connection-refused", "certificate", "proxy", "incomplete", "error"}
UNREAD = frozenset({"no-title", "no-body", "listing", "not-html", "empty", "parser-error", "callback-error"})
"""Reasons for which a page that was sent could not be read."""

_ONLY_LINKED = {"found-section", "home-section"}  # nobody calls them lists
_UNDATED = {"news-sitemap", "sitemap"}  # a sitemap of two quiet days may be empty; a feed keeps its last entries


def gone(last: Report) -> str | None:
    """Return how the site failed to answer, if it did."""
    causes = Counter(last.failed)
    causes.update(asked.status for asked in last.sources if asked.status in _NO_ANSWER)
    if not last.requests and causes and _NO_ANSWER.issuperset(causes):
        return f"no answer: {_list(causes)}"
    answers = set(last.statuses)
    if answers and all(status == "410" or status.startswith("5") for status in answers - {"404"}):
        if answers != {"404"}:
            return f"nothing but errors: {_list({f'http-{status}': n for status, n in last.statuses.items()})}"
        if sum(asked.status == "http-404" for asked in last.sources if not asked.guessed) > 1:
            return f"every page answers 404, as do all {len(last.sources)} sources"
    return None


def is_resting(report: Report) -> bool:
    """Whether nothing could be fetched since every page waits for a host that asked to be left alone."""
    return report.reason == "finished" and not report.complete and not report.fetched


def last_answer(reports: Sequence[Report]) -> Iterator[str]:
    """Yield when the site answered last, if it did."""
    for report in reversed(reports):
        if any(status.startswith(("2", "3")) for status in report.statuses):
            yield f"the last crawl that was answered ended {report.ended_at}"
            return


def lost(reports: Sequence[Report]) -> Iterator[Asked]:
    """Yield the sources of the latest crawl that can no longer be read, though they could or should."""
    before: dict[str, list[Asked]] = {}
    for report in reports[-1 - _EARLIER : -1]:
        for asked in report.sources:
            before.setdefault(asked.url, []).append(asked)
    for asked in reports[-1].sources:
        earlier = before.get(asked.url, [])
        if not _is_read(asked):
            if any(map(_is_read, earlier)) or (not earlier and len(reports) == 1 and _is_due(asked)):
                yield asked
        elif asked.listed == 0 and asked.kind not in _UNDATED and _always_listed(earlier):
            yield asked


def unreadable(reports: Sequence[Report]) -> Iterator[str]:
    """Yield which lists that somebody named the latest crawl could not read, where that is no change: no alarm, yet
    worth knowing."""
    told = list(lost(reports))
    for asked in unread(reports[-1].sources):
        if asked not in told:
            earlier = (other for report in reports[:-1] for other in report.sources if other.url == asked.url)
            yield f"{'no longer' if any(map(_is_read, earlier)) else 'never'} read: {describe_source(asked)}"


def unread(sources: Iterable[Asked]) -> list[Asked]:
    """Return the lists of articles that somebody named and that could not be read: the user, the site's module,
    robots.txt, a home page or another list."""
    return [asked for asked in sources if not _is_read(asked) and _is_due(asked) and asked.kind not in _ONLY_LINKED]


def _is_read(asked: Asked) -> bool:
    if asked.status == "http-202":  # how a firewall answers while it waits for a proof of being human
        return bool(asked.listed)
    return asked.status.startswith("http-2") or asked.status == "http-304"


def _is_due(asked: Asked) -> bool:
    """Whether a site must have a source of which no earlier crawl knows."""
    return not asked.guessed and asked.kind != "robots-txt"


def _always_listed(earlier: Sequence[Asked]) -> bool:
    listed = [asked.listed for asked in earlier if asked.listed is not None]
    return len(listed) >= 3 and all(listed)


def describe_source(asked: Asked) -> str:
    """Return how a source ended, as a sentence."""
    ending = "lists nothing" if _is_read(asked) else asked.status
    return f"{asked.kind} {asked.url}: {ending}"


def risen(reports: Sequence[Report], reasons: Collection[str], least: float = _RISE) -> str | None:
    """Return the evidence that more pages than before ended for one of these reasons, also in the latest crawl."""
    recent, before = _split(reports, _tried, _PAGES)
    found: Counter[str] = Counter()
    for report in recent:
        found.update({reason: n for reason, n in ends(report).items() if reason in reasons})
    now, usual = _share(recent, found.total(), _tried), _usual(before, reasons)
    last, own = reports[-1], sum(n for reason, n in ends(reports[-1]).items() if reason in reasons)
    is_over = last.fetched > 0 and (not own or 2 * own < _tried(last) * now)
    if found.total() < 3 or now - usual < least or is_over:
        return None
    return f"{found.total()} of {_total(recent, _tried)} pages: {_list(found)}; before {usual:.0%}"


def _usual(before: Sequence[Report], reasons: Collection[str]) -> float:
    """Return the median share of pages that ended for one of these reasons, in crawls that could read any."""
    shares = [
        sum(n for reason, n in ends(report).items() if reason in reasons) / max(_tried(report), 1)
        for report in [report for report in before if ends(report).total() < report.fetched][-_EARLIER:]
    ]
    return median(shares) if shares else 0.0


def ends(report: Report) -> Counter[str]:
    """Return why pages became no article; pages that answered 202 and could not be read under `http-202`."""
    ends = Counter(report.rejected) + Counter(report.failed)
    del ends["out-of-range"]  # of another day than was asked for: the site is not to blame
    if waiting := min(report.statuses.get("202", 0), ends["empty"] + ends["no-body"] + ends["no-title"]):
        ends["http-202"] += waiting
    return ends


def _tried(report: Report) -> int:
    return report.fetched - report.unchanged


def layout(reports: Sequence[Report]) -> Iterator[str]:
    """Yield what can no longer be read on the site's pages."""
    if evidence := risen(reports, UNREAD):
        yield evidence
    recent, before = _split(reports, _records, _RECORDS)
    number = _total(recent, _records)
    if number < _PAGES or not reports[-1].records:
        return
    before = [report for report in before[-_EARLIER:] if report.records]
    for name in dict.fromkeys(name for report in recent for name in report.missed):
        missed = sum(report.missed.get(name, 0) for report in recent)
        usual = median(report.missed.get(name, 0) / report.records for report in before) if before else 0.0
        if missed / number - usual >= 0.5:
            yield f"the site's place for {name} holds nothing in {missed} of {number} records; before {usual:.0%}"
    if before:
        known = _total(before, _records)
        for name in reports[-1].coverage:
            usual = median(report.coverage.get(name, 0.0) for report in before)
            now = sum(report.coverage.get(name, 0.0) * report.records for report in recent) / number
            likely = (usual * known + 1) / (known + 2)  # what all of five records have is not sure to be always there
            if usual - now > max(_RISE, 3 * sqrt(likely * (1 - likely) / number)):
                yield f"{name} is filled in {now:.0%} of {number} records; before {usual:.0%}"


def silence(reports: Sequence[Report]) -> str | None:
    """Return for how long there was no new article, if that is more than twice the longest pause so far."""
    ends = [datetime.fromisoformat(str(report.ended_at)) for report in reports]
    found = [end for end, report in zip(ends, reports, strict=True) if report.kept]
    pauses = [later - earlier for earlier, later in pairwise(found)]
    if len(pauses) < 3:
        return None
    silence = ends[-1] - found[-1]
    if silence <= max(2 * max(pauses), _DAY):
        return None
    usual = _days(max(pauses))
    return f"no new article since {found[-1].isoformat()}, for {_days(silence)}; longest pause before: {usual}"


def _split(
    reports: Sequence[Report], size: Callable[[Report], int], least: int
) -> tuple[Sequence[Report], Sequence[Report]]:
    """Return the latest crawls, as many as it takes to hold so much, and those before; at most half are latest."""
    number = 1
    while number < len(reports) / 2 and _total(reports[-number:], size) < least:
        number += 1
    return reports[-number:], reports[:-number]


def _total(reports: Iterable[Report], size: Callable[[Report], int]) -> int:
    return sum(map(size, reports))


def _share(reports: Sequence[Report], number: int, size: Callable[[Report], int]) -> float:
    return number / max(_total(reports, size), 1)


def _records(report: Report) -> int:
    return max(report.records, 0)


def _list(causes: dict[str, int] | Counter[str]) -> str:
    return ", ".join(f"{number} {cause}" for cause, number in Counter(causes).most_common())


def _days(span: timedelta) -> str:
    hours = span.total_seconds() / 3600
    return f"{hours / 24:.1f} days" if hours >= 48 else f"{hours:.0f} h"
