"""What `scrapy crawl` says of how it is used; what a crawl does stands in the tests of the spiders and the store."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from pipelines import open_collection
from pipelines.records import encode
from tests.commands.conftest import PROJECT, Scrapy
from tests.serving import Reply, Server, article

SITE = ("-a", "site=https://harbour.example")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("-s", "DISK_RESERVE=x"), "DISK_RESERVE=x: give a whole number of bytes, 0 or more"),
        (("-s", "SEGMENT_BYTES=1e3"), "SEGMENT_BYTES=1e3: give a whole number of bytes, 1 or more"),
        (("-s", "COMMIT_INTERVAL=nan"), "COMMIT_INTERVAL=nan: give seconds, more than 0"),
        (("-s", "DOWNLOAD_DELAY=soon"), "DOWNLOAD_DELAY=soon: give seconds, 0 or more"),
        (("-s", "CONCURRENT_REQUESTS_PER_DOMAIN=0"), "CONCURRENT_REQUESTS_PER_DOMAIN=0: give a whole number, 1 or"),
        (("-s", "CONCURRENT_ITEMS=0"), "CONCURRENT_ITEMS=0: give a whole number, 1 or more"),
        (("-s", "ROBOTSTXT_RETRY_TIMES=x"), "ROBOTSTXT_RETRY_TIMES=x: give a whole number, 0 or more"),
        (("-s", "RAW_PAGES=maybe"), "RAW_PAGES=maybe: give True or False"),
        (("-s", "ALLOWED_PRIVATE_HOSTS=loopback"), "ALLOWED_PRIVATE_HOSTS: 'loopback' is not host:port"),
        (("-s", "ALLOWED_PRIVATE_HOSTS=127.0.0.1:99999"), "'127.0.0.1:99999' is not host:port"),
        (("-s", "HEALTH_WEBHOOK=hooks.example/key"), "HEALTH_WEBHOOK: give an http or https address"),
        (("-s", "REVISIT_AFTER=never"), "REVISIT_AFTER=never: give hours"),
        (("-s", "SEGMENT_COMPRESSION=rar"), "SEGMENT_COMPRESSION=rar: it is one of zstd, gzip"),
        (("-s", "LOG_LEVEL=LOUD"), "LOG_LEVEL=LOUD: give DEBUG, INFO, "),
        (("-L", "LOUD"), "LOG_LEVEL=LOUD: give DEBUG, INFO, "),
        (("--logfile", "/nonexistent/log"), "LOG_FILE=/nonexistent/log: No such file or directory"),
        (("-s", "DATA_DIR="), "DATA_DIR=: name the folder of the collections"),
        (("-s", "FORCE_CRAWLER_PROCESS=1"), "FORCE_CRAWLER_PROCESS=1: give False"),
        (("-s", "TWISTED_REACTOR="), "TWISTED_REACTOR=: give twisted.internet.asyncioreactor"),
        (("-s", "DOWNLOAD_SLOTS=3"), "DOWNLOAD_SLOTS=3: give a JSON object"),
        (("-s", "EXTENSIONS=x"), "EXTENSIONS=x: give a JSON object"),
        (("-s", "LOG_ENABLED=x"), "LOG_ENABLED=x: give True or False"),
        (("-s", "DNSCACHE_SIZE=x"), "DNSCACHE_SIZE=x: give a number"),
        (("-s", "AUTOTHROTTLE_MAX_DELAY=nan"), "AUTOTHROTTLE_MAX_DELAY=nan: give a number"),
        (("-s", "AUTOTHROTTLE_TARGET_CONCURRENCY=0"), "AUTOTHROTTLE_TARGET_CONCURRENCY=0: give a number above 0"),
        (("-s", 'DOWNLOAD_SLOTS={"a.example": 1}'), "DOWNLOAD_SLOTS, a.example: give an object, "),
        (("-s", 'DOWNLOAD_SLOTS={"a.example": {"concurrency": 0}}'), "concurrency of a.example: 0 is no whole number"),
        (("-s", 'DOWNLOAD_SLOTS={"a.example": {"delay": "x"}}'), "delay of a.example: x is no number of seconds"),
        (("-a", "collection="), "-a collection=: name a folder of"),
        (("-a", "collection=a/b"), "-a collection=a/b: name a folder of"),
        (("-a", "since"), "Invalid -a value, use -a NAME=VALUE"),
        (("-s", "DOWNLOAD_DELAY"), "Invalid -s value, use -s NAME=VALUE"),
        (("-o", "a.csv", "-O", "b.csv"), "Please use only one of"),
        (("-L", "--nolog"), "argument -L/--loglevel: expected one argument"),
        (("--sample",), "unknown option --sample; `scrapy crawl --help` lists them"),
    ],
)
@pytest.mark.parametrize("dry", [(), ("--dry-run",)])
def test_an_error_in_use_is_one_line(
    scrapy: Scrapy, tmp_path: Path, options: tuple[str, ...], message: str, dry: tuple[str, ...]
) -> None:
    ended = scrapy("crawl", "news", *SITE, "-s", f"DATA_DIR={tmp_path}", *options, *dry)
    assert ended.returncode == 1
    assert ended.stderr.startswith("scrapy crawl: ")
    assert message in ended.stderr
    assert ended.stderr.count("\n") == 1
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("dry", [(), ("--dry-run",)])
@pytest.mark.parametrize("name", ["news", "data"])
def test_a_file_in_place_of_a_folder_is_named(scrapy: Scrapy, tmp_path: Path, dry: tuple[str, ...], name: str) -> None:
    file, folder = tmp_path / name, tmp_path / "data" if name == "data" else tmp_path
    file.touch()
    ended = scrapy("crawl", "news", *SITE, "-s", f"DATA_DIR={folder}", *dry)
    assert ended.stderr == f"scrapy crawl: {folder / 'news'} cannot be written: {file} is no folder\n"
    assert ended.returncode == 4


@pytest.mark.parametrize(
    ("setting", "message"),
    [
        ("SCHEDULER=nowhere.Queue", "SCHEDULER: nowhere.Queue cannot be loaded: No module named 'nowhere'"),
        ("ITEM_PIPELINES={}", "ITEM_PIPELINES: without pipelines.keep.Keep nothing is kept"),
        (
            "SCHEDULER=scrapy.core.scheduler.Scheduler",
            "SCHEDULER=scrapy.core.scheduler.Scheduler: give scrapers.frontier",
        ),
    ],
)
def test_a_crawl_that_would_keep_nothing_is_not_begun(
    scrapy: Scrapy, tmp_path: Path, setting: str, message: str
) -> None:
    ended = scrapy("crawl", "news", *SITE, "-s", f"DATA_DIR={tmp_path}", "-s", setting)
    assert ended.returncode == 1
    assert ended.stderr.startswith(f"scrapy crawl: {message}")
    assert not list(tmp_path.iterdir())


def test_a_crawl_that_is_stopped_as_it_begins(scrapy_process: Scrapy, tmp_path: Path) -> None:
    ended = scrapy_process("crawl", "news", *SITE, "-s", f"DATA_DIR={tmp_path}", "-s", "MEMUSAGE_LIMIT_MB=1")
    assert ended.returncode == 7, ended.stderr
    assert "news: memusage_exceeded after" in ended.stderr


SITE_MODULE = """
from scrapers.page import ArticlePage, Field
from scrapers.sources import Section
from scrapers.spider import NewsSpider

class Page(ArticlePage):
    section = Field(%s)

class HarbourPost(NewsSpider):
    name = "harbour_post"
    allowed_domains = ["127.0.0.1"]
    sources = [Section("%s/")]
    page = Page
"""


@pytest.mark.parametrize("broken_code", ['"i.rubric["', "lambda page: page.rubrics", "lambda page: exit()"])
def test_pages_on_which_the_code_of_a_site_failed_are_read_when_it_is_mended(
    scrapy_process: Scrapy, tmp_path: Path, server: Server, broken_code: str
) -> None:
    server.serve("/", '<a href="/2024/03/02/ferry-line-doubles-its-trips">Ferry line doubles its trips</a>')
    page = article("Ferry line doubles its trips", foot="<i class=rubric>Harbour</i>")
    server.serve("/2024/03/02/ferry-line-doubles-its-trips", page)
    (tmp_path / "invented").mkdir()
    module = tmp_path / "invented" / "__init__.py"
    settings = {"SPIDER_MODULES": "invented", "DATA_DIR": tmp_path / "data", "ALLOWED_PRIVATE_HOSTS": server.netloc}
    options = [part for name, value in settings.items() for part in ("-s", f"{name}={value}")]
    command = ("crawl", "harbour_post", "-s", "DOWNLOAD_DELAY=0", *options)
    module.write_text(SITE_MODULE % (broken_code, server.url), encoding="utf-8")
    broken = scrapy_process(*command, path=tmp_path)
    assert "nothing was kept: 1 rejected/parser-error" in broken.stderr
    module.write_text(SITE_MODULE % ('"i.rubric"', server.url), encoding="utf-8")
    mended = scrapy_process(*command, path=tmp_path)
    assert mended.returncode == 0, mended.stderr
    with open_collection(tmp_path / "data" / "harbour_post") as collection:
        assert [found.section for found in collection.articles()] == ["Harbour"]


def test_a_dry_run_of_a_site_whose_lists_cannot_be_read(scrapy_process: Scrapy, tmp_path: Path, server: Server) -> None:
    server.serve("/", Reply("broken", 500))
    settings = (
        "-s",
        f"ALLOWED_PRIVATE_HOSTS={server.netloc}",
        "-s",
        f"DATA_DIR={tmp_path}",
        "-s",
        "RETRY_ENABLED=False",
    )
    ended = scrapy_process("crawl", "news", "-a", f"site={server.url}", "--dry-run", *settings)
    assert ended.returncode == 1
    assert "0 articles would be fetched" in ended.stdout
    assert ended.stderr.splitlines()[-1].startswith("scrapy crawl: no list of articles could be read: ")
    assert not list(tmp_path.iterdir())


def test_a_dry_run_of_a_site_that_asks_to_be_left_alone(scrapy_process: Scrapy, tmp_path: Path, server: Server) -> None:
    server.serve("/", Reply("busy", 429, {"Retry-After": "86400"}))
    settings = ("-s", f"ALLOWED_PRIVATE_HOSTS={server.netloc}", "-s", f"DATA_DIR={tmp_path}", "-s", "DOWNLOAD_DELAY=0")
    ended = scrapy_process("crawl", "news", "-a", f"site={server.url}", "--dry-run", *settings)
    assert ended.returncode == 0
    assert "127.0.0.1 is not to be asked until" in ended.stderr


def test_a_later_crawl_of_pages_that_were_all_rejected(scrapy_process: Scrapy, tmp_path: Path, server: Server) -> None:
    server.serve("/empty", "<h1>Soon</h1>")
    (tmp_path / "urls.txt").write_text(f"{server.url}/empty\n", encoding="utf-8")
    settings = ("-s", f"ALLOWED_PRIVATE_HOSTS={server.netloc}", "-s", f"DATA_DIR={tmp_path}", "-s", "DOWNLOAD_DELAY=0")
    command = ("crawl", "news", "-a", f"urls={tmp_path}/urls.txt", *settings)
    first, later, plan = scrapy_process(*command), scrapy_process(*command), scrapy_process(*command, "--dry-run")
    assert (first.returncode, later.returncode, plan.returncode) == (3, 3, 0)
    assert first.stderr.splitlines()[-1] == "scrapy crawl: nothing was kept: 1 rejected/no-body"
    said = "scrapy crawl: nothing was kept: no page is new since there were 1 rejected/no-body"
    assert later.stderr.splitlines()[-1] == said
    assert plan.stdout.splitlines()[0].startswith("0 articles would be fetched")
    assert plan.stdout.splitlines()[1] == "Earlier crawls kept nothing of what they found: 1 rejected/no-body."


def test_a_dry_run_that_finds_only_what_robots_txt_forbids(
    scrapy_process: Scrapy, tmp_path: Path, server: Server
) -> None:
    server.serve("/robots.txt", "User-agent: *\nDisallow: /2024/")
    (tmp_path / "urls.txt").write_text(f"{server.url}/2024/03/02/ferry\n", encoding="utf-8")
    settings = ("-s", f"ALLOWED_PRIVATE_HOSTS={server.netloc}", "-s", f"DATA_DIR={tmp_path}", "-s", "DOWNLOAD_DELAY=0")
    plan = scrapy_process("crawl", "news", "-a", f"urls={tmp_path}/urls.txt", *settings, "--dry-run")
    assert (plan.returncode, plan.stderr) == (0, "")
    assert "robots.txt forbids 1 page." in plan.stdout


def test_a_dry_run_of_a_site_that_lists_nothing(scrapy_process: Scrapy, tmp_path: Path, server: Server) -> None:
    server.serve("/robots.txt", "User-agent: *\nDisallow: /feed")
    server.serve("/", "<link rel=alternate type=application/rss+xml href=/feed><p>Nothing yet.</p>")
    settings = ("-s", f"ALLOWED_PRIVATE_HOSTS={server.netloc}", "-s", f"DATA_DIR={tmp_path}", "-s", "DOWNLOAD_DELAY=0")
    plan = scrapy_process("crawl", "news", "-a", f"site={server.url}", *settings, "--dry-run")
    assert plan.returncode == 1
    assert plan.stderr.splitlines()[-1] == "scrapy crawl: no page of an article was found"


@pytest.mark.parametrize(
    ("robots", "slow", "about"),
    [
        ("", 'DOWNLOAD_SLOTS={"127.0.0.1": {"delay": 600, "jitter": 0}}', "30 min 0 s"),
        ("", 'DOWNLOAD_SLOTS={"127.0.0.1": {"delay": 600}}', "36 min 33 s"),
        ("Crawl-delay: 5", 'DOWNLOAD_SLOTS={"127.0.0.1": {"delay": 600}}', "30 min 0 s"),
        ("Crawl-delay: 600", "DOWNLOAD_DELAY=600", "30 min 0 s"),
        ("Crawl-delay: 500", "DOWNLOAD_DELAY=600", "30 min 0 s"),
        ("Crawl-delay: 600", "DOWNLOAD_DELAY=1", "30 min 0 s"),
    ],
)
def test_a_dry_run_tells_how_long_the_lists_and_the_pages_of_a_slow_host_take(
    scrapy_process: Scrapy, tmp_path: Path, server: Server, robots: str, slow: str, about: str
) -> None:
    """A Crawl-delay is never undercut, so no chance is in the pauses where there is one."""
    server.serve("/robots.txt", f"User-agent: *\n{robots}\n")
    urls = tmp_path / "urls.txt"
    urls.write_text(f"{server.url}/lighthouse\n{server.url}/regatta\n")
    settings = ("-s", slow, "-s", f"ALLOWED_PRIVATE_HOSTS={server.netloc}", "-s", f"DATA_DIR={tmp_path}")
    ended = scrapy_process("crawl", "news", "-a", f"urls={urls}", "--dry-run", *settings)
    assert ended.returncode == 0, ended.stderr
    assert server.requests == ["/robots.txt"]
    assert f"2 articles would be fetched, in about {about} with their lists;" in ended.stdout


def test_a_dry_run_that_is_stopped_says_that_there_may_be_more(
    scrapy_process: Scrapy, tmp_path: Path, server: Server
) -> None:
    server.serve("/", Reply("<p>Nothing yet.</p>"))
    limited = ("-s", "CLOSESPIDER_PAGECOUNT=1", "-s", f"ALLOWED_PRIVATE_HOSTS={server.netloc}")
    ended = scrapy_process(
        "crawl", "news", "-a", f"site={server.url}", "--dry-run", "-s", f"DATA_DIR={tmp_path}", *limited
    )
    assert ended.returncode == 7, ended.stderr
    assert ended.stdout.splitlines()[-1] == "The lists were not read to their end: there may be more articles."


def test_a_dry_run_leaves_the_output_of_an_earlier_crawl(
    scrapy_process: Scrapy, tmp_path: Path, server: Server
) -> None:
    (tmp_path / "urls.txt").write_text(server.url)
    (tmp_path / "news.jsonl").write_text("{}")
    options = ("-a", f"urls={tmp_path}/urls.txt", "-s", f"DATA_DIR={tmp_path}", "-O", tmp_path / "news.jsonl")
    ended = scrapy_process("crawl", "news", *options, "-s", f"ALLOWED_PRIVATE_HOSTS={server.netloc}", "--dry-run")
    assert ended.returncode == 0, ended.stderr
    assert (tmp_path / "news.jsonl").read_text() == "{}"


def test_a_dry_run_that_cannot_be_written(tmp_path: Path, server: Server) -> None:
    settings = ("-s", f"ALLOWED_PRIVATE_HOSTS={server.netloc}", "-s", f"DATA_DIR={tmp_path}", "-s", "DOWNLOAD_DELAY=0")
    command = [sys.executable, "-m", "scrapy.cmdline", "crawl", "news", "-a", f"site={server.url}", "--dry-run"]
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [*command, *settings], cwd=PROJECT, stdout=full, stderr=subprocess.PIPE, text=True, check=False
        )
    assert done.stderr.splitlines()[-1] == "scrapy crawl: No space left on device"
    assert done.returncode == 1


def test_no_credentials_of_an_address_are_used_or_kept(scrapy_process: Scrapy, tmp_path: Path, server: Server) -> None:
    at_host = f"http://ada:secret@{server.netloc}"
    picture = f'<meta property="og:image" content="{at_host}/lighthouse.jpg">'
    listed = server.serve("/2025/05/03/the-lighthouse-is-rebuilt", article("Lighthouse", head=picture))
    moved = server.serve("/2025/05/04/the-regatta-begins", Reply(status=302, headers={"Location": f"{at_host}/gone"}))
    items = "".join(
        f"<item><link>{url.replace('http://', 'http://ada:secret@')}</link></item>" for url in (listed, moved)
    )
    server.serve("/feed", f"<rss><channel><title>Harbour</title>{items}</channel></rss>")
    server.serve(
        "/", f'<html><head><link rel=alternate type="application/rss+xml" href="{at_host}/feed"></head></html>'
    )
    settings = ("-s", f"ALLOWED_PRIVATE_HOSTS={server.netloc}", "-s", f"DATA_DIR={tmp_path}", "-s", "DOWNLOAD_DELAY=0")
    ended = scrapy_process("crawl", "news", "-a", f"site={server.url}", *settings)
    assert ended.returncode == 3, ended.stderr
    with open_collection(tmp_path / "news") as collection:
        records = [*collection.articles(), *collection.rejected()]
    assert {(record.url, getattr(record, "reason", None)) for record in records} == {
        (listed, None),
        (f"{server.url}/gone", "http-404"),
    }
    assert f'"{server.url}/lighthouse.jpg"'.encode() in b"".join(map(encode, records))
    kept = b"".join(map(encode, records)) + b"".join(path.read_bytes() for path in (tmp_path / "news").glob("[!p]*/*"))
    assert b"secret" not in kept + (tmp_path / "news" / "ledger.db").read_bytes()
    assert "secret" not in ended.stderr
    assert set(server.headers("Authorization")) == {None}


@pytest.mark.parametrize(
    ("option", "content", "message"),
    [
        ("urls", b"# two\nhttps://harbour.example/a\n\nharbour\n", ":4: 'harbour' is no http or https address"),
        ("sites", b"harbour.example\nftp://harbour.example\n", ":2: 'ftp://harbour.example' is no"),
        ("sites", bytes(1000), ":1: 'https://\\x00\\x00"),
        ("sites", b"harbour example\n", ":1: 'https://harbour example' is no"),
        ("urls", b"\xff\xfe", ": it is not UTF-8"),
        ("urls", b"\xef\xbb\xbf\n", ": the file names nothing"),
        ("urls", b"https://ada:secret@harbour.example/a", ":1: https://harbour.example/a has credentials"),
    ],
)
def test_a_bad_list_is_named_with_its_line(
    scrapy: Scrapy, tmp_path: Path, option: str, content: bytes, message: str
) -> None:
    file = tmp_path / "list.txt"
    file.write_bytes(content)
    ended = scrapy("crawl", "news", "-a", f"{option}={file}", "-s", f"DATA_DIR={tmp_path / 'data'}")
    assert ended.returncode == 1
    assert ended.stderr.startswith(f"scrapy crawl: -a {option}={file}{message}")
    assert len(ended.stderr) < 400
    assert "secret" not in ended.stderr
    assert not (tmp_path / "data").exists()
