"""What feeds, sitemaps and sections say, in the forms in which they are served."""

from __future__ import annotations

import gzip
from itertools import pairwise
from typing import Any

import pytest
from scrapy.http import HtmlResponse, Response

from scrapers.discovery import FoundSection, HomePage, HomeSection, RobotsTxt, sources_of
from scrapers.entry import Entry
from scrapers.responses import Unreadable
from scrapers.sources import Feed, NewsSitemap, Section, Sitemap, Source
from tests.serving import article

SITE = "https://harbour.example"


def _read(source: Source, body: bytes | str, content_type: str = "application/xml") -> list[Entry | Source]:
    content = body.encode() if isinstance(body, str) else body
    return list(source.read(Response(source.url, body=content, headers={"Content-Type": content_type})))


def _entry(source: Source, body: bytes | str) -> Entry:
    (entry,) = _read(source, body)
    assert isinstance(entry, Entry)
    return entry


FEEDS = {
    "RSS 0.91": """<rss version="0.91"><channel><title>Post</title><language>en</language>
        <item><title>Ferry line doubles its trips</title><link>https://harbour.example/ferry</link></item></channel></rss>""",
    "RSS 1.0": """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
        xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="x"><title>Post</title></channel>
        <item rdf:about="https://harbour.example/ferry"><title>Ferry line doubles its trips</title>
        <link>https://harbour.example/ferry</link><dc:date>2025-05-03T07:00:00+02:00</dc:date>
        <dc:creator>Ada Brook</dc:creator></item></rdf:RDF>""",
    "RSS 2.0": """<?xml version="1.0"?><rss version="2.0"><channel><title>Post</title><language>en-gb</language><item>
        <title><![CDATA[Ferry line <i>doubles</i> its trips &amp; fares]]></title><link>https://harbour.example/ferry</link>
        <description>&lt;p&gt;Every half hour.&lt;/p&gt;</description><author>ada@harbour.example (Ada Brook)</author>
        <category>Traffic</category><category>Islands</category>
        <pubDate>Sat, 03 May 2025 07:00:00 +0200</pubDate></item></channel></rss>""",
    "RSS 2.0 with guid only": """<rss version="2.0"><channel><item><title>Ferry line doubles its trips</title>
        <guid isPermaLink="true">https://harbour.example/ferry</guid></item></channel></rss>""",
    "Atom": """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>Post</title><entry>
        <title type="html">Ferry line doubles its trips</title><link href="/ferry"/><summary>Every half hour.</summary>
        <author><name>Ada Brook</name></author><author><name>Jon Reed</name></author><category term="Traffic"/>
        <published>2025-05-03T07:00:00+02:00</published><updated>2025-05-04T08:00:00+02:00</updated></entry></feed>""",
}

SAID: dict[str, dict[str, Any]] = {
    "RSS 0.91": {"title": "Ferry line doubles its trips", "language": "en"},
    "RSS 1.0": {"published": "2025-05-03T07:00:00+02:00", "modified": None, "authors": ["Ada Brook"]},
    "RSS 2.0": {
        "title": "Ferry line doubles its trips & fares",
        "description": "Every half hour.",
        "published": "Sat, 03 May 2025 07:00:00 +0200",
        "modified": None,
        "authors": ["Ada Brook"],
        "keywords": ["Traffic", "Islands"],
        "language": "en-gb",
    },
    "RSS 2.0 with guid only": {"title": "Ferry line doubles its trips"},
    "Atom": {
        "published": "2025-05-03T07:00:00+02:00",
        "modified": "2025-05-04T08:00:00+02:00",
        "authors": ["Ada Brook", "Jon Reed"],
        "keywords": ["Traffic"],
        "language": "en",
    },
}


@pytest.mark.parametrize("form", FEEDS)
def test_feed(form: str) -> None:
    entry = _entry(Feed(f"{SITE}/feed"), FEEDS[form])
    assert (entry.url, entry.source) == (f"{SITE}/ferry", "feed")
    assert {name: getattr(entry, name) for name in SAID[form]} == SAID[form]


def test_a_paged_feed_leads_to_its_next_page() -> None:
    body = '<feed xmlns="http://www.w3.org/2005/Atom"><link rel="next" href="/feed?page=2"/></feed>'
    assert _read(Feed(f"{SITE}/feed"), body) == [Feed(f"{SITE}/feed?page=2", depth=1, older=True)]
    assert _read(Feed(f"{SITE}/feed", depth=Feed.max_depth), body) == []


ARCHIVED = '<feed xmlns="http://www.w3.org/2005/Atom"><link rel="prev-archive" href="/2025/04.atom"/></feed>'
WORDPRESS = """<rss version="2.0"><channel><generator>https://wordpress.org/?v=6.8</generator>
    <item><link>https://harbour.example/ferry</link></item></channel></rss>"""


@pytest.mark.timeout(20)  # hours, if the whole author is searched for an e-mail address
def test_an_author_without_end_does_not_hold_the_crawl_up() -> None:
    endless = "a." * 500_000
    body = f"<item><title>Ferry</title><link>{SITE}/ferry</link><author>{endless}@b</author></item>"
    entry = _entry(Feed(f"{SITE}/feed"), f'<rss version="2.0"><channel>{body}</channel></rss>')
    assert (entry.url, entry.authors) == (f"{SITE}/ferry", [endless[:200]])


@pytest.mark.parametrize(
    ("url", "body", "older"),
    [
        ("/feed", ARCHIVED, "/2025/04.atom"),
        ("/feed/", WORDPRESS, "/feed/?paged=2"),
        ("/feed/?paged=2", WORDPRESS, "/feed/?paged=3"),
        ("/?feed=rss2&paged=9", WORDPRESS, "/?feed=rss2&paged=10"),
        ("/feed/", WORDPRESS.replace("item", "none"), None),
        ("/feed/", FEEDS["RSS 2.0"], None),
    ],
)
def test_where_a_feed_goes_on(url: str, body: str, older: str | None) -> None:
    found = [item for item in _read(Feed(SITE + url), body) if isinstance(item, Source)]
    assert [(item.url, item.depth, item.older) for item in found] == ([(SITE + older, 1, True)] if older else [])


@pytest.mark.parametrize("encoding", ["punycode", "undefined", "utf-8\0"])
def test_a_feed_whose_encoding_is_nonsense(encoding: str) -> None:
    body = FEEDS["RSS 2.0"].replace("?>", f" encoding='{encoding}'?>", 1)
    assert _entry(Feed("https://harbour.example/feed"), body).title == "Ferry line doubles its trips & fares"


def test_a_feed_opens_no_file_and_expands_no_entity() -> None:
    assert _read(Feed(f"{SITE}/feed"), __file__) == []
    bomb = '<!DOCTYPE r [<!ENTITY a "aaaa"><!ENTITY f SYSTEM "file:///etc/hostname">]>'
    body = f'{bomb}<rss version="2.0"><channel><item><title>&a;&f;</title><link>{SITE}/x</link></item></channel></rss>'
    assert [entry.title for entry in _read(Feed(f"{SITE}/feed"), body) if isinstance(entry, Entry)] in (
        [],
        [None],
        ["&a;&f;"],
    )


NEWS = """<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
    xmlns:n="http://www.google.com/schemas/sitemap-news/0.9" xmlns:i="http://www.google.com/schemas/sitemap-image/1.1">
    <url><loc> https://harbour.example/ferry </loc><lastmod>2025-05-04</lastmod>
    <i:image><i:loc>https://harbour.example/ferry.jpg</i:loc><i:title>A ferry</i:title></i:image>
    <n:news><n:publication><n:name>Post</n:name><n:language>en</n:language></n:publication>
    <n:publication_date>2025-05-03T07:00:00+02:00</n:publication_date><n:title>Ferry line doubles its trips</n:title>
    <n:keywords>Traffic, Islands</n:keywords></n:news></url></urlset>"""


@pytest.mark.parametrize("kind", [Sitemap, NewsSitemap])
def test_news_sitemap(kind: type[Sitemap]) -> None:
    assert _entry(kind(f"{SITE}/news.xml"), NEWS) == Entry(
        url=f"{SITE}/ferry",
        source="news-sitemap",
        title="Ferry line doubles its trips",
        published="2025-05-03T07:00:00+02:00",
        modified="2025-05-04",
        keywords=["Traffic", "Islands"],
        language="en",
    )


ONE = "<urlset><url><loc>https://harbour.example/ferry</loc><lastmod>2025-05-04</lastmod></url>"


@pytest.mark.parametrize(
    "body",
    [
        f"{ONE}</urlset>".encode(),
        gzip.compress(f"{ONE}</urlset>".encode()),
        f"\ufeff\n  <?xml version='1.0'?>{ONE}</urlset>".encode(),
        f"{ONE}<url><loc>https://harbour.example/cut".encode(),
        f'<!DOCTYPE urlset SYSTEM "http://127.0.0.1:1/x.dtd">{ONE}</urlset>'.encode(),
        f"{ONE}<url><loc>file:///etc/hostname</loc></url><url><loc>javascript:alert(1)</loc></url></urlset>".encode(),
        f"<?xml version='1.0' encoding='utf-16'?>{ONE}</urlset>".encode("utf-16"),
    ],
    ids=["plain", "gzip undeclared", "space before", "cut off", "DTD", "other schemes", "UTF-16"],
)
def test_sitemap(body: bytes) -> None:
    assert _entry(Sitemap(f"{SITE}/sitemap.xml"), body) == Entry(
        url=f"{SITE}/ferry", source="sitemap", modified="2025-05-04"
    )


def test_a_broken_row_does_not_end_the_sitemap() -> None:
    body = f"<urlset><url><loc>{SITE}/a?b=1&c=&nbsp;2</loc></url><url><loc>{SITE}/ferry</wrong></url>{ONE[8:]}</urlset>"
    assert f"{SITE}/ferry" in [item.url for item in _read(Sitemap(SITE), body)]


def test_an_address_that_is_none_costs_only_its_row() -> None:
    for none in ("http://[", f"https://{'a.' * 130}example/a.xml"):
        rows = "".join(f"<sitemap><loc>{url}</loc></sitemap>" for url in (none, f"{SITE}/a.xml"))
        assert _read(Sitemap(SITE), f"<sitemapindex>{rows}</sitemapindex>") == [Sitemap(f"{SITE}/a.xml", depth=1)]
    robots = f"Sitemap: http://[\nSitemap: {SITE}/a.xml"
    assert _read(RobotsTxt(SITE), robots, "text/plain") == [Sitemap(f"{SITE}/a.xml", depth=1)]
    home = HOME.replace("<link", "<link rel=alternate type='application/rss+xml' href='//[x'><link", 1)
    assert Feed(f"{SITE}/feed", depth=1) in _read(HomePage(f"{SITE}/"), home, "text/html")


def test_a_home_page_is_no_feed_of_its_own() -> None:
    home = HOME.replace("<link", "<link rel=alternate type='application/rss+xml' href=''><link", 1)
    feeds = [source for source in _read(HomePage(f"{SITE}/"), home, "text/html") if isinstance(source, Feed)]
    assert feeds == [Feed(f"{SITE}/feed", depth=1)]


def test_a_feed_that_would_take_minutes_is_refused() -> None:
    with pytest.raises(Unreadable, match="more than 500,000 tags"):
        _read(Feed(f"{SITE}/feed"), f"<rss><channel>{'<a>' * 500_000}")


def test_text_sitemap_and_feed_as_sitemap() -> None:
    assert _entry(Sitemap(f"{SITE}/sitemap.txt"), f"{SITE}/ferry\n\nnonsense\n").source == "sitemap"
    assert _entry(Sitemap(f"{SITE}/sitemap.xml"), FEEDS["RSS 2.0"]).source == "feed"


def test_a_sitemap_index_is_followed_newest_first_and_not_too_deep() -> None:
    body = """<sitemapindex><sitemap><loc>/2024-01.xml</loc></sitemap><sitemap><loc>/2025-04.xml</loc></sitemap>
        <sitemap><loc>/old.xml</loc><lastmod>2020-01-01</lastmod></sitemap><sitemap><loc>/new.xml</loc></sitemap>
        </sitemapindex>"""
    assert _read(Sitemap(f"{SITE}/sitemap.xml"), body) == [
        Sitemap(f"{SITE}/new.xml", depth=1),
        Sitemap(f"{SITE}/2025-04.xml", depth=1),
        Sitemap(f"{SITE}/2024-01.xml", depth=1),
        Sitemap(f"{SITE}/old.xml", depth=1, modified="2020-01-01"),
    ]
    assert _read(Sitemap(f"{SITE}/sitemap.xml", depth=Sitemap.max_depth), body) == []


def test_a_gzipped_sitemap_that_is_cut_off_or_a_bomb_is_an_error() -> None:
    packed = gzip.compress(ONE.encode() * 99)
    with pytest.raises(ValueError, match="too early"):
        _read(Sitemap(f"{SITE}/sitemap.xml.gz"), packed[:-20])
    with pytest.raises(ValueError, match="more than"):
        _read(Sitemap(f"{SITE}/sitemap.xml.gz"), gzip.compress(b" " * (50 * 2**20 + 1), 1))


def test_entities_of_a_sitemap_are_not_expanded() -> None:
    body = f'<!DOCTYPE x [<!ENTITY f SYSTEM "file://{__file__}"><!ENTITY a "ferry">]>' + ONE.replace("ferry", "&f;&a;")
    assert all("ferry" not in entry.url and "def" not in entry.url for entry in _read(Sitemap(SITE), body))


@pytest.mark.parametrize(
    ("row", "read"),
    [
        ("?a=1&b=2", "?a=1&b=2"),  # as it should not be written
        ("?a=1&amp;b=2", "?a=1&b=2"),
        ("<![CDATA[?a=1&b=2]]>", "?a=1&b=2"),
        ("?a=1&#38;b=2", "?a=1&b=2"),
        ("&z;", "&z;"),
    ],
)
def test_what_stands_after_a_stray_ampersand_or_a_laugh_is_read(row: str, read: str) -> None:
    nested = "".join(f'<!ENTITY {after} "{f"&{name};" * 10}">' for name, after in pairwise("zyxwvutsrq"))
    laugh = f'<!DOCTYPE urlset [<!ENTITY z "ha">{nested}]>'
    urls = "".join(f"<url><loc>{SITE}/{path}</loc></url>" for path in (row, "&q;", "?b=1&amp;c=2"))
    for declared in ("", laugh):
        found = _read(Sitemap(SITE), f"{declared}<urlset>{urls}</urlset>")
        assert [item.url for item in found] == [f"{SITE}/{path}" for path in (read, "&q;", "?b=1&c=2")]


SECTION = """<html><head><base href="/region/"></head><body><nav><a href="/about">About</a></nav><ul class=news>
    <li><a href="ferry-doubles-its-trips-4711.html#top">Ferry</a> <a href="ferry-doubles-its-trips-4711.html">more</a>
    <li><a href="/mussels-4712.html">Mussels</a> <a href="mailto:desk@harbour.example">Mail</a> <a href="/x.jpg">x</a>
    <a href="http://[broken">x</a></ul><a rel="nofollow next" href="/region/?page=2">Older</a></body></html>"""


def test_section() -> None:
    found = _read(Section(f"{SITE}/region/", links=r"\d{4}\.html$"), SECTION, "text/html")
    assert found == [
        Entry(url=f"{SITE}/region/ferry-doubles-its-trips-4711.html", source="section"),
        Entry(url=f"{SITE}/mussels-4712.html", source="section"),
        Section(f"{SITE}/region/?page=2", depth=1, older=True, links=r"\d{4}\.html$"),
    ]


def test_the_links_of_a_section_can_be_those_of_one_place() -> None:
    found = _read(Section(f"{SITE}/region/", within="ul.news > li:first-child", next=".none"), SECTION, "text/html")
    assert [item.url for item in found] == [f"{SITE}/region/ferry-doubles-its-trips-4711.html"]


def test_pagination_ends() -> None:
    last = Section(f"{SITE}/region/?page=11", depth=Section.max_depth)
    assert not [item for item in _read(last, SECTION, "text/html") if isinstance(item, Source)]


@pytest.mark.parametrize(
    "source",
    [
        Feed(SITE),
        NewsSitemap(SITE, modified="2025-05-04", depth=2),
        Section(SITE, links="x", within="ul", next="a.next"),
        HomePage(SITE),
        Sitemap(SITE, guessed=True),
    ],
)
def test_a_source_travels_as_json(source: Source) -> None:
    assert Source.from_meta(source.to_meta()) == source


def test_an_entry_travels_as_json() -> None:
    entry = _entry(Feed(SITE), FEEDS["Atom"])
    assert Entry.from_meta(entry.to_meta()) == entry


@pytest.mark.parametrize("site", [f"{SITE}/", SITE])
def test_discovery_asks_robots_txt_and_the_home_page(site: str) -> None:
    robots, home = sources_of(site)
    assert robots == RobotsTxt(f"{SITE}/robots.txt")
    assert home == HomePage(f"{SITE}/")


def test_robots_txt_names_sitemaps() -> None:
    body = f"User-agent: *\nDisallow:\nSitemap: {SITE}/news.xml\nsitemap: /all.xml\nSitemap: {SITE}/news.xml"
    found = _read(RobotsTxt(f"{SITE}/robots.txt"), body, "text/plain")
    assert found == [Sitemap(f"{SITE}/news.xml", depth=1), Sitemap(f"{SITE}/all.xml", depth=1)]


@pytest.mark.parametrize("body", ["", "User-agent: *", "Sitemap:", "Sitemap: #none"])
def test_without_sitemaps_in_robots_txt_the_usual_addresses_are_tried(body: str) -> None:
    found = _read(RobotsTxt(f"{SITE}/robots.txt"), body, "text/plain")
    assert Sitemap(f"{SITE}/sitemap.xml", depth=1, guessed=True) in found
    assert found == list(RobotsTxt(f"{SITE}/robots.txt").instead())


HOME = """<html><head><link rel="alternate" type="application/rss+xml" href="/feed">
    <link rel=alternate type="application/rss+xml" href="/comments/feed"><link rel=alternate hreflang=de href=/de>
    </head><body><a href="/region">Region</a> <a href="/sport/sailing/">Sailing</a> <a href="/login">Log in</a>
    <a href="/tag/ferry">Ferry</a> <a href="/2025/05/03/ferry-line-doubles-its-trips">Ferry line</a>
    <a href="https://other.example/region">Other</a> <a href="/search?q=x">Search</a></body></html>"""


HOME_PAGES = (
    f"{SITE}/region", f"{SITE}/sport/sailing/", f"{SITE}/login", f"{SITE}/tag/ferry",
    f"{SITE}/2025/05/03/ferry-line-doubles-its-trips", "https://other.example/region", f"{SITE}/search?q=x",
)  # fmt: skip


def test_home_page() -> None:
    assert _read(HomePage(f"{SITE}/"), HOME, "text/html") == [
        Feed(f"{SITE}/feed", depth=1),
        HomeSection(f"{SITE}/", depth=1, pages=HOME_PAGES),
        FoundSection(f"{SITE}/region", depth=1),
        FoundSection(f"{SITE}/sport/sailing/", depth=1),
    ]


def test_what_a_home_page_lists_travels_with_it_unless_that_is_very_much() -> None:
    own = next(item for item in _read(HomePage(f"{SITE}/"), HOME, "text/html") if isinstance(item, HomeSection))
    response = Response(own.url)
    assert list(Source.from_meta(own.to_meta()).read(response)) == [
        Entry(url=url, source="section") for url in HOME_PAGES
    ]
    endless = HOME.replace("</body>", "".join(f"<a href=/{number}>x</a>" for number in range(3000)))
    found = _read(HomePage(f"{SITE}/"), endless, "text/html")
    assert FoundSection(f"{SITE}/", depth=1) in found
    older = _read(HomePage(f"{SITE}/"), HOME.replace("</body>", "<a rel=next href=/page/2>Older</a>"), "text/html")
    assert FoundSection(f"{SITE}/page/2", depth=2, older=True) in [
        item for found in older if isinstance(found, HomeSection) for item in found.read(response)
    ]


def test_without_feeds_on_the_home_page_the_usual_addresses_are_tried() -> None:
    found = _read(HomePage(f"{SITE}/"), HOME.replace("alternate", "x"), "text/html")
    assert Feed(f"{SITE}/rss.xml", depth=1, guessed=True) in found


def test_a_section_that_turns_out_to_be_an_article_is_visited_as_one() -> None:
    page = article("Ferry", head="<meta property=article:published_time content=2025-05-03>").encode()
    response = HtmlResponse(f"{SITE}/ferry", body=page)
    assert list(FoundSection(f"{SITE}/ferry").read(response)) == [Entry(url=f"{SITE}/ferry", source="home-page")]
