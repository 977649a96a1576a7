"""The tags of an article, by the places where pages give them."""

from __future__ import annotations

import pytest

from scrapers.entry import Entry
from scrapers.page import ArticlePage

URL = "https://www.harbourtimes.example/lamp"
SITE = "<title>Lamp of the old lighthouse</title><meta property=og:site_name content='Harbour Times'>"
NODE = '<script type="application/ld+json">{"@type":"NewsArticle","headline":"Lamp","keywords":%s}</script>'
TEXT = "<p>The lamp of the old lighthouse shines again after eleven winters of darkness on the pier.</p>"
MENU = "<nav>" + "".join(f"<a href='/tag/{n}'>Topic {n}</a>" for n in range(9)) + "</nav>"


@pytest.mark.parametrize(
    ("html", "tags", "source"),
    [
        (NODE % '["Lighthouse", "Storm"]', ["Lighthouse", "Storm"], "json-ld"),
        (NODE % '["@front-river", "type_news", "type: news", "Storm"]', ["Storm"], "json-ld"),
        (NODE % '"Lighthouse, Storm , storm"', ["Lighthouse", "Storm"], "json-ld"),
        (NODE % '["Category: City", "0f8fad5b-d9cb-469f-a165-70867728950e", "harbourtimes.example", "Storm"]',
         ["City", "Storm"], "json-ld"),
        ("<meta name=news_keywords content='phare; tempête'>", ["phare", "tempête"], "meta:news_keywords"),
        ("<meta property=article:tag content=Lamp><meta property=article:tag content='#Pier'>", ["Lamp", "Pier"],
         "meta:article:tag"),
        ("<meta name=parsely-tags content='lamp,pier'>", ["lamp", "pier"], "meta:parsely-tags"),
        ("<meta name=news_keywords content='灯塔、风暴，港口'>", ["灯塔", "风暴", "港口"], "meta:news_keywords"),
        ("<div><!--enpproperty <keyword>phare ,mer,2019</keyword>/enpproperty--></div>",
         ["phare", "mer", "2019"], "cms-comment"),
        ("<h1>Phare</h1><p>Par : Norbert | Mots clés : phare, mer</p>" + TEXT, ["phare", "mer"], "text:Mots clés"),
        ("<h1>灯塔</h1><p>关键词：灯塔 风暴</p>", ["灯塔", "风暴"], "text:关键词"),
        (MENU + "<h1>Lamp</h1>" + TEXT + "<p><a rel='category tag' href='/category/city'>City</a>"
         "<a rel=tag href='/tag/lamp'>Lamp</a>, <a rel=tag href='/tag/pier'>Pier</a></p>",
         ["Lamp", "Pier"], "tag-links"),
        (MENU + "<h1>Lamp</h1>" + TEXT + "<ul class=article-tags><li><a href='/x/lamp'>Lamp</a><li>"
         "<a href='/x/pier'>Pier</a></ul>", ["Lamp", "Pier"], "tag-links"),
        ("<h1>Lamp</h1>" + TEXT + "<div><a href='/thema/lampe'>Lampe</a> <a href='/thema/pier'>Pier</a></div>",
         ["Lampe", "Pier"], "tag-links"),
        ("<h1>Lamp</h1>" + TEXT + "<span class=articleTag><a href='/person/ana-berg'>Ana Berg</a></span>", ["Ana Berg"],
         "tag-links"),
        ("<h1>Lamppu</h1>" + TEXT + "<ul><li><a href='/aiheet/valo'>Valo</a><li><a href='/aiheet/meri'>Meri</a></ul>",
         ["Valo", "Meri"], "tag-links"),
        ("<h1>Lamp</h1><div>" + 9 * TEXT + "Topics: <a href='/tag/lamp'>Lamp</a> <a href='/tag/pier'>Pier</a> "
         "<a href='/tag/sea'>Sea</a></div>", ["Lamp", "Pier", "Sea"], "tag-links"),
        ("<h1>Lamp</h1><div class=main>" + 2 * ("<div><a href='/tag/lamp'>Lamp</a> <a href='/tag/pier'>Pier</a></div>"
         + TEXT) + "</div>", ["Lamp", "Pier"], "tag-links"),
        ("<h1>Lamp</h1><div class=sticky-sidebar-relative>" + TEXT + "<div class=topics><a href=/1>Lamp</a> "
         "<a href=/2>Pier</a></div></div>", ["Lamp", "Pier"], "tag-links"),
        ("<h1>Lamp</h1>" + TEXT + "<p>" + "".join(f"<a rel=tag href='/tag/{n}'>Word {n}</a> " for n in range(30)),
         [f"Word {n}" for n in range(30)], "tag-links"),
        ("<h1>Lamp</h1>" + TEXT + "<div class=tags><a href=/1>Topics:</a> <a href=/2>Pier</a></div>", ["Pier"],
         "tag-links"),
        ("<meta name=keywords content='lamp, lighthouse'>" + SITE, ["lamp", "lighthouse"], "meta:keywords"),
        # no tags of this article
        ("<meta name=keywords content='news, sport, Harbour Times, weather'>" + SITE, None, None),
        ("<meta name=keywords content='politics, sport, weather'>" + SITE, None, None),
        ("<h1>Lamp</h1>" + TEXT + "".join(f"<a class=tag href='/tag/{n}'>Topic {n}</a>" for n in range(30)),
         None, None),
        ("<p class=section-label><a href='/news/'>News</a></p><h1>Lamp</h1>" + TEXT, None, None),
        ("<h1>Lamp</h1>" + TEXT + "".join(f"<a rel=tag href='/tag/{n}'>Topic {n}</a>" for n in range(50)), None, None),
        ("<p class=section-label><a href='/city/'>City</a></p><h1>Lamp</h1>" + TEXT, None, None),
        ("<h1>Lamp</h1><p>The <a href='/tag/lamp'>lamp</a> of the <a href='/tag/pier'>pier</a> shines again after "
         "eleven winters of darkness, and the keeper, who is old now, came to see it on Sunday.</p>", None, None),
        (MENU + "<h1>Lamp</h1>" + TEXT, None, None),
    ],
)  # fmt: skip
def test_keywords(html: str, tags: list[str] | None, source: str | None) -> None:
    found = ArticlePage.from_html(html, URL).read("keywords")
    assert (found and found.value, found and found.source) == (tags, source)


def test_a_news_sitemap_gives_keywords() -> None:
    entry = Entry(url=URL, source="news-sitemap", keywords=["lamp", "pier"])
    found = ArticlePage.from_html("<h1>Lamp</h1>", URL, entry=entry).read("keywords")
    assert found
    assert (found.value, found.source) == (["lamp", "pier"], "news-sitemap")
