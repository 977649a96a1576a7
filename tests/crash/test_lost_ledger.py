"""Ledgers that are gone or cannot be read."""

from __future__ import annotations

import shutil
import sqlite3
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest

from benchmarks.crash import Site, content
from benchmarks.forker import Forker
from pipelines import open_collection
from pipelines.article import Rejection
from pipelines.store.repair import repair
from pipelines.store.verify import verify
from pipelines.store.writer import CollectionWriter
from scrapers.commands.crawl import COMPLETE, NOT_STORED, WITH_REJECTED
from tests.crash.states import is_whole, log
from tests.pipelines.filled import SITE, add, fill

SEGMENTS = ("articles", "rejected", "pages")


def test_a_ledger_that_cannot_be_read(forker: Forker, site: Site, crawled: Path) -> None:
    before = content(crawled)
    (crawled / "ledger.db").write_bytes(b"no database" * 1000)
    assert forker.run(site.command("data"), site.folder / "log") == NOT_STORED
    assert "verify --repair` rebuilds it from the segments" in log(site)
    verified = forker.run(["verify", str(crawled)], site.folder / "log")
    assert verified == 1
    assert forker.run(["verify", "--repair", str(crawled)], site.folder / "log") == COMPLETE
    assert (crawled / "ledger.db.damaged").exists()
    assert forker.run(site.command("data"), site.folder / "log") == WITH_REJECTED
    assert list(verify(crawled)) == []
    assert set(content(crawled)) == set(before)


@pytest.mark.parametrize("left", ["nothing", "an empty file", "a folder"])
def test_a_crawl_removes_nothing_where_the_ledger_is_gone(forker: Forker, site: Site, crawled: Path, left: str) -> None:
    before, ledger = content(crawled), crawled / "ledger.db"
    ledger.unlink()
    if left == "an empty file":
        ledger.touch()
    elif left == "a folder":
        ledger.mkdir()
    for dry in ([], ["--dry-run"]):
        assert forker.run([*site.command("data"), *dry], site.folder / "log") == NOT_STORED
        complaint = log(site).splitlines()[-1]
        assert complaint.startswith(f"scrapy crawl: {ledger} is ")
        assert "`scrapy verify --repair`" in complaint
    assert forker.run(["verify", str(crawled)], site.folder / "log") == 1
    assert "it holds no file ledger.db; `scrapy verify --repair` rebuilds it" in log(site) or left == "an empty file"
    assert forker.run(["verify", "--repair", str(crawled)], site.folder / "log") == COMPLETE
    assert content(crawled) == before


@pytest.mark.parametrize("damage", ["UPDATE pages SET url = CAST(x'ff' AS TEXT)", "UPDATE runs SET counts = '{'"])
def test_a_ledger_whose_rows_cannot_be_read(tmp_path: Path, damage: str) -> None:
    folder = fill(tmp_path / "harbour")
    with closing(sqlite3.connect(folder / "ledger.db")) as ledger, ledger:
        ledger.execute(damage)
    assert str(next(verify(folder))).startswith(f"{folder / 'ledger.db'}: ")
    assert list(repair(folder))[-1] == "readable: 18 records; queued again: 0 pages"
    assert list(verify(folder)) == []


@pytest.mark.parametrize("damage", ["started_at = 'soon'", "counts = '{'"])
def test_a_run_that_cannot_be_read_is_named(forker: Forker, site: Site, crawled: Path, damage: str) -> None:
    with closing(sqlite3.connect(crawled / "ledger.db")) as ledger, ledger:
        ledger.execute(f"UPDATE runs SET {damage}")
    data = ["-s", f"DATA_DIR={site.folder / 'data'}"]
    for command in (site.command("data"), ["stats", *data], ["health", *data]):
        assert forker.run(command, site.folder / "log") in (1, NOT_STORED)
        assert f"{crawled / 'ledger.db'} holds a run that cannot be read" in log(site).splitlines()[-1]
    assert forker.run(["verify", "--repair", str(crawled)], site.folder / "log") == COMPLETE


def test_a_write_ahead_log_that_was_lost(forker: Forker, site: Site) -> None:
    command = site.command("data", "COMMIT_INTERVAL=0.05")
    crash = {"point": "transaction", "when": "after", "nth": 4}
    forker.run(command, site.folder / "log", "tests.crash.faults:crash", **crash)
    (site.folder / "data" / "linked" / "ledger.db-wal").unlink()
    assert forker.run(command, site.folder / "log") == WITH_REJECTED
    assert is_whole(site, "data")


def test_a_ledger_that_is_rebuilt_counts_what_the_runs_reported(crawled: Path) -> None:
    files = {path: path.read_bytes() for kind in SEGMENTS for path in (crawled / kind).iterdir()}
    with open_collection(crawled) as collection:
        counts, reports = collection.counts(), collection.reports()
    (crawled / "ledger.db").unlink()
    list(repair(crawled))
    assert {path: path.read_bytes() for kind in SEGMENTS for path in (crawled / kind).iterdir()} == files
    with open_collection(crawled) as collection:
        assert collection.counts() == {name: number for name, number in counts.items() if name != "queued"}
        assert collection.reports() == reports
    assert list(verify(crawled)) == []


def test_a_ledger_that_is_rebuilt_counts_what_a_killed_run_rejected(tmp_path: Path) -> None:
    folder = fill(tmp_path / "harbour")
    writer = CollectionWriter(folder)
    add(writer, 20, Rejection(url=f"{SITE}/20", reason="paywall", run=writer.run.id))
    writer.commit()
    writer.close()
    (folder / "ledger.db").unlink()
    list(repair(folder))
    with open_collection(folder) as collection:
        counts = collection.counts()
        assert (counts["fetched"], counts["kept"], counts["rejected"]) == (21, 18, 3)
        assert (counts["rejected/listing"], counts["rejected/paywall"]) == (2, 1)
    assert list(verify(folder)) == []


def test_a_ledger_that_is_rebuilt_without_reports_counts_what_there_is(crawled: Path) -> None:
    with open_collection(crawled) as collection:
        rejected = Counter(f"rejected/{rejection.reason}" for rejection in collection.rejected())
        kept = len(collection)
    (crawled / "ledger.db").unlink()
    shutil.rmtree(crawled / "runs")
    list(repair(crawled))
    with open_collection(crawled) as collection:
        total = rejected.total()
        every = {"records": kept, "kept": kept, "rejected": total, "fetched": kept + total}
        assert collection.counts() == every | dict(rejected)
    assert list(verify(crawled)) == []
    assert list(repair(crawled))[-1] == f"readable: {kept} records; queued again: 0 pages"
