"""Histories of runs and the verdict on their site: tables of odd cases."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from pipelines.store.report import Asked, Report
from scrapers.operations.health import Verdict, judge

BEGIN = datetime(2026, 3, 2, 6, tzinfo=UTC)
FULL = {"title": 1.0, "date": 1.0, "authors": 0.9, "keywords": 0.4}


def feed(status: str = "http-200", listed: int | None = 20, *, url: str = "/feed", **values: Any) -> Asked:
    return Asked(**{"url": url, "kind": "feed", "status": status, "listed": listed, **values})


def crawl(
    number: int = 0,
    *,
    kept: int = 10,
    unchanged: int = 0,
    rejected: dict[str, int] | None = None,
    failed: dict[str, int] | None = None,
    sources: list[Asked] | None = None,
    hours: float = 1.0,
    **values: Any,
) -> Report:
    """Return the report of an invented crawl; crawls come every hour, or `hours` after the first."""
    end = BEGIN + timedelta(hours=number * hours)
    ends = sum((rejected or {}).values()) + sum((failed or {}).values())
    fetched = kept + unchanged + ends
    statuses = {"200": kept + unchanged + 2, **{cause[5:]: n for cause, n in (failed or {}).items() if "http" in cause}}
    asked = [feed()] if sources is None else sources
    standard: dict[str, Any] = {
        "id": f"run-{number}", "collection": "post_example", "crawl": number + 1, "started_at": end.isoformat(),
        "ended_at": end.isoformat(), "seconds": 60.0, "reason": "finished", "complete": True,
        "found": fetched + len(asked), "lists": len(asked), "fetched": fetched, "left": 0, "kept": kept, "revised": 0,
        "unchanged": unchanged, "duplicate": {}, "rejected": rejected or {}, "failed": failed or {}, "records": kept,
        "coverage": FULL if kept else {}, "missed": {}, "requests": sum(statuses.values()), "bytes": 1000 * fetched,
        "statuses": statuses, "sources": asked,
    }  # fmt: skip
    return Report(**{**standard, **values})


HEALTHY = [crawl(number) for number in range(8)]
NOTHING_NEW: dict[str, Any] = {"kept": 0, "unchanged": 10}
LAST: list[tuple[str, dict[str, Any], Verdict, str]] = [
    ("as always", {}, Verdict.OK, "10 new"),
    ("every page waits", {"kept": 0, "complete": False, "sources": []}, Verdict.BLOCKED, "asked to be left alone"),
    (
        "asked to wait by its only answer",
        {"kept": 0, "complete": False, "left": 1, "statuses": {"404": 1, "503": 1}, "sources": []},
        Verdict.BLOCKED, "asked to be left alone",
    ),
    ("nothing new in an hour", NOTHING_NEW, Verdict.OK, "10 unchanged"),
    ("a single page", {"kept": 0, "unchanged": 1}, Verdict.OK, "0 new, 0 revised, 1 unchanged of 1 page"),
    ("a few pages are gone", {"failed": {"http-404": 2}}, Verdict.OK, ""),
    ("two pages forbidden of two", {"kept": 0, "failed": {"http-403": 2}}, Verdict.OK, ""),
    ("every page forbidden", {"kept": 0, "failed": {"http-403": 10}}, Verdict.BLOCKED, "10 http-403; before 0%"),
    ("too many requests", {"kept": 2, "failed": {"http-429": 8}}, Verdict.BLOCKED, "8 of 10 pages"),
    ("challenge with 200", {"kept": 0, "rejected": {"challenge": 9}}, Verdict.BLOCKED, "9 challenge"),
    ("script with 200", {"kept": 0, "rejected": {"javascript": 9}}, Verdict.BLOCKED, "9 javascript"),
    (
        "empty pages with 202",
        {"kept": 0, "rejected": {"empty": 9}, "statuses": {"200": 1, "202": 9}},
        Verdict.BLOCKED, "9 http-202",
    ),
    ("challenge in place of the feed", {"kept": 0, "sources": [feed("challenge", 0)]}, Verdict.BLOCKED, "/feed"),
    ("feed forbidden", {"kept": 0, "sources": [feed("http-403", None)]}, Verdict.BLOCKED, "http-403"),
    ("feed waits with 202", {"kept": 0, "sources": [feed("http-202", 0)]}, Verdict.BLOCKED, "http-202"),
    ("consent form", {"kept": 0, "rejected": {"consent": 9}}, Verdict.CONSENT, "9 consent"),
    ("paywall", {"kept": 3, "rejected": {"paywall": 9}}, Verdict.PAYWALL, "9 of 12"),
    ("robots.txt forbids the pages", {"kept": 0, "failed": {"robots": 9}}, Verdict.ROBOTS, "9 robots"),
    ("robots.txt forbids the feed", {"kept": 0, "sources": [feed("robots", None)]}, Verdict.ROBOTS, "/feed"),
    ("feed is gone", {"kept": 0, "sources": [feed("http-404", None)]}, Verdict.SOURCE_GONE, "feed /feed: http-404"),
    ("a page in place of the feed", {"sources": [feed("not-xml", 0)]}, Verdict.SOURCE_GONE, "not-xml"),
    ("feed lists nothing", {"kept": 0, "sources": [feed(listed=0)]}, Verdict.SOURCE_GONE, "lists nothing"),
    ("feed unchanged", {**NOTHING_NEW, "sources": [feed("http-304", None)]}, Verdict.OK, ""),
    ("a guess fails", {"sources": [feed(), feed("http-404", None, url="/rss", guessed=True)]}, Verdict.OK, ""),
    ("a list that is new", {"sources": [feed(), feed("http-404", None, url="/new")]}, Verdict.OK, ""),
    ("authors are no longer found", {"coverage": {**FULL, "authors": 0.2}}, Verdict.LAYOUT, "authors is filled in 20%"),
    ("keywords were seldom there", {"coverage": {**FULL, "keywords": 0.2}}, Verdict.OK, ""),
    ("selector misses", {"missed": {"body": 9}}, Verdict.LAYOUT, "place for body holds nothing in 9 of 10"),
    ("no text is found", {"kept": 1, "rejected": {"no-body": 9}}, Verdict.LAYOUT, "9 no-body"),
    ("articles look like listings", {"kept": 1, "rejected": {"listing": 9}}, Verdict.LAYOUT, "9 listing"),
    ("links lead to nothing", {"kept": 1, "failed": {"http-404": 9}}, Verdict.FAILING, "9 http-404"),
    ("pages of other days than were asked for", {"kept": 1, "rejected": {"out-of-range": 9}}, Verdict.OK, ""),
    ("moved to another site", {"kept": 0, "failed": {"offsite": 9}}, Verdict.FAILING, "9 offsite"),
    (
        "no such host",
        {"kept": 0, "requests": 0, "statuses": {}, "sources": [feed("dns", None)]},
        Verdict.GONE, "no answer: 1 dns",
    ),
    (
        "errors only",
        {"kept": 0, "statuses": {"503": 3}, "sources": [feed("http-503", None)]},
        Verdict.GONE, "3 http-503",
    ),
    (
        "not found only",
        {"kept": 0, "statuses": {"404": 3}, "sources": [feed("http-404", None), feed("http-404", None, url="/rss")]},
        Verdict.GONE, "all 2 sources",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("last", "verdict", "evidence"), [case[1:] for case in LAST], ids=[case[0] for case in LAST])
def test_last_crawl_beside_healthy_ones(last: dict[str, Any], verdict: Verdict, evidence: str) -> None:
    health = judge([*HEALTHY, crawl(8, **last)])
    assert health
    assert (health.verdict, health.run) == (verdict, "run-8")
    assert evidence in "\n".join(health.evidence)


FIRST: list[tuple[str, dict[str, Any], Verdict]] = [
    ("a good beginning", {}, Verdict.OK),
    ("blocked from the beginning", {"kept": 0, "failed": {"http-403": 5}}, Verdict.BLOCKED),
    ("sold from the beginning", {"kept": 2, "rejected": {"paywall": 8}}, Verdict.PAYWALL),
    ("the feed was never there", {"kept": 0, "sources": [feed("http-404", None)]}, Verdict.SOURCE_GONE),
    ("no robots.txt", {"sources": [feed(), feed("http-404", None, url="/robots.txt", kind="robots-txt")]}, Verdict.OK),
    ("a selector that never matched", {"missed": {"byline": 10}}, Verdict.LAYOUT),
]


@pytest.mark.parametrize(("only", "verdict"), [case[1:] for case in FIRST], ids=[case[0] for case in FIRST])
def test_first_crawl(only: dict[str, Any], verdict: Verdict) -> None:
    health = judge([crawl(**only)])
    assert health
    assert health.verdict == verdict


def test_what_is_usual_for_a_site_is_no_alarm() -> None:
    usual: dict[str, Any] = {
        "kept": 6, "rejected": {"paywall": 8}, "missed": {"byline": 5}, "sources": [feed("http-404", None)],
    }  # fmt: skip
    health = judge([crawl(number, **usual) for number in range(9)])
    assert health
    assert health.verdict == Verdict.OK


@pytest.mark.parametrize(
    ("before", "verdict"), [(5, Verdict.OK), (100, Verdict.LAYOUT)], ids=["few records", "many records"]
)
def test_what_a_few_records_have_is_no_rule(before: int, verdict: Verdict) -> None:
    always, seldom = {**FULL, "keywords": 1.0}, {**FULL, "keywords": 0.6}
    health = judge([crawl(kept=before, coverage=always), crawl(1, kept=5, coverage=seldom)])
    assert health
    assert health.verdict == verdict


@pytest.mark.parametrize(
    ("good", "crawls", "said"), [(0, 2, "never read"), (0, 30, "never read"), (2, 25, "no longer read")]
)
def test_a_list_that_is_named_and_dead_is_told_though_it_is_usual(good: int, crawls: int, said: str) -> None:
    dead = [feed("http-404", None, url="/rss"), feed("http-404", None, url="/atom", guessed=True)]
    health = judge([crawl(n, sources=[feed(), *(dead if n >= good else [feed(url="/rss")])]) for n in range(crawls)])
    assert health
    assert (health.verdict, health.evidence[1:]) == (Verdict.OK, [f"{said}: feed /rss: http-404"])


def test_a_dead_list_is_told_once() -> None:
    """As what is wrong, or beside it."""
    dead = feed("http-404", None, url="/rss")
    sources = [feed(), dead]
    first = judge([crawl(sources=sources)])
    blocked = judge([crawl(n, sources=sources, kept=0, failed={"http-403": 10}) for n in range(2)])
    assert first
    assert blocked
    assert (first.verdict, blocked.verdict) == (Verdict.SOURCE_GONE, Verdict.BLOCKED)
    assert sum("/rss" in sentence for sentence in first.evidence) == 1
    assert blocked.evidence[1] == "never read: feed /rss: http-404"


@pytest.mark.parametrize("before", [[], HEALTHY], ids=["from the beginning", "after good times"])
def test_a_site_that_cannot_be_read_at_all_is_never_usual(before: list[Report]) -> None:
    health = judge([*before, *(crawl(8 + number, kept=0, failed={"http-403": 10}) for number in range(30))])
    assert health
    assert (health.verdict, health.crawls) == (Verdict.BLOCKED, 20)


def test_small_crawls_are_taken_together() -> None:
    def history(kept: int) -> list[Report]:
        bad = {**FULL, "authors": 0.0}
        return [crawl(n, kept=1) for n in range(10)] + [crawl(10 + n, kept=1, coverage=bad) for n in range(kept)]

    verdicts = [health.verdict for kept in (1, 10) if (health := judge(history(kept)))]
    assert verdicts == [Verdict.OK, Verdict.LAYOUT]


def test_a_site_that_is_mended_is_ok_at_once() -> None:
    blocked = crawl(8, kept=0, failed={"http-403": 50})
    health = judge([*HEALTHY, blocked, crawl(9, kept=2)])
    assert health
    assert health.verdict == Verdict.OK


@pytest.mark.parametrize(
    ("pauses", "silence", "verdict"),
    [
        ([1, 1, 10, 1], 23, Verdict.OK),  # less than a day is a night
        ([1, 1, 10, 1], 25, Verdict.QUIET),
        ([24, 24, 72, 24], 72, Verdict.OK),  # its weekend
        ([24, 24, 72, 24], 145, Verdict.QUIET),
        ([1, 1], 500, Verdict.OK),  # too little is known of it
    ],
)
def test_silence_is_measured_by_the_pauses_of_the_site(pauses: list[int], silence: int, verdict: Verdict) -> None:
    hour, reports = 0, [crawl(0)]
    for pause in pauses:
        hour += pause
        reports.append(crawl(hour))
    reports.append(crawl(hour + silence, **NOTHING_NEW))
    health = judge(reports)
    assert health
    assert health.verdict == verdict


def test_only_crawls_that_ended_are_judged() -> None:
    running = crawl(9, kept=0, ended_at=None)
    health = judge([*HEALTHY, running])
    assert health
    assert health.run == "run-7"
    assert judge([running]) is None


def test_how_long_a_verdict_stands() -> None:
    blocked = [crawl(8 + number, kept=0, failed={"http-403": 10}) for number in range(3)]
    for number in range(1, 4):
        health = judge([*HEALTHY, *blocked[:number]])
        assert health
        assert (health.verdict, health.crawls) == (Verdict.BLOCKED, number)
        first = f"the crawl that ended {blocked[0].ended_at}"
        standing = f"in {first}" if number == 1 else f"since {first}, {number} crawls in a row"
        assert health.evidence[-1] == standing
