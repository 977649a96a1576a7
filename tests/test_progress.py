"""A crawl's summary adds up, and its live line says the same."""

from __future__ import annotations

import re

from scrapers.progress import line, rows

COUNTS = {
    "source": 6, "kept": 90, "revised": 3, "unchanged": 12, "duplicate": 2, "rejected": 11, "failed": 2,
    "duplicate/duplicate": 2, "rejected/listing": 7, "rejected/paywall": 4, "failed/timeout": 1, "failed/http-500": 1,
    "records": 93, "queued": 130,
}  # fmt: skip


def test_each_row_is_the_sum_of_its_parts() -> None:
    summary = list(rows(COUNTS, left=4, seconds=63.0))
    assert summary == [
        "found      130 = 120 fetched + 6 lists of articles + 4 left",
        "fetched    120 = 93 kept + 12 unchanged + 11 rejected + 2 duplicate + 2 failed",
        "kept       93 = 90 new + 3 revised",
        "duplicate  2 = 2 duplicate",
        "rejected   11 = 7 listing + 4 paywall",
        "failed     2 = 1 timeout + 1 http-500",
        "2.0 pages a second",
    ]
    for row in summary[:-1]:
        total, _, parts = row.partition(" = ")
        assert int(total.split()[1]) == sum(map(int, re.findall(r"\d+(?= )", parts.replace("http-500", ""))))


def test_a_crawl_that_found_nothing_says_so() -> None:
    assert list(rows({}, left=0, seconds=1.0))[:2] == ["found      0", "fetched    0"]


def test_live_line() -> None:
    assert line(COUNTS, left=4, seconds=60.0) == "found 130  fetched 120  kept 93  rejected 13  2.1 pages/s"
