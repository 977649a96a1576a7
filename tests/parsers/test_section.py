"""The rubric of an article."""

from __future__ import annotations

import pytest

from scrapers.page import ArticlePage

LD = '<script type="application/ld+json">%s</script>'
CRUMBS = (
    '{"@type":"BreadcrumbList","itemListElement":[{"@type":"ListItem","position":1,"name":"Home"},{"@type":"ListItem",'
    '"position":2,"name":"City"},{"@type":"ListItem","position":3,"name":"Lamp shines again"}]}'
)


@pytest.mark.parametrize(
    ("html", "section", "source"),
    [
        (LD % '{"@type":"NewsArticle","articleSection":["City","Storms"]}', "City", "json-ld"),
        (LD % '{"@type":"NewsArticle","articleSection":"City, Storms"}', "City", "json-ld"),
        ("<meta property=article:section content='- Politik'>", "Politik", "meta:article:section"),
        ("<div><!--enpproperty <nodename>International</nodename>/enpproperty--></div>",
         "International", "cms-comment"),
        (LD % CRUMBS + "<title>Lamp shines again</title>", "City", "breadcrumb"),
        ("<a rel='category tag' href=/c/city>City</a>", "City", "rel:category"),
        ("<meta property=article:section content='17'>", None, None),
        ("<meta property=article:section content='Harbour Times'><meta property=og:site_name content='Harbour Times'>",
         None, None),
        ("<h1>Lamp</h1>", None, None),
    ],
)  # fmt: skip
def test_section(html: str, section: str | None, source: str | None) -> None:
    found = ArticlePage.from_html(html).read("section")
    assert (found and found.value, found and found.source) == (section, source)
