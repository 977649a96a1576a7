"""The agency that a page credits."""

from __future__ import annotations

import pytest

from scrapers.page import ArticlePage
from scrapers.parsers import agency

OG = "<meta property=og:title content='Lamp'>"
TEXT = "<p>The lamp of the old lighthouse shines again after eleven winters of darkness on the pier.</p>"


@pytest.mark.parametrize(
    ("html", "name", "source"),
    [
        ("<h1>Phare</h1>" + TEXT + "<div class=source>Source: <a href=#>Agence de presse Xinhua</a></div>",
         "Agence de presse Xinhua", "text:Source"),
        ("<table><tr><td><b>Le phare du vieux port rouvre</b><br>Source: Xinhua</td></tr></table>"
         "<title>Le phare du vieux port rouvre</title>", "Xinhua", "text:Source"),
        ("<h1>灯塔</h1><p>来源：新华社</p>", "新华社", "text:来源"),
        ("<h1>Leuchtturm</h1><p>Quelle: dpa</p>" + TEXT, "dpa", "text:Quelle"),
        ("<h1>Lamp</h1><p>LISBON (AP) - The lamp shines again.</p>", "AP", "dateline"),
        ("<h1>Lampe</h1><p>Lissabon (dpa/lno) - Die Lampe leuchtet wieder.</p>", "dpa", "dateline"),
        ("<h1>灯塔</h1><p>新华社里斯本3月4日电 老灯塔重新开放。</p>", "新华社", "dateline"),
        ("<meta name=author content='Ana Berg, AFP'>", "AFP", "meta:author"),
        ("<h1>Lamp</h1><p>By Ana Berg and Reuters</p>" + TEXT, "Reuters", "text:By"),
        ('<script type="application/ld+json">{"@type":"NewsArticle","author":{"name":"ANSA"}}</script>',
         "ANSA", "json-ld"),
        ("<h1>灯塔</h1><p>2025-10-21 16:42　来源：北溟通讯社　记者：沈若溪</p>", "北溟通讯社", "text:来源"),
        ("<h1>Lamp</h1><p>By Ana Berg and the Northern News Agency</p>" + TEXT, "Northern News Agency", "text:By"),
        (OG + "<h1>Lamp</h1>" + TEXT * 12 + "<p>Source&nbsp;: AFP</p>", "AFP", "text:Source"),
        (OG + "<h1>Lamp</h1><p>Source: Harbour Authority</p>" + TEXT, None, None),
        (OG + "<h1>Lamp</h1><p>The keeper (AP is his monogram) waved.</p>", None, None),
        (OG + "<h1>Lamp</h1>" + TEXT, None, None),
    ],
)  # fmt: skip
def test_agency(html: str, name: str | None, source: str | None) -> None:
    found = ArticlePage.from_html(html, "https://harbour.example/lamp").read("agency")
    assert (found and found.value, found and found.source) == (name, source)


def test_a_site_names_the_place_of_its_agency() -> None:
    page = ArticlePage.from_html("<p>Source : Harbour Press</p>")
    assert agency.from_elements(page.document.tree.findall(".//p"), page.document) == "Harbour Press"
