"""Crawls that are stopped, and crawls that meet."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

import pytest

from benchmarks.crash import Site
from benchmarks.forker import Forker
from pipelines import open_collection
from pipelines.store.verify import verify
from scrapers.commands.crawl import LOCKED, STOPPED, WITH_REJECTED
from tests.crash.states import is_whole, log

SLOW = ("CONCURRENT_REQUESTS_PER_DOMAIN=2", "DOWNLOAD_DELAY=0.02")


def _begin(forker: Forker, site: Site, *settings: str) -> int:
    """Start a crawl and return its process id when the server has given some answers; it gives no more than half."""
    site.server.allow(site.server.count // 2)
    crawl = forker.start(site.command("data", *SLOW, *settings), site.folder / "log")
    until = time.monotonic() + 60
    while len(site.answers()) < 10:
        assert time.monotonic() < until, log(site)
        time.sleep(0.01)
    return crawl


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_one_signal_finishes_what_is_in_flight(forker: Forker, site: Site, number: signal.Signals) -> None:
    crawl = _begin(forker, site)
    os.kill(crawl, number)
    site.server.allow()
    assert forker.wait(crawl) == STOPPED
    answers = site.answers()
    with open_collection(site.folder / "data" / "linked") as collection:
        kept = [*collection.articles(), *collection.rejected()]
        assert {each.url for each in kept} >= {f"http://{site.server.address}{path}" for path in answers}
        assert collection.queued() > 0
        assert collection.runs()[-1].reason == "shutdown"
    assert list(verify(site.folder / "data" / "linked")) == []
    assert forker.run(site.command("data"), site.folder / "log") == WITH_REJECTED
    assert is_whole(site, "data")
    assert len(site.answers()) == len(set(site.answers()))  # nothing was fetched twice


def test_two_signals_are_as_good_as_a_kill(forker: Forker, site: Site) -> None:
    crawl = _begin(forker, site, "COMMIT_INTERVAL=60")
    os.kill(crawl, signal.SIGINT)
    os.kill(crawl, signal.SIGTERM)
    assert forker.wait(crawl) == STOPPED
    site.server.allow()
    assert forker.run(site.command("data"), site.folder / "log") == WITH_REJECTED
    assert is_whole(site, "data")


def test_a_limit_stops_before_the_end(forker: Forker, site: Site) -> None:
    assert forker.run(site.command("data", "CLOSESPIDER_PAGECOUNT=5"), site.folder / "log") == STOPPED
    assert forker.run(site.command("data"), site.folder / "log") == WITH_REJECTED
    assert is_whole(site, "data")


def test_a_second_crawl_of_a_collection_stops_at_once(forker: Forker, site: Site, tmp_path: Path) -> None:
    first = _begin(forker, site)
    for command in (site.command("data"), ["verify", "--repair", str(site.folder / "data" / "linked")]):
        refused = tmp_path / "refused"
        refused.unlink(missing_ok=True)
        assert forker.run(command, refused) == LOCKED
        assert f"linked is being written by process {first} (" in refused.read_text()
    os.kill(first, signal.SIGKILL)
    forker.wait(first)
    site.server.allow()
    assert forker.run(site.command("data"), site.folder / "log") == WITH_REJECTED  # no lock was left
    assert is_whole(site, "data")


def test_a_collection_is_read_while_a_crawl_writes(forker: Forker, site: Site) -> None:
    crawl = _begin(forker, site, "COMMIT_INTERVAL=0.01", "SEGMENT_BYTES=5000")
    site.server.allow()
    seen = 0
    while seen < 20:
        assert list(verify(site.folder / "data" / "linked")) == []
        with open_collection(site.folder / "data" / "linked") as collection:
            articles = list(collection.articles())
        assert len(articles) >= seen
        seen = len(articles)
    assert forker.wait(crawl) == WITH_REJECTED
    assert is_whole(site, "data")
