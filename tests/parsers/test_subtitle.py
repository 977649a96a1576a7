"""The line below the headline."""

from __future__ import annotations

import pytest

from scrapers.page import ArticlePage

LD = '<script type="application/ld+json">{"@type":"NewsArticle","alternativeHeadline":"%s"}</script>'


@pytest.mark.parametrize(
    ("html", "subtitle", "source"),
    [
        ("<h1>Lamp</h1><p class=article-subtitle>It shone for the keeper first.</p><p>Text.</p>",
         "It shone for the keeper first.", "deck"),
        ("<h1>Lamp</h1><div class=standfirst><p>It shone first.</p></div>", "It shone first.", "deck"),
        (LD % "It shone for the keeper first", "It shone for the keeper first", "json-ld"),
        (LD % "Lamp" + "<title>Lamp | Harbour</title><h1>Lamp</h1>", None, None),
        ("<div><!--enpproperty <subtitle>守灯人先见光</subtitle>/enpproperty--></div>", "守灯人先见光", "cms-comment"),
        ("<h1>Lamp</h1><p>Text.</p><aside><p class=subtitle>Another story</p></aside>" + "<p>More.</p>" * 9,
         None, None),
    ],
)  # fmt: skip
def test_subtitle(html: str, subtitle: str | None, source: str | None) -> None:
    found = ArticlePage.from_html(html).read("subtitle")
    assert (found and found.value, found and found.source) == (subtitle, source)
