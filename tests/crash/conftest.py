"""A site of linked pages on loopback, and crawls of it that can be killed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.crash import Site
from benchmarks.forker import Forker
from scrapers.commands.crawl import WITH_REJECTED


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    """A small site, for what is tried many times."""
    site = Site(40, tmp_path)
    yield site
    site.server.close()


@pytest.fixture
def crawled(forker: Forker, site: Site) -> Path:
    """The collection of a site that was crawled completely."""
    assert forker.run(site.command("data"), site.folder / "log") == WITH_REJECTED
    return site.folder / "data" / "linked"
