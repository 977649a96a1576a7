"""Broken pages are read or rejected, never more: no exception, no hang, no record outside its schema."""

from __future__ import annotations

import random
import re
import time
from collections.abc import Callable
from datetime import date, datetime

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks import labelled
from pipelines.article import Article
from scrapers.page import ArticlePage

SECONDS = 10
"""CPU time that no page of this size may take; the slowest takes a small part of it."""

PAGES = [
    """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Ferry returns | The Selm Gazette</title>
<link rel="canonical" href="https://gazette.example/ferry"><meta name="author" content="Ada Thornbury">
<script type="application/ld+json">{"@context": "https://schema.org", "@graph": [{"@type": "NewsArticle",
"headline": "Ferry returns to Port Selm", "datePublished": "2024-03-02T08:00:00+01:00", "keywords": ["ferry", "Selm"],
"author": [{"@type": "Person", "name": "Ada Thornbury"}], "isAccessibleForFree": true, "image": "/ferry.jpg"}]}</script>
</head><body><article><h1>Ferry returns to Port Selm</h1><p class="byline">By Ada Thornbury, 2 March 2024</p>
<figure><img src="/ferry.jpg"><figcaption>The ferry. Photo: J. Low</figcaption></figure>
<p>The ferry to Port Selm sails again from Monday, the harbour board said, after two winters without a boat.</p>
<h2>A free week</h2><p>The first crossing leaves at seven, and islanders travel free for a week, said the board.</p>
<ul><li>Monday: two crossings</li><li>Tuesday: four crossings</li></ul></article></body></html>""",
    """<html><head><title>港口重新开放</title><meta http-equiv="Content-Type" content="text/html; charset=gb2312">
<!--enpproperty <articleid>7</articleid><date>2019-10-24 09:51:40:0</date><author>李明</author>
<title>港口重新开放</title>
<keyword>港口,渡轮</keyword><subtitle></subtitle><introtitle></introtitle>/enpproperty--></head><body>
<table><tr><td><h1>港口重新开放</h1><div>发布时间:2019年10月24日 09:51 来源:新华社</div>
<p>塞尔姆港的渡轮将于星期一恢复运营。</p>
<p>港务局表示,第一班渡轮早上七点出发,岛上居民可免费乘坐一周。</p></td></tr></table></body></html>""",
    """<div itemscope itemtype="http://schema.org/NewsArticle"><h1 itemprop="headline">Le port rouvre</h1>
<span itemprop="author" itemscope itemtype="http://schema.org/Person"><b itemprop="name">Norbert Vasseur</b></span>
<time itemprop="datePublished" datetime="2021-06-05T18:30:00+02:00">Mis à jour le 5 juin 2021 à 18h30</time>
<div itemprop="articleBody">Le port de Selm rouvre lundi.<br><br>La première traversée partira à sept heures.<br>
Les habitants voyageront gratuitement pendant une semaine.</div></div>""",
]
CHARSETS = ["utf-8", "utf-8-sig", "utf-16", "utf-32", "gb18030", "shift_jis", "cp1251", "latin-1", "utf-7", "cp037"]


def cut(html: bytes, dice: random.Random) -> bytes:
    return html[: dice.randrange(len(html) + 1)]


def reencode(html: bytes, dice: random.Random) -> bytes:
    return html.decode("utf-8", "replace").encode(dice.choice(CHARSETS), "replace")


def drop_tags(html: bytes, dice: random.Random) -> bytes:
    share = dice.random()
    return re.sub(rb"<[^<>]{1,2000}>", lambda tag: b"" if dice.random() < share else tag[0], html)


def flip_bytes(html: bytes, dice: random.Random) -> bytes:
    changed = bytearray(html)
    for _ in range(len(changed) // 50):
        changed[dice.randrange(len(changed))] = dice.randrange(256)
    return bytes(changed)


def repeat(html: bytes, dice: random.Random) -> bytes:
    start, end = sorted(dice.randrange(len(html) + 1) for _ in range(2))
    return html[:end] + html[start:end] * dice.randrange(20) + html[end:]


def mangle_values(html: bytes, dice: random.Random) -> bytes:
    """Put a wrong kind of value where structured data has a text."""
    values = [b'{"@id": 1}', b"[[], null]", b"0", b"-1e999", b'"\\ud800"', b'"2099-13-45T99:99"', b"true"]
    return re.sub(rb'"[^"<>]{0,200}"', lambda value: dice.choice(values) if dice.random() < 0.2 else value[0], html)


MUTATIONS: list[Callable[[bytes, random.Random], bytes]] = [
    cut,
    reencode,
    drop_tags,
    flip_bytes,
    repeat,
    mangle_values,
]


@settings(max_examples=300, deadline=None, derandomize=True, database=None)
@given(
    page=st.sampled_from(PAGES),
    mutations=st.lists(st.sampled_from(MUTATIONS), max_size=4),
    seed=st.integers(0, 2**32),
    charset=st.sampled_from([None, "utf-8", "gb2312", "utf-16", "no-such-charset"]),
)
def test_mutated_page(
    page: str, mutations: list[Callable[[bytes, random.Random], bytes]], seed: int, charset: str | None
) -> None:
    html, dice = page.encode(), random.Random(seed)
    for mutate in mutations:
        html = mutate(html, dice)
    check(html, "https://gazette.example/2024/03/ferry", charset)


@settings(max_examples=200, deadline=None, derandomize=True, database=None)
@given(html=st.one_of(st.binary(), st.text(), st.from_regex(r"(<[a-z]{1,6}( [a-z]+=[^ ]*)?>|&[a-z#0-9]+;|\w+ )+")))
def test_anything_at_all(html: bytes | str) -> None:
    check(html, "", None)


STORY = "<p>The ferry to Port Selm sails again from Monday, the harbour board said, after two winters.</p>" * 5
HOSTILE = {
    "paragraphs": STORY * 8_000,
    "nested blocks": "<div>" * 100_000 + STORY + "</div>" * 100_000 + STORY,
    "nested tables": "<table><tr><td>" * 20_000 + STORY,
    "unclosed inline elements": "<span>" * 100_000 + STORY,
    "links": "<a href=/a>one two</a> " * 30_000 + STORY,
    "line breaks": "one two three<br>" * 50_000,
    "classes": "".join(f"<div class='c{number}'>one two</div>" for number in range(30_000)) + STORY,
    "bylines": "<p class=byline>By Ada Thornbury and Bo Low</p>" * 20_000 + STORY,
    "tags": STORY + "<div class=tags>" * 400 + "<a href=/tag/selm>Selm</a>" * 40_000,
    "captions": "<div class=caption></div>" * 20_000 + "<img src=/ferry.jpg>" * 60 + STORY,
    "times": "<time datetime=2024-03-02T08:00:00Z>2 March 2024</time>" * 20_000 + STORY,
    "metas": "<meta name=keywords content='ferry, harbour, Selm'>" * 30_000 + STORY,
    "nested data": '<script type="application/ld+json">' + '{"@graph":' * 30_000 + "</script>" + STORY,
    "broken data": '<script type="application/ld+json">{"headline": "' + 'a\n\t"b,' * 100_000 + "</script>" + STORY,
    "quotes in data": '<script type="application/ld+json">{"headline": "' + '\\"' * 50_000 + "</script>" + STORY,
    "comments in data": '<script type="application/ld+json">' + "/* " * 50_000 + "</script>" + STORY,
    "blanks in data": '<script type="application/ld+json">{-->' + " " * 200_000 + "x</script>" + STORY,
    "titles": "".join(f"<meta property=og:title content='Ferry {number} returns'>" for number in range(10_000)) + STORY,
    "linked headlines": "".join(f"<li><a href=/n/{n}>The harbour opens again {n}</a></li>" for n in range(30_000)),
    "linked titles": "".join(
        f"<meta property=og:title content='Ferry {n} returns'><p><a href=/n/{n}>{n}: the harbour opens again</a></p>"
        for n in range(10_000, 30_000)
    ),
    "opened scopes": "<div itemscope itemprop=author>" * 20_000 + STORY,
    "unclosed CMS comment": "<!--enpproperty " + "<a>" * 200_000 + "/enpproperty-->" + STORY,
    "unclosed title": "<title>" + "Ferry - " * 100_000 + STORY,
    "unclosed comments": "<!-- a " * 50_000 + STORY,
    "one line": "<p>By " + "ada, " * 200_000 + "</p>" + STORY,
    "digits": "<p>" + "2024-01-" * 100_000 + "</p>" + STORY,
    "blanks": "<p>By" + " " * 1_000_000 + "Ada</p>" + STORY,
    "brackets": "<" * 500_000 + STORY,
    "announcements": f"<meta name=author content='{'By ' * 500_000}'>" + STORY,
}


@pytest.mark.parametrize("body", HOSTILE.values(), ids=HOSTILE)
def test_hostile_page_ends_in_time(body: str) -> None:
    check(f"<html><body><h1>Ferry returns to Port Selm</h1>{body}</body></html>", "https://gazette.example/ferry", None)


@pytest.mark.skipif(not labelled.AVAILABLE, reason="the labelled pages are not beside the project")
@pytest.mark.parametrize("mutate", MUTATIONS)
def test_sample_of_real_pages(mutate: Callable[[bytes, random.Random], bytes]) -> None:
    _check_real_pages(mutate, step=23)


@pytest.mark.soak
@pytest.mark.timeout(1800)
@pytest.mark.skipif(not labelled.AVAILABLE, reason="the labelled pages are not beside the project")
@pytest.mark.parametrize("mutate", MUTATIONS)
def test_all_real_pages(mutate: Callable[[bytes, random.Random], bytes]) -> None:
    _check_real_pages(mutate, step=1)


def _check_real_pages(mutate: Callable[[bytes, random.Random], bytes], step: int) -> None:
    corpora = labelled.load("corpora")
    for page in corpora.load(corpora.LOADERS)[::step]:
        html = mutate(page.html, random.Random(page.id))
        try:
            check(html, page.url or "", page.charset)
        except Exception as problem:
            problem.add_note(f"on page {page.id} of {page.corpus}")
            raise


def check(html: bytes | str, url: str, charset: str | None) -> None:
    """Read a page; hold that it takes no time out of proportion and gives a valid record or a reason."""
    started = time.process_time()
    page = ArticlePage.from_html(html, url, charset=charset)
    if page.rejection:
        assert all(page.rejection)
    else:
        _check_record(page.to_item())
    assert time.process_time() - started < SECONDS


def _check_record(article: Article) -> None:
    assert msgspec.json.decode(msgspec.json.encode(article), type=Article) == article
    assert article.title
    assert article.body
    for text in (article.title, article.subtitle, article.byline, article.agency, article.section):
        assert text is None or text.strip() == text != ""
    for texts in (article.authors, article.keywords):
        assert all(texts)
        assert len(set(texts)) == len(texts)
    if article.date:
        date.fromisoformat(article.date)
    for instant in (article.published_at, article.modified_at):
        assert instant is None or datetime.fromisoformat(instant).tzinfo
    assert all(getattr(article, name) not in (None, "", []) for name in article.evidence)
