"""A repair that ends before its end."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from benchmarks.crash import Site, content
from benchmarks.forker import Forker
from pipelines.store.repair import repair
from scrapers.commands.crawl import COMPLETE
from tests.crash.states import raw_pages


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
