"""Structured data in the forms, whole and broken, in which publishers write it."""

from __future__ import annotations

import pytest
from lxml import etree

from scrapers import structured
from scrapers.annotations import annotated
from scrapers.document import Document

STORM = {"@type": "NewsArticle", "headline": "Storm"}


@pytest.mark.parametrize(
    "script",
    [
        '{"@type": "NewsArticle", "headline": "Storm"}',
        '[{"@type": "NewsArticle", "headline": "Storm"}]',
        '{"@context": "https://schema.org", "@graph": [{"@type": "NewsArticle", "headline": "Storm"}]}',
        '{"@type": "WebPage", "mainEntity": {"@type": "NewsArticle", "headline": "Storm"}}',
        '<!-- {"@type": "NewsArticle", "headline": "Storm"} -->',
        '//<![CDATA[\n{"@type": "NewsArticle", "headline": "Storm"}\n//]]>',
        '/*<![CDATA[*/ {"@type": "NewsArticle", "headline": "Storm"} /*]]>*/',
        '{"@type": "NewsArticle", "headline": "Storm",}',
        '{"@type": "NewsArticle", "headline": "Storm", "keywords": ["sea", "wind",],}',
        '{"@type": "NewsArticle", "headline": "Storm"};',
        '{"@type": "NewsArticle", "headline": "Storm"} {"@type": "Person"}',
        '{"@type": "NewsArticle", "headline": "Storm"}, {"@type": "Person"}',
        "{&quot;@type&quot;: &quot;NewsArticle&quot;, &quot;headline&quot;: &quot;Storm&quot;}",
        '{"@type": "NewsArticle", "headline": "Storm", "description": "a\nb\tc"}',
        '{"@type": "NewsArticle", "headline": "Storm", "description": "the "big" one"}',
        r'{"@type": "NewsArticle", "headline": "Storm", "description": "a\'s"}',
        r'{"@type": "NewsArticle", "headline": "Storm", "description": "C:\\d\'s"}',
        '/* ours */ {"@type": "NewsArticle", /* now */ "headline": "Storm", "description": "image/*",}',
        r'{"@type": "NewsArticle", "headline": "Storm", "description": "half \ud83d"}',
        '{"@type": "NewsArticle", "headline": "Storm", "wordCount": NaN}',
        '{"@type": "NewsArticle", "headline": "Storm", "wordCount": 1e999}',
        '{"@type": "http://schema.org/NewsArticle", "headline": ["Storm"]}',
    ],
)
def test_article_of_a_script(script: str) -> None:
    [article] = structured.articles(structured.json_ld([script]), [], [])
    assert structured.types(article) == {"NewsArticle"}
    assert structured.texts(article["headline"]) == ["Storm"]


@pytest.mark.parametrize(
    "script",
    ["", "null", "7", '"text"', "{", "[[[[", "[" * 100_000, '{"a":' * 100_000, "9" * 10_000, "not json", '{"a" "b"}'],
)
def test_hopeless_scripts_hold_nothing(script: str) -> None:
    assert structured.json_ld([script]) == []


@pytest.mark.parametrize(
    ("value", "texts"),
    [
        (None, []),
        (True, []),
        ("  Storm \n hits ", ["Storm hits"]),
        ("Fish &amp; chips", ["Fish & chips"]),
        (1571900000, ["1571900000"]),
        (["a", ["b", {"name": "c"}], None], ["a", "b", "c"]),
        ({"@value": "a", "@language": "en"}, ["a"]),
        ({"name": {"name": ["Ann Abel", "Bo Byl"]}}, ["Ann Abel", "Bo Byl"]),
        ({"url": "/x"}, []),
    ],
)
def test_texts_of_any_shape(value: object, texts: list[str]) -> None:
    assert structured.texts(value) == texts


def test_value_that_contains_itself_ends() -> None:
    value: dict[str, object] = {}
    value["name"] = value
    assert structured.texts(value) == []


def test_references_are_resolved() -> None:
    script = """{"@graph": [
        {"@type": "Article", "headline": "Storm", "author": [{"@id": "#ann"}], "publisher": {"@id": "#nobody"}},
        {"@type": "Person", "@id": "#ann", "name": "Ann Abel"}]}"""
    [article] = structured.articles(structured.json_ld([script]), [], [])
    assert structured.texts(article["author"]) == ["Ann Abel"]
    assert structured.addresses(article["publisher"]) == ["#nobody"]


RELATED = """[
    {"@type": "NewsArticle", "url": "https://example.org/calm", "headline": "Calm", "datePublished": "2024-03-01"},
    {"@type": "NewsArticle", "url": "https://www.example.org/storm/?a=1", "headline": "Storm"},
    {"@type": "NewsArticle", "mainEntityOfPage": {"@id": "http://example.org/storm"}, "articleSection": "Coast"}]"""


def test_article_is_the_one_at_the_page_address() -> None:
    [article] = structured.articles(structured.json_ld([RELATED]), ["https://example.org/storm"], [])
    assert (article["headline"], article["articleSection"]) == ("Storm", "Coast")
    assert "datePublished" not in article


def test_article_is_the_one_with_the_page_title() -> None:
    [article] = structured.articles(structured.json_ld([RELATED]), ["https://example.org/p?id=7"], ["Storm"])
    assert article["headline"] == "Storm"


MICRODATA = """<body><span itemprop="inLanguage">en</span>
<div itemscope itemtype="https://schema.org/NewsArticle"><h1 itemprop="headline">Storm <b>hits</b></h1>
<a itemprop="author" href="/ann">Ann Abel</a>
<span itemprop="author" itemscope itemtype="https://schema.org/Person"><i itemprop="name">Bo Byl</i></span>
<meta itemprop="keywords" content="sea"><link itemprop="url" href="/storm">
<time itemprop="datePublished dateCreated" datetime="2024-03-05">5 March</time></div>"""

RDFA = """<body vocab="https://schema.org/"><div typeof="schema:NewsArticle">
<h1 property="schema:headline">Storm hits</h1>
<span property="author">Ann Abel</span><span property="author" typeof="Person"><i property="name">Bo Byl</i></span>
<meta property="keywords" content="sea"><meta property="og:title" content="no"><link property="url" href="/storm">
<span property="dc:datePublished dateCreated" content="2024-03-05">5 March</span></div>"""


@pytest.mark.parametrize(("html", "source"), [(MICRODATA, "microdata"), (RDFA, "rdfa")])
def test_annotated_elements_read_like_json_ld(html: str, source: str) -> None:
    nodes = annotated(etree.HTML(html), rdfa=source == "rdfa")
    [article] = structured.articles(nodes, [], [])
    assert article.source == source
    assert structured.texts(article["headline"]) == ["Storm hits"]
    assert structured.texts(article["author"]) == ["Ann Abel", "Bo Byl"]
    assert article["url"] == "/storm"
    assert article["keywords"] == "sea"
    assert article["datePublished"] == article["dateCreated"] == "2024-03-05"
    assert "title" not in article


@pytest.mark.parametrize(("html", "source"), [(MICRODATA, "microdata"), (RDFA.replace("typeof=", "TYPEOF ="), "rdfa")])
def test_annotations_are_found_in_any_charset_and_spelling(html: str, source: str) -> None:
    document = Document(html.encode("utf-16"), "https://example.org/storm")
    assert (document.article.source, document.article["datePublished"]) == (source, "2024-03-05")


def test_loose_property_is_kept() -> None:
    assert annotated(etree.HTML(MICRODATA))[0] == {"inLanguage": "en"}
