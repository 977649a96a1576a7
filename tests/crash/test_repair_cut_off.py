"""A repair that ends before its end."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from benchmarks.crash import Site, content
from benchmarks.forker import Forker
from pipelines.store.repair import repair
from scrapers.commands.crawl import COMPLETE, NOT_STORED
from tests.crash.states import log, raw_pages


@pytest.mark.parametrize("fault", ["crash", "fail"])
def test_a_repair_that_is_cut_off_loses_nothing(forker: Forker, site: Site, crawled: Path, fault: str) -> None:
    for kind in ("articles", "rejected", "pages"):
        (path,) = (crawled / kind).iterdir()
        path.write_bytes(path.read_bytes()[: path.stat().st_size * 3 // 4])
    damaged = {path.name: path.read_bytes() for path in crawled.glob("*/*.zst")}
    repaired = site.folder / "repaired"
    shutil.copytree(crawled, repaired)
    list(repair(repaired))
    for nth in range(1, 9):  # each segment is kept aside, written and compressed, each by a file that is renamed
        folder = site.folder / str(nth)
        shutil.copytree(crawled, folder)
        command, log = ["verify", "--repair", str(folder)], site.folder / "log"
        options = {"point": "rename", "nth": nth} | ({"when": "after"} if fault == "crash" else {})
        assert forker.run(command, log, f"tests.crash.faults:{fault}", **options) != COMPLETE
        assert forker.run(command, log) == COMPLETE
        assert content(folder) == content(repaired)
        assert raw_pages(folder) == raw_pages(repaired)
        for name, data in damaged.items():
            assert data in [path.read_bytes() for path in folder.glob(f"*/{name}*.damaged")]


@pytest.mark.parametrize(("point", "when"), [("transaction", "before"), ("transaction", "after"), ("rename", "before")])
def test_a_crawl_removes_nothing_where_the_rebuilding_of_the_ledger_was_cut_off(
    forker: Forker, site: Site, crawled: Path, point: str, when: str
) -> None:
    before, raw = content(crawled), raw_pages(crawled)
    (crawled / "ledger.db").write_bytes(b"no database" * 1000)
    command = ["verify", "--repair", str(crawled)]
    forker.run(command, site.folder / "log", "tests.crash.faults:crash", point=point, nth=1, when=when)
    assert forker.run(site.command("data"), site.folder / "log") == NOT_STORED
    assert forker.run(command, site.folder / "log") == COMPLETE
    assert content(crawled) == before
    assert raw_pages(crawled) == raw


@pytest.mark.parametrize("is_sound", [True, False], ids=["sound", "damaged"])
def test_a_ledger_that_finds_no_space(forker: Forker, site: Site, crawled: Path, is_sound: bool) -> None:
    before = content(crawled)
    if not is_sound:
        (crawled / "ledger.db").write_bytes(b"no database" * 1000)
    for path in crawled.glob("ledger.db-*"):
        path.unlink()
    (site.folder / "log").unlink()
    ledger, command = (crawled / "ledger.db").read_bytes(), ["verify", "--repair", str(crawled)]
    limit = {"prepare": "tests.crash.faults:limit_file_size", "size": 20_000}
    assert forker.run(command, site.folder / "log", **limit) == NOT_STORED
    assert log(site).startswith(f"scrapy verify: {crawled / 'ledger.db'} cannot be read or written: ")
    assert (crawled / "ledger.db").read_bytes() == ledger
    assert forker.run(command, site.folder / "log") == COMPLETE
    assert content(crawled) == before
