"""Which addresses are those of AMP and print variants, and of which page."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.forker import Forker
from pipelines import open_collection
from scrapers.variants import original
from tests.serving import Server, article

STORY = "https://harbour.example/2025/05/03/storm-over-the-old-harbour"


@pytest.mark.parametrize(
    ("variant", "page"),
    [
        (f"{STORY}/amp", STORY),
        (f"{STORY}/amp/", f"{STORY}/"),
        (f"{STORY}.amp", STORY),
        (f"{STORY}.amp.html", f"{STORY}.html"),
        (f"{STORY}/print/", f"{STORY}/"),
        (f"{STORY}?amp", STORY),
        (f"{STORY}?amp=1", STORY),
        (f"{STORY}?outputType=amp&page=2", f"{STORY}?page=2"),
        (f"{STORY}?id=7&print=1", f"{STORY}?id=7"),
        (STORY.replace("//", "//amp."), STORY),
        (STORY.replace("example/", "example/amp/"), STORY),
        (f"{STORY.replace('//', '//amp.')}/amp?amp=1", STORY),
    ],
)
def test_a_variant(variant: str, page: str) -> None:
    assert original(variant) == page
    assert original(page) is None


@pytest.mark.parametrize(
    "url",
    [
        STORY,
        f"{STORY}?ampersand=1",
        f"{STORY}?amp=2000",
        f"{STORY}-amp",
        "https://harbour.example/edition/print/",
        "https://harbour.example/amp",
        "https://harbour.example/amplifiers-of-the-old-harbour",
        "https://amp.example/2025/05/03/storm-over-the-old-harbour",
    ],
)
def test_what_is_none(url: str) -> None:
    assert original(url) is None


@pytest.mark.parametrize("first", ["", "/amp"], ids=["first as itself", "first as amp"])
@pytest.mark.parametrize("second", ["feed", "section"], ids=["before it is asked for", "after it was asked for"])
def test_a_page_that_is_listed_as_itself_and_as_amp_and_is_not_there(
    forker: Forker, server: Server, tmp_path: Path, first: str, second: str
) -> None:
    """The AMP page stands in for it; a section is read when the pages of feeds have been asked for."""
    path = "/third-story-of-the-harbour"
    server.serve(f"{path}/amp", article("About a third ship"))
    feed = "<rss version='2.0'><channel><item><link>%s%s%s</link></item></channel></rss>"
    other = "" if first else "/amp"
    server.serve("/feed", feed % (server.url, path, first))
    server.serve("/more", feed % (server.url, path, other if second == "feed" else first))
    links = "".join(f"<link rel=alternate type='application/rss+xml' href={href}>" for href in ("/feed", "/more"))
    server.serve("/", links + (f"<a href='{path}{other}'>x</a>" if second == "section" else ""))
    settings = {"DATA_DIR": tmp_path, "ALLOWED_PRIVATE_HOSTS": server.netloc, "DOWNLOAD_DELAY": 0}
    options = [part for name, value in settings.items() for part in ("-s", f"{name}={value}")]
    forker.run(["crawl", "news", "-a", f"site={server.url}", *options], tmp_path / "log")
    with open_collection(tmp_path / "news") as collection:
        assert [found.url for found in collection.articles()] == [f"{server.url}{path}/amp"]
