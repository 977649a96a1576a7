"""A run's report adds up, over the interruptions of its crawl."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipelines.article import Article, Rejection
from pipelines.store.collection import Collection, open_collection
from pipelines.store.outcome import Outcome
from pipelines.store.report import Asked, Report
from pipelines.store.verify import verify
from pipelines.store.writer import CollectionWriter

FEED = Asked(url="http://post.example/feed", kind="feed", status="http-200", listed=3)


def article(number: int, **values: object) -> Article:
    url = f"http://post.example/{number}"
    fixed = {"id": str(number), "url": url, "title": f"Title {number}", "body": "Text.", "content_hash": str(number)}
    return Article(**{**fixed, **values})  # type: ignore[arg-type]


def kept(number: int, **values: object) -> Outcome:
    outcome = Outcome()
    outcome.keep(f"key {number}", article(number, **values))
    outcome.counts.update({"requests": 1, "bytes": 1000, "status/200": 1})
    return outcome


def rejected(reason: str, result: str = "rejected") -> Outcome:
    outcome = Outcome()
    outcome.reject(Rejection(url="http://post.example/x", reason=reason), result)
    return outcome


def asked(source: Asked) -> Outcome:
    outcome = Outcome(asked=source)
    outcome.counts.update({"requests": 1, "bytes": 500, "status/200": 1})
    return outcome


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A collection of two runs of one crawl, the first of which was killed, and a run of the next crawl."""
    folder = tmp_path / "post_example"
    for number, reason in enumerate(("", "finished", "finished")):
        writer = CollectionWriter(folder)
        outcomes: list[Outcome] = [
            [asked(FEED), kept(1, keywords=["boats"]), rejected("paywall")],
            [kept(2), kept(3, revision=2), rejected("timeout", "failed"), rejected("duplicate", "duplicate")],
            [asked(Asked(url=FEED.url, kind="feed", status="http-404")), Outcome(results={"unchanged"})],
        ][number]
        for outcome in outcomes:
            # `None` for the page: one that no queue holds
            writer.finish(None, outcome)
        writer.commit()
        if reason:
            writer.end(reason)
        else:
            writer.close()
    return folder


def sums(report: Report) -> None:
    parts = report.kept + report.revised + report.unchanged
    parts += sum(sum(part.values()) for part in (report.duplicate, report.rejected, report.failed))
    assert report.fetched == parts
    assert report.found == report.lists + report.fetched + report.left


def test_report_of_a_crawl_takes_its_runs_together(folder: Path) -> None:
    with open_collection(folder) as collection:
        first, second = collection.reports()
    sums(first)
    assert (first.fetched, first.kept, first.revised, first.lists) == (6, 2, 1, 1)
    assert (first.rejected, first.failed, first.duplicate) == ({"paywall": 1}, {"timeout": 1}, {"duplicate": 1})
    assert (first.requests, first.bytes, first.statuses) == (4, 3500, {"200": 4})
    assert first.coverage["keywords"] == pytest.approx(1 / 3, abs=1e-4)
    assert first.coverage["title"] == 1
    assert first.sources == [FEED]
    assert first.complete
    sums(second)
    assert (second.unchanged, second.coverage, second.records) == (1, {}, 0)
    assert [(each.status, each.listed) for each in second.sources] == [("http-404", None)]


def test_each_run_leaves_its_file(folder: Path) -> None:
    with Collection(folder) as collection:
        runs = collection.runs()
    files = {run.id: json.loads((folder / "runs" / f"{run.id}.json").read_text("utf-8")) for run in runs}
    assert [files[run.id]["reason"] for run in runs] == ["interrupted", "finished", "finished"]
    assert [files[run.id]["fetched"] for run in runs] == [2, 4, 1]
    assert [len(files[run.id]["sources"]) for run in runs] == [1, 0, 1]
    assert list(verify(folder)) == []
