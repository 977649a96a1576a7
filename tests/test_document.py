"""The page as its parsers see it, hostile ones included."""

from __future__ import annotations

import gc
import time
import tracemalloc
import weakref
from datetime import date

import pytest

from scrapers.document import Document
from scrapers.page import ArticlePage

HEAD = """<html><head><meta property="og:Title" content=" Storm "><meta name="author" content="Ann Abel">
<meta name="author" content="Bo Byl"><meta name="empty" content=" "><link rel="Canonical shortlink" href=" /storm ">
<script>var a</script><script type="application/ld+json">{"@type": "NewsArticle", "headline": "Storm"}</script>
<style>p {}</style></head><body><p>One<script>two</script> three <time datetime="2024-03-05">5 March</time>"""


def test_harvest() -> None:
    document = Document(HEAD, "https://example.org/storm")
    assert list(document.meta("og:title", "missing", "author")) == [
        ("meta:og:title", "Storm"),
        ("meta:author", "Ann Abel"),
        ("meta:author", "Bo Byl"),
    ]
    assert document.links == {"canonical": ["/storm"], "shortlink": ["/storm"]}
    assert [element.text for element in document.times] == ["5 March"]
    assert document.article["headline"] == "Storm"
    assert ("", "var a") in document.scripts


def test_tree_holds_no_scripts() -> None:
    document = Document(HEAD)
    assert list(document.tree.iter("script", "style")) == []
    assert "".join(document.tree.itertext()).split() == ["One", "three", "5", "March"]


def test_cms_comment() -> None:
    html = "<p>a<!--enpproperty <date>2024-03-05 09:51:40.0</date><Author>Ann</Author>/enpproperty-->"
    assert Document(html).cms_comment == {"date": "2024-03-05 09:51:40.0", "author": "Ann"}
    assert Document("<p>enpproperty").cms_comment == {}


@pytest.mark.parametrize(
    "html",
    [
        pytest.param(b"<div>" * 200_000 + b"deep" + b"</div>" * 200_000 + b"<p>after", id="divs"),
        pytest.param(b"<table><tr><td>" * 70_000 + b"deep <p>after", id="tables"),
        pytest.param(b"<b><i>" * 100_000 + b"deep <p>after", id="inline"),
        pytest.param(b"<ul><li>" * 100_000 + b"deep <p>after", id="lists"),
        pytest.param(b"<p>line</p>\n" * 400_000 + b"<p>deep</p> <p>after</p>", id="long"),
    ],
)
def test_deep_and_long_pages_are_read_to_their_end(html: bytes) -> None:
    started = time.process_time()
    document = Document(html)
    words = "".join(document.tree.itertext()).split()
    assert words[-2:] == ["deep", "after"]
    assert document.nodes == []
    assert time.process_time() - started < 5


@pytest.mark.parametrize("html", [b"", b" ", b"\0", b"\0" * 1000, bytes(range(256)) * 50, b"<", b"<!--", b"\xff\xfe"])
def test_garbage_is_an_empty_page(html: bytes) -> None:
    document = Document(html, "::not an address::")
    assert document.tree is not None
    assert (document.metas, document.nodes, document.article) == ({}, [], {})


def test_null_bytes_do_not_end_the_page() -> None:
    assert "end" in "".join(Document(b"<p>a\0b<p>end").tree.itertext())


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://www.Example.org:8000/a", "example.org"),
        ("", ""),
        ("/a", ""),
        ("http://[::1", ""),
        ("http://[::1]/", "::1"),
    ],
)
def test_host(url: str, host: str) -> None:
    assert Document(b"<p>caf\xe9", url).host == host


def test_a_tag_of_endless_attributes_ends_nothing() -> None:
    attributes = " ".join(f"a{number}='x > y'" if number % 2 else f"a{number}" for number in range(100_000))
    tree = Document(f"<p>before</p><div {attributes} ><p>after".encode()).tree
    assert [element.text for element in tree.iter("p")] == ["before", "after"]


def test_a_long_attribute_is_kept() -> None:
    tree = Document("<div class='story' data-state='" + "a = b " * 5_000 + "'><p>text").tree
    assert [element.get("class") for element in tree.iter("div")] == ["story"]


def test_a_page_is_freed_when_its_last_reader_lets_go() -> None:
    document = Document(HEAD, "https://example.org/storm")
    assert (document.printed.headline, document.dates.day) == (None, date(2024, 3, 5))
    page = weakref.ref(document)
    gc.disable()
    try:
        del document
        assert page() is None
    finally:
        gc.enable()


@pytest.mark.parametrize(
    "mark_up",
    [
        "<div class='{}' id='{}'><p>The lamp of the old lighthouse shines again, after eleven dark winters.</div>",
        "<meta name=author content='By {}'><meta name=keywords content='{}'>",
        "<time class='{}' datetime='{}'>12 March 2025</time>",
        "<figure class='{}'><img src=/lamp.jpg alt='{}'><figcaption class='{}'>A lamp</figcaption></figure>",
        "<h3><a href='https://{}.example/{}.html' rel='author'>By {}</a></h3>",
    ],
)
def test_nothing_that_is_long_is_remembered_of_a_page(mark_up: str) -> None:
    def read(number: int) -> None:
        odd = (mark_up.replace("{}", f"a{number}-{part} " + "lamp pier " * 1_000) for part in range(20))
        page = ArticlePage.from_html("<h1>Lamp</h1><p>The lamp shines again.</p>" + "".join(odd), "https://a.example/b")
        assert [page.read(name) for name in page.fields()]

    tracemalloc.start()
    try:
        sizes = []
        for number in range(12):
            read(number)
            gc.collect()
            sizes.append(tracemalloc.get_traced_memory()[0])
    finally:
        tracemalloc.stop()
    assert sizes[-1] - sizes[3] < 500_000  # of eight pages of 200 KB and more
