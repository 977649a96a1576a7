"""`scrapy sources` lists what a spider can use, as lines to paste."""

from __future__ import annotations

import gzip
import re
from textwrap import dedent

from scrapers.sources import Feed, NewsSitemap, Section, Sitemap
from tests.commands.conftest import Scrapy
from tests.serving import Reply, Server

STORY = "/2024/03/02/ferry-returns-to-port-selm.html"
OLDER = "/2024/02/11/rowers-of-low-harbour-win-cup.html"
XML = {"Content-Type": "application/xml"}
PROTOCOL = "http://www.sitemaps.org/schemas/sitemap/0.9"
NEWS = "http://www.google.com/schemas/sitemap-news/0.9"


def test_sources_are_listed_with_what_they_show(scrapy_process: Scrapy, server: Server) -> None:
    url = server.url
    server.serve("/robots.txt", f"User-agent: *\nSitemap: {url}/news.xml\nSitemap: {url}/index.xml\n")
    server.serve(
        "/", f'<link rel=alternate type=application/rss+xml href=/feed.xml><a href="{STORY}">Ferry returns</a>'
    )
    item = f"<item><link>{url}{STORY}</link><pubDate>Sat, 02 Mar 2024 10:00:00 GMT</pubDate></item>"
    server.serve("/feed.xml", Reply(f"<rss version='2.0'><channel>{item}</channel></rss>", headers=XML))
    news = "<news:news><news:publication_date>2024-03-02</news:publication_date></news:news>"
    entry = f"<url><loc>{url}{STORY}</loc>{news}</url>"
    server.serve("/news.xml", Reply(f"<urlset xmlns='{PROTOCOL}' xmlns:news='{NEWS}'>{entry}</urlset>", headers=XML))
    parts = "".join(f"<sitemap><loc>{url}/part{number}.xml</loc></sitemap>" for number in range(9))
    server.serve("/index.xml", Reply(f"<sitemapindex xmlns='{PROTOCOL}'>{parts}</sitemapindex>", headers=XML))
    pages = f"<url><loc>{url}{STORY}</loc></url><url><loc>{url}{OLDER}</loc></url><url><loc>{url}/about</loc></url>"
    server.serve("/part0.xml", Reply(f"<urlset xmlns='{PROTOCOL}'>{pages}</urlset>", headers=XML))

    shown = scrapy_process("sources", url, "-s", f"ALLOWED_PRIVATE_HOSTS={server.netloc}", "-s", "DOWNLOAD_DELAY=0")
    assert shown.returncode == 0, shown.stderr
    assert shown.stdout == (
        "from scrapers.sources import Feed, NewsSitemap, Section, Sitemap\n\n"
        "    sources = [\n"
        f'        NewsSitemap("{url}/news.xml"),  # 1 article, newest 2024-03-02\n'
        f'        Feed("{url}/feed.xml"),  # 1 article, newest 2024-03-02\n'
        f'        Sitemap("{url}/index.xml"),  # 2 articles, newest 2024-03-02\n'
        f'        Section("{url}/"),  # 1 article, newest 2024-03-02\n'
        "    ]\n"
    )
    assert "/part5.xml" not in server.requests  # the newest sitemaps of an index are enough to judge it

    pasted: dict[str, list[object]] = {}
    exec(dedent(shown.stdout.replace("    sources", "sources")), pasted)
    assert [type(source) for source in pasted["sources"]] == [NewsSitemap, Feed, Sitemap, Section]


def test_the_newest_article_is_told_no_more_precisely_than_its_address(scrapy_process: Scrapy, server: Server) -> None:
    server.serve("/", '<a href="/2024/03/ferry-returns-to-port-selm.html">Ferry returns to Port Selm</a>')
    settings = ("-s", f"ALLOWED_PRIVATE_HOSTS={server.netloc}", "-s", "DOWNLOAD_DELAY=0")
    shown = scrapy_process("sources", server.url, *settings)
    assert f'Section("{server.url}/"),  # 1 article, newest 2024-03\n' in shown.stdout, shown.stderr


def test_a_feed_may_be_as_long_as_in_a_crawl(scrapy_process: Scrapy, server: Server) -> None:
    server.serve("/", "<link rel=alternate type=application/rss+xml href=/feed.xml>")
    item = f"<!--{' ' * (11 * 2**20)}--><item><link>{server.url}{STORY}</link></item>"
    feed = gzip.compress(f"<rss version='2.0'><channel>{item}</channel></rss>".encode(), 1)
    server.serve("/feed.xml", Reply(feed, headers={**XML, "Content-Encoding": "gzip"}))
    settings = ("-s", f"ALLOWED_PRIVATE_HOSTS={server.netloc}", "-s", "DOWNLOAD_DELAY=0")
    shown = scrapy_process("sources", server.url, *settings)
    assert f'Feed("{server.url}/feed.xml"),  # 1 article' in shown.stdout, shown.stderr


def test_a_site_without_sources_is_named(scrapy_process: Scrapy, server: Server) -> None:
    server.serve("/", "<h1>Closed</h1>")
    shown = scrapy_process(
        "sources", f"{server.url}/", "-s", f"ALLOWED_PRIVATE_HOSTS={server.netloc}", "-s", "DOWNLOAD_DELAY=0"
    )
    assert shown.returncode == 1
    assert server.url in shown.stderr
    assert "no section lists articles" in shown.stderr


def test_places_beyond_the_limit_are_told(scrapy_process: Scrapy, server: Server) -> None:
    server.serve("/", "<link rel=alternate type=application/rss+xml href=/feed.xml>")
    settings = ("-s", f"ALLOWED_PRIVATE_HOSTS={server.netloc}", "-s", "DOWNLOAD_DELAY=0")
    shown = scrapy_process("sources", server.url, "--limit", "1", *settings)
    assert shown.returncode == 1
    assert re.fullmatch(
        r"scrapy sources: not asked, by --limit 1: \d+ further places that may list articles\n", shown.stderr
    )


def test_a_site_that_does_not_resolve_is_named(scrapy_process: Scrapy) -> None:
    shown = scrapy_process("sources", "no-such-host.invalid")
    assert shown.returncode == 1
    assert "scrapy sources: https://no-such-host.invalid" in shown.stderr
    assert "Traceback" not in shown.stderr


def test_what_is_no_address_is_named(scrapy_process: Scrapy) -> None:
    shown = scrapy_process("sources", "http://[")
    assert shown.returncode == 2
    assert "http://[ is no http or https address" in shown.stderr
    assert "Traceback" not in shown.stderr


def test_a_refused_address_is_told_with_the_port_that_would_be_asked(scrapy_process: Scrapy) -> None:
    shown = scrapy_process("sources", "https://127.0.0.1/")
    assert shown.returncode == 1
    assert "ALLOWED_PRIVATE_HOSTS=127.0.0.1:443" in shown.stderr
