"""kill -9 at any moment, and the same command again: the collection is what an uninterrupted crawl leaves."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from benchmarks.crash import Site, content, kill_until_complete, report
from benchmarks.forker import Forker
from pipelines import open_collection
from pipelines.store.verify import verify
from scrapers.commands.crawl import WITH_REJECTED
from tests.crash.states import raw_pages

PAGES, KILLS = 1000, 20
WINDOW = 120
"""Pages that may be fetched again for one kill: 16 in flight, and those of one commit window of 0.2 s."""


@pytest.fixture(scope="module")
def large_site(forker: Forker, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site with its collection `whole`, that nobody killed."""
    site = Site(PAGES, tmp_path_factory.mktemp("site"))
    assert forker.run(site.command("whole"), site.folder / "log") == WITH_REJECTED
    yield site
    site.server.close()


@pytest.mark.parametrize("raw", [True, False], ids=["raw", "no-raw"])
def test_a_killed_crawl_is_completed(forker: Forker, large_site: Site, raw: bool) -> None:
    site = large_site
    site.forget()
    data = f"data-{raw}"
    kills, code = kill_until_complete(forker, site, site.command(data, f"RAW_PAGES={raw}"), KILLS, seed=int(raw))
    assert (kills, code) == (KILLS, WITH_REJECTED)
    collection = site.folder / data / "linked"
    with open_collection(collection) as opened:
        found = report(site, [str(article.title) for article in opened.articles(revisions=True)], kills, code, 0)
        assert opened.queued() == 0
    assert (found.lost, found.twice, found.kept) == (0, 0, found.served)
    assert found.again <= KILLS * WINDOW
    assert list(verify(collection)) == []
    assert content(collection) == content(site.folder / "whole" / "linked")
    assert raw_pages(collection) == (set(site.answers()) if raw else set())
