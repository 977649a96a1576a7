"""Who wrote an article, by the places where pages say it."""

from __future__ import annotations

import json

import pytest

from scrapers.entry import Entry
from scrapers.page import ArticlePage
from scrapers.parsers import authors

TEXT = "<p>The lamp of the old lighthouse shines again after eleven winters of darkness on the pier.</p>"


def json_ld(**fields: object) -> str:
    node = json.dumps({"@type": "NewsArticle", "headline": "Lamp", **fields})
    return f'<script type="application/ld+json">{node}</script><h1>Lamp</h1>'


@pytest.mark.parametrize(
    ("html", "people", "source"),
    [
        (json_ld(author={"@type": "Person", "name": "Ana Berg"}), ["Ana Berg"], "json-ld"),
        (json_ld(author=[{"name": "Ana Berg"}, {"name": "Jo Li"}]), ["Ana Berg", "Jo Li"], "json-ld"),
        (json_ld(author=["Ana Berg", "Reuters"]), ["Ana Berg"], "json-ld"),
        (json_ld(author={"@type": "Organization", "name": "Reuters"})
         + "<p class=byline>By <a href='/author/ana-berg'>Ana Berg</a></p>" + TEXT, ["Ana Berg"], "byline"),
        (json_ld(author={"name": "aberg7"}) + "<meta name=author content='Ana Berg'>", ["Ana Berg"], "meta:author"),
        (json_ld(author={"name": "Ana Berg"}) + "<meta name=author content='Ana Berg, Jo Li'>", ["Ana Berg", "Jo Li"],
         "meta:author"),
        (json_ld(author={"name": "Ana Berg"}) + "<meta name=author content='Jo Li, Ana Berg'>", ["Ana Berg"],
         "json-ld"),
        ("<meta name=author content='Ana Berg, Jo Li'>", ["Ana Berg", "Jo Li"], "meta:author"),
        ("<meta name=dc.creator content='Berg, Ana'><meta name=dc.creator content='Li, Jo'>", ["Ana Berg", "Jo Li"],
         "meta:dc.creator"),
        ("<meta property=article:author content='https://social.example/ana'><meta name=byl content='By Ana Berg'>",
         ["Ana Berg"], "meta:byl"),
        ("<h1>Lamp</h1><div class=article-author>Von <b>Uta Kranz</b></div>" + TEXT, ["Uta Kranz"], "byline"),
        ("<h1>Lamp</h1><p>Par : Norbert | Mots clés : phare</p>" + TEXT, ["Norbert"], "text:Par"),
        ("<h1>Lamp</h1><p>By Ana Berg, Lisbon<br>4 March 2024</p>" + TEXT, ["Ana Berg"], "text:By"),
        ("<h1>Lamp</h1><p>Ana Berg and Jo Li</p><p>4 March 2024</p>" + TEXT, ["Ana Berg", "Jo Li"], "beside-date"),
        ("<h1>灯塔</h1><p>记者：王海</p>", ["王海"], "text:记者"),
        ("<meta name=twitter:label1 content='Verfasst von'><meta name=twitter:data1 content='Uta Kranz'>",
         ["Uta Kranz"], "meta:twitter:data1"),
        ("<p>von Uta Kranz</p><h1>Lamp</h1>" + TEXT, ["Uta Kranz"], "text:von"),
        ("<h1>Lamp</h1><dl><dt>Autorin</dt><dd>Uta Kranz,</dd></dl>" + TEXT, ["Uta Kranz"], "text:Autorin"),
        ("<h1>Lamp</h1>" + 12 * TEXT + "<p>Text: Uta Kranz, Projektleiterin am Hafen</p>", ["Uta Kranz"], "text:Text"),
        ("<h1>Lamp</h1>" + 12 * TEXT + "<p style='text-align:right'><b>Lê Hà Vân</b></p>", ["Lê Hà Vân"], "text"),
        ("<h1>Lamp</h1>" + 12 * TEXT + "<p><b><i>Uta Kranz</i></b></p>", ["Uta Kranz"], "text"),
        ("<title>Quay: Old lighthouse reopens</title><h2><a href=/1>Old lighthouse reopens</a></h2><p>By Ana Berg</p>"
         + TEXT, ["Ana Berg"], "text:By"),
        ("<h1>Lamp</h1><p>11.12.2019 - Uta Kranz</p>" + TEXT, ["Uta Kranz"], "beside-date"),
        ("<article><h1>Lamp</h1>" + TEXT + "<footer>By <a rel=author href=/ana>Ana Berg</a></footer></article>",
         ["Ana Berg"], "byline"),
        # other people's names
        (json_ld(author={"name": "Aurelia"}) + 12 * TEXT + "<p>Text: Ana Berg</p>", ["Aurelia"], "json-ld"),
        (json_ld(author={"name": "Ana"}) + 12 * TEXT + "<p>Text: Ana Berg</p>", ["Ana Berg"], "text:Text"),
        (json_ld(author={"name": "Aurelia"}) + "<p>8 January 2020</p><p>Priscilla Dupont</p>", ["Aurelia"], "json-ld"),
        ("<h1>Lamp</h1><p>Von Leuchttürmen über Fähren und Häfen bis Zoll</p>" + TEXT, None, None),
        ("<meta property=article:section content=Lisbon><h1>Lamp</h1><p class=author>Lisbon</p>" + TEXT, None, None),
        ("<h1>灯塔风暴后重新开放 港口恢复运行</h1><p>灯塔风暴后重新开放 港口恢复运行</p><p>2024年3月5日</p>",
         None, None),
        ("<h1>Lamp</h1>" + 12 * TEXT + "<p><i>You May Also Enjoy</i></p>", None, None),
        ("<h1>Lamp</h1>" + 12 * TEXT + "<p><b>Final Thoughts</b></p>" + TEXT, None, None),
        ("<h1>Lamp</h1>" + 12 * TEXT + "<p>By Lisbon standards the tower is small.</p>", None, None),
        ("<h1>Lamp</h1><p class=byline>By Ana Berg</p>" + TEXT + "<aside class=related><span class=author>Jo Li</span>"
         "</aside><ol class=comments><li><span class=comment-author>Ole Brink</span></ol>", ["Ana Berg"], "byline"),
        ("<h1>Lamp</h1><figure><span class=author>Ole Brink</span></figure><p class=author>Ana Berg</p>" + TEXT,
         ["Ana Berg"], "byline"),
        ("<meta name=author content='Wei Lin'><div><!--enpproperty <author>Wei Lin</author>/enpproperty--></div>",
         None, None),
        ("<meta name=author content='Newsroom Team'>", None, None),
        ("<h1>Lamp</h1><p>By the sea, the lamp shines again.</p>", None, None),
    ],
)  # fmt: skip
def test_authors(html: str, people: list[str] | None, source: str | None) -> None:
    found = ArticlePage.from_html(html, "https://harbour.example/lamp").read("authors")
    assert (found and found.value, found and found.source) == (people, source)


def test_a_feed_names_the_authors() -> None:
    entry = Entry(url="https://harbour.example/lamp", source="feed", authors=["Ana Berg"])
    found = ArticlePage.from_html("<h1>Lamp</h1>", entry=entry).read("authors")
    assert found
    assert (found.value, found.source) == (["Ana Berg"], "feed")


def test_an_organisation_signs_where_no_person_does() -> None:
    page = ArticlePage.from_html(json_ld(author={"@type": "Organization", "name": "Harbour Newsroom"}))
    assert page.authors is None
    assert authors.organisation(page.document) == "Harbour Newsroom"


def test_a_site_names_the_place_of_its_authors() -> None:
    page = ArticlePage.from_html("<p class=x>Text: Ana Berg, Jo Li (AFP)</p>")
    assert authors.from_elements(page.document.tree.findall(".//p"), page.document) == ["Ana Berg", "Jo Li"]
