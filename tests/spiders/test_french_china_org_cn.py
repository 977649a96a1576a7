"""Which addresses of the site are articles."""

from __future__ import annotations

import pytest

from scrapers.entry import Entry
from scrapers.spiders.french_china_org_cn import FrenchChina


@pytest.mark.parametrize(
    ("path", "visited"),
    [
        ("/travel/txt/2020-12/08/content_76994518.htm", True),
        ("/travel/txt/2020-12/08/content_76994518_2.htm", False),  # read with the first page
        ("/travel/node_7084900.htm", False),
        ("/index.htm", False),
    ],
)
def test_article_addresses(path: str, visited: bool) -> None:
    spider = FrenchChina()
    for source in ("section", "feed"):
        reason = spider.skips(Entry(url=f"http://french.china.org.cn{path}", source=source))
        assert (reason is None) is visited
