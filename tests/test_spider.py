"""A crawl of a site that nobody has described, and of one that has a module; what becomes of every page."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from scrapy.exceptions import UsageError

from scrapers.spiders.news import News
from tests.serving import PARAGRAPHS, Crawl, Reply, Server, article, write_urls

TITLES = [f"Harbour story number {number} of the week" for number in ("one", "two", "three", "four", "five")]


def _path(title: str) -> str:
    return "/2025/05/03/" + title.lower().replace(" ", "-")


def _site(server: Server) -> None:
    """Stories in the news sitemap, in the feed, in both, on the home page, on the second page of a section."""
    for title in TITLES:
        for query in ("", "?utm_source=map", "?utm_medium=rss"):
            server.serve(_path(title) + query, article(title))
    one, two, three, four, five = (server.url + _path(title) for title in TITLES)
    server.serve("/robots.txt", f"User-agent: *\nDisallow: /private\nSitemap: {server.url}/index.xml")
    server.serve("/index.xml", f"<sitemapindex><sitemap><loc>{server.url}/news.xml</loc></sitemap></sitemapindex>")
    server.serve(
        "/news.xml",
        '<urlset xmlns:n="http://www.google.com/schemas/sitemap-news/0.9">'
        f"<url><loc>{one}?utm_source=map</loc><n:news><n:title>{TITLES[0]}</n:title></n:news></url>"
        f"<url><loc>{two}</loc><n:news><n:title>{TITLES[1]}</n:title></n:news></url></urlset>",
    )
    server.serve(
        "/feed",
        f'<rss version="2.0"><channel><item><title>{TITLES[1]}</title><link>{two}?utm_medium=rss</link></item>'
        f"<item><title>{TITLES[2]}</title><link>{three}</link></item></channel></rss>",
    )
    server.serve("/news/4711471", Reply(status=302, headers={"Location": "https://elsewhere.example/story"}))
    server.serve(
        "/",
        "<html><head><title>Post</title><link rel=alternate type=application/rss+xml href=/feed></head><body>"
        f'<a href=/region>Region</a> <a href="{four}#comments">Four</a> <a href=/tag/harbour-of-the-north>Tag</a>'
        "<a href=https://elsewhere.example/2025/05/03/a-story-of-another-paper>Elsewhere</a>"
        "<a href=/news/4711471>Moved</a>"
        "<a href=/private/2025/05/03/a-story-that-is-forbidden>Private</a></body></html>",
    )
    server.serve(
        "/region", f"<html><body><a href='{four}'>Four</a><a rel=next href='/region?page=2'>Next</a></body></html>"
    )
    server.serve("/region?page=2", f"<html><body><a href='{five}'>Five</a></body></html>")


def test_any_site(server: Server, crawl: Callable[..., Crawl]) -> None:
    _site(server)
    outcome = crawl("news", site=server.url)
    assert sorted(found["title"].removesuffix(" - The Harbour Post") for found in outcome.articles) == sorted(TITLES)
    assert outcome.reasons == {
        f"{server.url}/private/2025/05/03/a-story-that-is-forbidden": "robots",
        "https://elsewhere.example/story": "offsite",
    }
    assert {found["site"] for found in outcome.articles} == {"127.0.0.1"}
    articles = [path for path in server.requests if path.startswith("/2025")]
    assert len(articles) == len(set(articles)) == 5, "each article once"
    assert [server.requests.count(path) for path in ("/robots.txt", "/")] == [1, 1]
    assert "/tag/harbour-of-the-north" not in server.requests
    assert outcome.stats["skipped/offsite"] == 1


def test_a_site_without_robots_txt_feed_or_sitemap(server: Server, crawl: Callable[..., Crawl], tmp_path: Path) -> None:
    server.serve("/", f"<html><body><a href='{_path(TITLES[0])}'>One</a></body></html>")
    server.serve(_path(TITLES[0]), article(TITLES[0]))
    sites = tmp_path / "sites.txt"
    sites.write_text(f"# the harbour\n{server.url}\n\n", encoding="utf-8")
    outcome = crawl("news", sites=str(sites))
    assert [found["url"] for found in outcome.articles] == [server.url + _path(TITLES[0])]
    assert outcome.rejections == []
    assert "/sitemap.xml" in server.requests
    assert "WARNING" not in outcome.log


def test_what_a_source_says_travels_to_the_page_and_all_of_meta_is_json(
    server: Server, crawl: Callable[..., Crawl]
) -> None:
    _site(server)
    outcome = crawl("news", site=server.url, settings={"SPIDER_MIDDLEWARES": {"tests.meta_watch.MetaWatch": 1}})
    seen = [json.loads(line.partition("META ")[2]) for line in outcome.log.splitlines() if "META " in line]
    entries = {meta["entry"]["url"].partition("?")[0]: meta["entry"] for meta in seen if "entry" in meta}
    assert entries[server.url + _path(TITLES[0])]["title"] == TITLES[0]
    assert entries[server.url + _path(TITLES[2])]["source"] == "feed"
    assert entries[server.url + _path(TITLES[4])]["source"] == "section"


def test_every_page_that_fails_is_recorded_with_its_reason(
    server: Server, crawl: Callable[..., Crawl], tmp_path: Path
) -> None:
    moved = {"Location": "https://elsewhere.example.invalid/story"}
    for hop in range(5):
        server.serve(f"/hop/{hop}", Reply(status=302, headers={"Location": f"{server.url}/hop/{hop + 1}"}))
    urls = {
        server.serve("/gone", Reply("gone", 410)): "http-410",
        server.serve("/broken", Reply("broken", 500)): "http-500",
        server.serve("/blocked", Reply("no", 403)): "http-403",
        server.serve("/none", Reply("", 204)): "empty",
        server.serve("/empty", Reply(b"")): "empty",
        server.serve("/picture", Reply(b"\x89PNG\r\n\x1a\n" + b"\0" * 50)): "binary",
        server.serve("/error", "<title>Page not found</title><h1>Page not found</h1>"): "error-page",
        server.url + "/hop/3": "redirects",
        server.serve("/reset", Reply(raw=b"")): "connection",
        "http://nowhere.example.invalid/story": "dns",
        "http://127.0.0.1:8888/story": "private-address",
    }
    away = server.serve("/away", Reply(status=301, headers=moved))
    asked = [*(url for url in urls if "/hop/" not in url), away, server.url + "/missing", server.url + "/hop/0"]
    outcome = crawl("news", urls=write_urls(tmp_path, *asked), settings={"REDIRECT_MAX_TIMES": 3})
    assert outcome.reasons == {**urls, moved["Location"]: "dns", server.url + "/missing": "http-404"}
    assert all(rejection["detail"] for rejection in outcome.rejections)


def test_an_article_of_several_pages_is_one(server: Server, crawl: Callable[..., Crawl], tmp_path: Path) -> None:
    def part(*texts: str, next_page: str = "", back: str = "") -> str:
        body = "".join(f"<p>{text}</p>" for text in texts)
        links = f"<a href='{back}'>1</a>" * bool(back) + f"<a href='{next_page}'>2</a>" * bool(next_page)
        return f"<html><head><title>Lighthouse</title></head><body><h1>Lighthouse</h1>{body}{links}</body></html>"

    first, second, third = PARAGRAPHS
    cms = server.serve("/content_71234567.htm", part(first, next_page="content_71234567_2.htm"))
    server.serve(
        "/content_71234567_2.htm", part(first, second, next_page="content_71234567_3.htm", back="content_71234567.htm")
    )
    server.serve("/content_71234567_3.htm", part(third, back="content_71234567.htm"))
    query = server.serve("/story?id=7", part(first).replace("</h1>", "</h1><a rel=next href='?id=7&page=2'>2</a>"))
    server.serve("/story?id=7&page=2", part(second))
    numbered = server.serve("/covid-19", part(first).replace("</h1>", "</h1><a rel=next href=/covid-19/2>2</a>"))
    server.serve("/covid-19/2", part(second))
    blog = server.serve("/blog/7", part(first, second).replace("<head>", "<head><link rel=next href=/blog/8>"))
    wrong = server.serve("/wrong", part(first).replace("</h1>", "</h1><a rel=next href=/wrong/2>2</a>"))
    cut = server.serve("/cut", part(first).replace("</h1>", "</h1><a rel=next href=/cut/2>2</a>"))
    server.serve("/cut/2", Reply("broken", 500))
    later = server.url + "/content_71234567_3.htm"
    outcome = crawl("news", urls=write_urls(tmp_path, cms, query, numbered, blog, wrong, cut, later))
    bodies = {found["url"]: found["body"].split("\n\n") for found in outcome.articles}
    assert bodies[cms] == [first, second, third]
    assert bodies[query] == bodies[numbered] == bodies[blog] == [first, second]
    assert bodies[wrong] == [first]
    assert outcome.reasons == {cut: "incomplete", later: "part"}
    assert outcome.stats["parts/joined"] == 4
    assert "/blog/8" not in server.requests


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({}, "news needs -a site="),
        ({"site": "ftp://harbour.example"}, "no http or https address"),
        ({"site": "http://["}, "no http or https address"),
        ({"sites": "missing.txt"}, "missing.txt"),
        ({"urls": "/dev/null"}, "names nothing"),
        ({"site": "https://harbour.example", "sited": "x"}, "unknown option -a sited"),
    ],
)
def test_bad_options_are_named(options: dict[str, str], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        News(**options)


def test_the_name_that_scrapyd_gives_a_run_is_no_bad_option() -> None:
    assert News(site="https://harbour.example", _job="7").collection == "news"


def test_a_bad_option_ends_the_crawl_with_an_error(crawl: Callable[..., Crawl]) -> None:
    outcome = crawl("news", site="https://harbour.example", sited="x")
    assert "unknown option -a sited" in outcome.log
    assert outcome.exit_code != 0


def test_amp_and_print_pages_are_visited_at_the_address_of_the_page_itself(
    server: Server, crawl: Callable[..., Crawl]
) -> None:
    """Where there is nothing at that address, the one that is listed holds the article."""
    for path in ("/one-story-of-the-harbour", "/another-story-of-the-harbour", "/third-story-of-the-harbour/amp"):
        server.serve(path, article(f"About {path.split('-')[0][1:]} ship"))
    listed = (
        "/one-story-of-the-harbour?print=1",
        "/another-story-of-the-harbour/amp",
        "/third-story-of-the-harbour/amp",
    )
    server.serve("/", "".join(f"<a href='{path}'>x</a>" for path in listed))
    outcome = crawl("news", site=server.url)
    assert sorted(found["url"].removeprefix(server.url) for found in outcome.articles) == [
        "/another-story-of-the-harbour", "/one-story-of-the-harbour", "/third-story-of-the-harbour/amp",
    ]  # fmt: skip
    assert server.requests.count("/third-story-of-the-harbour") == 1
    assert "/another-story-of-the-harbour/amp" not in server.requests
    assert [url for url in outcome.reasons if "story" in url] == []


def test_a_list_that_is_broken_is_rejected(server: Server, crawl: Callable[..., Crawl]) -> None:
    """Unless nobody named it: `/sitemap.xml` is only tried where robots.txt names no other."""
    cut = Reply(gzip.compress(b"<urlset>" + bytes(range(256)) * 99)[:-99], 200, {"Content-Type": "application/gzip"})
    server.serve("/", f"<a href={_path(TITLES[0])}>One</a>")
    server.serve(_path(TITLES[0]), article(TITLES[0]))
    server.serve("/sitemap.xml", cut)
    assert crawl("news", site=server.url).reasons == {}
    server.serve("/robots.txt", f"Sitemap: {server.url}/sitemap.xml")
    assert crawl("news", site=server.url).reasons == {f"{server.url}/sitemap.xml": "source-broken"}


@pytest.mark.parametrize(
    ("days", "options", "asked", "skipped"),
    [
        (["03-03", "03-03", "03-03", "03-03"], {}, 2, "skipped/repeated"),
        (["03-03", "02-03", "01-03", "01-02"], {}, 4, None),
        (["03-03", "02-03", "01-03", "01-02"], {"since": "2025-02-01"}, 3, "skipped/out-of-range"),
    ],
    ids=["the server takes no notice of the number", "all are read", "the rest is too old"],
)
def test_how_far_a_list_is_gone_on_with(
    server: Server, crawl: Callable[..., Crawl], days: list[str], options: dict[str, str], asked: int, skipped: str
) -> None:
    """A feed of WordPress, which has an older page for every number, as far as there are articles."""
    server.serve("/", "<link rel=alternate type='application/rss+xml' href='/feed/'>")
    for number, day in enumerate(days, 1):
        items = f"<item><link>{server.url}/2025/{day}/a-story-of-the-harbour</link></item>"
        feed = f"<rss version='2.0'><channel><generator>https://wordpress.org/</generator>{items}</channel></rss>"
        server.serve("/feed/" if number == 1 else f"/feed/?paged={number}", feed)
    outcome = crawl("news", site=server.url, **options)
    pages = [path for path in server.requests if path.startswith("/feed/")]
    assert pages[:asked] == ["/feed/", "/feed/?paged=2", "/feed/?paged=3", "/feed/?paged=4"][:asked]
    newest = f"/2025/{days[0]}/a-story-of-the-harbour"
    assert server.requests.index("/feed/") < server.requests.index(newest) < server.requests.index("/feed/?paged=2")
    assert pages[asked:] == ([] if skipped else ["/feed/?paged=5"])  # which does not exist
    assert not skipped or outcome.stats[skipped] >= 1
    assert not [url for url in outcome.reasons if "/feed/" in url]


def test_a_feed_may_be_longer_than_a_page(server: Server, crawl: Callable[..., Crawl]) -> None:
    def feed(size: int, name: str) -> Reply:
        padding, path = "<!--" + " " * size + "-->", f"{server.url}/2025/05/03/{name}-story-of-the-harbour"
        body = f"<rss version='2.0'><channel>{padding}<item><link>{path}</link></item></channel></rss>"
        packed = {"Content-Type": "application/rss+xml", "Content-Encoding": "gzip"}
        return Reply(gzip.compress(body.encode(), 1), headers=packed)

    server.serve("/", "".join(f"<link rel=alternate type=application/rss+xml href={href}>" for href in ("/a", "/b")))
    server.serve("/a", feed(12 * 2**20, "long"))
    server.serve("/b", feed(51 * 2**20, "endless"))
    server.serve("/2025/05/03/long-story-of-the-harbour", article("A long story"))
    outcome = crawl("news", site=server.url)
    assert [found["title"] for found in outcome.articles] == ["A long story"]
    assert outcome.stats["source_missed/too-large"] == 1
